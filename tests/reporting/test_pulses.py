"""Short surveys: asked once, answered once, without names, and shown from five answers on when they are over."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.conversations.models import Notification
from reporting.actions.pulses import answer_pulse, ask_after_case, ask_after_review
from reporting.errors import AskedAlready, CaseUnknown, NobodyToAsk, PulseAnswered, PulseOver, ReviewNotIssued
from reporting.models import Pulse, PulseAnswer, PulseInvitation, ServiceReview
from reporting.queries.home import get_home
from reporting.queries.pulses import get_result
from slas.calculation.satisfaction import wilson
from slas.models import Case, TargetKind
from tests import factories
from tests.reporting import factories as made
from tests.slas import factories as slas

ASK = "/t/larkmoor/reviews/customer-orders/2026-10/question/"
OVER = made.TODAY + timedelta(days=11)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: made.TODAY)


@pytest.fixture
def colleagues(month, edition, member):
    """Six more members of the unit: eight are asked, the head and the reader among them."""
    return [month.head, month.reader, *(member(Role.BUSINESS_MEMBER, units=[month.unit]) for _ in range(6))]


@pytest.fixture
def pulse(month, edition, colleagues):
    review = ServiceReview.objects.get(pk=edition.review_id)
    return ask_after_review(review=review, question="Was it clear?", days=10, by=month.manager, now=made.TODAY)


def answer(pulse, members, scores, words=""):
    for who, score in zip(members, scores, strict=False):
        answer_pulse(pulse=pulse, by=who, score=score, words=words, now=made.TODAY)


def test_the_people_of_the_unit_are_asked_and_nobody_else(month, pulse, colleagues):
    assert set(PulseInvitation.objects.values_list("member", flat=True)) == {each.pk for each in colleagues}
    assert set(Notification.objects.filter(key=f"pulse-{pulse.pk}").values_list("member", flat=True)) == {
        each.pk for each in colleagues
    }
    asks = get_home(reader=month.head, unit_slug="", now=made.TODAY, currency="GBP").asks
    assert [(ask.about, ask.words) for ask in asks if ask.action == "Answer"] == [
        ("After the service review of October 2026.", " Was it clear?")
    ]


def test_nobody_answers_twice_or_after_the_end(pulse, colleagues):
    answer(pulse, colleagues[:1], [5])
    with pytest.raises(PulseAnswered):
        answer(pulse, colleagues[:1], [1])
    with pytest.raises(PulseOver, match="closed on 20"):
        answer_pulse(pulse=pulse, by=colleagues[1], score=1, words="", now=pulse.closes_at)

    assert list(PulseAnswer.objects.values_list("score", flat=True)) == [5]


def test_an_answer_has_no_name_and_no_time(pulse, colleagues):
    before = AuditEntry.objects.count()
    answer(pulse, colleagues[:1], [5])

    assert {field.name for field in PulseAnswer._meta.fields} == {"id", "tenant", "pulse", "score", "words"}
    assert {field.name for field in PulseInvitation._meta.fields} == {"id", "tenant", "pulse", "member", "has_answered"}
    assert AuditEntry.objects.count() == before
    assert not hasattr(PulseAnswer, "pgh_event_models")


@pytest.mark.parametrize(
    ("scores", "now", "words"),
    [
        pytest.param([5] * 8, made.TODAY, "when the question is closed", id="open"),
        pytest.param([], OVER, "Fewer than five", id="none"),
        pytest.param([5] * 4, OVER, "Fewer than five", id="four"),
    ],
)
def test_nothing_is_shown_before_the_end_or_below_five(pulse, colleagues, scores, now, words):
    answer(pulse, colleagues, scores, "Because of the chart")

    result = get_result(pulse=pulse, now=now)

    assert words in result.why_hidden
    assert (result.answers, result.rate, result.scores, result.words) == ("", "", (), ())


def test_a_result_says_how_many_answered_and_how_far_they_tell(pulse, colleagues):
    answer(pulse, colleagues, [5, 5, 4, 4, 2], "Clear")

    result = get_result(pulse=pulse, now=pulse.closes_at)

    assert (result.why_hidden, result.answers.replace("\u00a0", " "), result.good) == ("", "5 answers", "80 %")
    assert (result.rate, result.mean) == ("62 % of 8 who were asked", "4.0")
    assert [(row.score, row.count) for row in result.scores] == [(5, 2), (4, 2), (3, 0), (2, 1), (1, 0)]
    low, high = wilson(4, 5)
    assert (float(low), float(high)) == (0.3755, 0.9638)  # R: binom.confint(4, 5, methods = "wilson")
    assert result.interval == "37 to 97 %"
    assert result.words == ("Clear",) * 5


def test_a_question_about_one_thing_is_asked_once(month, edition, pulse):
    review = ServiceReview.objects.get(pk=edition.review_id)
    with pytest.raises(AskedAlready):
        ask_after_review(review=review, question="Again?", days=1, by=month.manager, now=made.TODAY)
    draft = ServiceReview.objects.create(
        business_unit=month.unit, month=made.TODAY.date().replace(day=1), report_agreement=review.report_agreement
    )
    with pytest.raises(ReviewNotIssued):
        ask_after_review(review=draft, question="?", days=1, by=month.manager, now=made.TODAY)


def test_a_unit_without_people_is_not_asked(month, edition):
    review = ServiceReview.objects.get(pk=edition.review_id)
    for person in (month.head, month.reader):
        person.is_active = False
        person.save()

    with pytest.raises(NobodyToAsk):
        ask_after_review(review=review, question="?", days=1, by=month.manager, now=made.TODAY)


def test_a_question_after_a_case_is_about_one_that_was_solved_for_the_unit(simple):
    target = slas.make_target(TargetKind.CASES, agreement=simple.agreement, slug="help")
    opened = made.TODAY - timedelta(days=2)
    for key, resolved_at in (("C-1", made.TODAY), ("C-2", None)):
        Case.objects.create(
            measure_id=target.measure_id, key=key, title="Printer", opened_at=opened, resolved_at=resolved_at
        )
    about = {"unit": simple.unit, "question": "Did it help?", "days": 5, "by": simple.manager, "now": made.TODAY}

    pulse = ask_after_case(case_key="C-1", **about)

    assert pulse.case_words == "C-1, Printer"
    for key in ("C-2", "C-3"):
        with pytest.raises(CaseUnknown, match=f"No case “{key}”"):
            ask_after_case(case_key=key, **about)
    with pytest.raises(AskedAlready):
        ask_after_case(case_key="C-1", **about)
    with pytest.raises(CaseUnknown):
        ask_after_case(case_key="C-1", **about | {"unit": factories.make_unit(name="Finance")})


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"about": "review", "review": None}, "pulse_is_about_something"),
        ({"about": "case", "case_words": ""}, "pulse_is_about_something"),
        ({"closes_at": made.TODAY}, "pulse_closes_after_opening"),
    ],
)
def test_the_database_keeps_no_question_without_sense(pulse, changed, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Pulse.objects.filter(pk=pulse.pk).update(**changed)


def test_the_database_keeps_answers_as_they_were_given(pulse, colleagues):
    answer(pulse, colleagues[:1], [5])

    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        PulseAnswer.objects.update(score=1)
    with pytest.raises(IntegrityError, match="pulse_score_on_scale"), transaction.atomic():
        PulseAnswer.objects.create(pulse=pulse, score=6)


def test_it_asks_and_the_business_answers_in_the_browser(month, edition, colleagues, member, client_of):
    client_of(month.manager).post(ASK, {"question": "Was it clear?", "days": 10})
    pulse = Pulse.objects.get()
    address = f"/t/larkmoor/surveys/{pulse.pk}/"
    head = client_of(month.head)
    assert "Without your name." in head.get(address).content.decode()
    assert head.post(address, {"score": "9"}).status_code == 422

    done = head.post(address, {"score": "4", "words": "Short"}, follow=True).content.decode()

    assert "Your answer is kept without your name" in done
    assert "when the question is closed" in done
    assert "You have answered this already" in head.post(address, {"score": "1"}).content.decode()
    later = member(Role.BUSINESS_MEMBER, units=[month.unit])
    assert client_of(later).post(address, {"score": "1"}).status_code == 404  # was not asked
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(name="Finance")])
    assert client_of(outsider).get(address).status_code == 404
    assert "Was it clear?" in client_of(month.owner).get("/t/larkmoor/surveys/").content.decode()
    assert "Was it clear?" not in client_of(outsider).get("/t/larkmoor/surveys/").content.decode()
