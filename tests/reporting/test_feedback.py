"""Complaints and compliments: answered by IT within the agreed days, closed by the business."""

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.models import Role
from portal.conversations.models import Notification
from reporting.actions.feedback import answer_feedback, raise_feedback, remind_of_feedback, settle_feedback
from reporting.errors import FeedbackAnswered, FeedbackClosed, FeedbackNotAnswered
from reporting.models import Feedback, FeedbackKind
from reporting.queries.feedback import state_clock
from reporting.queries.home import get_home
from reporting.queries.meetings import agenda_parts
from reporting.queries.workbench import get_workbench
from slas.models import AgreementState
from tests import factories
from tests.reporting import factories as made
from tests.slas.factories import at

LIST = "/t/larkmoor/feedback/"
FRIDAY, TUESDAY = at("2026-11-06 16:00"), at("2026-11-10 16:00")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: made.TODAY)


def say(month, kind=FeedbackKind.COMPLAINT, now=FRIDAY, **fields):
    said = {"title": "Nobody told us", "text": "A field was gone.", "by": month.reader, "business_unit": month.unit}
    return raise_feedback(kind=kind, now=now, **said | fields)


def answer(month, feedback):
    return answer_feedback(feedback=feedback, by=month.owner, text="We tell you now.", now=made.TODAY)


def settle(month, feedback, text="", is_settled=True):
    return settle_feedback(feedback=feedback, by=month.reader, is_settled=is_settled, text=text, now=made.TODAY)


def test_a_complaint_goes_to_closure(simple):
    complaint = say(simple)
    assert complaint.answer_due_at == TUESDAY  # two working days, over the weekend
    with pytest.raises(FeedbackNotAnswered):
        settle(simple, complaint)
    bench = get_workbench(reader=simple.manager, now=made.TODAY, is_mine=True)
    assert [row.title for row in bench.answers] == ["Nobody told us"]

    answered = answer(simple, complaint)
    with pytest.raises(FeedbackAnswered):
        answer(simple, complaint)
    asks = get_home(reader=simple.reader, unit_slug="", now=made.TODAY, currency="GBP").asks
    assert [(ask.about, ask.words) for ask in asks] == [("Your complaint.", " Nobody told us")]

    open_again = settle(simple, answered, "It happened again.", is_settled=False)
    assert (open_again.answered_at, open_again.closed_at) == (None, None)
    assert open_again.answer_due_at == at("2026-11-12 09:40")
    closed = settle(simple, answer(simple, open_again))
    assert closed.closed_by == simple.reader
    closed.conversation.refresh_from_db()
    assert closed.conversation.closed_at == made.TODAY
    for act in (answer, settle):
        with pytest.raises(FeedbackClosed):
            act(simple, closed)
    assert not get_workbench(reader=simple.manager, now=made.TODAY, is_mine=True).answers


def test_a_compliment_reaches_the_owner_and_is_closed_with_the_thanks(simple):
    service = simple.targets["orders"].service
    service.it_owner = simple.owner
    service.save()

    praise = say(simple, FeedbackKind.COMPLIMENT, service=service, title="Well done")
    assert Notification.objects.filter(key=f"feedback-{praise.pk}", member=simple.owner).count() == 1

    assert answer(simple, praise).closed_at == made.TODAY


def test_whoever_answers_is_led_to_the_complaint_itself_and_once(simple):
    for _again in range(2):
        complaint = say(simple, title="Nobody \u202etold us")

    told = Notification.objects.get(member=simple.manager)
    assert told.url == f"{LIST}{complaint.pk}/"
    assert told.text == "Complaint, Customer Orders: Nobody told us. A field was gone."
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status", "is_closed"),
    [
        pytest.param("colleague", 403, False, id="nobody closes the complaint of a colleague"),
        pytest.param("head", 302, True, id="but the head of the unit in their place"),
    ],
)
def test_a_complaint_is_closed_by_whoever_raised_it(simple, member, client_of, who, status, is_closed):
    complaint = answer(simple, say(simple))
    client = client_of(simple.head if who == "head" else member(Role.BUSINESS_MEMBER, units=[simple.unit]))

    assert client.post(f"{LIST}{complaint.pk}/settle/", {"settle-is_settled": "yes"}).status_code == status
    complaint.refresh_from_db()
    assert (complaint.closed_at is not None) == is_closed
    assert ("settle-is_settled" in client.get(f"{LIST}{complaint.pk}/").content.decode()) is False


def test_what_was_raised_by_somebody_who_has_left_waits_for_the_head(simple):
    answer(simple, say(simple))
    asks = get_home(reader=simple.head, unit_slug="", now=made.TODAY, currency="GBP").asks
    assert not [ask for ask in asks if ask.about == "Your complaint."]
    simple.reader.is_active = False
    simple.reader.save()

    asks = get_home(reader=simple.head, unit_slug="", now=made.TODAY, currency="GBP").asks

    assert [ask.about for ask in asks if ask.words == " Nobody told us"] == ["A complaint of Rowan Tessaly."]


def test_without_an_agreement_no_clock_runs(simple):
    simple.agreement.state = AgreementState.TERMINATED
    simple.agreement.save()

    assert say(simple).answer_due_at is None


