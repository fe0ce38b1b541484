"""What a review says by itself, from real facts through the product's own figures."""

from datetime import date

import pytest

from portal.language.numbers import NBSP
from portal.language.sentences import plain
from reporting.models import ReviewParagraph
from reporting.queries.home import score_sentence
from reporting.queries.page_parts import ReviewPage, from_json
from reporting.queries.review_page import build_page, figure_sums, gather
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import ServiceLevelTarget, SurveyCount
from tests.reporting import factories as made


def said(sentence):
    return plain(sentence).replace(NBSP, " ")


@pytest.fixture
def page(edition):
    return from_json(ReviewPage, edition.page)


def test_the_first_page_tells_the_month_in_five_sentences(page):
    assert [(item.mark, said(item.sentence)) for item in page.cover] == [
        ("M", "Customers could not place orders for 3 h 28 min. We had promised at most 2 h 47 min."
              " Most of it fell on Tuesday 6 October, 05:12 to 06:44, your busiest time."),
        ("ev-C", "We estimate that 190 to 260 orders were lost, worth £41,000 to £55,000."),
        ("K", "4 of 6 promises were kept, one of them only just: 1,509 of 96,412 orders were late,"
              " and 1,928 were allowed."),
        ("G", "For the sales figures, 3 of 22 days have no data."),
        ("ev-A", "Credit notes fell from 412 to 318 a month. Finance confirms £4,800 to £8,600 saved a month."),
    ]  # fmt: skip


def test_promises_are_told_by_urgency(page):
    assert [promise.anchor for promise in page.promises] == [
        "orders", "sales", "confirm", "phones", "prices", "rating", "track",
    ]  # fmt: skip
    assert [promise.anchor for promise in page.attention] == ["orders"]


def test_agreed_and_experienced_stand_side_by_side(page):
    halves = [(half.label, said(half.value), said(half.note)) for half in page.attention[0].halves]

    assert halves == [
        ("As agreed", "99.3 %", "Promised 99.5 %. Slow pages count half, announced work does not count."),
        ("As your customers felt it", "99.0 %", "5 h 05 min. Slow pages count in full, announced work counts."),
    ]


def test_the_sum_is_read_from_top_to_bottom(page):
    lines = [(line.label, said(line.value)) for line in page.attention[0].proof.lines]

    assert lines == [
        ("Service hours", "33,480 min"),
        ("Announced work taken out", "− 60 min"),
        ("Time that counts", "33,420 min"),
        ("Not possible", "171 min"),
        ("Very slow", "37 min"),
        ("Time lost", "208 min"),
        ("Time allowed", "167 min"),
        ("Share available", "99.3 %"),
        ("Result", "Missed"),
    ]


def test_events_say_what_they_hit(page):
    events = page.attention[0].events

    assert [(row.start, row.end, row.minutes, row.counted, row.hit) for row in events.rows] == [
        ("05:12", "06:44", "92", "92", "879"),
        ("11:20", "12:18", "58", "58", "165"),
        ("20:31", "20:52", "21", "21", "84"),
        ("16:05", "17:19", "74", "37", "160"),
    ]
    assert (events.minutes, events.counted, events.hit) == ("245", "208", "1,288")


def test_what_it_was_worth(page):
    rows = [(said(row.text), said(row.worth), row.under, row.evidence) for row in page.worth]

    assert rows == [
        ("October: 64.1 %, from 60.2 % in April. Re-order lists brought 3,760 more orders.", "250 to 340 hours",
         "order-desk time freed", "Measured"),
        ("Live on time on 31 of 31 nights. Credit notes fell by 94 a month.", "£4,800 to £8,600", "saved a month",
         "Confirmed by Finance"),
        ("1,288 orders were hit. From your own profile, 15 to 20 % never come back.", "£41,000 to £55,000 lost",
         "sales not made", "Estimated, agreed method"),
    ]  # fmt: skip


