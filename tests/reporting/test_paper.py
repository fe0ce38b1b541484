"""The pages of a busy October on paper: five, as long as its talk is as long as usual."""

import io
from dataclasses import replace

import pikepdf

from reporting.actions.answers import comment_on_anchor, reply_in_thread
from reporting.actions.disputes import answer_dispute, dispute_figure
from reporting.exports import pdf
from reporting.exports.pdf import edition_pdf, paper_html
from reporting.queries.shown import show_edition
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import Outage
from tests.reporting import factories as made
from tests.slas.factories import at


def test_the_talk_of_a_usual_month_fits_on_five_pages(month, edition, figure):
    dispute = dispute_figure(
        figure=figure("phones.result"), by=month.head, now=at("2026-11-06 15:20"),
        reason="On 19 October calls dropped from 09:10 to 09:41. That is not in your figure.",
        claimed_from=at("2026-10-19 09:10"), claimed_until=at("2026-10-19 09:41"),
    )  # fmt: skip
    felt = comment_on_anchor(
        edition=edition, anchor="orders.experienced", by=month.reader, now=at("2026-11-07 09:05"),
        text="This is the number our customers talk about. On the 28th people gave up and phoned.",
    )  # fmt: skip
    comment_on_anchor(
        edition=edition, anchor="orders.allowed", by=month.head, now=at("2026-11-09 08:40"), is_question=True,
        text="An hour at 05:00 costs us ten times an hour at 21:00. Can the promise say that?",
    )  # fmt: skip
    reply_in_thread(
        thread=felt, by=month.owner, now=at("2026-11-09 11:10"),
        text="Agreed. From December the backup starts at 22:30, after your hours.",
    )  # fmt: skip
    answer_dispute(
        dispute=dispute, by=month.owner, is_agreed=True, now=at("2026-11-09 17:00"),
        text="You are right. The line was up, but calls were cut. We propose to count all 31 minutes: 99.7 %, missed.",
    )  # fmt: skip

    content = edition_pdf(edition=edition, shown=show_edition(edition=edition, reader=None, now=made.TODAY))

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 5
        assert set(pdf.attachments) == {"figures.csv", "proofs.json"}


def test_another_look_of_the_paper_is_another_file(edition, monkeypatch, tmp_path, request):
    """A PDF that was made before a template changed is not handed out as the present one."""
    request.addfinalizer(pdf.look_of_paper.cache_clear)
    shown = show_edition(edition=edition, reader=None, now=made.TODAY)
    own = pdf.paper_key(shown=shown)
    assert own == pdf.paper_key(shown=shown)
    assert all(list(folder.glob("*.*")) for folder in pdf.DRAWN_BY)

    monkeypatch.setattr(pdf, "DRAWN_BY", [tmp_path])
    keys = set()
    for look in ("<p>", "<h1>"):
        (tmp_path / "cover.html").write_text(look)
        pdf.look_of_paper.cache_clear()
        keys.add(pdf.paper_key(shown=shown))

    assert len(keys | {own}) == 3


def test_what_is_said_about_the_first_page_is_on_paper_when_every_promise_was_kept(month):
    """No box of a promise stands on the paper of such a month."""
    Outage.objects.all().delete()
    compute_attainments(targets=list(month.targets.values()), periods=[Period(2026, 10)], now=made.ISSUED_AT)
    edition = made.make_edition(month)
    comment_on_anchor(
        edition=edition, anchor="cover.score", by=month.head, now=at("2026-11-09 08:40"), text="Thank you for October."
    )

    shown = show_edition(edition=edition, reader=None, now=made.TODAY)

    assert shown.page.attention == ()
    assert paper_html(shown=shown, tenant=edition.tenant).count("Thank you for October.") == 1


def test_a_month_without_plans_and_misses_has_no_empty_pages(month):
    """The signatures stand below the month in words, and the rules of counting below them."""
    Outage.objects.all().delete()
    compute_attainments(targets=list(month.targets.values()), periods=[Period(2026, 10)], now=made.ISSUED_AT)
    edition = made.make_edition(month)
    shown = show_edition(edition=edition, reader=None, now=made.TODAY)
    quiet = replace(shown, page=replace(shown.page, worth=(), better=(), follow_ups=()))

    assert paper_html(shown=quiet, tenant=edition.tenant).count('class="p-new"') == 1
    assert paper_html(shown=shown, tenant=edition.tenant).count('class="p-new"') == 1 + any(
        (shown.page.worth, shown.page.better, shown.page.follow_ups)
    )
