"""Who may do what in the code: who enters a tenant, who queues work, how actions are called."""

import ast
import re
from pathlib import PurePath

import pytest

from tests.house import tree

TENANT_DOORS = {
    "portal/tenancy/scope.py": "defines it",
    "portal/tenancy/middleware.py": "a request",
    "portal/tenancy/tasks.py": "a task",
    "portal/tenancy/management/base.py": "a command",
}
OPENED_SCOPES = {
    "portal/tenancy/management/base.py": "defines it",
    "demo/management/commands/seed_demo.py": "fills tenants in turn and waits for workers between its steps",
}
# Each was read: no part of its SQL comes from outside; values travel as parameters. A new file needs the same look.
RAW_SQL = {
    "portal/tenancy/scope.py": "set_config, with parameters",
    "portal/tenancy/roles.py": "one fixed question about the role",
    "portal/tenancy/prepared.py": "asks anew what Django wrote for one reader, with parameters",
    "portal/tenancy/operations.py": "migrations: names of our own tables and columns",
    "portal/runner/roles.py": "roles and databases, composed by psycopg.sql",
    "portal/health.py": "SELECT 1",
    "catalog/actions/composition.py": "one lock, with a parameter",
    "slas/actions/attainments.py": "one fixed statement for periods to recompute, with parameters",
    "slas/actions/batches.py": "one fixed question for numbers of batches, with a parameter",
    "slas/actions/facts_measured.py": "fixed statements for a staging table, with parameters",
    "slas/actions/measured_months.py": "the function that makes tables of months, with a parameter",
    "slas/queries/months_away.py": "one fixed question for names of tables",
    "slas/queries/columns.py": "runs fixed questions of its callers for facts as columns, with parameters",
    "slas/actions/hourly_counts.py": "fixed statements that count readings, with parameters",
    "slas/queries/readings.py": "fixed questions about readings of many stretches of time, with parameters",
}
RAW = re.compile(r"\.(?:execute|executemany|raw|extra)\(|\bRawSQL\(|\bcursor\.copy\(")
RULES = [
    pytest.param(r"\btenant_scope\(", set(TENANT_DOORS), id="only the doors enter a tenant"),
    pytest.param(r"\bscope_of\(", set(OPENED_SCOPES), id="only these commands open scopes by themselves"),
    pytest.param(RAW.pattern, set(RAW_SQL), id="SQL by hand is in a reviewed list"),
    pytest.param(r"\bset_config\(", {"portal/tenancy/scope.py"}, id="only the scope sets the tenant"),
    pytest.param(r"\bStreamingHttpResponse\b", set(), id="no stream outlives its transaction"),
    pytest.param(r"\bGeneric(?:ForeignKey|Relation)\b", set(), id="real foreign keys"),
    pytest.param(r"^\s*@receiver\b", set(), id="no signal receivers"),
    pytest.param(r"\.connect\b(?!\()", {"portal/celery.py"}, id="no signal receivers, except the start-up check"),
    pytest.param(r"\bon_delete=(?:models\.)?SET_NULL\b", set(), id="deleting never loses whose row it was"),
    pytest.param(r"\bcsv\.(?:Dict)?[wW]riter\(", {"portal/exports.py"}, id="tables are written by the guarded writer"),
    pytest.param(
        r"\bmark_safe\(|\bSafeString\(",
        {"portal/charts/templatetags/charts.py", "portal/conversations/rendering.py"},
        id="only our drawings and sanitised comments are declared safe",
    ),
]


def code(*folders):
    return [name for name in tree.own(".py", *(folders or tree.CODE)) if "/migrations/" not in name]


@pytest.mark.parametrize(("pattern", "allowed"), RULES)
def test_only_these_files(pattern, allowed):
    found = {name for name in code() if re.search(pattern, tree.text(name), re.MULTILINE)}

    assert found == allowed


@pytest.mark.parametrize(
    ("line", "is_raw"),
    [
        ("cursor.execute(sql)", True),
        ("cursor.executemany(sql, rows)", True),
        ("cursor.copy(COPY)", True),
        ("queryset.annotate(x=RawSQL('1', []))", True),
        ("Service.objects.raw('SELECT 1')", True),
        ("queryset.extra(where=['1=1'])", True),
        ("executor.migration_plan(targets)", False),
        ("row.copy()", False),
        ("fields.raw_text()", False),
    ],
)
def test_what_is_sql_by_hand_is_known(line, is_raw):
    assert bool(RAW.search(line)) == is_raw


def is_kind(name, kind):
    return kind in PurePath(name).with_suffix("").parts


# Each way to have work done later: Celery's own, ours, and Django's hook for after the commit.
QUEUES = re.compile(
    r"\.(?:delay|delay_on_commit|apply_async|send_task)\(|\bqueue_(?:on_commit|job)\(|(?<!queue_)\bon_commit\("
)


@pytest.mark.parametrize(
    ("line", "is_queued"),
    [
        ("task.delay(tenant_id=1)", True),
        ("task.delay_on_commit()", True),
        ("task.apply_async()", True),
        ("app.send_task('x')", True),
        ("queue_on_commit(task, job_id=1)", True),
        ("tasks.queue_job(job)", True),
        ("transaction.on_commit(publish)", True),
        ("on_commit(publish)", True),
        ("return _queue_again(job)", False),
        ("delay = timedelta(days=1)", False),
    ],
)
def test_what_queues_work_is_known(line, is_queued):
    assert bool(QUEUES.search(line)) == is_queued


def test_actions_never_queue_work():
    """They write in one transaction; the edge that called them queues, on commit."""
    found = [name for name in code() if is_kind(name, "actions") and QUEUES.search(tree.text(name))]

    assert found == []


def test_actions_take_keywords_only():
    """What takes one argument converts it and cannot be called wrongly."""
    positional = [
        f"{name}:{node.lineno} {node.name}"
        for name in code()
        if is_kind(name, "actions")
        for node in tree.parsed(name).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and len(node.args.args) > 1
    ]

    assert positional == []


def test_actions_write_in_a_transaction_of_their_own_or_of_their_caller():
    """No action ends a transaction by hand."""
    found = [name for name in code() if re.search(r"\.(?:commit|rollback|set_autocommit)\(", tree.text(name))]

    assert [name for name in found if not name.startswith(("portal/tenancy/", "portal/runner/"))] == []
