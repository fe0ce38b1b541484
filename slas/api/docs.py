"""The API describes itself: as OpenAPI for programs, as a page for people, and as one on which calls can be tried.

All three are the same for each tenant and open to everybody; they are drawn from one description.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

METHODS = ("get", "post", "put", "patch", "delete")


@cache
def description() -> dict[str, Any]:
    """The description as OpenAPI 3; it changes only with the code, so it is made once."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


@require_safe
def api_schema(request: HttpRequest, tenant: str) -> HttpResponse:  # noqa: ARG001 - one for all tenants
    """The description for programs."""
    return JsonResponse(description())


@require_safe
def api_docs(request: HttpRequest, tenant: str) -> HttpResponse:
    """The description for people."""
    context = {"tenant_slug": tenant, "operations": list(_operations(tenant)), "things": list(_things())}
    return render(request, "slas/api_docs.html", context)


def _operations(tenant: str) -> Iterator[dict[str, Any]]:
    for path, methods in description()["paths"].items():
        for method in METHODS:
            if method in methods:
                yield _operation(path.replace("{tenant}", tenant), method, methods[method])


def _operation(path: str, method: str, said: Mapping[str, Any]) -> dict[str, Any]:
    body = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return {
        "id": said["operationId"],
        "call": f"{method.upper()} {path}",
        "description": said.get("description", ""),
        "parameters": [each for each in said.get("parameters", ()) if each["name"] != "tenant"],
        "body": _type(body) if body else "",
        "answers": [(status, each["description"], _content(each)) for status, each in said["responses"].items()],
    }


def _content(answer: Mapping[str, Any]) -> str:
    schema = answer.get("content", {}).get("application/json", {}).get("schema")
    return _type(schema) if schema else ""


def _things() -> Iterator[dict[str, Any]]:
    for name, schema in sorted(description()["components"]["schemas"].items()):
        needed = schema.get("required", ())
        fields = [
            (field, _type(said), field in needed, said.get("description", "").partition("\n")[0])
            for field, said in schema.get("properties", {}).items()
        ]
        if fields:
            yield {"name": name, "description": schema.get("description", ""), "fields": fields}


def _type(schema: Mapping[str, Any]) -> str:
    """What a value looks like, in a few words."""
    if "$ref" in schema:
        return _named(schema["$ref"].rpartition("/")[2])
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(_type(each) for each in schema[several]))
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return str(schema.get("format") or schema.get("type") or "anything")


def _named(name: str) -> str:
    schema = description()["components"]["schemas"][name]
    if "enum" in schema:
        return " or ".join(f"“{each}”" for each in schema["enum"])
    return name if "properties" in schema else _type(schema)


class TryView(SpectacularSwaggerSplitView):
    """Swagger UI: calls can be tried with a key of one's own; our template has no style of its own inside."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes: list[Any] = []
    template_name = "slas/api_try.html"

    def _get_schema_url(self, request: Request) -> str:
        """The description in the tenant of this page."""
        return reverse("api_schema", kwargs={"tenant": self.kwargs["tenant"]})
