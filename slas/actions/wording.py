"""Unclear words are mended, or kept by both sides with a reason; a tenant says what its own words mean."""

from datetime import datetime

from django.db import IntegrityError, transaction

from portal.accounts.models import Membership
from portal.audit.actions import record
from slas.actions.agreements import change_draft, change_offer, hold, record_step
from slas.actions.scope import save_scope
from slas.actions.targets import save_obligation, save_target
from slas.errors.wording import NothingToExcept, OwnWordKnown, UnclearWording
from slas.models import (
    ON_OFFER,
    Agreement,
    AgreementScope,
    Obligation,
    OwnWord,
    ServiceLevelTarget,
    WordingException,
    WordMeaning,
)
from slas.queries.agreement_rows import AgreementRows
from slas.queries.clauses import clauses_of
from slas.queries.meanings import list_meanings, used_meanings
from slas.queries.wording import agreement_findings, open_words


def refuse_unclear_wording(*, rows: AgreementRows) -> None:
    """Refuses with UnclearWording while a finding is open that two honest people could read in two ways."""
    unclear = open_words(rows=rows)
    if unclear:
        raise UnclearWording(findings="; ".join(unclear))


def forget_exceptions(*, agreement: Agreement) -> None:
    """Words that were mended are excepted no more: what both sides sign names only what stands there."""
    if agreement.wording_exceptions.exists():
        needed = [each.exception.pk for each in agreement_findings(agreement=agreement) if each.exception]
        agreement.wording_exceptions.exclude(pk__in=needed).delete()


def keep_meanings(*, agreement: Agreement, changed: str = "") -> None:
    """What the tenant's own words mean in a text that is laid before the other side is part of that text, and stays
    when the tenant says something else later.

    Of words that were defined since, the clause that is `changed` brings those that it uses, as they are meant now. All
    other clauses say what they said.
    """
    meanings = list_meanings(agreement=agreement, with_new=bool(changed))
    if not meanings:
        return
    texts = {clause.key: clause.words for clause in clauses_of(agreement=agreement, meanings=())}
    used = {*used_meanings(texts.values(), list_meanings(agreement=agreement))}
    if changed:
        used |= {*used_meanings([texts[changed]], meanings)}
    agreement.meanings.exclude(words__in=[each.words for each in used]).delete()
    held = set(agreement.meanings.values_list("words", flat=True))
    new = sorted((each for each in used if each.words not in held), key=lambda each: each.words)
    WordMeaning.objects.bulk_create(
        WordMeaning(agreement=agreement, words=each.words, means=each.means) for each in new
    )


@transaction.atomic
def except_wording(
    *, agreement: Agreement, clause_key: str, code: str, words: str, reason: str, by: Membership, now: datetime
) -> WordingException:
    """Both sides will sign that these words stay; what was accepted of the text before is accepted no more.

    Refuses with NothingToExcept, and with AgreementNotDraft what both sides agreed on already.
    """
    held = _open_version(agreement)
    found = agreement_findings(agreement=held)
    if not any((each.clause_key, each.finding.code, each.finding.words) == (clause_key, code, words) for each in found):
        raise NothingToExcept
    exception, _is_new = WordingException.objects.update_or_create(
        agreement=held, clause_key=clause_key, code=code, words=words, defaults={"reason": reason}
    )
    record_step(act="wording.excepted", agreement=held, by=by, now=now, clause=clause_key, words=words, reason=reason)
    return exception


@transaction.atomic
def drop_exception(*, exception: WordingException, by: Membership, now: datetime) -> None:
    """The words are not excepted any more. Refuses with AgreementNotDraft what both sides agreed on already."""
    held = _open_version(exception.agreement)
    record_step(
        act="wording.exception_dropped",
        agreement=held,
        by=by,
        now=now,
        clause=exception.clause_key,
        words=exception.words,
    )
    exception.delete()


@transaction.atomic
def use_wording(
    *, agreement: Agreement, clause_key: str, text: str, wording: str, by: Membership, now: datetime
) -> None:
    """Write the offered words into a draft, as if they had been typed. `text` is what the clause said when they were
    offered: refuses with NothingToExcept when it says something else now, and with AgreementNotDraft.
    """
    draft = change_draft(agreement=agreement)
    for each in agreement_findings(agreement=draft):
        is_meant = each.clause_key == clause_key and each.part.is_own and bool(each.offer)
        if is_meant and _same(each.text, text) and _same(each.offer, wording):
            setattr(each.part.row, each.part.field, each.offer)
            _save(each.part.row, by, now)
            return
    raise NothingToExcept


def _same(stored: str, sent: str) -> bool:
    """A browser sends other line ends than were written."""
    return stored.split() == sent.split()


def _save(row: ServiceLevelTarget | Obligation | AgreementScope, by: Membership, now: datetime) -> None:
    if isinstance(row, ServiceLevelTarget):
        save_target(target=row, by=by, now=now)
    elif isinstance(row, Obligation):
        save_obligation(obligation=row, by=by, now=now)
    else:
        save_scope(line=row, by=by, now=now)


@transaction.atomic
def add_own_word(*, words: str, kind: str, note: str, reason: str, by: Membership, now: datetime) -> OwnWord:
    """A word that this tenant also calls vague, or has defined. Refuses with OwnWordKnown."""
    try:
        with transaction.atomic():
            word = OwnWord.objects.create(words=words, kind=kind, note=note, reason=reason)
    except IntegrityError as error:
        raise OwnWordKnown(words=words) from error
    record(act="own_word.added", actor_id=by.user_id, at=now, subject=words, kind=kind, reason=reason)
    return word


@transaction.atomic
def change_own_word(
    *, word: OwnWord, kind: str, note: str, is_active: bool, reason: str, by: Membership, now: datetime
) -> OwnWord:
    """The next version of what a word means here, with its reason; the history keeps the one before."""
    held = OwnWord.objects.select_for_update().get(pk=word.pk)
    held.kind, held.note, held.is_active, held.reason = kind, note, is_active, reason
    held.version += 1
    held.save()
    record(act="own_word.changed", actor_id=by.user_id, at=now, subject=held.words, version=held.version, reason=reason)
    return held


def _open_version(agreement: Agreement) -> Agreement:
    """A version whose text can still change, held for that."""
    change = change_offer if hold(agreement).state in ON_OFFER else change_draft
    return change(agreement=agreement)
