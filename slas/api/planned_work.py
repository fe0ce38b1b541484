"""Planned work over HTTP: read, and told when it really ended."""

from typing import ClassVar

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal import clock
from portal.accounts.api import Pages, token_of
from portal.tenancy.tasks import queue_on_commit
from slas.actions.planned_work import end_work
from slas.api.describing import ERRORS, LIMIT, OFFSET, TENANT
from slas.api.serializers import WORK_PAGE, ErrorSerializer, WorkEndSerializer, WorkSerializer
from slas.queries.service_hours import get_work, list_visible_work
from slas.tasks import recompute_dirty_targets


class WorkListView(APIView):
    """Work that takes a service away for a while."""

    needs: ClassVar = {"GET": ("results.read", "measure.read")}

    @extend_schema(
        operation_id="list_planned_work", parameters=[TENANT, LIMIT, OFFSET], responses={200: WORK_PAGE, **ERRORS}
    )
    def get(self, request: Request, tenant: str) -> Response:
        """Planned work, the latest start first."""
        pages = Pages()
        found = list_visible_work(reader=token_of(request).membership).order_by("-starts_at", "-pk")
        some = pages.paginate_queryset(found, request) or []
        return pages.get_paginated_response(WorkSerializer(some, many=True).data)  # type: ignore[arg-type]


class WorkEndView(APIView):
    """The real end of planned work."""

    needs: ClassVar = {"POST": ("facts.write", "work.announce")}

    @extend_schema(
        operation_id="end_planned_work",
        parameters=[TENANT],
        request=WorkEndSerializer,
        responses={
            200: WorkSerializer,
            409: OpenApiResponse(ErrorSerializer, description="It has not begun, or cannot have ended then."),
            **ERRORS,
        },
    )
    def post(self, request: Request, tenant: str, work_id: int) -> Response:
        """Say when it really ended. Time over the announced end counts as down."""
        member = token_of(request).membership
        work = get_work(reader=member, work_id=work_id)
        form = WorkEndSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        ended = end_work(work=work, by=member, now=clock.now(), **form.validated_data)
        queue_on_commit(recompute_dirty_targets)
        return Response(WorkSerializer(ended).data)
