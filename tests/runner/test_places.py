"""Servers have folders of their own, and nothing outside of them changes its permissions."""

import os
import shutil
import stat

import pytest

from portal.runner import keys, places


def modes(path):
    return {folder: folder.stat().st_mode for folder in path.parents}


def test_no_permission_changes_outside_our_folder(place):
    before = modes(places.CHECKOUT / "portal") | modes(places.home())

    places.make(place.folder.name)
    place.own(place.folder / "data")

    assert modes(places.CHECKOUT / "portal") | modes(places.home()) == before


def test_data_is_private_to_the_servers(place):
    data = place.own(place.folder / "data")

    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert data.stat().st_uid == (os.geteuid() if place.uid is None else place.uid)


def test_as_root_the_servers_have_an_account_of_their_own(place):
    assert (place.uid is None) == (os.geteuid() != 0)
    assert place.uid != 0


def test_secrets_are_made_once_and_readable_by_their_owner_only(place):
    made = keys.load(place)

    assert keys.load(place) == made
    assert len(set(vars_of(made))) == 6
    assert stat.S_IMODE((place.folder / "secrets.json").stat().st_mode) == 0o600


def vars_of(secrets):
    return [getattr(secrets, name) for name in secrets.__slots__]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root copies binaries for another account")
def test_copied_binaries_may_be_run_by_everybody(place, tmp_path):
    tmp_path.chmod(0o700)
    program = tmp_path / "carried" / "program"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o700)

    copy = place.readable(tmp_path, ["carried", "carried.libs"], f"check-{place.folder.name}")

    assert stat.S_IMODE((copy / "carried" / "program").stat().st_mode) == 0o755
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    shutil.rmtree(copy)
