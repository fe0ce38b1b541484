"""Who may do what: each role and each action, as data. A new action needs a row here before the tests pass."""

import pytest
from django.core.exceptions import PermissionDenied

from portal.accounts.models import Membership, Role
from portal.accounts.policies import ALLOWED, authorise, can, who_may

ROLES = {
    "A": Role.ADMINISTRATOR,
    "M": Role.SERVICE_LEVEL_MANAGER,
    "O": Role.SERVICE_OWNER,
    "H": Role.BUSINESS_UNIT_HEAD,
    "B": Role.BUSINESS_MEMBER,
    "U": Role.AUDITOR,
}
# Action and the letters of the roles that may: Administrator, Manager, Owner, Head, Business member, aUditor.
TABLE = """
member.manage       A
unit.manage         A M
token.manage        A
audit.read          A         U
export.run          A
comment.write       A M O H B
service.read        A M O H B U
service.manage        M O
service.retire        M
catalogue.export    A M O     U
entry.approve         M   H B
entry.publish         M
view.keep           A M O H B
purpose.say               H B
portfolio.read      A M O H   U
portfolio.manage      M
portfolio.vote        M O H
glossary.manage     A M
agreement.read      A M O H B U
agreement.manage      M
wording.manage      A M
agreement.accept      M   H
agreement.end         M   H
clause.propose        M   H
clause.answer         M   H
obligation.do         M   H B
target.propose        M
proposal.answer       M   H
credit.approve      A M O
hours.manage          M
work.announce         M O
work.approve          M   H B
measure.read        A M O H B U
measure.manage        M O
fact.enter            M O H B
fact.approve          M O
evidence.read       A M O H B U
forecast.read       A         U
workbench.read      A M O     U
review.read         A M O H B U
review.prepare        M
review.issue          M
review.check          M O
review.acknowledge        H
figure.acknowledge        H
layout.propose            M
layout.accept             H
layout.counter            H
figure.question           H B
figure.dispute            H
dispute.answer        M O
dispute.settle            H
topic.raise           M O H B
minutes.confirm           H
pulse.open            M O
pulse.answer              H B
feedback.raise            H B
feedback.answer       M O
feedback.settle           H B
channel.set           M   H
context.give              H B
context.ask           M O
goal.count            M O H B
need.raise                H B
need.answer           M O
impact.say                H B
value.state           M O
value.confirm             H
improvement.raise     M O H B
improvement.manage    M O
improvement.confirm       H
"""
ROWS = {line.split()[0]: set(line.split()[1:]) for line in TABLE.strip().splitlines()}
PAIRS = [
    pytest.param(role, action, letter in letters, id=f"{role}-{action}")
    for action, letters in ROWS.items()
    for letter, role in ROLES.items()
]


def test_the_table_holds_each_action_and_each_role():
    assert set(ROWS) == set(ALLOWED)
    assert set(ROLES.values()) == set(Role)
    assert set().union(*ROWS.values()) == set(ROLES)


@pytest.mark.parametrize(("role", "action", "is_allowed"), PAIRS)
def test_each_role_may_do_what_the_table_says_and_no_more(role, action, is_allowed):
    member = Membership(tenant_id=1, role=role)

    assert can(member, action) == is_allowed
    if not is_allowed:
        with pytest.raises(PermissionDenied):
            authorise(member, action)


@pytest.mark.parametrize("action", sorted(ALLOWED))
def test_who_is_no_member_may_do_nothing(action):
    assert not can(None, action)


def test_an_action_that_nobody_knows_is_a_mistake_in_our_code():
    with pytest.raises(KeyError):
        can(Membership(tenant_id=1, role=Role.ADMINISTRATOR), "tenant.destroy")


@pytest.mark.parametrize(
    ("role", "action", "words"),
    [
        (
            Role.BUSINESS_UNIT_HEAD,
            "agreement.manage",
            "You are signed in as business unit head. Done by: service level manager. Ask one of them.",
        ),
        (
            Role.AUDITOR,
            "clause.propose",
            "You are signed in as auditor. Done by: service level manager or business unit head. Ask one of them.",
        ),
        (
            Role.SERVICE_LEVEL_MANAGER,
            "proposal.answer",
            "You are signed in as service level manager. Here it is for the other side, or for whoever answers for it.",
        ),
        (Role.AUDITOR, "", ""),
    ],
)
def test_who_is_refused_is_told_who_does_it(role, action, words):
    assert who_may(membership=Membership(tenant_id=1, role=role), action=action) == words
