"""Trials: measured with nothing red, then a level or more months are proposed, and both sides agree."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from portal.conversations.models import Notification
from slas.actions.agreement_states import accept_agreement, propose_agreement
from slas.actions.agreements import revise_agreement
from slas.actions.proposals import (
    Wanted,
    accept_proposal,
    counter_proposal,
    decline_proposal,
    propose_target,
    tell_ended_trials,
)
from slas.calculation.periods import Period
from slas.errors import (
    AgreementOnOffer,
    NotMonthly,
    NotYourSide,
    NumberNotPercentage,
    PercentageNotNumber,
    PromiseGone,
    TooFewMeasured,
    TrialNotAgreed,
)
from slas.models import AgreementState, Attainment, PeriodKind, ServiceLevelTarget, TargetKind, TargetProposal
from slas.queries.proposals import get_proposal, get_proposal_page
from slas.queries.signed_text import fingerprint_of
from slas.queries.trials import list_ended_trials, list_trials
from tests.slas import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/"
DUE = date(2026, 12, 1)
OCTOBER = Period.parse("2026-10")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


def measured(target, values, key="share", **result):
    """Closed months up to October, each with its value."""
    months = [OCTOBER.shifted(place - len(values) + 1) for place in range(len(values))]
    Attainment.objects.bulk_create(
        Attainment(
            target=target, period_start=month.first_on, period_end=month.end_on, status="trial", value_words="",
            result={key: value, "coverage": "1", "counted_seconds": 100} | result, proof={}, inputs_hash="",
            computed_at=NOW, changed_at=NOW, closed_at=NOW,
        )
        for month, value in zip(months, values, strict=True)
    )  # fmt: skip
    return target


def make_trial(agreement, kind=TargetKind.VOLUME, **fields):
    frame = {"is_trial": True, "threshold": None, "allowed_misses": None, "slug": "trial", "name": "A trial"}
    return factories.make_target(kind, agreement=agreement, **frame | fields)


@pytest.fixture
def trial(agreement):
    return measured(make_trial(agreement), ["0.991", "0.985", "0.97"])


@pytest.fixture
def stops(agreement):
    return measured(make_trial(agreement, TargetKind.RELIABILITY, name="Few stops"), [0, 1, 1, 5], key="late")


def propose(target, people_of, who="manager", **wanted):
    return propose_target(
        target=target, wanted=Wanted(DUE, **wanted or {"threshold": Decimal(97)}), reason="It can be kept",
        by=people_of[who], now=NOW,
    )  # fmt: skip


def test_a_level_is_not_accepted_for_a_promise_that_is_gone(trial, people_of):
    proposal = propose(trial, people_of)
    nxt = revise_agreement(agreement=trial.agreement, starts_on=date(2027, 1, 1), by=people_of["manager"], now=NOW)
    nxt.targets.all().delete()

    with pytest.raises(PromiseGone, match="no longer holds “A trial”"), transaction.atomic():
        accept_proposal(proposal=proposal, answer="Yes", by=people_of["head"], now=NOW)

    proposal.refresh_from_db()
    assert proposal.answered_at is None


@pytest.mark.parametrize("kind", [kind for kind in TargetKind if kind != TargetKind.RELIABILITY])
def test_an_accepted_level_is_promised_in_the_next_version(agreement, people_of, kind):
    trial = measured(make_trial(agreement, kind), ["0.99"] * 3)

    draft = accept_proposal(proposal=propose(trial, people_of), answer="Good", by=people_of["head"], now=NOW)

    promised = draft.targets.get(slug="trial")
    assert (promised.kind, promised.is_trial, promised.threshold) == (kind, False, Decimal(97))
    assert (draft.state, draft.starts_on) == (AgreementState.DRAFT, date(2026, 12, 1))


def test_of_interruptions_a_number_is_promised(stops, people_of):
    with pytest.raises(NumberNotPercentage, match="Propose a number"), transaction.atomic():
        propose(stops, people_of, threshold=Decimal(99))

    draft = accept_proposal(
        proposal=propose(stops, people_of, allowed_misses=1), answer="", by=people_of["head"], now=NOW
    )

    promised = draft.targets.get(slug="trial")
    assert (promised.is_trial, promised.threshold, promised.allowed_misses) == (False, None, 1)
    assert promised.sentence == "At most 1\u00a0interruption of more than 10\u00a0min a month"


def test_numbers_would_have_been_kept_where_no_more_happened(stops, people_of, client_of):
    proposal = propose(stops, people_of, allowed_misses=1)

    page = client_of(people_of["head"]).get(f"/t/larkmoor/proposals/{proposal.pk}/").content.decode()
    page = page.replace("\u00a0", " ")

    for words in (
        "If we had promised at most 1 interruption of more than 10 min, we would have kept it in 3 of 4 months.",
        "with at least 60 % confidence",
        "October: 5, would have been missed",
        "At most 5 interruptions of more than 10 min",
    ):
        assert words in page


def test_a_share_is_no_number(trial, people_of):
    with pytest.raises(PercentageNotNumber, match="Propose a percentage"):
        propose(trial, people_of, allowed_misses=2)


def test_two_months_are_too_few_for_a_level_but_not_for_more_months(agreement, people_of):
    trial = measured(make_trial(agreement), ["0.99", "0.98"])

    with pytest.raises(TooFewMeasured, match="2 of the 3 months"), transaction.atomic():
        propose(trial, people_of)

    assert propose(trial, people_of, more_months=2).is_extension


def test_levels_rest_on_months(agreement, people_of):
    trial = make_trial(agreement, period_kind=PeriodKind.QUARTER)

    with pytest.raises(NotMonthly, match="judged for each quarter"):
        propose(trial, people_of)


def test_into_a_version_that_is_not_agreed_a_level_is_written(draft, people_of):
    target = measured(make_trial(draft), ["0.991", "0.985", "0.97"])

    with pytest.raises(TrialNotAgreed):
        propose(target, people_of)


def test_each_side_answers_what_the_other_proposes(trial, people_of):
    """The head wants another level, and IT more months; then the head agrees to those."""
    first = propose(trial, people_of)
    with pytest.raises(NotYourSide, match="Only Customer Orders"), transaction.atomic():
        accept_proposal(proposal=first, answer="", by=people_of["manager"], now=NOW)

    wanted = Wanted(DUE, threshold=Decimal(98))
    counter = counter_proposal(proposal=first, wanted=wanted, reason="97 is too little", by=people_of["head"], now=NOW)
    with pytest.raises(NotYourSide), transaction.atomic():
        accept_proposal(proposal=counter, answer="", by=people_of["head"], now=NOW)
    longer = counter_proposal(
        proposal=counter, wanted=Wanted(DUE, more_months=6), reason="New storage in May", by=people_of["manager"],
        now=NOW,
    )  # fmt: skip
    assert accept_proposal(proposal=longer, answer="", by=people_of["head"], now=NOW) is None

    answers = TargetProposal.objects.order_by("pk").values_list("is_by_customer", "is_accepted", "answer")
    assert list(answers) == [(False, False, "97 is too little"), (True, False, "New storage in May"), (False, True, "")]
    trial.refresh_from_db()
    assert (trial.is_trial, list_trials([trial])[trial.pk].months) == (True, 9)


def test_who_answers_is_told(trial, people_of):
    proposal = propose(trial, people_of)
    decline_proposal(proposal=proposal, answer="No", by=people_of["head"], now=NOW)

    told = Notification.objects.order_by("pk").values_list("member", "text")
    manager, head = (people_of[who] for who in ("manager", "head"))
    assert list(told) == [
        (head.pk, f"{manager.user.name} proposes something for “A trial”."),
        (manager.pk, f"{head.user.name} answered what was proposed for “A trial”."),
    ]


def test_something_else_is_proposed_in_the_browser(trial, people_of, client_of):
    proposal = propose(trial, people_of)
    head, address = client_of(people_of["head"]), f"/t/larkmoor/proposals/{proposal.pk}/"
    assert "Propose something else" in head.get(address).content.decode()

    other = {"decision": "other", "answer": "98 is what we need", "threshold": "98", "answer_due_on": "2026-12-01"}
    answered = head.post(address, other)

    counter = TargetProposal.objects.get(is_accepted__isnull=True)
    assert (answered.status_code, answered.url) == (302, f"/t/larkmoor/proposals/{counter.pk}/")
    page = client_of(people_of["manager"]).get(answered.url).content.decode().replace("\u00a0", " ")
    assert "If we had promised 98 %, we would have kept it in 2 of 3 months." in page
    assert "98 is what we need" in page
    assert 'name="decision"' in page
    assert 'name="decision"' not in head.get(answered.url).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param({"decision": "decline"}, "Say why", id="no without a reason"),
        pytest.param({"decision": "other", "answer": "No"}, "Say what is to be promised", id="nothing else"),
        pytest.param(
            {"decision": "other", "answer": "No", "threshold": "98", "more_months": "2"}, "not both", id="both"
        ),
        pytest.param({"decision": "other", "answer": "No", "threshold": "98"}, "Say by when", id="no date"),
        pytest.param({"decision": "accept", "threshold": "98"}, "You wrote something else below", id="yes, but"),
        pytest.param({"decision": "other", "answer": "No", "threshold": "101"}, "less than or equal to 100", id="101"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(trial, people_of, client_of, sent, words):
    proposal = propose(trial, people_of)

    refused = client_of(people_of["head"]).post(f"/t/larkmoor/proposals/{proposal.pk}/", sent)

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert TargetProposal.objects.get().answered_at is None


def ends_with(trial, people_of, threshold):
    """The next version promises that level, and is proposed to the customer."""
    manager = {"by": people_of["manager"], "now": NOW}
    draft = revise_agreement(agreement=trial.agreement, starts_on=date(2027, 1, 1), **manager)
    draft.targets.filter(slug="trial").update(
        is_trial=False, threshold=Decimal(threshold), sentence=f"{threshold} % of orders"
    )
    return propose_agreement(agreement=draft, **manager)


def both_accept(offer, people_of):
    for party, who in ((offer.provider, "manager"), (offer.customer, "head")):
        by = people_of[who]
        signed = {"name": by.user.name, "role": "Head", "read": fingerprint_of(agreement=offer)}
        accept_agreement(agreement=offer, party=party, by=by, now=NOW, **signed)


def test_the_version_that_ends_a_trial_is_read_beside_what_the_trial_said(trial, people_of, client_of):
    ends_with(trial, people_of, 98)
    head = client_of(people_of["head"])

    page, before = (head.get(f"{PAGE}v{version}/clauses/?show=all").content.decode() for version in (2, 1))
    page = page.replace("\u00a0", " ")

    for words in (
        "Trial ends",
        "If we had promised 98 %, we would have kept it in 2 of 3 months.",
        "From 3 measured months, any coming month keeps it with at least 50 % confidence.",
        "Promise tried on: 98 %",
        "October: 97.0 %, would have been missed",
        '<tr class="p-tried-on"><td>98 %</td><td>2 of 3 months</td>',
    ):
        assert words in page
    assert "Trial ends" not in before


def test_a_level_that_the_version_on_offer_promises_is_accepted_and_another_one_is_not(trial, people_of):
    offer = ends_with(trial, people_of, 97)
    other = propose(trial, people_of, threshold=Decimal(98))
    with pytest.raises(AgreementOnOffer), transaction.atomic():
        accept_proposal(proposal=other, answer="", by=people_of["head"], now=NOW)
    decline_proposal(proposal=other, answer="As in the version", by=people_of["head"], now=NOW)

    accepted = accept_proposal(proposal=propose(trial, people_of), answer="", by=people_of["head"], now=NOW)

    assert accepted == offer
    offer.refresh_from_db()
    assert offer.state == AgreementState.PROPOSED


@pytest.mark.parametrize(
    ("wanted", "is_accepted"),
    [({"threshold": Decimal(97)}, True), ({"threshold": Decimal(98)}, False), ({"more_months": 3}, False)],
)
def test_what_still_waits_is_answered_by_the_version_that_ends_the_trial(trial, people_of, wanted, is_accepted):
    proposal = propose(trial, people_of, **wanted)

    both_accept(ends_with(trial, people_of, 97), people_of)

    proposal.refresh_from_db()
    assert (proposal.is_accepted, proposal.answered_at) == (is_accepted, NOW)
    assert proposal.answer.replace("\u00a0", " ") == "Both sides agreed on version 2: 97 %."


def test_a_trial_that_goes_on_keeps_what_is_proposed_for_it(trial, people_of):
    proposal = propose(trial, people_of)
    nxt = revise_agreement(agreement=trial.agreement, starts_on=date(2027, 1, 1), by=people_of["manager"], now=NOW)
    both_accept(propose_agreement(agreement=nxt, by=people_of["manager"], now=NOW), people_of)

    proposal.refresh_from_db()
    assert proposal.answered_at is None


def test_a_trial_lasts_its_months_and_goes_on_in_the_next_version(agreement, people_of):
    trial = make_trial(agreement, trial_months=12)
    nxt = revise_agreement(agreement=agreement, starts_on=date(2026, 1, 1), by=people_of["manager"], now=NOW)
    again = nxt.targets.get(slug="trial")

    found = list_trials([trial, again])

    assert {each.ends_on for each in found.values()} == {date(2026, 1, 1)}
    assert found[trial.pk].words(date(2025, 6, 1)).startswith("A trial of 12\u00a0months, until 31\u00a0December 2025.")
    assert (
        found[trial.pk].words(date(2026, 1, 1)).startswith("The trial of 12\u00a0months ended on 31\u00a0December 2025")
    )


def test_managers_are_told_once_when_a_trial_is_over(trial, people_of, client_of):
    """The trial began in January 2025, for three months."""
    for _ in range(2):
        tell_ended_trials(now=NOW)

    told = Notification.objects.values_list("member", "text", "url")
    words = "The trial of “A trial” is over. See how levels would have done, and propose one."
    assert list(told) == [(people_of["manager"].pk, words, f"{PAGE}v1/targets/trial/propose/")]
    bench = client_of(people_of["manager"]).get("/t/larkmoor/workbench/").content.decode()
    assert "Trial is over: propose a level" in bench


@pytest.mark.parametrize(("answer", "waits"), [(None, 0), (True, 0), (False, 1)], ids=["open", "accepted", "declined"])
def test_a_trial_waits_until_a_level_is_agreed(trial, people_of, answer, waits):
    proposal = propose(trial, people_of)
    if answer is not None:
        act = accept_proposal if answer else decline_proposal
        act(proposal=proposal, answer="No", by=people_of["head"], now=NOW)

    assert len(list_ended_trials(today=NOW.date())) == waits


def test_more_months_begin_when_they_are_agreed(trial, people_of):
    proposal = propose(trial, people_of, more_months=2)
    accept_proposal(proposal=proposal, answer="", by=people_of["head"], now=NOW)

    assert list_ended_trials(today=date(2027, 1, 9)) == []
    assert [each.ends_on for each in list_ended_trials(today=date(2027, 1, 10))] == [date(2027, 1, 10)]


def test_the_day_of_a_proposal_is_that_of_its_agreement(unit, people_of):
    """At noon of 31 October in Greenwich it is 1 November in Auckland: October is over there."""
    east = factories.make_agreement(unit=unit, time_zone="Pacific/Auckland")
    trial = measured(make_trial(east), ["0.991", "0.985", "0.97"])
    noon, head, manager = datetime(2026, 10, 31, 12, tzinfo=UTC), people_of["head"], people_of["manager"]
    made = propose_target(target=trial, wanted=Wanted(DUE, more_months=1), reason="More", by=manager, now=noon)
    accept_proposal(proposal=made, answer="", by=head, now=noon)

    proposal = get_proposal(reader=manager, proposal_id=made.pk)
    page = get_proposal_page(reader=manager, proposal=proposal, today=NOW.date(), now=NOW)

    assert [row.period_start for row in page.tried.grounds.figures][-1] == OCTOBER.first_on
    assert list_trials([proposal.target])[trial.pk].ends_on == date(2026, 12, 1)


def test_the_database_takes_one_thing_in_a_proposal(trial, people_of):
    by = {"proposed_by": people_of["manager"], "proposed_at": NOW, "answer_due_on": DUE}

    for wanted in ({}, {"threshold": 99, "more_months": 1}, {"more_months": 0}):
        with pytest.raises(IntegrityError, match="proposed_is_one_thing"), transaction.atomic():
            TargetProposal.objects.create(target=trial, **wanted, **by)


def test_the_length_of_a_trial_is_part_of_the_form(draft, people_of, client_of):
    target = make_trial(draft, trial_months=6)
    page = client_of(people_of["manager"]).get(f"{PAGE}v1/targets/trial/edit/").content.decode()

    assert 'name="trial_months"' in page
    assert (
        "Measured for 6\u00a0months with nothing promised"
        in client_of(people_of["manager"]).get(f"{PAGE}v1/").content.decode()
    )
    assert ServiceLevelTarget.objects.get(pk=target.pk).trial_months == 6
