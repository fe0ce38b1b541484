"""Figures over HTTP."""

from typing import ClassVar

from django.core.validators import slug_re
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal import clock
from portal.accounts.api import Pages, token_of
from slas.api.describing import ERRORS, FROM, LIMIT, OFFSET, TENANT, UNTIL
from slas.api.ranges import range_of
from slas.api.serializers import FIGURES_PAGE, FigureSerializer, ProvenFigureSerializer
from slas.queries.attainments import get_attainment, held_attainments

NARROWED = {"agreement": "target__agreement__slug", "target": "target__slug", "measure": "target__measure__slug"}


class FigureListView(APIView):
    """What was delivered of each promise, in each period."""

    needs: ClassVar = {"GET": ("results.read", "agreement.read")}

    @extend_schema(
        operation_id="list_attainments",
        parameters=[
            TENANT,
            FROM,
            UNTIL,
            LIMIT,
            OFFSET,
            *(OpenApiParameter(name, str, description=f"Only of this {name}, by its slug.") for name in NARROWED),
        ],
        responses={200: FIGURES_PAGE, **ERRORS},
    )
    def get(self, request: Request, tenant: str) -> Response:
        """Figures that hold, latest period first; periods that begin within at most 400 days.

        Tokens of the business get what was issued to their units, all others the newest.
        """
        first, end = range_of(request.query_params, today=clock.now().date())
        found = held_attainments(reader=token_of(request).membership).filter(
            period_start__gte=first, period_start__lt=end
        )
        for name, column in NARROWED.items():
            wanted = _slug(request, name)
            found = found.filter(**{column: wanted}) if wanted else found
        related = ("target__agreement", "target__measure")
        found = found.select_related(*related).defer("result", "proof").order_by("-period_start", "target_id")
        pages = Pages()
        some = pages.paginate_queryset(found, request) or []
        return pages.get_paginated_response(FigureSerializer(some, many=True).data)  # type: ignore[arg-type]


def _slug(request: Request, name: str) -> str:
    wanted = request.query_params.get(name, "")
    if wanted and not slug_re.fullmatch(wanted):
        raise ValidationError({name: "Write the short name as in an address."})
    return wanted


class FigureView(APIView):
    """One figure."""

    needs: ClassVar = {"GET": ("results.read", "evidence.read")}

    @extend_schema(
        operation_id="get_attainment", parameters=[TENANT], responses={200: ProvenFigureSerializer, **ERRORS}
    )
    def get(self, request: Request, tenant: str, attainment_id: int) -> Response:
        """A figure with its exact result and its proof."""
        found = get_attainment(reader=token_of(request).membership, attainment_id=attainment_id)
        return Response(ProvenFigureSerializer(found).data)
