"""The page on which every part of the look can be seen in every state."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.charts import examples


class PromiseForm(forms.Form):
    """A form with something to put right, to show how that looks."""

    promise = forms.CharField(
        label=_("The promise, in one sentence"), help_text=_("Who can do what, when, and how often may it fail?")
    )
    hours = forms.CharField(label=_("The hours that count"))


def form_with_errors() -> PromiseForm:
    """The example form as it looks after it was sent with two mistakes."""
    form = PromiseForm({"promise": "Problems are handled promptly"})
    form.add_error("promise", _("Say by when: “promptly” can be read in two ways"))
    form.errors["hours"].clear()
    form.add_error("hours", _("Name the hours that count, for example 04:00 to 22:00 every day"))
    return form


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Parts of the page; public, because it shows nothing of any tenant."""
    return render(request, "parts.html", {"parts": examples.parts(), "form": form_with_errors()})
