"""The parts without which the portal is not ready."""

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.celery import app

logger = logging.getLogger(__name__)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} migrations are not applied: run `manage.py migrate` as the owner role." if missing else ""


def _broker() -> str:
    cache.get("ready")
    return ""


def _worker() -> str:
    answers = app.control.ping(timeout=1.0, limit=1)
    return "" if answers else "No worker answers: start one with `celery -A portal worker`."


def _pdf_libraries() -> str:
    from portal import pdf  # the rest of the portal starts without the libraries

    return pdf.missing_libraries()


PARTS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "broker": _broker,
    "worker": _worker,
    "pdf libraries": _pdf_libraries,
}


def check_parts() -> dict[str, str]:
    """Each part's fault in words, empty when it is well.

    Everybody may ask: what an error says of hosts, ports and roles goes into the log.
    """
    return {name: _fault(name, check) for name, check in PARTS.items()}


def _fault(name: str, check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception:
        logger.exception("not ready: %s", name)
        return "It does not answer as it should; the log of the web process tells why."
