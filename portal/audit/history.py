"""Row history: each insert, change and removal of a tracked row is kept by database triggers, with who and why."""

from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def tracked(model: M) -> M:
    """Keep the history of this model's rows, also of bulk changes and raw SQL."""
    return pghistory.track(  # the events remember their model, so each model gets its own
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), meta={"default_permissions": ()}
    )(model)
