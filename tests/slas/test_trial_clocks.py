"""What is proposed for a trial and not answered says who waits for whom and since when, and looks late when it is."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from slas.actions.proposals import Wanted, propose_target
from slas.calculation.periods import Period, PeriodKind
from slas.models import TargetKind
from slas.queries.replay import Replay, TriedMonth, Verdict
from slas.queries.trials import Trial
from tests.slas import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)  # a Tuesday
PAGE = "/t/larkmoor/agreements/orders/v1/"


@pytest.fixture
def trial(agreement):
    frame = {"is_trial": True, "threshold": None, "slug": "trial", "name": "A trial"}
    return factories.make_target(TargetKind.VOLUME, agreement=agreement, **frame)


def asked(trial, by, due_on):
    longer = Wanted(due_on, more_months=2)
    return propose_target(target=trial, wanted=longer, reason="Autumn is missing", by=by, now=NOW)


@pytest.mark.parametrize(
    ("today", "words", "look"),
    [
        pytest.param("2026-11-11", "answers by Fri 20 Nov<", 'p-clock">', id="in time"),
        pytest.param("2026-11-19", "answers by Fri 20 Nov<", "p-clock p-clock-soon", id="soon"),
        pytest.param("2026-11-24", "answers by Fri 20 Nov, 2 working days late<", "p-clock p-clock-late", id="late"),
    ],
)
def test_the_clock_of_a_proposal_runs_out_where_it_is_read(
    trial, people_of, client_of, monkeypatch, today, words, look
):
    proposal = asked(trial, people_of["manager"], date(2026, 11, 20))
    monkeypatch.setattr("portal.clock.now", lambda: factories.at(f"{today} 10:00"))

    for reader, path in (("head", PAGE), ("manager", PAGE), ("auditor", f"/t/larkmoor/proposals/{proposal.pk}/")):
        page = client_of(people_of[reader]).get(path).text.replace("\u00a0", " ")
        assert f"{trial.agreement.customer.name} {words}" in page
        assert look in page
        waits = f"{trial.agreement.provider.name} proposed it on Tue 10 Nov and waits for"
        assert f"{waits} {trial.agreement.customer.name}." in page


def test_the_clocks_of_many_trials_are_read_as_often_as_that_of_one(trial, people_of, client_of, monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    client = client_of(people_of["manager"])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    asked(trial, people_of["manager"], date(2026, 11, 20))
    one = queries()
    for number in range(9):
        frame = {"is_trial": True, "threshold": None, "slug": f"trial-{number}", "name": f"Trial {number}"}
        more = factories.make_target(TargetKind.VOLUME, agreement=trial.agreement, **frame)
        asked(more, people_of["manager"], date(2026, 11, 20))

    assert queries() == one


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2025, 2, 1), "A trial of 3 months, until 31 March 2025. Nothing is red meanwhile."),
        (date(2025, 4, 1), "The trial of 3 months ended on 31 March 2025: a level can be agreed, or more months."),
        (date(2025, 12, 31), "ended on 31 March 2025, and it was measured on, 11 months by now: a level can be agreed"),
        (date(2026, 1, 1), "ended on 31 March 2025, and it was measured on, 12 months by now: a level can be agreed"),
    ],
)
def test_a_trial_that_is_over_says_how_long_it_was_measured(today, said):
    trial = Trial(None, starts_on=date(2025, 1, 1), ends_on=date(2025, 4, 1), months=3)

    assert said in trial.words(today).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("verdict", "is_trial", "said"),
    [
        (Verdict.KEPT, False, "This would have been kept in the last month."),
        (Verdict.MISSED, False, "This would have been missed in the last month."),
        (Verdict.UNKNOWN, False, "there is not enough data of the last month."),
        (Verdict.UNKNOWN, True, "Nothing is promised yet. There is no figure of the last month."),
        (Verdict.KEPT, True, "Nothing is promised yet. There is a figure of the last month."),
    ],
)
def test_of_one_month_alone_nothing_is_counted(verdict, is_trial, said):
    month = TriedMonth(Period.parse("2026-10"), None, verdict)

    assert Replay((month,), PeriodKind.MONTH, is_trial).sentence.endswith(said)
