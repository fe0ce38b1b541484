"""The rows that the pages are looked at with: those of the demo company, and the few that its story does not need."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from catalog.actions.imports import keep_table
from catalog.actions.needs import raise_need
from catalog.models import (
    ContributionLink,
    Dependency,
    DependencyGroup,
    Entitlement,
    GlossaryTerm,
    HandOver,
    ImportState,
    Need,
    ServiceAmount,
    ServiceImport,
    ServiceOffering,
    Stage,
)
from portal.accounts.actions.invitations import invite
from portal.accounts.models import BusinessUnit, Invitation, Membership, Role
from portal.accounts.queries import INVITATION_SIGNER, hash_secret
from portal.conversations.models import Conversation, NoticeKind
from portal.conversations.queries import unsubscribe_token
from portal.jobs.models import Job, JobState
from portal.tenancy.models import Tenant
from reporting.models import (
    ContextRequest,
    Edition,
    Feedback,
    Figure,
    FollowUp,
    Pulse,
    ReviewedService,
    ReviewParagraph,
    ValueStatement,
)
from slas.actions.agreement_states import propose_agreement
from slas.actions.agreements import revise_agreement
from slas.actions.batches import Arrival, draft_batch, enter_fact
from slas.actions.signing import ask_for_signature
from slas.actions.wording import add_own_word
from slas.importers.rows.values import Surroundings
from slas.importers.uploads import check_file
from slas.models import (
    Agreement,
    AgreementState,
    Attainment,
    CasePause,
    ClauseProposal,
    CreditBand,
    CreditScheme,
    CreditStatement,
    FactBatch,
    Measure,
    Obligation,
    OwnWord,
    Party,
    PartyContact,
    PlannedWork,
    ServiceHours,
    SignatureRequest,
    TargetPackage,
    TargetProposal,
    TargetTemplate,
)
from slas.queries.agreement_paper import get_paper
from slas.queries.rows import OutageRow
from slas.tasks import queue_agreement_pdf
from tests.browser.pages import ADMINISTRATOR, HEAD, MANAGER, OWNER

TODAY = date(2026, 11, 10)
NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
SLUG, UNIT, MONTH, SERVICE = "larkmoor", "customer-orders", "2026-10", "customer-ordering"
DRAFT_UNIT = "people"  # its review of the month is not issued yet
SECRET = "the-secret-of-an-invitation"
CONTRACT, LINK = "sendright", "the-token-of-a-link-that-signs-a-contract-x"  # of 43 letters, as each token is
FILE = b"""started_at,ended_at,what
2026-11-04 07:10,2026-11-04 07:25,Orders were refused
2026-11-05 08:00,2026-11-05 07:00,The page stayed empty
"""


SERVICES = b"""service,description,kind
Stock counting,Count what is on the shelves and see what is missing.,business
Customer ordering,Order around the clock and see at once what is there.,business
,Nobody has named this one.,business
"""
SERVICE_COLUMNS = {"service": "name", "description": "description", "kind": "service_class"}


def member(name: str) -> Membership:
    """A member of the demo company."""
    return Membership.objects.select_related("user", "tenant").get(user__name=name)


def add_missing(tenant: Tenant) -> None:
    """What the demo's story has none of: a need, a draft of an agreement, facts that wait, an invitation.

    Once is enough.
    """
    if Invitation.objects.exists():
        return
    unit, owner = BusinessUnit.objects.get(slug=UNIT), member(OWNER)
    raise_need(
        business_unit=unit,
        service=None,
        text="Customers ask for delivery times in the evening.",
        by=member(HEAD),
        now=NOW,
        time_zone=tenant.time_zone,
    )
    agreement = Agreement.objects.get(slug=DRAFT_UNIT)
    add_credits(revise_agreement(agreement=agreement, starts_on=date(2027, 1, 1), by=member(MANAGER), now=NOW))
    measure = Measure.objects.get(slug="orders")
    stop = OutageRow(NOW - timedelta(days=6), NOW - timedelta(days=6, minutes=-9), what="Orders were refused")
    enter_fact(measure=measure, row=stop, by=owner, reason="Seen by the order desk", now=NOW)
    checked = check_file(
        measure=measure,
        content=FILE,
        fact="outages",
        around=Surroundings(NOW, ZoneInfo(tenant.time_zone)),
        is_whole=False,
    )
    arrival = Arrival("uploaded", owner, "stops-of-november.csv", "From the log of the order desk")
    draft_batch(measure=measure, fact="outages", rows=checked.rows, arrival=arrival, now=NOW, outcome=checked.outcome)
    pause = CasePause.objects.order_by("-started_at", "-pk")[0]
    pause.entered_at, pause.entered_by = pause.started_at + timedelta(minutes=50), "Dana Field"
    pause.save()
    said = {"note": "Each reads it as the season they have in mind.", "reason": "Asked for by the order desk"}
    add_own_word(words="peak season", kind="vague", **said, by=member(MANAGER), now=NOW)
    TargetPackage.objects.create(name="Calls", rows=[{"name": "Calls are answered"}])
    _bring_services(member(MANAGER))
    _invite_a_colleague(tenant)
    _offer_a_contract(tenant)


def _bring_services(manager: Membership) -> None:
    """A table of services that is looked at: a new one, one that says something else, one that cannot be used."""
    uses = {name: {"use": use, "called": ""} for name, use in SERVICE_COLUMNS.items()}
    table = ServiceImport(file_name="services.csv", uses=uses, stage=Stage.PIPELINE, service_class="business")
    keep_table(table=table, content=SERVICES, by=manager, now=NOW)


def _invite_a_colleague(tenant: Tenant) -> None:
    invitation = invite(
        tenant=tenant,
        email="new.colleague@larkmoor.example",
        name="New Colleague",
        role=Role.SERVICE_OWNER,
        units=[],
        by=member(ADMINISTRATOR),
        now=NOW,
    )
    invitation.secret_hash = hash_secret(SECRET)  # the real one is in the mail alone
    invitation.save()


def _offer_a_contract(tenant: Tenant) -> None:
    """The next version of a contract with a document, before a supplier who has a link to sign it by."""
    manager = member(MANAGER)
    agreement = Agreement.objects.get(slug=CONTRACT)
    offer = revise_agreement(agreement=agreement, starts_on=date(2027, 1, 1), by=manager, now=NOW)
    offered = {"agreement": offer, "by": manager, "now": NOW}
    propose_agreement(**offered)
    contact = PartyContact.objects.get(party=offer.provider)
    request = ask_for_signature(contact=contact, days=14, tenant=tenant, **offered).request
    SignatureRequest.objects.filter(pk=request.pk).update(token_hash=hash_secret(LINK))
    file = Job.objects.filter(state=JobState.DONE).order_by("-pk")[0]  # no worker makes another while pages are shown
    offer.refresh_from_db()
    made = queue_agreement_pdf(agreement=offer, shown=get_paper(agreement=offer), by=None, now=NOW)
    same = {name: getattr(file, name) for name in ("result_name", "result_type", "download_name")}
    Job.objects.filter(pk=made.pk).update(state=JobState.DONE, **same)


def add_credits(draft: Agreement) -> None:
    """Credits in a draft, so that they can be edited."""
    scheme = CreditScheme.objects.create(
        agreement=draft, slug="credits-for-mail", name="Credits for mail", basis="amount", currency="GBP",
        approver_role="service_level_manager",
    )  # fmt: skip
    CreditBand.objects.create(scheme=scheme, target=draft.targets.get(slug="mail"), low=0, high="99.5", credit=50)


def rows() -> Mapping[str, Any]:
    """The parameters of all addresses, by the word before them; see Address.path."""
    return _catalogue() | _promises() | _measured() | _negotiation() | _reviews() | _people()


def _catalogue() -> dict[str, Any]:
    of_service = {"service__slug": SERVICE}
    return {
        "t/tenant": SLUG,
        "services/slug": SERVICE,
        "offerings/offering_id": _newest(ServiceOffering, **of_service),
        "reviews/review_number": 1,
        "services/reviewed_id": _newest(ReviewedService),
        "costs/amount_id": _newest(ServiceAmount, **of_service),
        "entitlements/entitlement_id": _newest(Entitlement, offering__service__slug=SERVICE),
        "parts/dependency_id": _newest(Dependency, **of_service),
        "groups/group_id": _newest(DependencyGroup, **of_service),
        "hand-overs/hand_over_id": _newest(HandOver, giver__service__slug=SERVICE),
        "components/slug": "web-shop",
        "goals/slug": "orders-online",
        "units/unit": UNIT,
        "value/statement_id": _newest(ValueStatement, goal__slug="orders-online"),
        "contributions/contribution_id": _newest(ContributionLink, goal__slug="orders-online"),
        "needs/need_id": _newest(Need),
        "processes/slug": "order-to-cash",
        "glossary/term_id": _newest(GlossaryTerm),
        "import/import_id": _newest(ServiceImport, state=ImportState.CHECKED),
    }


# What writes in a draft, and what belongs to a contract whose supplier signs without a user here.
WRITES = (
    *("credit_scheme_create", "credit_scheme_edit"),
    *("agreement_edit", "agreement_accept", "target_create", "target_edit", "target_import", "package_put"),
    *("agreement_remove", "openslo_import", "scope_remove", "credit_scheme_remove"),
    *("obligation_create", "document_attach", "scope_create", "scope_edit"),
)
SIGNS = ("signature_ask", "signed_copy", "document_detail", "document_remove")


def _promises() -> dict[str, Any]:
    draft = Agreement.objects.get(slug=DRAFT_UNIT, state=AgreementState.DRAFT)
    drafted = {"slug": draft.slug, "version": draft.version}
    done = Obligation.objects.filter(agreement__slug=UNIT, agreement__version=1).order_by("pk").last()
    contracted = Agreement.objects.get(slug=CONTRACT, version=2)
    proposals = TargetProposal.objects.filter(target__agreement__slug=UNIT).select_related("target__agreement")
    proposed = proposals.order_by("pk").last()
    return {
        "agreements/slug": UNIT,
        "version": 1,
        **{f"{view}:{name}": value for view in WRITES for name, value in drafted.items()},
        "accept/party_id": draft.provider_id,
        "targets/target": proposed.target.slug,
        "target_edit:target": draft.targets.order_by("pk").last().slug,
        "duties/obligation_id": done.pk,
        "scope/scope_id": draft.scope.order_by("pk").last().pk,
        "proposals/proposal_id": proposed.pk,
        "credits/scheme": "credits-for-mail",
        "credits/credit_id": _newest(CreditStatement),
        "parties/party_id": Party.objects.get(name="Paywell").pk,
        "contact_remove:party_id": contracted.provider_id,
        "contacts/contact_id": _newest(PartyContact, party=contracted.provider),
        "packages/package_id": _newest(TargetPackage),
        "templates/slug": TargetTemplate.objects.get().slug,
        "sign/token": LINK,
        **{f"{view}:slug": CONTRACT for view in SIGNS},
        **{f"{view}:version": 2 for view in SIGNS},
        "own-words/word_id": _newest(OwnWord),
        "documents/document_id": contracted.documents.get().pk,
        "ask/party_id": contracted.provider_id,
        "copy/party_id": contracted.provider_id,
    }


def _measured() -> dict[str, Any]:
    late = CasePause.objects.exclude(entered_at=None).order_by("pk").last()
    of_pause = Measure.objects.get(pk=late.measure_id).slug
    return {
        "attainments/attainment_id": _newest(Attainment, target__slug="orders"),
        "service-hours/hours_id": _newest(ServiceHours),
        "planned-work/work_id": _newest(PlannedWork),
        "measures/slug": "orders",
        "measure_pauses:slug": of_pause,
        "pause_approve:slug": of_pause,
        "pauses/pause_id": late.pk,
        "batches/batch_id": _newest(FactBatch, origin="entered"),
        "batch_errors:batch_id": _newest(FactBatch, origin="uploaded"),
    }


def _negotiation() -> dict[str, Any]:
    views = ("clause_list", "version_compare", "clause_propose", "clause_leave_out", "clause_talk")
    return {
        **{f"{view}:version": 2 for view in (*views, "promise_propose", "credits_propose", "duty_propose")},
        "against/other": 1,
        "clauses/clause": "target:orders",
        "clause-proposals/clause_proposal_id": _newest(ClauseProposal, state="open"),
    }


def _reviews() -> dict[str, Any]:
    drafts = ("review_edit", "review_issue", "draft_pdf")
    return {
        "reviews/unit": UNIT,
        "report-agreement/version": 2,
        "month": MONTH,
        **{f"{view}:unit": DRAFT_UNIT for view in drafts},
        "editions/number": 1,
        "verify/code": Edition.objects.get(
            review__business_unit__slug=UNIT, review__month=f"{MONTH}-01", number=1
        ).verify_code,
        "sentences/paragraph_id": _newest(ReviewParagraph, review__business_unit__slug=DRAFT_UNIT),
        "figures/figure_id": Figure.objects.get(
            edition__review__business_unit__slug=UNIT, edition__review__month=f"{MONTH}-01", anchor="orders.result"
        ).pk,
        "asks/request_id": _newest(ContextRequest),
        "surveys/pulse_id": _newest(Pulse),
        "feedback/feedback_id": _newest(Feedback),
        "follow-ups/follow_up_id": _newest(FollowUp, done_on=None),
        "improvements/number": 14,
        "jobs/job_id": _newest(Job, state=JobState.DONE),
    }


def _people() -> dict[str, Any]:
    head = member(HEAD)
    forgetful = member("Abena Thorley").user  # whoever signs in meanwhile makes the link useless
    return {
        "people/member_id": head.pk,
        "units/slug": UNIT,
        "invitation/token": INVITATION_SIGNER.sign(SECRET),
        "channels/level": "operational",
        "mail/token": unsubscribe_token(member=head, kind=NoticeKind.TALK),
        "talk/conversation_id": _newest(Conversation, business_unit__slug=UNIT),
        "uidb36": user_pk_to_url_str(forgetful),
        "key": default_token_generator.make_token(forgetful),
    }


def _newest(model: Any, **wanted: Any) -> int:
    return model.objects.filter(**wanted).order_by("-pk").values_list("pk", flat=True)[0]
