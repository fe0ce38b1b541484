"""Who may do what: one table, role x action; what a role may see is decided by the queries."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, Role
from portal.language.numbers import and_list

ADMIN, MANAGER, OWNER = Role.ADMINISTRATOR, Role.SERVICE_LEVEL_MANAGER, Role.SERVICE_OWNER
HEAD, MEMBER, AUDITOR = Role.BUSINESS_UNIT_HEAD, Role.BUSINESS_MEMBER, Role.AUDITOR
EVERYBODY = frozenset(Role)

ALLOWED: dict[str, frozenset[Role]] = {
    # portal
    "member.manage": frozenset({ADMIN}),
    "unit.manage": frozenset({ADMIN, MANAGER}),
    "token.manage": frozenset({ADMIN}),
    "audit.read": frozenset({ADMIN, AUDITOR}),
    "export.run": frozenset({ADMIN}),
    "comment.write": frozenset({ADMIN, MANAGER, OWNER, HEAD, MEMBER}),
    # catalogue
    "service.read": EVERYBODY,
    "service.manage": frozenset({MANAGER, OWNER}),
    "service.retire": frozenset({MANAGER}),
    "catalogue.export": frozenset({ADMIN, MANAGER, OWNER, AUDITOR}),
    "entry.approve": frozenset({MANAGER, HEAD, MEMBER}),
    "entry.publish": frozenset({MANAGER}),
    "view.keep": frozenset({ADMIN, MANAGER, OWNER, HEAD, MEMBER}),
    "purpose.say": frozenset({HEAD, MEMBER}),
    "portfolio.read": frozenset({ADMIN, MANAGER, OWNER, HEAD, AUDITOR}),
    "portfolio.manage": frozenset({MANAGER}),
    "portfolio.vote": frozenset({MANAGER, OWNER, HEAD}),
    "glossary.manage": frozenset({ADMIN, MANAGER}),
    # service levels
    "agreement.read": EVERYBODY,
    "agreement.manage": frozenset({MANAGER}),
    "wording.manage": frozenset({ADMIN, MANAGER}),
    "agreement.accept": frozenset({MANAGER, HEAD}),
    "agreement.end": frozenset({MANAGER, HEAD}),
    "clause.propose": frozenset({MANAGER, HEAD}),
    "clause.answer": frozenset({MANAGER, HEAD}),
    "obligation.do": frozenset({MANAGER, HEAD, MEMBER}),
    "target.propose": frozenset({MANAGER}),
    "proposal.answer": frozenset({MANAGER, HEAD}),
    "credit.approve": frozenset({ADMIN, MANAGER, OWNER}),
    "hours.manage": frozenset({MANAGER}),
    "work.announce": frozenset({MANAGER, OWNER}),
    "work.approve": frozenset({MANAGER, HEAD, MEMBER}),
    "measure.read": EVERYBODY,
    "measure.manage": frozenset({MANAGER, OWNER}),
    "fact.enter": frozenset({MANAGER, OWNER, MEMBER, HEAD}),
    "fact.approve": frozenset({MANAGER, OWNER}),
    "evidence.read": EVERYBODY,
    "forecast.read": frozenset({ADMIN, AUDITOR}),
    # reporting
    "workbench.read": frozenset({ADMIN, MANAGER, OWNER, AUDITOR}),
    "review.read": EVERYBODY,
    "review.prepare": frozenset({MANAGER}),
    "review.issue": frozenset({MANAGER}),
    "review.check": frozenset({MANAGER, OWNER}),
    "review.acknowledge": frozenset({HEAD}),
    "figure.acknowledge": frozenset({HEAD}),
    "layout.propose": frozenset({MANAGER}),
    "layout.accept": frozenset({HEAD}),
    "layout.counter": frozenset({HEAD}),
    "figure.question": frozenset({HEAD, MEMBER}),
    "figure.dispute": frozenset({HEAD}),
    "dispute.answer": frozenset({MANAGER, OWNER}),
    "dispute.settle": frozenset({HEAD}),
    "topic.raise": frozenset({MANAGER, OWNER, HEAD, MEMBER}),
    "minutes.confirm": frozenset({HEAD}),
    "pulse.open": frozenset({MANAGER, OWNER}),
    "pulse.answer": frozenset({HEAD, MEMBER}),
    "feedback.raise": frozenset({HEAD, MEMBER}),
    "feedback.answer": frozenset({MANAGER, OWNER}),
    "feedback.settle": frozenset({HEAD, MEMBER}),
    "channel.set": frozenset({MANAGER, HEAD}),
    "context.give": frozenset({HEAD, MEMBER}),
    "context.ask": frozenset({MANAGER, OWNER}),
    "goal.count": frozenset({MANAGER, OWNER, HEAD, MEMBER}),
    "need.raise": frozenset({HEAD, MEMBER}),
    "need.answer": frozenset({MANAGER, OWNER}),
    "impact.say": frozenset({HEAD, MEMBER}),
    "value.state": frozenset({MANAGER, OWNER}),
    "value.confirm": frozenset({HEAD}),
    # improvement
    "improvement.raise": frozenset({MANAGER, OWNER, HEAD, MEMBER}),
    "improvement.manage": frozenset({MANAGER, OWNER}),
    "improvement.confirm": frozenset({HEAD}),
}

# What a token may be made for; the role of its member must allow the action besides.
SCOPES: dict[str, str] = {
    "facts.write": "Bring facts",
    "results.read": "Read measures, facts and figures",
}


def can(membership: Membership | None, action: str) -> bool:
    """Whether a member's role allows an action. Unknown actions are a mistake in our code and raise KeyError."""
    allowed = ALLOWED[action]
    return membership is not None and membership.role in allowed


def authorise(membership: Membership | None, action: str) -> None:
    """Go on only if the member's role allows the action.

    Raises PermissionDenied (403): the thing may be seen, but not done by this role.
    """
    if not can(membership, action):
        raise PermissionDenied(action)


def who_may(*, membership: Membership, action: str) -> str:
    """Who does what was refused to a member, in sentences; nothing for what is no action of the table."""
    roles = [role for role in Role if role in ALLOWED.get(action, ())]
    if not roles:
        return ""
    own = str(Role(membership.role).label).lower()
    if membership.role in roles:
        words = _("You are signed in as %(own)s. Here it is for the other side, or for whoever answers for it.")
        return words % {"own": own}
    others = and_list([str(role.label).lower() for role in roles], "or")
    return _("You are signed in as %(own)s. Done by: %(others)s. Ask one of them.") % {"own": own, "others": others}
