"""Packages of promises in the browser: kept from an agreement, put into a draft, dropped; and agreements copied."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import clock
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions import packages as actions
from slas.actions.agreement_copies import copy_agreement
from slas.actions.targets import save_targets
from slas.forms.agreements import AgreementForm
from slas.forms.packages import PackageForm, PutPackageForm
from slas.forms.target_sheet import record_of
from slas.queries import agreements as queries
from slas.queries.packages import get_package, list_packages
from slas.views.versions import to_version, url_of, version_of


def package_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """The packages that there are."""
    authorise(request.membership, "agreement.manage")
    return render(request, "slas/package_list.html", {"packages": list_packages()})


def package_create(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Keep the promises of a version as a package."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    form = PackageForm(sent(request))
    made = attempt(
        form,
        lambda data: actions.create_package(
            rows=[record_of(each) for each in queries.list_agreement_targets(agreement=agreement)],
            by=request.membership,
            now=clock.now(),
            **data,
        ),
    )
    if made:
        messages.success(request, _("“%(name)s” can be put into drafts now.") % {"name": made.name})
        return redirect("package_list", tenant=tenant)
    title = _("Keep the promises of “%(name)s” as a package") % {"name": agreement.name}
    intro = _("A package is a copy: it stays as it is when the agreement changes.")
    return form_page(request, form, title=title, intro=intro, send=_("Keep them"), back=url_of(agreement))


def package_put(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Put a package into a draft: all of its promises or none."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    form = PutPackageForm(sent(request), agreement=agreement)
    saved = attempt(
        form,
        lambda _data: save_targets(
            agreement=agreement,
            targets=form.sheet.to_save if form.sheet else [],
            by=request.membership,
            now=clock.now(),
        ),
    )
    if saved is not None:
        words = ngettext("%(n)s promise added.", "%(n)s promises added.", len(saved)) % {"n": len(saved)}
        messages.success(request, words)
        return to_version(agreement)
    title = _("Put a package into “%(name)s”") % {"name": agreement}
    intro = _("Its promises are added to those of the draft. A package is kept from the page of any agreement.")
    return form_page(request, form, title=title, intro=intro, send=_("Add them"), back=url_of(agreement))


def package_remove(request: TenantRequest, tenant: str, package_id: int) -> HttpResponse:
    """Drop a package."""
    authorise(request.membership, "agreement.manage")
    package = get_or_404(get_package, package_id=package_id)
    if request.method != "POST":
        title = _("Remove the package “%(name)s”?") % {"name": package.name}
        intro = _("Nobody can put it into a draft any more. Promises that were made with it stay.")
        back = reverse("package_list", kwargs={"tenant": tenant})
        return form_page(request, Form(), title=title, intro=intro, send=_("Remove it"), back=back)
    actions.remove_package(package=package, by=request.membership, now=clock.now())
    messages.success(request, _("“%(name)s” is gone; promises that were made with it stay.") % {"name": package.name})
    return redirect("package_list", tenant=tenant)


def agreement_copy(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """A new draft for another customer, with the promises and duties of this version."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    form = AgreementForm(sent(request), agreement=agreement)
    form.initial.update(dict.fromkeys(("name", "customer", "starts_on", "ends_on")))
    made = attempt(
        form,
        lambda _data: copy_agreement(
            agreement=agreement, details=form.details(), by=request.membership, now=clock.now()
        ),
    )
    if made:
        messages.success(request, _("The draft is there. Say anew what it covers, and who does the duties by when."))
        return to_version(made)
    title = _("Copy “%(name)s”") % {"name": agreement.name}
    intro = _("The new draft has its promises and duties; nobody has accepted it, and the old agreement stays.")
    return form_page(request, form, title=title, intro=intro, send=_("Make the draft"), back=url_of(agreement))
