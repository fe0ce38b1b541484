"""Every address of the portal, read from the URL configuration, and what fits into its blanks for a set of rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from catalog.models import (
    BusinessGoal,
    BusinessProcess,
    Component,
    ContributionLink,
    Dependency,
    DependencyGroup,
    Entitlement,
    GlossaryTerm,
    HandOver,
    Need,
    SavedView,
    Service,
    ServiceAmount,
    ServiceImport,
    ServiceOffering,
)
from improvement.models import ImprovementOpportunity
from portal.accounts.models import ApiToken, BusinessUnit, Invitation, Membership
from portal.conversations.models import Conversation, Notification
from portal.jobs.models import Job
from reporting.models import (
    AgendaTopic,
    ContextRequest,
    Dispute,
    Edition,
    Feedback,
    Figure,
    FollowUp,
    PortfolioReview,
    Pulse,
    ReviewedService,
    ReviewParagraph,
    ReviewThread,
    ValueStatement,
)
from slas.models import (
    Agreement,
    AgreementDocument,
    AgreementScope,
    Attainment,
    CasePause,
    ClauseProposal,
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
    ServiceLevelTarget,
    SignatureRequest,
    Support,
    TargetPackage,
    TargetProposal,
    TargetTemplate,
    WordingException,
)
from tests.security.rows import Rows

# Which row the number in an address means. A new blank needs a line here before the tests pass.
COUNTED: dict[str, type] = {"review_number": PortfolioReview}
NUMBERED: dict[str, type] = {
    "reviewed_id": ReviewedService,
    "member_id": Membership,
    "invitation_id": Invitation,
    "token_id": ApiToken,
    "conversation_id": Conversation,
    "notification_id": Notification,
    "job_id": Job,
    "offering_id": ServiceOffering,
    "amount_id": ServiceAmount,
    "entitlement_id": Entitlement,
    "contribution_id": ContributionLink,
    "dependency_id": Dependency,
    "group_id": DependencyGroup,
    "hand_over_id": HandOver,
    "need_id": Need,
    "term_id": GlossaryTerm,
    "import_id": ServiceImport,
    "view_id": SavedView,
    "party_id": Party,
    "contact_id": PartyContact,
    "signature_id": SignatureRequest,
    "document_id": AgreementDocument,
    "hours_id": ServiceHours,
    "exception_id": WordingException,
    "word_id": OwnWord,
    "work_id": PlannedWork,
    "batch_id": FactBatch,
    "pause_id": CasePause,
    "package_id": TargetPackage,
    "proposal_id": TargetProposal,
    "clause_proposal_id": ClauseProposal,
    "credit_id": CreditStatement,
    "attainment_id": Attainment,
    "obligation_id": Obligation,
    "scope_id": AgreementScope,
    "support_id": Support,
    "paragraph_id": ReviewParagraph,
    "figure_id": Figure,
    "thread_id": ReviewThread,
    "dispute_id": Dispute,
    "follow_up_id": FollowUp,
    "request_id": ContextRequest,
    "topic_id": AgendaTopic,
    "feedback_id": Feedback,
    "pulse_id": Pulse,
    "statement_id": ValueStatement,
}
# Which row a short name means, by the word before it.
NAMED: dict[str, type] = {
    "services": Service,
    "components": Component,
    "goals": BusinessGoal,
    "processes": BusinessProcess,
    "agreements": Agreement,
    "measures": Measure,
    "units": BusinessUnit,
    "reviews": BusinessUnit,
    "targets": ServiceLevelTarget,
    "templates": TargetTemplate,
    "credits": CreditScheme,
}
SLUGS = {"slug", "unit", "target", "scheme"}
FIXED = {
    "month": "2026-10",
    "version": "1",
    "other": "1",
    "clause": "terms",
    "level": "operational",
}  # no row of its own: says which part of the one before
BLANK = re.compile(r"(?:(?P<before>\w+)/)?[^/<]*<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
GUESTS = ("invitation/", "sign/", "verify/", "mail/")  # found by a secret or a code, tested where they are made


@dataclass(frozen=True, slots=True)
class Route:
    """An address below `/t/<tenant>/` with its blanks."""

    name: str
    pattern: str
    methods: tuple[str, ...]

    @property
    def blanks(self) -> tuple[str, ...]:
        """The blanks that name a row."""
        return tuple(match["name"] for match in BLANK.finditer(self.pattern) if match["name"] not in FIXED)

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")

    def path(self, tenant: str, sources: dict[str, Rows]) -> str:
        """The address with each blank filled from the rows that are named for it."""

        def fill(match: "re.Match[str]") -> str:
            blank = match["name"]
            value = FIXED.get(blank) or self.value(blank, match["before"], sources[blank])
            return match[0][: match[0].index("<")] + value

        return f"/t/{tenant}/{BLANK.sub(fill, self.pattern)}"

    def value(self, blank: str, before: str, rows: Rows) -> str:
        """What stands in a blank."""
        if blank in SLUGS:
            return str(rows.of(NAMED[before]).slug)
        if blank == "number":
            model = ImprovementOpportunity if self.pattern.startswith("improvements/") else Edition
            return str(rows.of(model).number)
        if blank in COUNTED:
            return str(rows.of(COUNTED[blank]).number)
        return str(rows.of(NUMBERED[blank]).pk)


def tenant_routes() -> list[Route]:
    """Every address below `/t/<tenant>/`, except those of guests."""
    found = [
        Route(entry.name or pattern, pattern, methods_of(entry))
        for prefix, entry in walk(get_resolver())
        if (pattern := prefix.removeprefix("t/<slug:tenant>/")) != prefix and not pattern.startswith(GUESTS)
    ]
    assert len(found) > 100
    return found


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        else:
            yield route, entry


def methods_of(entry: Any) -> tuple[str, ...]:
    """What to try: all that a program may send, or what a browser sends."""
    view = getattr(entry.callback, "cls", None)
    return ("get", "post", "put", "patch", "delete") if view is not None else ("get", "post")
