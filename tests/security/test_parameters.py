"""Whatever is written into an address or a form is answered in words, never by an error of ours."""

import re

import pytest

from portal.accounts.models import BusinessUnit, Role
from portal.tenancy.scope import tenant_scope
from tests.house import tree
from tests.security.readers import make_reader, told
from tests.security.routes import tenant_routes

ROUTES = tenant_routes()
# Every name that a page or a form reads, found in the code, so that a new one is tried without being asked.
READ = re.compile(r"""GET(?:\.get|\.getlist)?[(\[]["'](\w+)|^\s+(\w+) = (?:forms\.)?\w*Field\(""", re.MULTILINE)
NAMES = sorted({a or b for name in tree.own(".py", *tree.CODE) for a, b in READ.findall(tree.text(name))})
ROLES = (Role.SERVICE_LEVEL_MANAGER, Role.BUSINESS_UNIT_HEAD, Role.ADMINISTRATOR)
HOSTILE = [
    "\x00",
    "9" * 40,
    "-9223372036854775809",
    "9999-12-31",
    "0001-01-01",
    "9999-99",
    "1e999999",
    "NaN",
    "１２",
    "' OR 1=1; DROP TABLE x; --",
    "../../../etc/passwd",
    "{figure:orders.result}%s%(x)s{{7*7}}",
    "\ud7ff\u202e\ufffe",
    "x" * 2_000,
]


@pytest.fixture
def asked(tenant, own, settings):
    """asked(value, route, roles) asks those for one address with that value under every name."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
    with tenant_scope(tenant.pk):
        readers = {role: make_reader(role, own.of(BusinessUnit)) for role in ROLES}

    def ask(value, route, roles):
        path = route.path("larkmoor", dict.fromkeys(route.blanks, own))
        data = dict.fromkeys(NAMES, value)
        return [
            told(readers[role], route, method, path, data).status_code for method in ("get", "post") for role in roles
        ]

    return ask


def broken(asked, asking):
    """Each address and value that an error of ours answered; and how many were understood or refused in words."""
    wrong, answered = [], 0
    for value, route, roles in asking:
        statuses = asked(value, route, roles)
        answered += sum(status in (200, 302, 400, 415, 422) for status in statuses)
        if any(status >= 500 for status in statuses):
            wrong.append((route.name, value))
    return wrong, answered


def test_names_are_found():
    assert {"q", "page", "month", "since", "threshold", "email"} <= set(NAMES)


def test_odd_values_are_answered_in_words(asked):
    """Values, addresses and roles in turn; the long run asks each of them for each."""
    asking = [
        (HOSTILE[number % len(HOSTILE)], route, (ROLES[number % len(ROLES)],))
        for number, route in enumerate(ROUTES[::5])
    ]

    wrong, answered = broken(asked, asking)

    assert wrong == []
    assert answered > 50


@pytest.mark.long
def test_every_odd_value_is_answered_in_words_everywhere(asked):
    wrong, answered = broken(asked, [(value, route, ROLES) for route in ROUTES for value in HOSTILE])

    assert wrong == []
    assert answered > 3_000


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/t/larkmoor/services/?q=%00", "text/plain"),
        ("/t/larkmoor/api/v1/measures/?limit=%00", "application/json"),
        ("/account/login/?next=%00", "text/plain"),
        ("/t/%00/services/", "text/plain"),
        ("/t/%00/invitation/x/", "text/plain"),
        ("/t/%00/api/v1/measures/", "application/json"),
        ("/t/larkmoor/services/%00/", "text/plain"),
    ],
)
def test_a_character_that_no_text_can_have_is_named(client, tenant, path, kind):
    answer = client.get(path)

    assert answer.status_code == 400
    assert answer["Content-Type"].startswith(kind)
    assert "%00" in answer.content.decode()
