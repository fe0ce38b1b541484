"""The API describes itself: as OpenAPI for programs, as a page for people. Both are the same for each tenant."""

from typing import Any

from django.urls import reverse
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request


class SchemaView(SpectacularAPIView):
    """The description as OpenAPI 3."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes: list[Any] = []


class DocumentationView(SpectacularSwaggerSplitView):
    """The description as a page on which calls can be tried; our template has no style of its own inside."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes: list[Any] = []
    template_name = "slas/api_docs.html"

    def _get_schema_url(self, request: Request) -> str:
        """The description in the tenant of this page."""
        return reverse("api_schema", kwargs={"tenant": self.kwargs["tenant"]})
