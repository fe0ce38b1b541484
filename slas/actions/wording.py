"""Unclear words are mended, or kept by both sides with a reason; a tenant says what its own words mean."""

from datetime import datetime

from django.db import IntegrityError, transaction

from portal.accounts.models import Membership
from portal.audit.actions import record
from slas.actions.agreements import change_draft, change_offer, hold, record_step
from slas.actions.targets import save_obligation, save_target
from slas.errors.wording import NothingToExcept, OwnWordKnown, UnclearWording
from slas.models import ON_OFFER, Agreement, OwnWord, WordingException
from slas.queries.clauses import duty_key, list_duties, target_key
from slas.queries.wording import agreement_findings


def refuse_unclear_wording(*, agreement: Agreement) -> None:
    """Refuses with UnclearWording while a finding is open that two honest people could read in two ways."""
    unclear = [each for each in agreement_findings(agreement=agreement) if each.is_open]
    if unclear:
        raise UnclearWording(findings="; ".join(each.named for each in unclear))


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
    offered = {each.finding.rewrite for each in agreement_findings(agreement=draft) if each.clause_key == clause_key}
    if wording not in offered - {""}:
        raise NothingToExcept
    target = next((each for each in draft.targets.order_by("pk") if target_key(each.slug) == clause_key), None)
    if target is not None and target.sentence == text:
        target.sentence = wording
        save_target(target=target, by=by, now=now)
        return
    for duty in list_duties(agreement=draft):
        if duty_key(duty.slug) == clause_key and duty.text == text:
            duty.text = wording
            save_obligation(obligation=duty, by=by, now=now)
            return
    raise NothingToExcept


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
