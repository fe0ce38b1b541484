"""The words that an organisation says otherwise: kept by its service level manager."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from catalog.errors import PlainIsNot, PlainUnusable, TermKnown, TermUnreadable
from catalog.models import GlossaryTerm, TermReader
from catalog.queries.glossary import list_terms, words_alone
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.language.jargon.check import find_jargon
from portal.language.jargon.terms import LETTERS_OR_DIGITS
from portal.language.sentences import UNSEEN, NotBound, check


@transaction.atomic
def add_term(
    *,
    term: str,
    plain: str,
    owner: Membership | None,
    is_known_to_all: bool,
    known_by: Iterable[BusinessUnit],
    by: Membership,
    now: datetime,
) -> GlossaryTerm:
    """A word with its plain phrase. Refuses with TermKnown, with TermUnreadable, and with PlainUnusable or PlainIsNot
    where the phrase cannot stand in a sentence or is technical too.
    """
    said = " ".join(term.split())
    if UNSEEN.search(said) or not LETTERS_OR_DIGITS.search(said):
        raise TermUnreadable(term=UNSEEN.sub("", said))
    if GlossaryTerm.objects.filter(term__iexact=said).exists():
        raise TermKnown(term=said)
    row = GlossaryTerm(term=said)
    _write(row, plain, owner, is_known_to_all, known_by)
    record(act="glossary.added", actor_id=by.user_id, at=now, subject=said, plain=row.plain)
    return row


@transaction.atomic
def change_term(
    *,
    row: GlossaryTerm,
    plain: str,
    owner: Membership | None,
    is_known_to_all: bool,
    known_by: Iterable[BusinessUnit],
    by: Membership,
    now: datetime,
) -> GlossaryTerm:
    """Another phrase, owner or other readers; what was issued keeps what it says.

    Refuses with PlainUnusable and PlainIsNot.
    """
    held = GlossaryTerm.objects.select_for_update().get(pk=row.pk)
    _write(held, plain, owner, is_known_to_all, known_by)
    record(act="glossary.changed", actor_id=by.user_id, at=now, subject=held.term, plain=held.plain)
    return held


@transaction.atomic
def remove_term(*, row: GlossaryTerm, by: Membership, now: datetime) -> None:
    """The word is judged by the built-in list alone from now on; the history keeps the entry."""
    row.delete()
    record(act="glossary.removed", actor_id=by.user_id, at=now, subject=row.term)


def _write(
    row: GlossaryTerm, plain: str, owner: Membership | None, is_known_to_all: bool, known_by: Iterable[BusinessUnit]
) -> None:
    row.plain = " ".join(plain.split())
    try:
        check(row.plain, {})
    except NotBound as reason:
        raise PlainUnusable(plain=UNSEEN.sub("", row.plain), reason=str(reason)) from reason
    others = list_terms().filter(is_known_to_all=False).exclude(pk=row.pk)
    words = words_alone([*others, row])  # with itself: it is not said by itself
    technical = [each.words for each in find_jargon(row.plain, glossary=words) if not each.is_hint]
    if technical:
        raise PlainIsNot(plain=row.plain, words=", ".join(technical))
    row.owner, row.is_known_to_all = owner, is_known_to_all
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # somebody else has added it in this moment
        raise TermKnown(term=row.term) from error
    TermReader.objects.filter(term=row).delete()
    TermReader.objects.bulk_create(TermReader(term=row, business_unit=unit) for unit in known_by)
