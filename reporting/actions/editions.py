"""Issuing: the page is frozen with its figures, and the clock of the answer starts."""

import secrets
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.urls import reverse

from portal.accounts.models import Membership, Role
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language import dates
from portal.language.jargon.kept import WordsKept
from reporting.actions.checks import refuse_unchecked
from reporting.actions.layouts import layout_of, refuse_unagreed, sign_for_it
from reporting.actions.meetings import invite_planned
from reporting.actions.reviews import next_edition_number, renew_sentences
from reporting.errors import (
    FiguresMissing,
    NothingToRestate,
    ReasonMissing,
    ReviewIssued,
    ReviewNotIssued,
    WordsChanged,
    WordsOpen,
)
from reporting.layout import uninterpreted
from reporting.models import PUBLISHED, Edition, EditionFile, Figure, ReviewState, ServiceReview
from reporting.queries.checks import lasting
from reporting.queries.disputing import family_of
from reporting.queries.page_parts import FigureEntry, ReviewPage, from_json, hash_of, to_json
from reporting.queries.plain_words import WordsReason, is_covered, open_places, told_words, words_hash
from reporting.queries.review_page import Material, figure_sums, page_of, shown_subjects
from reporting.queries.working_days import calendar_of
from slas.actions.attainments import close_figures, close_month
from slas.calculation.proof import check_code
from slas.models import Attainment

BRIEF = ("rules_version", "inputs_hash", "lines", "hours", "missing_policy", "rounding")
VERIFY_BYTES = 16  # 128 bits: nobody finds an edition by guessing


@transaction.atomic
def issue_review(*, review: ServiceReview, by: Membership, now: datetime, words: WordsReason | None = None) -> Edition:
    """Close the month, freeze page and figures as edition 1, and ask the unit's head for an answer.

    `words` is why words stay that its readers may not know; the edition prints it. Refuses with ReviewIssued, with
    FiguresMissing, with WordsOpen, with WordsChanged where others came in meanwhile, with CheckMissing and
    CheckOutdated where both sides agreed that a second person reads it first, and with the refusals of closing a month.
    """
    current = ServiceReview.objects.select_for_update().get(pk=review.pk)
    if current.state in PUBLISHED:
        issued_on = dates.local(current.issued_at, current.tenant.time_zone).date() if current.issued_at else None
        raise ReviewIssued(issued_on=dates.day_year(issued_on) if issued_on else "")
    current.report_agreement = sign_for_it(layout=current.report_agreement, by=by, now=now)
    close_month(business_unit=current.business_unit, month=current.month, by=by, now=now)
    material = renew_sentences(review=current)
    current.state, current.issued_at = ReviewState.ISSUED, now
    current.prepared_by = current.prepared_by or by
    answer_due_on = _start_clocks(current, now)
    current.save()
    page = page_of(material=material, now=now)
    _refuse_without_figures(page)
    refuse_unagreed(page=page, terms=material.terms)
    refuse_unchecked(review=current, page=page)
    page = replace(page, words_kept=_words_kept(material, words, by))
    edition = _freeze(material, page, number=1, reason="", by=by, now=now)
    invite_planned(review=current, now=now)
    record(act="review.issued", actor_id=by.user_id, at=now, subject=str(current), edition=1, code=edition.check_code)
    _tell_the_unit(edition, f"{current}: issued, answer by {dates.weekday_day(answer_due_on)}", now)
    return edition


@transaction.atomic
def restate_review(
    *, review: ServiceReview, reason: str, by: Membership, now: datetime, words: WordsReason | None = None
) -> Edition:
    """A new edition from the facts and sentences as they stand now, to be answered anew; the old one stays readable.

    It is drawn from the version of the edition before; from the one of today where that has no words for what it shows.
    What the edition before said of words that stay holds on for those words. Refuses with ReviewNotIssued,
    ReasonMissing, NothingToRestate, InterpretationsMissing, WordsOpen and WordsChanged.
    """
    current = ServiceReview.objects.select_for_update().get(pk=review.pk)
    if current.state not in PUBLISHED:
        raise ReviewNotIssued
    if not reason.strip():
        raise ReasonMissing
    close_month(business_unit=current.business_unit, month=current.month, by=by, now=now)
    material = renew_sentences(review=current)
    page = page_of(material=material, now=now)
    if uninterpreted(shown_subjects(page), material.terms):  # a correction may show what its version has no words for
        current.report_agreement = layout_of(unit=current.business_unit)
        material = renew_sentences(review=current)
        page = page_of(material=material, now=now)
    newest = current.editions.order_by("-number")[0]
    _start_clocks(current, now)
    if hash_of(to_json(lasting(page))) == hash_of(_lasting_json(newest.page)):
        raise NothingToRestate(number=newest.number)
    refuse_unagreed(page=page, terms=material.terms)
    before = from_json(ReviewPage, newest.page).words_kept
    page = replace(page, words_kept=_words_kept(material, words, by, before))
    current.state = ReviewState.ISSUED
    current.save(update_fields=["state", "answer_due_on", "comments_end_on", "report_agreement"])
    edition = _freeze(material, page, number=next_edition_number(review=current), reason=reason.strip(), by=by, now=now)
    record(act="review.restated", actor_id=by.user_id, at=now, subject=str(current), edition=edition.number)
    _tell_the_unit(edition, f"{current}: edition {edition.number} replaces the one before. {reason.strip()}", now)
    return edition


