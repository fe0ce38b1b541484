"""Measures and their facts over HTTP."""

from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal import clock
from portal.accounts.api import Pages, token_of
from portal.accounts.models import Membership
from slas.actions.batches import Arrival, Brought, count_all
from slas.actions.pushes import answer_once
from slas.api.describing import ERRORS, FROM, LIMIT, OFFSET, SLUG, TENANT, UNTIL
from slas.api.ranges import range_of
from slas.api.serializers import (
    MEASURES_PAGE,
    PUSHED_OR_ERROR,
    ROWS_PAGE,
    BatchSerializer,
    ErrorSerializer,
    MeasureSerializer,
    PushedSerializer,
    PushSerializer,
)
from slas.errors import KeyUsed
from slas.importers.rows.kinds import SCHEMAS
from slas.importers.rows.reading import read_rows
from slas.importers.rows.stored import compare_with_stored
from slas.importers.rows.values import Surroundings
from slas.importers.uploads import outcome_of
from slas.models import Measure, Origin
from slas.queries import measures as queries
from slas.queries.batches import get_batch
from slas.queries.facts import list_facts, rows_of
from slas.queries.few_answers import find_few_answers
from slas.queries.rows import COVERED, GAPS, as_read

READS = {"GET": ("results.read", "measure.read")}
MOST_KEY = 100
IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Any text of your own, at most 100 characters. For 24 hours the same request gets the same answer.",
)


class MeasureListView(APIView):
    """The measures that the token's member may see."""

    needs = READS

    @extend_schema(
        operation_id="list_measures",
        parameters=[TENANT, LIMIT, OFFSET],
        responses={200: MEASURES_PAGE, **ERRORS},
    )
    def get(self, request: Request, tenant: str) -> Response:
        """What is counted, from which source, and who decides."""
        pages = Pages()
        found = pages.paginate_queryset(queries.list_measures(reader=_reader(request)), request) or []
        return pages.get_paginated_response(MeasureSerializer(found, many=True).data)  # type: ignore[arg-type]


class MeasureView(APIView):
    """One measure."""

    needs = READS

    @extend_schema(operation_id="get_measure", parameters=[TENANT, SLUG], responses={200: MeasureSerializer, **ERRORS})
    def get(self, request: Request, tenant: str, slug: str) -> Response:
        """What is counted, from which source, and who decides."""
        return Response(MeasureSerializer(_measure(request, slug)).data)


class FactsView(APIView):
    """The facts of a measure: read, or brought."""

    needs: ClassVar = {"GET": ("results.read", "evidence.read"), "POST": ("facts.write", "fact.enter")}
    side = ""

    @extend_schema(
        operation_id="list_facts",
        parameters=[TENANT, SLUG, FROM, UNTIL, LIMIT, OFFSET],
        responses={200: ROWS_PAGE, **ERRORS},
    )
    def get(self, request: Request, tenant: str, slug: str) -> Response:
        """Facts, newest first: those of at most 400 days, of the last ones when no dates are given."""
        measure = _measure(request, slug)
        fact = self._fact(measure)
        first, end = range_of(request.query_params, today=clock.now().date())
        facts = list_facts(measure=measure, fact=fact, first=first, end=end)
        pages = Pages()
        some = pages.paginate_queryset(facts, request) or []
        few = find_few_answers(measure=measure)
        rows = rows_of(fact=fact, facts=some)
        return pages.get_paginated_response([as_read(row, is_hidden=few.hides(row)) for row in rows])

    @extend_schema(
        operation_id="push_facts",
        parameters=[TENANT, SLUG, IDEMPOTENCY],
        request=PushSerializer,
        responses={
            200: OpenApiResponse(PushedSerializer, description="Each row is stored."),
            207: OpenApiResponse(PushedSerializer, description="Right rows are stored, wrong ones are in “errors”."),
            409: OpenApiResponse(ErrorSerializer, description="A rule of the facts says no."),
            **ERRORS,
            422: OpenApiResponse(
                PUSHED_OR_ERROR,
                description=(
                    "Nothing is stored: each row is wrong, or one of “all_or_nothing”;"
                    " or the Idempotency-Key was used for another request."
                ),
            ),
        },
    )
    def post(self, request: Request, tenant: str, slug: str) -> Response:
        """Bring facts. They count at once. The same facts again change nothing; other values replace the old ones."""
        measure = _measure(request, slug)
        fact = self._fact(measure)
        form = PushSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asked = {"measure": measure.slug, "fact": fact, "body": request.data}
        try:
            (status, answer), is_again = answer_once(
                token=token_of(request),
                key=_idempotency_key(request),
                request=asked,
                now=clock.now(),
                answer=lambda: _push(request, measure, fact, form.validated_data),
            )
        except KeyUsed as used:
            raise Unprocessable(str(used)) from used
        return Response(answer, status=status, headers={"Idempotency-Replayed": "true"} if is_again else None)

    def _fact(self, measure: Measure) -> str:
        return self.side or measure.fact_kind


@extend_schema_view(get=extend_schema(operation_id="list_gaps"), post=extend_schema(operation_id="push_gaps"))
class GapsView(FactsView):
    """The times about which a measure knows nothing: read, or brought."""

    side = GAPS


@extend_schema_view(get=extend_schema(operation_id="list_covered"), post=extend_schema(operation_id="push_covered"))
class CoveredView(FactsView):
    """The times for which a log of outages is complete: read, or brought."""

    side = COVERED


class Unprocessable(exceptions.APIException):
    """A request that is well formed and cannot be done."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY


def _push(request: Request, measure: Measure, fact: str, data: Mapping[str, Any]) -> tuple[int, Mapping[str, Any]]:
    now = clock.now()
    reading = read_rows(SCHEMAS[fact], enumerate(data["rows"], start=1), Surroundings(now, is_pushed=True))
    compare_with_stored(reading, measure=measure, is_pushed=True)
    outcome = outcome_of(reading)
    if not reading.rows or (data["all_or_nothing"] and reading.refused):
        nothing = {"batch": None, "new": 0, "unchanged": 0, "corrected": 0}
        return HTTPStatus.UNPROCESSABLE_ENTITY, nothing | outcome
    arrival = Arrival(Origin.PUSHED, _reader(request), reason=data["reason"])
    brought = [Brought(measure, reading.rows, outcome)]
    batch, applied = count_all(fact=fact, brought=brought, arrival=arrival, now=now)[0]
    status = HTTPStatus.MULTI_STATUS if reading.refused else HTTPStatus.OK
    return status, {"batch": batch.pk} | asdict(applied) | outcome


def _idempotency_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > MOST_KEY or not key.isprintable():
        raise exceptions.ValidationError({"Idempotency-Key": f"Use at most {MOST_KEY} printable characters."})
    return key


class BatchView(APIView):
    """Facts that arrived together."""

    needs = READS

    @extend_schema(operation_id="get_batch", parameters=[TENANT], responses={200: BatchSerializer, **ERRORS})
    def get(self, request: Request, tenant: str, batch_id: int) -> Response:
        """What became of pushed, uploaded or entered rows."""
        return Response(BatchSerializer(get_batch(reader=_reader(request), batch_id=batch_id)).data)


def _reader(request: Request) -> Membership:
    return token_of(request).membership


def _measure(request: Request, slug: str) -> Measure:
    return queries.get_measure(reader=_reader(request), slug=slug)
