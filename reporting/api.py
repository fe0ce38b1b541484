"""Reviews over HTTP: the same frozen object that page and PDF are drawn from."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal import clock
from portal.accounts.api import Pages, token_of
from reporting.models import Edition
from reporting.queries import reviews as queries
from reporting.queries.review_list import list_rows
from slas.api.describing import ERRORS, LIMIT, OFFSET, TENANT


class ReviewSerializer(serializers.Serializer[Any]):
    """A review in the list: how the month stood, and where the review stands."""

    unit = serializers.SlugField(source="unit_slug")
    month = serializers.CharField(help_text="The month, for example 2026-10.")
    state = serializers.CharField()
    score = serializers.CharField(help_text="How many promises were kept, in words; empty for a draft.")
    edition = serializers.IntegerField(source="editions", help_text="The newest edition; 0 for a draft.")
    disputes = serializers.IntegerField(help_text="Figures under dispute now.")


class ReviewsPage(serializers.Serializer[Any]):
    """One page of the list."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ReviewSerializer(many=True)


class EditionSerializer(serializers.Serializer[Edition]):
    """An issued edition: its fingerprint, and the whole page with its complete list of figures."""

    number = serializers.IntegerField()
    issued_at = serializers.DateTimeField()
    reason = serializers.CharField()
    check_code = serializers.CharField()
    page_hash = serializers.CharField(help_text="SHA-256 of the page as JSON with sorted keys and no spaces.")
    page = serializers.DictField(help_text="Everything that the edition says; figures are listed under `figures`.")


class ReviewListView(APIView):
    """The reviews that the token's member may read."""

    needs: ClassVar = {"GET": ("results.read", "review.read")}

    @extend_schema(
        operation_id="list_reviews", parameters=[TENANT, LIMIT, OFFSET], responses={200: ReviewsPage, **ERRORS}
    )
    def get(self, request: Request, tenant: str) -> Response:
        """Reviews, the latest month first."""
        reader = token_of(request).membership
        pages = Pages()
        some = pages.paginate_queryset(queries.list_reviews(reader=reader), request) or []
        rows = list_rows(reviews=list(some), reader=reader, now=clock.now())
        return pages.get_paginated_response(ReviewSerializer(rows, many=True).data)


class EditionView(APIView):
    """One issued edition."""

    needs: ClassVar = {"GET": ("results.read", "review.read")}

    @extend_schema(operation_id="get_edition", parameters=[TENANT], responses={200: EditionSerializer, **ERRORS})
    def get(self, request: Request, tenant: str, unit: str, month: str, number: int) -> Response:
        """An edition as it was frozen."""
        reader = token_of(request).membership
        return Response(
            EditionSerializer(queries.get_edition(reader=reader, unit=unit, month=month, number=number)).data
        )
