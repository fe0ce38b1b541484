"""Where servers keep their binaries and data, and under which account they run.

PostgreSQL refuses to run as root. As root, everything lives under /var/lib/parley/<hash of the checkout> and the
servers run as the system account `parley`; as an ordinary user everything lives under .run/ of the checkout and the
servers run as that user. No permission outside these folders is ever changed.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.runner.errors import RunnerError

CHECKOUT = Path(__file__).resolve().parents[2]
SYSTEM_HOME = Path("/var/lib/parley")
ACCOUNT = "parley"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for one set of servers, and the account that owns their data (None: whoever runs us)."""

    folder: Path
    uid: int | None = None
    gid: int | None = None

    def account(self) -> dict[str, Any]:
        """The arguments that let subprocess run a server under its account."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> Path:
        """Make a private folder that belongs to the servers."""
        path.mkdir(parents=True, exist_ok=True)
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)
        return path

    def write_private(self, path: Path, text: str) -> Path:
        """Write a file that only the servers' account may read."""
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
        return path

    def readable(self, folder: Path, names: Sequence[str], label: str) -> Path:
        """The folder, where the servers' account can read the named entries: a copy as root, itself otherwise."""
        if self.uid is None:
            return folder
        copy = home() / "bin" / label
        if not copy.exists():
            _copy_readable([folder / name for name in names], copy)
        return copy


def home() -> Path:
    """The folder that holds all places of this checkout."""
    if os.geteuid() != 0:
        return CHECKOUT / ".run"
    return SYSTEM_HOME / hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:12]


def make(name: str) -> Place:
    """The place of that name, made if it is not there."""
    folder = make_home() / name
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    if os.geteuid() != 0:
        return Place(folder)
    entry = _account()
    return Place(folder, entry.pw_uid, entry.pw_gid)


def make_home() -> Path:
    """The folder that holds all places, made if it is not there."""
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    for own in [folder, SYSTEM_HOME] if os.geteuid() == 0 else [folder]:
        own.chmod(0o755)
    return folder


def _account() -> pwd.struct_passwd:
    """The system account of the servers, made at the first start as root."""
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        pass
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
    try:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603  fixed words
        return pwd.getpwnam(ACCOUNT)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise RunnerError(
            f"The servers do not run as root, and the account '{ACCOUNT}' could not be made ({error}). "
            f"Make it with `{' '.join(command)}`, or run Parley as an ordinary user."
        ) from error


def _copy_readable(sources: Sequence[Path], copy: Path) -> None:
    """Copy files and trees into a folder that everybody may read, complete or not at all."""
    part = copy.with_name(f"{copy.name}.{os.getpid()}")
    part.mkdir(parents=True)
    for source in sources:
        if source.is_dir():
            shutil.copytree(source, part / source.name, symlinks=True, ignore=shutil.ignore_patterns("include"))
        elif source.exists():
            shutil.copy(source, part)
    for path in [copy.parent, part, *part.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    try:
        part.rename(copy)
    except OSError:  # another start was faster
        shutil.rmtree(part)
