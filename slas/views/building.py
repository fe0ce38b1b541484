"""A promise is built step by step, with what the last twelve months would have given; and templates are kept."""

import re
from copy import copy

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, respond, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions import building as actions
from slas.forms.building import BuilderForm, TemplateForm
from slas.forms.priorities import PrioritiesForm
from slas.models import Agreement, Measure, ServiceLevelTarget, TargetKind, TargetTemplate
from slas.queries import agreements as queries
from slas.queries.building import preview_target
from slas.queries.library import get_template
from slas.views.versions import to_version, url_of, version_of

# What an address may name to start from.
STARTS = ("template", "from", "kind")
VERSION = re.compile("[0-9]{1,5}")


def target_build(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """A new promise from a template, from another promise, or from nothing but its kind."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    if not any(name in request.GET for name in STARTS):
        return redirect("target_create", tenant=tenant, slug=slug, version=version)
    target, new = _start(request, agreement)
    return _build(request, target, new)


def target_rebuild(request: TenantRequest, tenant: str, slug: str, version: int, target: str) -> HttpResponse:
    """The questions of a promise that is written already; its sentence is written anew."""
    found = get_or_404(queries.get_target, reader=request.membership, slug=slug, version=version, target=target)
    authorise(request.membership, "agreement.manage")
    return _build(request, found, Measure())


def _build(request: TenantRequest, target: ServiceLevelTarget, new: Measure) -> HttpResponse:
    form = BuilderForm(sent(request), target=target, new=new)
    is_shown = "show" in request.POST
    if not is_shown and (saved := attempt(form, lambda _data: _save(request, form))):
        messages.success(request, _("Saved: “%(name)s”.") % {"name": saved.name})
        return to_version(saved.agreement)
    shown = form.filled() if form.is_valid() else target if target.measure_id and not form.is_bound else None
    context = {
        "form": form,
        "preview": preview_target(reader=request.membership, target=shown, now=clock.now()) if shown else None,
        "target": target,
        "kind": TargetKind(target.kind).label,
        "agreement": target.agreement,
        "back": url_of(target.agreement),
    }
    status = 422 if form.errors and not request.htmx else 200
    return respond(request, "slas/target_build.html", "preview", context, status=status)


def _save(request: TenantRequest, form: BuilderForm) -> ServiceLevelTarget:
    return actions.build_target(target=form.filled(), by=request.membership, now=clock.now())


def _start(request: TenantRequest, agreement: Agreement) -> tuple[ServiceLevelTarget, Measure]:
    """What the address names to start from. Raises Http404 for what is not there."""
    if key := request.GET.get("template"):
        template = get_or_404(get_template, key=key)
        return template.target(agreement), template.new_measure()
    if address := request.GET.get("from"):
        slug, version, name = (*address.split("/"), "", "", "")[:3]
        number = _number(version)
        found = get_or_404(queries.get_target, reader=request.membership, slug=slug, version=number, target=name)
        return _copy(found, agreement), Measure()
    kind = request.GET.get("kind", "")
    if kind not in TargetKind.values:
        raise Http404(f"There is no promise of the kind “{kind}”.")
    return ServiceLevelTarget(agreement=agreement, kind=kind), Measure()


def _copy(found: ServiceLevelTarget, agreement: Agreement) -> ServiceLevelTarget:
    """The same promise for another agreement: for all of its time."""
    target = copy(found)
    target.pk, target.slug, target.agreement = None, "", agreement
    target.starts_on, target.ends_on = None, None
    target._state.adding = True
    return target


def priorities_create(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """A table of priorities: a promise for each time in it."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    form = PrioritiesForm(sent(request), agreement=agreement)
    saved = attempt(
        form,
        lambda _data: actions.build_targets(targets=form.filled(), by=request.membership, now=clock.now()),
    )
    back = url_of(agreement)
    if saved:
        messages.success(request, _("%(count)s promises are written.") % {"count": len(saved)})
        return redirect(back)
    context = {"form": form, "agreement": agreement, "back": back}
    return render(request, "slas/priorities_form.html", context, status=422 if form.errors else 200)


def template_create(request: TenantRequest, tenant: str, slug: str, version: int, target: str) -> HttpResponse:
    """Keep a promise as a template for others."""
    found = get_or_404(queries.get_target, reader=request.membership, slug=slug, version=version, target=target)
    authorise(request.membership, "agreement.manage")
    form = TemplateForm(sent(request), target=found)
    saved = attempt(
        form,
        lambda data: actions.save_template(target=found, by=request.membership, now=clock.now(), **data),
    )
    back = url_of(found.agreement)
    if saved:
        messages.success(request, _("New promises can start from “%(name)s”.") % {"name": saved.name})
        return redirect(back)
    return form_page(request, form, title=_("Keep as a template"), send=_("Keep it"), back=back)


def template_remove(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Nothing starts from this template any more; `?for=` names the draft from whose choice of templates one comes."""
    authorise(request.membership, "agreement.manage")
    template = get_or_404(TargetTemplate.objects.get, slug=slug)
    back = _choice(request)
    if request.method != "POST":
        title = _("Remove the template “%(name)s”?") % {"name": template.name}
        intro = _("Nobody can start a promise from it any more. Promises that were made from it stay as they are.")
        return form_page(request, Form(), title=title, intro=intro, send=_("Remove it"), back=back)
    actions.remove_template(template=template, by=request.membership, now=clock.now())
    messages.success(request, _("The template “%(name)s” is gone.") % {"name": template.name})
    return redirect(back)


def _choice(request: TenantRequest) -> str:
    """The choice of templates of the draft that the address names; the list of agreements without one."""
    slug, _sign, version = request.GET.get("for", "").partition("/v")
    found = queries.list_visible_agreements(reader=request.membership).filter(slug=slug, version=_number(version))
    draft = found.order_by("pk").first()
    if draft is None:
        return reverse("agreement_list", kwargs={"tenant": request.tenant.slug})
    where = {"tenant": request.tenant.slug, "slug": draft.slug, "version": draft.version}
    return reverse("target_create", kwargs=where)


def _number(text: str) -> int:
    """A version as an address names it; 0, which no version has, for anything else."""
    return int(text) if VERSION.fullmatch(text) else 0
