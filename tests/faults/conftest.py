"""One portal for all faults: made once, because each start of a cluster takes seconds."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.runner import places
from portal.runner.processes import Children
from tests.faults.site import Site


@pytest.fixture(autouse=True)
def alone(site: Site) -> None:
    """The jobs of this test are the only ones."""
    site.forget_tenants()


@pytest.fixture(scope="package")
def site(django_db_setup: None) -> Iterator[Site]:
    place = places.make(Path(tempfile.mkdtemp(prefix="check-", dir=places.make_home())).name)
    files = Path(tempfile.mkdtemp(prefix="faults-"))
    with Children(place) as children:
        made = Site(children, files)
        made.start()
        try:
            yield made
        finally:
            made.stop()
    shutil.rmtree(place.folder)
    shutil.rmtree(files)
