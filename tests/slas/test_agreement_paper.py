"""The text of an agreement on its page, on the page of a link and on paper: one object, one content."""

import html
import io
import re
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pdfua
import pikepdf
import pytest
from pypdf import PdfReader

from portal.jobs.models import Job
from portal.jobs.tasks import run_job
from slas.actions.agreement_states import accept_agreement, propose_agreement
from slas.errors.signing import PaperChanged
from slas.exports.agreement import agreement_pdf, build_agreement_pdf
from slas.models import Agreement
from slas.queries import signed_text
from slas.queries.agreement_paper import get_paper
from slas.queries.signed_text import fingerprint_of
from slas.tasks import find_agreement_pdf, queue_agreement_pdf
from tests.slas import factories
from tests.slas.factories import every_day

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/v1/"


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def offer(draft, people_of):
    """A version on offer with promises of several kinds and a duty."""
    hours = factories.make_hours(every_day(4, 22), words="04:00 to 22:00, every day")
    factories.make_target(agreement=draft, slug="works", service_hours=hours, excluded_work=["planned"])
    factories.make_target("cases", agreement=draft, slug="urgent", name="Urgent problems", priorities=["Urgent"])
    factories.make_target("occasions", agreement=draft, slug="prices", name="Prices are there – at 04:00 & before")
    draft.obligations.create(text="Send the promotion calendar", short_text="Calendar", due_on=date(2026, 12, 20))
    propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)
    return Agreement.objects.select_related("tenant", "customer", "provider").get(pk=draft.pk)


def sign_both(offer, people_of):
    for party, who in ((offer.customer, "head"), (offer.provider, "manager")):
        fields = {"name": people_of[who].user.name, "role": f"Role of the {who}"}
        read = fingerprint_of(agreement=offer)
        accept_agreement(agreement=offer, party=party, by=people_of[who], read=read, now=NOW, **fields)
    return Agreement.objects.select_related("tenant", "customer", "provider").get(pk=offer.pk)


def pieces(shown):
    """Everything that is agreed, in its order."""
    for section in shown.sections:
        if section.is_one:
            yield f"{section.clauses[0].number}{section.title}"
        else:
            yield section.title
        for clause in section.clauses:
            heading = () if section.is_one else (clause.number, clause.title)
            yield from (*heading, clause.text, *clause.lines)


def squeezed(text):
    """Letters alone: where lines break is no content."""
    return re.sub(r"\s", "", text)


def on_paper(content):
    """What the pages say, without their running heads and feet."""
    pages = []
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        lines = page.extract_text().splitlines()
        assert lines[-1].startswith("Page") or any("Check code" in line for line in lines), number
        pages.append("\n".join(line for line in lines if "Check code" not in line or "at the foot" in line))
    return squeezed("\n".join(pages))


def on_page(answer):
    page = answer.content.decode().partition("<main")[2]
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", page)))


def in_order(wanted, text):
    place = 0
    for piece in wanted:
        found = text.find(squeezed(piece), place)
        assert found >= 0, piece
        place = found + len(squeezed(piece))


def test_page_and_paper_say_the_same(offer, people_of, client_of):
    shown = get_paper(agreement=offer)
    content = agreement_pdf(shown=shown, created_at=NOW)

    wanted = list(pieces(shown))
    assert len(wanted) > 60
    page = on_page(client_of(people_of["head"]).get(f"{PAGE}text/"))
    in_order(wanted, page)
    letters = re.sub(r"Page\d+of\d+", "", on_paper(content))
    heads = squeezed(f"{shown.tenant}, {shown.name}{shown.kind}, version 1")
    in_order(wanted, letters.replace(heads, ""))
    for text in (page, squeezed(PdfReader(io.BytesIO(content)).pages[-1].extract_text())):
        assert shown.code in text
        assert shown.fingerprint in text


