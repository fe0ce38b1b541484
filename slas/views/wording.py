"""The ambiguity check in the browser: as one writes, clause by clause, and the words of a tenant."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from slas.actions import wording as actions
from slas.forms.targets import TargetForm
from slas.forms.wording import ExceptionForm, OwnWordForm, UseForm
from slas.models import OwnWord, ServiceLevelTarget, TargetKind
from slas.queries.wording import LONGEST, sentence_findings, target_findings
from slas.queries.wording_texts import explain
from slas.views.versions import to_version, url_of, version_of


@require_POST
def target_check(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """What the check says of a promise that is being written; nothing is kept."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    kind = request.GET.get("kind", "")
    target = ServiceLevelTarget(agreement=agreement, kind=kind if kind in TargetKind.values else TargetKind.VOLUME)
    form = TargetForm(request.POST, target=target)
    sentence = request.POST.get("sentence", "")[:LONGEST]
    is_whole = form.is_valid()
    findings = target_findings(form.filled()) if is_whole else sentence_findings(sentence, agreement.time_zone)
    texts = explain(reader=request.membership, findings=findings, now=clock.now())
    return render(request, "slas/unclear_texts.html", {"texts": texts})


@require_POST
def wording_use(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Write the offered words into the draft."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    form = UseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The offered words are not all there. Read the agreement again."))
        return to_version(agreement)
    try:
        actions.use_wording(agreement=agreement, by=request.membership, now=clock.now(), **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written: “%(words)s”.") % {"words": form.cleaned_data["wording"]})
    return to_version(agreement)


def wording_except(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Why both sides keep unclear words."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    form = ExceptionForm(sent(request), initial=request.GET.dict())
    kept = attempt(
        form,
        lambda data: actions.except_wording(agreement=agreement, by=request.membership, now=clock.now(), **data),
    )
    if kept:
        messages.success(request, _("Written down. It is part of the text that both sides sign."))
        return to_version(agreement)
    words = form["words"].value()
    title = _("Keep “%(words)s”") % {"words": words} if words else _("Keep the wording as it is")
    intro = _("Two honest people could read it differently. Both sides sign that they know, and why it stays.")
    return form_page(request, form, title=title, intro=intro, send=_("Write it down"), back=url_of(agreement))


@require_POST
def wording_drop(request: TenantRequest, tenant: str, slug: str, version: int, exception_id: int) -> HttpResponse:
    """An exception is taken back."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    exception = get_or_404(agreement.wording_exceptions.select_related("agreement").get, pk=exception_id)
    try:
        actions.drop_exception(exception=exception, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The exception is taken back."))
    return to_version(agreement)


def own_word_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What this tenant adds to the rules of the check."""
    words = OwnWord.objects.order_by("words")
    context = {"words": words, "may_manage": can(request.membership, "wording.manage")}
    return render(request, "slas/own_word_list.html", context)


def own_word_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """A word that is vague here, or has been defined."""
    authorise(request.membership, "wording.manage")
    form = OwnWordForm(sent(request))
    word = attempt(form, lambda data: actions.add_own_word(by=request.membership, now=clock.now(), **data))
    if word:
        messages.success(request, _("“%(words)s” is on the list.") % {"words": word})
        return redirect("own_word_list", tenant=tenant)
    back = reverse("own_word_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("New word"), send=_("Add it"), back=back)


def own_word_edit(request: TenantRequest, tenant: str, word_id: int) -> HttpResponse:
    """The next version of what a word means here."""
    word = get_or_404(OwnWord.objects.get, pk=word_id)
    authorise(request.membership, "wording.manage")
    form = OwnWordForm(sent(request), word=word)
    changed = attempt(
        form, lambda data: actions.change_own_word(word=word, by=request.membership, now=clock.now(), **data)
    )
    if changed:
        messages.success(request, _("Saved."))
        return redirect("own_word_list", tenant=tenant)
    back = reverse("own_word_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("Edit “%(words)s”") % {"words": word}, send=_("Save"), back=back)
