"""What is still proposed for a trial is answered when its agreement is over."""

from datetime import date

import pytest

from slas.actions.agreement_states import begin_due_agreements, end_agreement
from slas.actions.agreements import revise_agreement
from slas.errors import TrialOver
from tests.slas.factories import at
from tests.slas.test_trials import NOW, PAGE, make_trial, measured, propose


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.mark.parametrize("drafts", [False, True], ids=["nothing goes on", "a next version is being made"])
def test_what_is_proposed_for_a_trial_ends_with_its_agreement(agreement, people_of, client_of, drafts):
    """Notice was given after a level had been proposed; nobody answered before the agreement was over."""
    trial = measured(make_trial(agreement), ["0.991", "0.985", "0.97"])
    proposal = propose(trial, people_of)
    if drafts:
        revise_agreement(agreement=agreement, starts_on=date(2027, 1, 1), by=people_of["manager"], now=NOW)
    end_agreement(agreement=agreement, ends_on=date(2026, 12, 1), reason="Sold", by=people_of["manager"], now=NOW)
    begin_due_agreements(now=at("2026-11-30 12:00"))
    proposal.refresh_from_db()
    assert proposal.answered_at is None
    begin_due_agreements(now=at("2026-12-01 12:00"))
    proposal.refresh_from_db()

    if drafts:
        assert proposal.answered_at is None
        return
    assert (proposal.is_accepted, proposal.answered_by) == (False, None)
    assert proposal.answer == "The agreement ended on 30\u00a0November 2026."
    page = client_of(people_of["head"]).get(f"/t/larkmoor/proposals/{proposal.pk}/").text
    assert "The agreement ended on 30" in page
    assert "Declined" in page
    assert "Propose a level" not in client_of(people_of["manager"]).get(f"{PAGE}v1/").text
    with pytest.raises(TrialOver):
        propose(trial, people_of)