def cover_score(page):
    return next(said(item.sentence) for item in page.cover if item.anchor == "cover.score")


def test_a_promise_whose_quarter_still_runs_is_not_counted_as_kept(month):
    made.add_quarterly(month)

    page = build_page(review=made.make_draft(month), now=made.ISSUED_AT)

    assert (page.score.judged, page.score.kept, page.score.running) == (6, 4, 1)
    assert cover_score(page) == (
        "4 of 6 promises were kept, one of them only just: 1,509 of 96,412 orders were late,"
        " and 1,928 were allowed. Not over yet: “Quarterly promise A” (kept so far)."
    )
    assert said(score_sentence(page)).endswith("One cannot be judged yet and one is not over yet.")


def test_many_that_still_run_are_counted_and_not_named(month):
    for number in range(1, 5):
        made.add_quarterly(month, number)

    page = build_page(review=made.make_draft(month), now=made.ISSUED_AT)

    assert cover_score(page).endswith(" Four promises are not over yet, four of them kept so far.")


def test_where_all_of_them_still_run_none_is_judged(in_tenant):
    month = made.make_month(months=0)
    ServiceLevelTarget.objects.update(ends_on=date(2026, 10, 1))
    made.add_quarterly(month)

    page = build_page(review=made.make_draft(month), now=made.ISSUED_AT)

    assert cover_score(page) == "Not over yet: “Quarterly promise A” (kept so far)."
    assert said(score_sentence(page)) == "No promise is judged yet."


def test_the_sum_of_the_score_says_what_is_kept_so_far(month):
    made.add_quarterly(month)

    lines = figure_sums(material=gather(review=made.make_draft(month)))["score"]["lines"]

    assert ("Quarterly promise A", "Kept so far") in [(line["label"], line["value"]) for line in lines]
    assert lines[-1]["exact"] == "4/6"


def test_fewer_than_five_answers_are_not_told(month):
    SurveyCount.objects.filter(measure_id=month.targets["rating"].measure_id).update(answers=4, good=3)
    compute_attainments(targets=[month.targets["rating"]], periods=[Period(2026, 10)], now=made.ISSUED_AT)

    edition = made.make_edition(month)

    (rating,) = [each for each in from_json(ReviewPage, edition.page).promises if each.anchor == "rating"]
    assert (said(rating.short), rating.value) == ("Fewer than five answers.", "–")
    printed = " ".join(edition.figures.filter(anchor__startswith="rating.").values_list("printed", flat=True))
    assert "4" not in printed.replace("41", "")


def test_how_we_count_is_read_from_the_terms(page):
    assert page.rules[0].endswith("October had 745 hours, because the clocks went back on the 25th.")
    assert "5 working days’ notice, and up to 120 minutes a month" in page.rules[2].replace(NBSP, " ")
    assert page.rules_note.replace(NBSP, " ").startswith("Agreed by both sides on 12 Mar 2026.")


def test_drafting_again_renews_what_nobody_edited_and_keeps_what_somebody_did(month):
    review = made.make_draft(month)
    edited = ReviewParagraph.objects.get(review=review, anchor="cover.score")
    edited.text, edited.edited_at = "Most promises were kept.", made.ISSUED_AT
    edited.save()
    ReviewParagraph.objects.filter(anchor="cover.data-gap").update(text="Something else.")

    made.make_draft(month)

    texts = dict(ReviewParagraph.objects.filter(review=review).values_list("anchor", "text"))
    assert texts["cover.score"] == "Most promises were kept."
    assert texts["cover.data-gap"].startswith("For the sales figures")


def test_a_review_whose_promises_have_ended_has_a_page_that_says_so(month):
    review = made.make_draft(month)
    month.agreement.state = "terminated"
    month.agreement.ends_on = made.OCTOBER
    month.agreement.save()

    page = build_page(review=review, now=made.TODAY)

    assert page.promises == ()
    assert said(page.cover[0].sentence) == "No promise could be judged this month."
