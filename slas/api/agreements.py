"""Agreements and their promises over HTTP."""

from typing import ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.accounts.api import Pages, token_of
from slas.api.describing import ERRORS, LIMIT, OFFSET, TENANT
from slas.api.serializers import AGREEMENTS_PAGE, AgreementSerializer, AgreementTextSerializer
from slas.models import AgreementState
from slas.queries.agreements import get_agreement, list_visible_agreements

READS: dict[str, tuple[str, str]] = {"GET": ("results.read", "agreement.read")}
STATE = OpenApiParameter("state", str, enum=AgreementState.values, description="Only versions that stand so.")
AGREEMENT = OpenApiParameter("slug", str, OpenApiParameter.PATH, description="The agreement.")


class AgreementListView(APIView):
    """The versions that the token's member may see."""

    needs: ClassVar = READS

    @extend_schema(
        operation_id="list_agreements",
        parameters=[TENANT, STATE, LIMIT, OFFSET],
        responses={200: AGREEMENTS_PAGE, **ERRORS},
    )
    def get(self, request: Request, tenant: str) -> Response:
        """Who promises whom, since when, and where each version stands; by name, the newest version first."""
        found = list_visible_agreements(reader=token_of(request).membership)
        state = request.query_params.get("state", "")
        if state and state not in AgreementState.values:
            raise ValidationError({"state": f"Not known. Write one of: {', '.join(AgreementState.values)}."})
        found = found.filter(state=state) if state else found
        pages = Pages()
        some = pages.paginate_queryset(found.order_by("name", "slug", "-version"), request) or []
        return pages.get_paginated_response(AgreementSerializer(some, many=True).data)  # type: ignore[arg-type]


class AgreementView(APIView):
    """One version with its promises."""

    needs: ClassVar = READS

    @extend_schema(
        operation_id="get_agreement",
        parameters=[TENANT, AGREEMENT],
        responses={200: AgreementTextSerializer, **ERRORS},
    )
    def get(self, request: Request, tenant: str, slug: str, version: int) -> Response:
        """What is promised, promise by promise."""
        agreement = get_agreement(reader=token_of(request).membership, slug=slug, version=version)
        return Response(AgreementTextSerializer(agreement).data)