def test_the_database_closes_nothing_that_was_not_answered(simple):
    complaint = say(simple)

    with pytest.raises(IntegrityError, match="feedback_closed_after_answer"), transaction.atomic():
        Feedback.objects.filter(pk=complaint.pk).update(closed_at=made.TODAY)


def test_both_sides_in_the_browser(simple, member, client_of):
    reader, owner = client_of(simple.reader), client_of(simple.owner)
    sent = {
        "kind": "complaint",
        "business_unit": simple.unit.pk,
        "title": "Nobody told us",
        "text": "A field was gone.",
    }
    page = reader.post(f"{LIST}new/", sent, follow=True).content.decode()
    complaint = Feedback.objects.get()
    assert "IT answers by Thu 12 Nov, 09:40" in page.replace("\u00a0", " ")
    address = f"{LIST}{complaint.pk}/"

    assert owner.post(f"{address}answer/", {"answer-text": ""}).status_code == 422
    owner.post(f"{address}answer/", {"answer-text": "We tell you now."})
    refused = reader.post(f"{address}settle/", {"settle-is_settled": "no", "settle-text": ""})
    assert refused.status_code == 422
    assert "Say what is still wrong" in refused.content.decode()
    done = reader.post(f"{address}settle/", {"settle-is_settled": "yes"}, follow=True).content.decode()

    assert "Closed by Rowan Tessaly" in done
    assert "We tell you now." in done
    outsider = client_of(member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(name="Finance")]))
    assert outsider.get(address).status_code == 404
    assert "Nobody told us" not in outsider.get(LIST).content.decode()
    assert "Nobody told us" in client_of(simple.manager).get(LIST).content.decode()


@pytest.mark.parametrize("unit", ["Finance", "gone"])
def test_nobody_complains_for_a_unit_that_is_not_theirs(simple, client_of, unit):
    other = factories.make_unit(name="Finance")
    said = {"kind": "complaint", "business_unit": other.pk if unit == "Finance" else 0, "title": "x", "text": "y"}

    assert client_of(simple.reader).post(f"{LIST}new/", said).status_code == 422
    assert not Feedback.objects.exists()


def test_once_it_has_answered_the_business_has_a_clock(simple, member, client_of):
    agreed(simple)
    feedback = answer(simple, say(simple))
    assert feedback.settle_due_at == at("2026-11-12 09:40")

    def clocks(now):
        clock = state_clock(feedback=feedback, now=now)
        (ask,) = get_home(reader=simple.reader, unit_slug="", now=now, currency="GBP").asks
        (item,) = [
            item
            for part in agenda_parts(review=made.make_draft(simple), now=now)
            for item in part.items
            if item.text == "Nobody told us"
        ]
        owed = get_workbench(reader=simple.manager, now=now, is_mine=False).owed
        (waiting,) = [each for each in owed if each.title == "Nobody told us"]
        return [clock.state == "late", ask.clock.state == "late", item.is_late, waiting.clock.state == "late"]

    assert clocks(made.TODAY) == [False] * 4
    assert clocks(at("2026-11-12 10:00")) == [True] * 4
    words = client_of(simple.reader).get(f"{LIST}{feedback.pk}/").content.decode()
    assert "closes it by Thu 12 Nov, 09:40" in words.replace("\u00a0", " ")


def test_silence_after_an_answer_is_told(simple):
    agreed(simple)
    feedback = answer(simple, say(simple))

    def told(now):
        before = set(Notification.objects.values_list("pk", flat=True))
        remind_of_feedback(now=now)
        return {each.member_id: each.text for each in Notification.objects.exclude(pk__in=before)}

    assert told(at("2026-11-11 05:00")) == {}
    assert told(at("2026-11-12 05:00")) == {
        simple.reader.pk: "IT has answered “Nobody told us”. Is it settled? Say so by Thu 12 Nov, 09:40."
    }
    late = told(at("2026-11-13 05:00"))
    assert set(late) == {simple.reader.pk, simple.head.pk, simple.owner.pk}
    assert set(late.values()) == {
        "IT has answered “Nobody told us”. Whether it is settled was to be said by Thu 12 Nov, 09:40, and nobody did."
    }
    assert told(at("2026-11-14 05:00")) == {}
    assert set(told(at("2026-11-20 05:00"))) == set(late)
    settle(simple, feedback)
    assert told(at("2026-11-27 05:00")) == {}


def test_the_page_of_the_talk_leads_to_the_complaint(simple, client_of, member):
    feedback = say(simple)
    talk, client = f"/t/larkmoor/talk/{feedback.conversation_id}/", client_of(simple.reader)

    assert f'hx-get="{talk}place/"' in client.get(talk).content.decode()
    part = client.get(f"{talk}place/", headers={"HX-Request": "true"}).content.decode()
    assert f'href="{LIST}{feedback.pk}/">Complaint “Nobody told us”</a>' in part
    assert "It is answered and closed there." in part
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(slug="finance")])
    assert client_of(outsider).get(f"{talk}place/").status_code == 404


def agreed(month):
    """An agreement in force says within how many working days either side answers."""
    month.agreement.state, month.agreement.answer_working_days = AgreementState.IN_FORCE, 2
    month.agreement.save(update_fields=["state", "answer_working_days"])
