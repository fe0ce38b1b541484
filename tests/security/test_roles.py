"""A serving process with a role that could read across tenants does not start."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from portal import config
from portal.tenancy import roles
from tests.databases import owner_credentials

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_the_role_of_the_portal_is_let_through():
    assert roles.find_privileges() == []
    roles.refuse_privileged_role()


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_refused_with_what_to_do():
    with owner_credentials(), pytest.raises(ImproperlyConfigured) as refusal:
        roles.refuse_privileged_role()

    words = str(refusal.value)
    assert "bypasses row security and owns tables" in words
    assert "Start this process with the role portal_app in DATABASE_URL" in words


def url_of_test_database(url):
    return urlunsplit(urlsplit(url)._replace(path=f"/{connection.settings_dict['NAME']}"))


PROCESSES = [
    pytest.param(["-c", "import portal.wsgi"], id="web"),
    pytest.param(["-m", "celery", "--app", "portal.celery", "worker", "--concurrency", "1"], id="worker"),
    pytest.param(["-m", "celery", "--app", "portal.celery", "beat", "--schedule", "beat-schedule"], id="beat"),
]


@pytest.mark.parametrize("words", PROCESSES)
def test_no_process_starts_as_the_owner(django_db_setup, tmp_path, words):
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": url_of_test_database(config.load().owner_database_url),
    }

    ended = subprocess.run(
        [sys.executable, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=99, check=False
    )

    assert ended.returncode != 0
    assert "Start this process with the role portal_app" in ended.stdout + ended.stderr
