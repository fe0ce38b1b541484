"""The random passwords of one place, made once and kept in a file that only its owner can read."""

import json
import secrets
from dataclasses import asdict, dataclass

from portal.runner.places import Place


@dataclass(frozen=True, slots=True)
class Secrets:
    """Passwords of the database roles and the broker, and Django's key."""

    superuser: str
    owner: str
    app: str
    backup: str
    broker: str
    secret_key: str


def load(place: Place) -> Secrets:
    """The secrets of the place; made at the first call."""
    path = place.folder / "secrets.json"
    if path.exists():
        return Secrets(**json.loads(path.read_text()))
    made = Secrets(*(secrets.token_urlsafe(32) for _ in range(6)))
    Place(place.folder).write_private(path, json.dumps(asdict(made)))
    return made