@transaction.atomic
def keep_file(*, edition: Edition, content: bytes, now: datetime) -> EditionFile:
    """Remember a file that was made of an edition, so that whoever holds it can compare it. Once for each file."""
    fingerprint = sha256(content).hexdigest()
    file, _is_new = EditionFile.objects.get_or_create(edition=edition, sha256=fingerprint, defaults={"made_at": now})
    return file


def _start_clocks(review: ServiceReview, now: datetime) -> date:
    """The unit answers an edition, and comments on it, within the working days of its report agreement; by when it
    answers.
    """
    calendar, layout = calendar_of(unit=review.business_unit, now=now), review.report_agreement
    today, window = calendar.today(now), layout.comment_working_days
    answer_due_on = calendar.day_after(today, layout.answer_working_days)
    review.answer_due_on = answer_due_on
    review.comments_end_on = calendar.day_after(today, window) if window else None
    return answer_due_on


def _lasting_json(page: dict[str, Any]) -> dict[str, Any]:
    return to_json(lasting(from_json(ReviewPage, page)))  # type: ignore[no-any-return]


def _words_kept(
    material: Material, said: WordsReason | None, by: Membership, before: WordsKept | None = None
) -> WordsKept | None:
    """What is issued although its readers may not know it, with the reason; None where there is no such word.

    `before` is what was said of words in the edition before. Refuses with WordsOpen and WordsChanged.
    """
    places = open_places(material)
    words = tuple(place.kept for place in places)
    if not words:
        return None
    if said is not None and said.reason.strip():
        if said.read != words_hash(words):
            raise WordsChanged(places=places)
        return WordsKept(said.reason.strip(), by.user.name, words)
    if before is None or not is_covered(words, before):
        raise WordsOpen(places=places, findings=told_words(words))
    return replace(before, words=words)


def _refuse_without_figures(page: ReviewPage) -> None:
    missing = [promise.name for promise in page.promises if promise.attainment_id is None]
    if missing or not page.promises:
        names = ", ".join(missing) or "no promise is in force"
        raise FiguresMissing(unit=page.head.unit, month=page.head.month_words, missing=names)


def _freeze(
    material: Material, page: ReviewPage, *, number: int, reason: str, by: Membership, now: datetime
) -> Edition:
    close_figures(ids=_shown_figures(page), now=now)
    frozen = to_json(page)
    page_hash = hash_of(frozen)
    edition = Edition.objects.create(
        review=material.review,
        number=number,
        reason=reason,
        issued_at=now,
        issued_by=by,
        page=frozen,
        page_hash=page_hash,
        check_code=check_code(page_hash),
        verify_code=secrets.token_hex(VERIFY_BYTES),
    )
    proofs, sums = _proofs(page), figure_sums(material=material)
    Figure.objects.bulk_create(_figure(edition, entry, proofs, sums) for entry in page.figures)
    return edition


def _shown_figures(page: ReviewPage) -> set[int]:
    """Every figure that the page shows, also those that still run and those of months before the first review."""
    shown = [promise.attainment_id for promise in page.promises]
    shown += [cell.attainment_id for row in page.chart for cell in row.cells]
    return {pk for pk in shown if pk is not None}


def _proofs(page: ReviewPage) -> dict[int, dict[str, Any]]:
    """The proof behind each attainment: whole for the month itself, without the list of records for the past."""
    rows = Attainment.objects.filter(pk__in={entry.attainment_id for entry in page.figures if entry.attainment_id})
    current = {promise.attainment_id for promise in page.promises}
    return {
        pk: proof if pk in current else {key: proof[key] for key in BRIEF if key in proof}
        for pk, proof in rows.values_list("pk", "proof")
    }


def _figure(
    edition: Edition, entry: FigureEntry, proofs: dict[int, dict[str, Any]], sums: dict[str, dict[str, Any]]
) -> Figure:
    return Figure(
        edition=edition,
        anchor=entry.anchor,
        target_id=entry.target_id,
        attainment_id=entry.attainment_id,
        name=entry.name[:200],
        printed=entry.printed,
        status=entry.status,
        proof=proofs[entry.attainment_id] if entry.attainment_id else sums[family_of(entry.anchor)],
    )


def _tell_the_unit(edition: Edition, text: str, now: datetime) -> None:
    review = edition.review
    heads = Membership.objects.filter(
        role=Role.BUSINESS_UNIT_HEAD, is_active=True, unit_links__business_unit=review.business_unit
    )
    url = reverse(
        "review_detail",
        kwargs={"tenant": review.tenant.slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"},
    )
    notify(
        members=heads.select_related("user"),
        text=text,
        url=url,
        key=f"edition-{edition.pk}",
        now=now,
        kind=NoticeKind.REVIEWS,
    )
