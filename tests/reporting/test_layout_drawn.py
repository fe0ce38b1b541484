"""A review is drawn from its version: its sections in their order, its figures, and how to read them."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.db import connection
from django.utils.html import strip_tags

from reporting.actions.editions import restate_review
from reporting.actions.layouts import accept_layout, propose_layout, refuse_unagreed
from reporting.actions.reviews import edit_paragraph
from reporting.errors import FiguresOutside, InterpretationsMissing, NothingToRestate, SentenceRefused
from reporting.exports.pdf import paper_html
from reporting.layout import STANDARD
from reporting.models import Edition, ReportAgreement, ReviewParagraph
from reporting.queries.layouts import terms_of
from reporting.queries.page_parts import ReviewPage, from_json, to_json
from reporting.queries.shown import show_draft, show_edition
from reporting.templatetags.review import paper_parts
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import Volume
from tests import factories
from tests.reporting import factories as made

REVIEW = "/t/larkmoor/reviews/customer-orders/2026-10/"
FEWER = replace(
    STANDARD, sections=("rules", "promises"), shows_budget=False, shows_experienced=False, shows_events=False,
    audience="the order desk",
)  # fmt: skip


def agree(month, terms):
    layout = propose_layout(unit=month.unit, terms=terms, reason="Less", by=month.manager, now=made.ISSUED_AT)
    return accept_layout(layout=layout, by=month.head, now=made.ISSUED_AT)


def page_of(edition):
    return from_json(ReviewPage, edition.page)


def test_what_is_not_in_the_version_is_nowhere(month, client_of):
    agree(month, FEWER)
    edition = made.make_edition(month)
    page, html = page_of(edition), client_of(month.head).get(REVIEW).content.decode()
    paper = paper_html(shown=show_edition(edition=edition, reader=None, now=made.TODAY), tenant=month.unit.tenant)

    assert (page.sections, page.chart, page.worth, page.better, page.follow_ups) == (FEWER.sections, (), (), (), ())
    assert {(promise.budget, promise.halves, promise.events) for promise in page.attention} == {(None, (), None)}
    named = [figure.anchor for figure in page.figures]
    assert [anchor for anchor in named if anchor.startswith("value.") or "experienced" in anchor] == []
    assert not edition.figures.filter(anchor__regex=r"\.\d{4}-\d{2}$").exists()
    for text in (html, paper):
        assert "Twelve months" not in text
        assert "your goals" not in text
        assert "the order desk" in text
    assert html.index("How we count</h2>") < html.index("Promises in detail</h2>")
    assert paper.index("Proof: how the figures were made") < paper.index("October in words")


def test_a_sentence_cannot_name_a_figure_outside_the_version(month):
    agree(month, replace(STANDARD, sections=("months", "promises", "rules")))
    made.make_draft(month)
    score = ReviewParagraph.objects.get(anchor="cover.score")

    with pytest.raises(SentenceRefused, match="There is no figure"):
        edit_paragraph(paragraph=score, text="{figure:value.lost-orders.units} lost.", by=month.manager, now=made.TODAY)


def test_a_page_with_a_figure_outside_the_version_is_refused(month, edition):
    terms = replace(STANDARD, sections=("promises", "rules"))

    with pytest.raises(FiguresOutside, match="Customers can place orders: October 2026"):
        refuse_unagreed(page=page_of(edition), terms=terms)


def test_no_review_is_issued_with_a_figure_that_nobody_said_how_to_read(month, client_of):
    said = tuple(each for each in STANDARD.interpretations if each.subject not in ("missed", "worth"))
    agree(month, replace(STANDARD, interpretations=said))
    made.make_draft(month)

    refused = client_of(month.manager).post(f"{REVIEW}issue/")

    assert refused.status_code == 422
    assert "version 3 does not say how to read: “Missed” and “Worth”" in refused.content.decode()
    assert not Edition.objects.exists()


def test_the_words_of_the_version_stand_beside_the_figures(month, edition, client_of, figure):
    client = client_of(month.head)
    missed = "Missed means that we delivered less than we promised. It does not mean that somebody is to blame."
    felt = "As felt means what people met with, nothing taken out."
    html = client.get(REVIEW).content.decode()
    paper = paper_html(shown=show_edition(edition=edition, reader=None, now=made.TODAY), tenant=month.unit.tenant)

    for text in (html, strip_tags(paper)):  # the list prints each word in bold
        assert text.count(missed) >= 2  # beside the figure, and in the list
        assert felt in text
    assert missed in client.get(f"/t/larkmoor/figures/{figure('orders.result').pk}/").content.decode()
    assert 'units/customer-orders/report-agreement/?version=2">Report agreement version 2<' in html
    assert "Trial means" in html
    assert "At risk means" not in html  # no promise of the month is


def test_a_new_version_changes_no_issued_edition(month, client_of):
    edition = made.make_edition(month)
    before, page = edition.page_hash, client_of(month.reader).get(REVIEW).content
    agree(month, FEWER)

    kept = Edition.objects.get()
    assert (kept.page_hash, page_of(kept).head.agreement_version) == (before, 2)
    assert client_of(month.reader).get(REVIEW).content.count(b"Twelve months") == page.count(b"Twelve months") > 0
    with pytest.raises(NothingToRestate):
        restate_review(review=kept.review, reason="Why not", by=month.manager, now=made.TODAY)


def test_a_correction_that_its_version_has_no_words_for_is_drawn_from_the_next_one(month):
    def confirmed_in_time(met):
        Volume.objects.filter(measure_id=month.targets["confirm"].measure.pk).update(met=met)
        compute_attainments(targets=[month.targets["confirm"]], periods=[Period(2026, 10)], now=made.ISSUED_AT)

    confirmed_in_time(96_400)
    said = tuple(each for each in STANDARD.interpretations if each.subject != "close")
    agree(month, replace(STANDARD, interpretations=said))
    edition = made.make_edition(month)
    confirmed_in_time(94_903)
    correction = {"review": edition.review, "reason": "Late ones were found", "by": month.manager, "now": made.TODAY}

    with pytest.raises(InterpretationsMissing, match="“Close”"):
        restate_review(**correction)
    agree(month, STANDARD)
    newer = restate_review(**correction)

    assert [page_of(each).head.agreement_version for each in (edition, newer)] == [3, 4]
    assert newer.review.report_agreement.version == 4


def test_a_draft_takes_the_version_of_the_day_on_which_it_is_drafted(month):
    review = made.make_draft(month)
    agree(month, FEWER)

    again = made.make_draft(month)

    assert (review.report_agreement.version, again.report_agreement.version) == (2, 3)
    assert show_draft(review=again, now=made.TODAY).page.sections == FEWER.sections


def test_an_edition_from_before_there_were_terms_is_read_as_it_was(month, edition):
    old = to_json(page_of(edition))
    del old["interpretations"]

    page = from_json(ReviewPage, old)

    assert not {"sections", "audience", "language"} & {*old, *old["head"]}  # as all of them were before
    assert (page.sections, page.interpretations, page.head.audience) == (STANDARD.sections, (), "")
    assert to_json(page) == old  # so that its fingerprint and its files stay what they are


def test_the_paper_keeps_what_belongs_together(month, edition):
    page = page_of(edition)

    def parts(*sections):
        return [
            (name.removeprefix("reporting/pdf/").removesuffix(".html"), is_new)
            for name, is_new in paper_parts(replace(page, sections=sections, follow_ups=()))
        ]

    assert parts(*STANDARD.sections) == [
        ("months", True), ("words", False), ("attention", True), ("worth", True), *planned(page), ("signs", False),
        ("proof", True),
    ]  # fmt: skip
    assert parts("promises", "rules", "months") == [
        ("words", True), ("attention", True), ("signs", False), ("proof", True), ("months", True),
    ]  # fmt: skip


def planned(page):
    return [("better", False)] if page.better else []


def test_a_unit_begins_with_everything_that_a_review_can_show(month):
    ReportAgreement.objects.all().delete()
    made.make_draft(month)

    layout = ReportAgreement.objects.get()
    assert (layout.version, layout.is_draft) == (1, True)
    assert tuple(layout.sections.order_by("position").values_list("section", flat=True)) == STANDARD.sections
    assert layout.interpretations.count() == len(STANDARD.interpretations)


def test_versions_from_before_there_were_terms_got_what_every_review_showed(in_tenant):
    given = import_module("reporting.migrations.0008_signed_layouts_stay_as_they_are")
    layout = ReportAgreement.objects.create(business_unit=factories.make_unit())

    with connection.cursor() as cursor:
        cursor.execute(given.GIVE_SECTIONS)
        cursor.execute(given.GIVE_MEANINGS)

    assert terms_of(layout=layout) == STANDARD
