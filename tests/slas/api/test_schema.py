"""Whatever the description of the API allows, and much that it does not, is answered as the description says."""

from datetime import UTC, datetime

import pytest
import requests
import schemathesis
from django.core.cache import cache
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from portal.accounts.actions.tokens import create_token
from portal.accounts.models import Role
from portal.accounts.policies import SCOPES
from portal.tenancy.scope import tenant_scope
from slas.models import FactKind
from tests import factories
from tests.slas.factories import make_measure

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]


@pytest.fixture
def key(tenant, monkeypatch):
    """A key that may do all that the API offers, in a tenant with a measure of each kind."""
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    with tenant_scope(tenant.pk):
        for kind in FactKind.values:
            make_measure(kind, slug=kind)
        member = factories.make_member(role=Role.SERVICE_OWNER)
        return create_token(membership=member, name="Fuzz", scopes=list(SCOPES), days=1, by=member, now=NOW)[1]


DESCRIBED = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
OPERATIONS = [operation.ok() for operation in DESCRIBED.get_all_operations()]


each_operation = pytest.mark.parametrize(
    "operation", OPERATIONS, ids=lambda operation: operation.definition.raw["operationId"]
)
each_mode = pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
COMMON = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@each_operation
@each_mode
@settings(max_examples=4, **COMMON)
@given(data=st.data())
def test_each_call_is_answered_as_described(key, operation, mode, data):
    """Calls as the description allows them, and calls that break it somewhere."""
    call(key, operation, mode, data)


@pytest.mark.long
@each_operation
@each_mode
@settings(max_examples=300, **COMMON)
@given(data=st.data())
def test_thousands_of_calls_are_answered_as_described(key, operation, mode, data):
    call(key, operation, mode, data)


def call(key, operation, mode, data):
    cache.clear()
    case = data.draw(operation.as_strategy(generation_mode=mode))
    case.path_parameters["tenant"] = "larkmoor"
    if "slug" in case.path_parameters:
        case.path_parameters["slug"] = data.draw(st.sampled_from(FactKind.values))
    case.validate_response(send(case, key), checks=CHECKS)


def send(case, key):
    """The call through Django's own client, which stays in the transaction of the test."""
    call = requests.Request(**case.as_transport_kwargs(base_url="http://testserver"))
    call = call.prepare()
    headers = {name: value for name, value in call.headers.items() if name != "Content-Length"}
    kind = headers.pop("Content-Type", "application/json")
    headers["Authorization"] = f"Bearer {key}"
    answer = Client().generic(call.method, call.path_url, call.body or b"", kind, headers=headers)
    named = {name.lower(): [value] for name, value in answer.headers.items()}
    return Response(answer.status_code, named, answer.content, call, elapsed=0.1, verify=False)
