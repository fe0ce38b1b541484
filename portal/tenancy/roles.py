"""The start-up check: a serving process runs as a role that owns nothing and bypasses nothing."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

PRIVILEGES = """
SELECT r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid),
       EXISTS (SELECT 1 FROM pg_roles o
               WHERE o.oid <> r.oid AND pg_has_role(r.oid, o.oid, 'MEMBER')
                 AND (o.rolsuper OR o.rolbypassrls OR EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = o.oid)))
FROM pg_roles r WHERE r.rolname = current_user
"""
FAULTS = (
    "is a superuser",
    "bypasses row security",
    "owns tables",
    "may become a role that owns tables or bypasses row security",
)


def find_privileges() -> list[str]:
    """What the current role may do that a serving process must not; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(PRIVILEGES)
        row = cursor.fetchone()
    return [fault for fault, present in zip(FAULTS, row, strict=True) if present]


def refuse_privileged_role() -> None:
    """Stop the start of a web, worker or beat process whose role could read across tenants.

    Raises ImproperlyConfigured with what is wrong and what to do.
    """
    faults = find_privileges()
    if faults:
        user = connection.settings_dict["USER"]
        raise ImproperlyConfigured(
            f"The database role “{user}” {' and '.join(faults)}. Start this process with the role portal_app"
            " in DATABASE_URL; the owner's role is for migrations only (docs/operations.md)."
        )
