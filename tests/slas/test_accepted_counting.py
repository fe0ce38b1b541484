"""How a promise is counted is part of what both sides accept; what changes afterwards is shown beside it."""

from datetime import UTC, date, datetime

import pytest

from slas.actions.agreement_states import accept_agreement, propose_agreement
from slas.actions.measures import Told, change_measure
from slas.calculation.proof import canonical, digest_of
from slas.models import Acceptance, FactKind, Measure
from slas.queries.signed_text import fingerprint_of

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/v1/"
ANOTHER_WAY = [
    pytest.param({"what": "Orders that failed"}, "What is counted", "What is counted", "Orders that failed", id="what"),
    pytest.param({"source": "The till log"}, "Source", "A source", "The till log", id="source"),
    pytest.param({"decider": "The shop"}, "Who decides", "IT", "The shop", id="decider"),
    pytest.param({"max_gap_seconds": 900}, "Longest silence", "5 min", "15 min", id="longest silence"),
    pytest.param({"starts_on": date(2026, 11, 1)}, "Counted since", "nothing", "1 Nov 2026", id="start"),
]

FORMER = """
slug name short_name sentence meaning agreed_note experienced_note kind is_trial is_mandatory threshold
allowed_misses decimals period_kind period_start_month starts_on ends_on close_room close_margin service
component service_hours measure degraded_share planned_notice_days planned_cap_seconds excludes_planned
minimum_outage_seconds merge_gap_seconds missing_policy minimum_coverage priorities clock_stop within_seconds
within_working_days pause_reasons schedule due_minute due_day loss_words short_loss_words unit_words
good_words bad_words
"""


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def measure(draft):
    """The measure of the promise: checks, at most five minutes apart."""
    Measure.objects.update(fact_kind=FactKind.CHECKS, max_gap_seconds=300)
    return Measure.objects.get()


@pytest.fixture
def accepted(draft, measure, people_of):
    """Proposed, and accepted by one side."""
    propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)
    accept(draft, "manager", people_of)
    return draft


def accept(draft, who, people_of):
    party = draft.customer if who == "head" else draft.provider
    read = fingerprint_of(agreement=draft)
    accept_agreement(agreement=draft, party=party, by=people_of[who], name=who, role="Side", read=read, now=NOW)


def shown(client_of, person):
    return client_of(person).get(PAGE).content.decode().replace("\u00a0", " ")


def change(measure, people_of, **fields):
    told = Told(by=people_of["manager"], now=NOW, reason="Counted better")
    change_measure(measure=measure, told=told, **fields)


@pytest.mark.parametrize(("fields", "label", "then", "now"), ANOTHER_WAY)
def test_a_draft_that_is_counted_in_another_way_is_accepted_anew(
    accepted, measure, people_of, client_of, fields, label, then, now
):
    change(measure, people_of, **fields)

    assert shown(client_of, people_of["head"]).count("The text has changed since it was accepted.") == 1


@pytest.mark.parametrize(("fields", "label", "then", "now"), ANOTHER_WAY)
def test_an_agreement_in_force_shows_what_was_accepted_and_what_holds(
    accepted, measure, people_of, client_of, fields, label, then, now
):
    accept(accepted, "head", people_of)
    assert "Changed since it was accepted" not in shown(client_of, people_of["head"])

    change(measure, people_of, **fields)

    for person in ("head", "manager", "auditor"):
        page = shown(client_of, people_of[person])
        assert "Changed since it was accepted" in page
        assert f"{label}: accepted <del>{then}</del> now <ins>{now}</ins>" in page
        assert page.count("<del>") == 1


def test_what_does_not_count_differently_is_no_change(accepted, measure, people_of, client_of):
    accept(accepted, "head", people_of)

    change(measure, people_of, name="Another name", notes="A note")

    assert "Changed since it was accepted" not in shown(client_of, people_of["head"])


def test_the_accepted_text_is_kept_and_gives_its_fingerprint(accepted, measure, people_of):
    accept(accepted, "head", people_of)
    first, second = Acceptance.objects.order_by("pk")

    assert first.text == second.text
    assert digest_of(canonical(first.text)) == first.fingerprint == fingerprint_of(agreement=accepted)
    assert first.text["targets"]["place-orders"]["measure"] == {
        "slug": measure.slug,
        "what": "What is counted",
        "source": "A source",
        "decider": "IT",
        "max_gap_seconds": 300,
        "starts_on": None,
    }


def test_a_text_of_the_former_version_keeps_its_fingerprint(accepted, draft):
    """The fields of a promise in the text that both sides accepted before work had kinds and cases had attributions."""
    text = Acceptance.objects.order_by("pk")[0].text["targets"]["place-orders"]

    assert set(text) == set(FORMER.split())


LATER_TERMS = [
    {"excluded_work": ["planned", "supplier"]}, {"excluded_work": ["emergency"]}, {"weighs_users": True},
    {"longest_pause_seconds": 3600}, {"reopen_days": 0}, {"priority_rule": "change"}, {"attribution": "opened"},
    {"percentile_method": "midpoint"}, {"reading_limit": 0}, {"is_least": True},
]  # fmt: skip


def test_what_came_later_is_part_of_the_text_where_it_is_used(accepted):
    target = accepted.targets.get()
    target.excluded_work = ["planned"]
    target.save()
    seen = {fingerprint_of(agreement=accepted)}

    for terms in LATER_TERMS:
        type(target).objects.update(**terms)
        seen.add(fingerprint_of(agreement=accepted))

    assert len(seen) == len(LATER_TERMS) + 1


def test_the_page_says_how_it_is_counted_before_anybody_accepts_it(accepted, measure, people_of, client_of):
    page = shown(client_of, people_of["head"])

    for words in ("Source: A source", "Who decides: IT", "Longest silence: 5 min"):
        assert f"<li>{words}</li>" in page
