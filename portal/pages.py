"""What views of all apps need: fetch or 404, and answer with a page or with one of its fragments."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

Found = TypeVar("Found")


def get_or_404(query: Callable[..., Found], **wanted: Any) -> Found:
    """What a query finds for its reader; an outsider cannot tell a hidden thing from a missing one."""
    try:
        return query(**wanted)
    except ObjectDoesNotExist as error:
        raise Http404(str(error)) from error


def respond(
    request: HttpRequest, template: str, fragment: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The whole page, or only its fragment (a partial in the same file) when htmx asks for it."""
    is_fragment = bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, f"{template}#{fragment}" if is_fragment else template, dict(context), status=status)
