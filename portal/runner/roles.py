"""The roles of the database: who owns, who works, who backs up.

| role          | may                                                                       | used by                 |
|---------------|---------------------------------------------------------------------------|-------------------------|
| portal_owner  | own the schema, pass row security; not a superuser                        | migrations, restore     |
| portal_app    | what the migrations grant: rows only, no TRUNCATE, no DDL, row security   | web, workers, beat      |
| portal_backup | read everything                                                           | pg_dump                 |

The same function serves the demo, the tests and a production server (`python -m portal.runner roles`).
"""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from portal.runner.errors import RunnerError

OWNER, APP, BACKUP = "portal_owner", "portal_app", "portal_backup"
ATTRIBUTES = {
    OWNER: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS",
    BACKUP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS",
}


@dataclass(frozen=True, slots=True)
class Passwords:
    """The password of each role; without one for the backup role that role is not made."""

    owner: str
    app: str
    backup: str = ""

    def by_role(self) -> dict[str, str]:
        """Role name -> password, for the roles that are wanted."""
        pairs = {OWNER: self.owner, APP: self.app, BACKUP: self.backup}
        return {role: password for role, password in pairs.items() if password}


def create(*, admin_url: str, database: str, passwords: Passwords, for_tests: bool = False) -> None:
    """Make or correct the roles and the database, so that it can be run again at any time.

    `for_tests` lets the owner make databases, as the test runner must. Raises psycopg.Error when the administrator's
    URL does not reach a superuser.
    """
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for role, password in passwords.by_role().items():
            _make_role(admin, role, password, for_tests=for_tests)
        _make_database(admin, database)
    with psycopg.connect(admin_url, autocommit=True, dbname=database) as admin:
        admin.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
        admin.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        for role in passwords.by_role():
            admin.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(role)))


def create_from_urls(*, admin_url: str, owner_url: str, app_url: str, backup_url: str = "") -> str:
    """Make the roles that the URLs of an installation name, with the URLs' passwords; returns the database's name.

    Refuses URLs that name other roles, carry no password or lead to different databases.
    """
    owner, app = _read("OWNER_DATABASE_URL", owner_url, OWNER), _read("DATABASE_URL", app_url, APP)
    backup = _read("BACKUP_DATABASE_URL", backup_url, BACKUP) if backup_url else None
    names = {url.database for url in (owner, app, backup) if url}
    if len(names) != 1:
        raise RunnerError(f"The URLs name different databases: {', '.join(sorted(names))}.")
    passwords = Passwords(owner.password, app.password, backup.password if backup else "")
    create(admin_url=admin_url, database=app.database, passwords=passwords)
    return app.database


@dataclass(frozen=True, slots=True)
class _Url:
    password: str
    database: str


def _read(variable: str, url: str, role: str) -> _Url:
    parts = urlsplit(url)
    if parts.username != role:
        raise RunnerError(f"{variable} must name the role {role}: postgres://{role}:PASSWORD@HOST:PORT/DATABASE.")
    if not parts.password or not parts.path.strip("/"):
        raise RunnerError(f"{variable} must hold a password and a database: postgres://{role}:PASSWORD@HOST/DATABASE.")
    return _Url(unquote(parts.password), unquote(parts.path.strip("/")))


def _make_role(admin: "psycopg.Connection[tuple[object, ...]]", role: str, password: str, *, for_tests: bool) -> None:
    name = sql.Identifier(role)
    if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
        admin.execute(sql.SQL("CREATE ROLE {}").format(name))
    attributes = ATTRIBUTES[role]
    if for_tests and role == OWNER:
        attributes = attributes.replace("NOCREATEDB", "CREATEDB")
    admin.execute(sql.SQL("ALTER ROLE {} WITH {} PASSWORD {}").format(name, sql.SQL(attributes), sql.Literal(password)))
    if role == BACKUP:
        admin.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(name))


def _make_database(admin: "psycopg.Connection[tuple[object, ...]]", database: str) -> None:
    name = sql.Identifier(database)
    if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(OWNER)))
    admin.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, sql.Identifier(OWNER)))
