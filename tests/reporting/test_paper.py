"""The pages of a busy October on paper: five, as long as its talk is as long as usual."""

import io
import re
import subprocess
from dataclasses import replace

import pikepdf
import pytest
from django.conf import settings

from portal.language.sentences import plain
from portal.pdf import Variant
from reporting.actions.answers import comment_on_anchor, reply_in_thread
from reporting.actions.disputes import answer_dispute, dispute_figure
from reporting.exports import pdf
from reporting.exports.pdf import edition_pdf, paper_html
from reporting.queries.shown import show_edition
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import Outage
from tests.browser.figures import read_aloud
from tests.reporting import factories as made
from tests.slas.factories import at

pytestmark = pytest.mark.xdist_group("paper")


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


@pytest.mark.parametrize(("is_issued", "files"), [(False, 3), (True, 1)])
def test_another_look_of_the_paper_is_another_file_of_a_draft_only(
    edition, monkeypatch, tmp_path, request, is_issued, files
):
    """A draft follows its templates; the file of what was issued stays the one that was made."""
    request.addfinalizer(pdf.look_of_paper.cache_clear)
    shown = show_edition(edition=edition, reader=None, now=made.TODAY)
    if not is_issued:
        shown = replace(shown, edition=replace(shown.edition, number=0))
    own = pdf.paper_key(shown=shown)
    assert own == pdf.paper_key(shown=shown)
    assert all(list(folder.glob("*.*")) for folder in pdf.DRAWN_BY)

    monkeypatch.setattr(pdf, "DRAWN_BY", [tmp_path])
    keys = set()
    for look in ("<p>", "<h1>"):
        (tmp_path / "cover.html").write_text(look)
        pdf.look_of_paper.cache_clear()
        keys.add(pdf.paper_key(shown=shown))

    assert len(keys | {own}) == files


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


@pytest.fixture(params=list(Variant))
def file(request, drawn, tmp_path):
    """The PDF of the edition as a file of each kind."""
    path = tmp_path / "review.pdf"
    path.write_bytes(drawn[request.param])
    return path


def pages_of(file):
    """The words of each page, as a reader selects them."""
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(page.split()) for page in read.rstrip("\f").split("\f")]


@pytest.mark.parametrize("is_aloud", [True, False], ids=["read aloud", "selected"])
def test_it_reads_in_the_order_of_the_page(edition, file, is_aloud):
    """By its tags, as a screen reader does, and as `pdftotext` does without being told how."""
    page = show_edition(edition=edition, reader=None, now=made.TODAY).page
    told = [page.head.month_words, *(plain(item.sentence) for item in page.cover), "Twelve months"]
    told += [row.name for row in page.chart] if is_aloud else []
    told += ["October in words", *(plain(promise.short) for promise in page.in_words)] if is_aloud else []
    for promise in page.attention:
        told += [
            promise.name,
            plain(promise.key),
            *(plain(half.value) for half in promise.halves),
            promise.meaning.text,
        ]
    told += ["What it was worth to your goals", *(plain(row.text) for row in page.worth)] if page.worth else []
    told += ["Proof: how the figures were made", "The events", page.interpretations[0].sentence, page.rules_note]

    selected = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    read, at = squeezed(read_aloud(file.read_bytes()) if is_aloud else selected), 0
    for words in told:
        at = read.find(squeezed(words), at)
        assert at >= 0, words


def squeezed(words):
    """Without blanks: where lines end is not what is read."""
    return "".join(words.split())


def test_each_page_says_its_fingerprint_where_to_verify_it_and_which_page_it_is(edition, file):
    pages = pages_of(file)

    address = f"{settings.SITE_URL}/t/larkmoor/verify/{edition.verify_code}/"
    for number, page in enumerate(pages, start=1):
        assert f"SHA-256 {edition.page_hash}" in page
        assert f"Verify this file: {address}" in page
        assert f"Page {number} of {len(pages)}" in page
        assert f"Check code {edition.check_code}" in page
    assert all("Service review, October 2026, edition 1" in page for page in pages[1:])


def test_the_contents_name_the_page_of_each_part(file):
    pages = pages_of(file)
    first, others = pages[0], pages[1:]

    parts = re.findall(
        r"(Twelve months|Promises that need your attention|Proof: how the figures were made), (\d)", first
    )
    assert [name for name, _ in parts] == [
        "Twelve months", "Promises that need your attention", "Proof: how the figures were made"
    ]  # fmt: skip
    for name, number in parts:
        assert name in others[int(number) - 2]


def test_both_kinds_are_tagged_and_hold_their_evidence_as_of_the_issue(edition, file):
    fonts = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    with pikepdf.open(file) as opened:
        root, info = opened.Root, opened.docinfo
        assert root.Lang == "en-GB"
        assert root.MarkInfo.Marked
        assert len(root.StructTreeRoot.K) > 0
        assert info.Title == "Service review October 2026, Customer Orders"
        assert [str(each.UF) for each in root.AF] == ["figures.csv", "proofs.json"]
        for each in root.AF:
            assert each.AFRelationship == "/Source"
            params = each.EF.F.Params
            assert str(params.CreationDate) == str(params.ModDate) == f"D:{edition.issued_at:%Y%m%d%H%M%S}Z"
    assert {line.split()[0].split("+")[-1].partition("-")[0] for line in fonts} == {"Inter"}


def test_the_archive_s_file_follows_the_standard_of_archives(drawn):
    with pikepdf.open(io.BytesIO(drawn[Variant.ARCHIVE])) as opened, opened.open_metadata() as said:
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("3", "A")
        assert opened.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert "/ID" in opened.trailer
    with pikepdf.open(io.BytesIO(drawn[Variant.READING])) as opened, opened.open_metadata() as said:
        assert said["pdfuaid:part"] == "1"


@pytest.mark.parametrize("variant", list(Variant))
def test_made_again_it_is_the_same_file(edition, drawn, variant):
    shown = show_edition(edition=edition, reader=None, now=made.TODAY)

    assert edition_pdf(edition=edition, shown=shown, variant=variant) == drawn[variant]