def test_paper_has_room_to_sign_until_it_is_signed(offer, people_of):
    empty = PdfReader(io.BytesIO(agreement_pdf(shown=get_paper(agreement=offer), created_at=NOW)))
    last = empty.pages[-1].extract_text()
    assert [last.count(word) for word in ("Name", "Role", "Date")] == [2, 2, 2]
    assert last.count("Signature\n") >= 2

    shown = get_paper(agreement=sign_both(offer, people_of))
    content = agreement_pdf(shown=shown, created_at=NOW)
    last = PdfReader(io.BytesIO(content)).pages[-1].extract_text().replace("\u00a0", " ")
    assert shown.standing == "Signed by both sides"
    for who in ("head", "manager"):
        assert people_of[who].user.name in last
        assert f"Role of the {who}" in last
    assert last.count("10 November 2026, 09:40 London time") == 2
    assert last.count("In the portal") == 2
    assert "Name" not in last


def test_paper_is_tagged_and_carries_the_text_that_its_fingerprint_is_of(offer, tmp_path):
    shown = get_paper(agreement=offer)
    content = agreement_pdf(shown=shown, created_at=NOW)
    (tmp_path / "agreement.pdf").write_bytes(content)

    assert [finding.message for finding in pdfua.validate(str(tmp_path / "agreement.pdf")).findings] == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        inside = pdf.attachments["agreement.json"].get_file().read_bytes()
    assert sha256(inside).hexdigest() == shown.fingerprint == fingerprint_of(agreement=offer)
    assert PdfReader(io.BytesIO(content)).metadata.title == shown.title
    assert agreement_pdf(shown=shown, created_at=NOW) == content


def test_what_was_signed_reads_as_it_was_signed_whatever_becomes_of_our_words(offer, people_of, monkeypatch):
    signed = get_paper(agreement=sign_both(offer, people_of))
    worded = signed_text.clauses_in

    def reworded(**given):
        return tuple(replace(clause, text="In other words") for clause in worded(**given))

    monkeypatch.setattr(signed_text, "clauses_in", reworded)

    assert get_paper(agreement=Agreement.objects.get(pk=offer.pk)) == signed


def test_other_words_are_another_text(offer, monkeypatch):
    before, worded = fingerprint_of(agreement=offer), signed_text.clauses_in
    monkeypatch.setattr(
        signed_text, "clauses_in", lambda **given: tuple(replace(each, title="T") for each in worded(**given))
    )

    assert fingerprint_of(agreement=offer) != before


def test_the_pdf_is_made_by_a_worker_and_is_that_of_what_was_asked_for(offer, people_of, client_of):
    head = client_of(people_of["head"])
    assert "Make the PDF" in head.get(f"{PAGE}agreement.pdf").content.decode()

    head.post(f"{PAGE}agreement.pdf")
    job = Job.objects.get(kind="agreement_pdf")
    assert head.get(f"{PAGE}agreement.pdf")["Location"] == f"/t/larkmoor/jobs/{job.pk}/"
    run_job(tenant_id=offer.tenant_id, job_id=job.pk)
    answer = head.get(f"{PAGE}agreement.pdf")

    assert answer.getvalue().startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="agreement-orders-version-1.pdf"'
    offer.targets.filter(slug="works").update(sentence="Something else")
    assert find_agreement_pdf(agreement=offer, shown=get_paper(agreement=offer)) is None
    with pytest.raises(PaperChanged):
        build_agreement_pdf(scope=nullcontext, arguments=job.arguments, report=lambda *_said: None)


def test_asking_again_finds_the_same_file_until_somebody_signs(offer, people_of):
    first = queue_agreement_pdf(agreement=offer, shown=get_paper(agreement=offer), by=None, now=NOW)
    again = queue_agreement_pdf(agreement=offer, shown=get_paper(agreement=offer), by=people_of["head"], now=NOW)
    signed = sign_both(offer, people_of)
    later = queue_agreement_pdf(agreement=signed, shown=get_paper(agreement=signed), by=None, now=NOW)

    assert first == again
    assert later != first
