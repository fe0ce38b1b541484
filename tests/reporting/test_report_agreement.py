"""A unit's report agreement is drafted, proposed, countered, accepted and talked about by both sides, in versions."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from portal.conversations.models import Notification
from reporting.actions.layouts import accept_layout, counter_layout, draft_layout, propose_layout, sign_for_it
from reporting.errors import LayoutAnswered, LayoutIsOwn, LayoutNotProposed, LayoutReasonMissing, LayoutSame
from reporting.layout import STANDARD
from reporting.models import ReportAgreement, ReportInterpretation, ReportSection
from reporting.queries.layouts import fingerprint_of, terms_of
from tests import factories
from tests.reporting import factories as made

URL = "/t/larkmoor/units/customer-orders/report-agreement/"
SHORTER = replace(STANDARD, sections=("promises", "months", "rules"), answer_working_days=3)


@pytest.fixture
def people(in_tenant):
    """Customer Orders with its people, and no version yet."""
    unit = factories.make_unit(slug="customer-orders", name="Customer Orders")
    return made.Month(unit=unit, agreement=None, targets={}, **made.make_people(unit))


@pytest.fixture
def agreed(people):
    """Version 1, accepted by both sides."""
    first = propose_layout(unit=people.unit, by=people.manager, now=made.ISSUED_AT)
    accept_layout(layout=first, by=people.head, now=made.ISSUED_AT)
    return people


def propose(people, terms=SHORTER, reason="Two minutes are enough."):
    return propose_layout(unit=people.unit, terms=terms, reason=reason, by=people.manager, now=made.TODAY)


def counter(people, terms=SHORTER, reason="We need less."):
    return counter_layout(unit=people.unit, terms=terms, reason=reason, by=people.head, now=made.TODAY)


def sent(terms=STANDARD, **more):
    """What the form sends for these terms."""
    values = {f"place_{section}": place for place, section in enumerate(terms.sections, 1)}
    values |= {f"means_{each.subject}": each.means for each in terms.interpretations}
    values |= {f"not_{each.subject}": each.means_not for each in terms.interpretations}
    shown = {name: "on" for name in ("shows_budget", "shows_experienced", "shows_events") if getattr(terms, name)}
    names = ("audience", "issue_working_day", "answer_working_days", "felt_by_words")
    return values | shown | {"read": 1} | {name: getattr(terms, name) for name in names} | more


def test_a_version_keeps_its_terms(agreed):
    layout = propose(agreed)

    assert terms_of(layout=layout) == SHORTER
    assert layout.fingerprint == fingerprint_of(layout=layout)
    assert Notification.objects.filter(member=agreed.head, key=f"layout-{layout.pk}-proposed").exists()


def test_a_draft_is_changed_until_it_is_proposed_and_seen_by_it_only(agreed, client_of):
    draft = draft_layout(unit=agreed.unit, terms=SHORTER, by=agreed.manager, now=made.TODAY)
    again = draft_layout(unit=agreed.unit, terms=replace(SHORTER, audience="All"), by=agreed.manager, now=made.TODAY)

    assert (again.pk, again.version, terms_of(layout=again).audience) == (draft.pk, 2, "All")
    assert "Draft, seen by IT only" in client_of(agreed.manager).get(URL).content.decode()
    assert "Version 2" not in client_of(agreed.head).get(URL).content.decode()
    assert client_of(agreed.head).get(f"{URL}?version=2").status_code == 404


def test_what_is_signed_is_what_was_drafted_last(people):
    """A review that is issued may have read its version before somebody changed the draft."""
    read_before = draft_layout(unit=people.unit, terms=STANDARD, by=people.manager, now=made.ISSUED_AT)
    draft_layout(unit=people.unit, terms=SHORTER, by=people.manager, now=made.ISSUED_AT)

    sign_for_it(layout=read_before, by=people.manager, now=made.ISSUED_AT)

    signed = ReportAgreement.objects.get()
    assert terms_of(layout=signed) == SHORTER
    assert signed.fingerprint == fingerprint_of(layout=signed)


def test_the_business_counters_and_it_accepts(agreed):
    propose(agreed, terms=replace(STANDARD, answer_working_days=2), reason="Faster")
    offered = counter(agreed)

    with pytest.raises(LayoutIsOwn):
        accept_layout(layout=offered, by=agreed.head, now=made.TODAY)
    accepted = accept_layout(layout=offered, by=agreed.manager, now=made.TODAY)

    assert (accepted.version, accepted.agreed_by_business, accepted.agreed_by_it) == (3, "Ines Calder", "Pavel Orsin")
    assert Notification.objects.filter(member=agreed.head, key=f"layout-{offered.pk}-accepted").exists()


def test_only_the_newest_proposal_can_be_accepted(agreed):
    first = propose(agreed)
    counter(agreed, terms=replace(SHORTER, issue_working_day=3))

    with pytest.raises(LayoutAnswered, match="Version 3 was proposed meanwhile"):
        accept_layout(layout=first, by=agreed.head, now=made.TODAY)


def test_nobody_proposes_over_a_version_that_they_have_not_read(agreed, client_of):
    """The form says which version stood beside it; sent again, it stands beside the one that came meanwhile."""
    client, asked = client_of(agreed.manager), sent(SHORTER, reason="Shorter", propose="yes")
    counter(agreed, terms=replace(SHORTER, audience="the order desk"))

    refused = client.post(f"{URL}draft/", asked)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Version 2 was proposed while you wrote" in page
    assert '<input type="hidden" name="read" value="2">' in page
    assert ReportAgreement.objects.count() == 2
    assert client.post(f"{URL}draft/", asked | {"read": 2}).status_code == 302
    assert ReportAgreement.objects.get(version=3).agreed_by_it == "Pavel Orsin"


def test_a_draft_that_was_overtaken_gets_a_later_number(agreed):
    draft_layout(unit=agreed.unit, terms=SHORTER, by=agreed.manager, now=made.TODAY)
    counter(agreed)

    assert propose(agreed, terms=replace(SHORTER, audience="All")).version == 4


def test_a_version_says_why_and_something_new(agreed):
    with pytest.raises(LayoutReasonMissing):
        propose(agreed, reason=" ")
    with pytest.raises(LayoutSame, match="the same as version 1"):
        propose(agreed, terms=STANDARD)
    with pytest.raises(LayoutSame):
        counter(agreed, terms=STANDARD)


def test_nothing_is_countered_before_it_is_proposed(people):
    with pytest.raises(LayoutNotProposed):
        counter(people)


CHANGES = [
    pytest.param(lambda: ReportAgreement.objects.update(answer_working_days=9), id="a term"),
    pytest.param(lambda: ReportAgreement.objects.update(agreed_by_business="Somebody else"), id="a name"),
    pytest.param(lambda: ReportSection.objects.update(position=F("position") + 9), id="the order"),
    pytest.param(lambda: ReportSection.objects.filter(section="worth").delete(), id="a section"),
    pytest.param(lambda: ReportInterpretation.objects.update(means="something else"), id="a meaning"),
    pytest.param(lambda: ReportInterpretation.objects.filter(subject="close").delete(), id="no meaning"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_keeps_what_was_signed(edition, change):
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        change()


def test_the_page_says_what_changed_word_by_word_and_who_signed(agreed, client_of):
    layout = propose(agreed)
    page = client_of(agreed.head).get(URL).content.decode()

    assert "Against version 1, word by word" in page
    assert "Two minutes are enough." in page
    assert layout.fingerprint in page
    assert "Proposed by IT, waits for Customer Orders" in page
    assert "Signed by Pavel Orsin and Ines Calder" in page
    assert "Within <del>" in page
    assert "Accept version 2" in page
    assert "Accept version 2" not in client_of(agreed.reader).get(URL).content.decode()
    assert "Accept version 2" not in client_of(agreed.manager).get(URL).content.decode()


def test_both_sides_go_through_it_in_the_browser(people, client_of):
    it, head = client_of(people.manager), client_of(people.head)

    it.post(f"{URL}draft/", sent(audience="The order desk"))
    assert ReportAgreement.objects.get().is_draft
    it.post(f"{URL}draft/", sent(audience="The order desk", propose="yes"))
    countered = head.post(f"{URL}counter/", sent(SHORTER, audience="The order desk", reason="Shorter, please"))
    assert countered.status_code == 302
    assert "Accept version 2" in it.get(URL).content.decode()
    it.post(f"{URL}v2/accept/")
    head.post(f"{URL}talk/", {"talk-text": "Thank you, that reads well."})

    page = head.get(URL).content.decode()
    assert "In force" in page
    assert "Thank you, that reads well." in page
    assert ReportAgreement.objects.get(version=2).agreed_on is not None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"place_rules": ""}, "never left out", id="the rules are left out"),
        pytest.param({"place_months": 2}, "has this place already", id="two at one place"),
        pytest.param({"not_close": ""}, "or neither", id="half an interpretation"),
        pytest.param({"not_close": " ."}, "or neither", id="a full stop alone"),
        pytest.param({"issue_working_day": 25}, "less than or equal to 20", id="too late"),
    ],
)
def test_the_form_says_what_is_wrong(people, client_of, change, said):
    answer = client_of(people.manager).post(f"{URL}draft/", sent() | change)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ReportAgreement.objects.exists()
