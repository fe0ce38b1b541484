"""`migrate`, as the role that owns the tables."""

from typing import Any

import environ
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connection

from portal import config
from portal.tenancy.operations import APP_ROLE

# A migration may take long, but it must not queue up behind others while everybody waits for it.
LIMITS = {"options": "-c lock_timeout=5s"}


class Command(migrate.Command):
    """Change the tables with OWNER_DATABASE_URL's role; the portal's own role may not."""

    def handle(self, *args: Any, **options: Any) -> None:
        owner = config.load().owner_database_url
        if owner:
            become(environ.Env.db_url_config(owner))
        elif connection.settings_dict["USER"] == APP_ROLE:
            raise CommandError(
                "Migrations run as the owner of the tables: set OWNER_DATABASE_URL to"
                " postgres://portal_owner:PASSWORD@HOST/DATABASE."
            )
        super().handle(*args, **options)


def become(role: dict[str, Any]) -> None:
    """From now on this process works with that role."""
    connection.close()
    connection.settings_dict.update({"USER": role["USER"], "PASSWORD": role["PASSWORD"], "OPTIONS": LIMITS})
