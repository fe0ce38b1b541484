"""Jobs of kinds that exist in tests only, with a folder of their own for the files."""

from datetime import UTC, datetime
from typing import Any

import pytest

from portal.jobs import actions
from portal.jobs.models import Job
from tests.portal.jobs.kinds import KINDS

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _kinds_and_files(settings: Any, tmp_path: Any) -> None:
    settings.JOB_KINDS = KINDS
    settings.FILES_DIR = tmp_path


@pytest.fixture
def ask(in_tenant: Any) -> Any:
    """ask("greeting", by=member) asks for a job."""

    def make(kind: str = "greeting", key: str = "1", *, by: Any = None, name: str = "Dana") -> Job:
        return actions.request_job(
            kind=kind, key=key, title="A greeting", arguments={"name": name}, requested_by=by, now=NOW
        )

    return make


@pytest.fixture
def reload() -> Any:
    return lambda job: Job.objects.get(pk=job.pk)
