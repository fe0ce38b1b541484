"""What views of all apps need: fetch or 404, try an action with a form, answer with a page or one of its fragments.

And what holds for each answer: nobody keeps it.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from portal.tenancy.errors import Refusal

PRIVATE = "private, no-store"
Found = TypeVar("Found")
Done = TypeVar("Done")


def keep_private(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whatever is answered here is about somebody, so that no browser and nothing between keeps it.

    Who goes back after signing out on a shared computer sees nothing. A view that says more itself is left alone; files
    of the interface are handed out before this, and say themselves how long they are kept.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", PRIVATE)
        return response

    return answer


def get_or_404(query: Callable[..., Found], **wanted: Any) -> Found:
    """What a query finds for its reader; an outsider cannot tell a hidden thing from a missing one."""
    try:
        return query(**wanted)
    except ObjectDoesNotExist as error:
        raise Http404(str(error)) from error


def respond(
    request: HttpRequest, template: str, fragment: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The whole page, or only its fragment (a partial in the same file) when htmx asks for it.

    The answer says by which headers it was chosen, so that nothing that keeps pages gives out one for the other.
    """
    is_fragment = bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]
    response = render(request, f"{template}#{fragment}" if is_fragment else template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted"])
    return response


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def attempt(form: BaseForm, action: Callable[[dict[str, Any]], Done]) -> Done | None:
    """What an action makes of a form's clean data; None when the form is not sent, not valid, or the action refuses.

    A refusal becomes an error of the form, so that the same page says what is wrong and what to do.
    """
    if not form.is_valid():
        return None
    try:
        return action(form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def form_page(request: HttpRequest, form: BaseForm, **page: Any) -> HttpResponse:
    """A page with one form. Page: title, send (words on the button), back (address), optional intro and crumbs."""
    return render(request, "components/form_page.html", {"form": form, **page}, status=422 if form.errors else 200)
