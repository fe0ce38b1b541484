"""What was read before an issue: whether a second person has, and whether that is still what would be issued."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, Role
from portal.accounts.policies import ALLOWED, can
from portal.language import dates
from portal.language.numbers import and_list
from portal.language.ways import ENGLISH
from reporting.models import CheckOutcome, ReviewCheck, ReviewParagraph, ReviewState, ServiceReview
from reporting.queries.page_parts import EARLIER, ReviewPage, hash_of, to_json

NAMED = 5  # people that a refusal names


@dataclass(frozen=True, slots=True)
class CheckBox:
    """The internal check as the page of a draft shows it: what was said last, and what its reader may do.

    `page_hash` is of the page as it is shown, so that nobody passes what they have not read.
    """

    words: str
    note: str
    is_needed: bool
    is_passed: bool
    may_ask: bool
    may_answer: bool
    page_hash: str
    not_passed_by: str = ""  # why the reader sends it back or leaves it, and who may pass it; empty where they may


def lasting(page: ReviewPage) -> ReviewPage:
    """The page without what changes by the passing of time: follow-ups and improvements have lives of their own.

    Nor with what its report agreement gives: that is the same in each edition of a review.
    """
    head = replace(page.head, answer_by="", comments_by="", meeting="", audience="", language=ENGLISH)
    kept = replace(page, follow_ups=(), better=(), sections=EARLIER, interpretations=(), head=head)
    return replace(kept, words_kept=None)


def read_hash(page: ReviewPage) -> str:
    """The fingerprint of what is read in a check: texts and figures, whoever prepares and signs."""
    kept = lasting(page)
    head = replace(kept.head, layout="", prepared_by="", prepared_as="", signers=("", ""))
    return hash_of(to_json(replace(kept, head=head)))


def newest_check(*, review: ServiceReview) -> ReviewCheck | None:
    """What was asked for last."""
    checks = ReviewCheck.objects.filter(review=review).select_related("asked_by__user", "checked_by__user")
    return checks.order_by("-pk").first()


def list_checkers(*, but: Membership | None = None) -> QuerySet[Membership]:
    """Who of IT may check a review that somebody else has asked for."""
    roles = [role for role in Role if role in ALLOWED["review.check"]]
    members = Membership.objects.filter(role__in=roles, is_active=True, user__is_active=True).select_related("user")
    return (members.exclude(pk=but.pk) if but else members).order_by("pk")


def list_writers(*, review: ServiceReview) -> set[int]:
    """Whoever wrote a sentence of the review as it stands now: members, by their number."""
    edited = ReviewParagraph.objects.filter(review=review, edited_by__isnull=False)
    return set(edited.values_list("edited_by", flat=True))


def list_second(*, review: ServiceReview, asked_by: Membership) -> QuerySet[Membership]:
    """Who may pass what one of IT asks to be read: who neither asked nor wrote a sentence of it."""
    return list_checkers(but=asked_by).exclude(pk__in=list_writers(review=review))


def told_second(*, review: ServiceReview, asked_by: Membership) -> str:
    """Their names, or how there can be one, as a refusal says it."""
    names = [member.user.name for member in list_second(review=review, asked_by=asked_by)[:NAMED]]
    if names:
        return _("%(names)s may pass it.") % {"names": and_list(names, _("or"))}
    return _(
        "Nobody else of IT may pass it yet: use the rules’ own sentences again, or have an administrator invite a"
        " service owner or a service level manager."
    )


def check_box(*, review: ServiceReview, page: ReviewPage, reader: Membership) -> CheckBox | None:
    """The check of a draft; None for those who neither prepare nor check."""
    if not can(reader, "review.check"):
        return None
    newest = newest_check(review=review)
    is_open = review.state == ReviewState.CHECK
    is_own = newest is not None and newest.asked_by_id == reader.pk
    fingerprint = read_hash(page)
    is_passed = newest is not None and newest.outcome == CheckOutcome.PASSED and newest.page_hash == fingerprint
    may_prepare = can(reader, "review.prepare")
    may_answer = is_open and newest is not None and not newest.outcome and not is_own
    not_passed_by = ""
    if may_answer and newest is not None and reader.pk in list_writers(review=review):
        not_passed_by = told_second(review=review, asked_by=newest.asked_by)
    return CheckBox(
        words=_words(newest, review, is_passed=is_passed),
        note=newest.note if newest else "",
        is_needed=review.report_agreement.is_checked,
        is_passed=is_passed,
        may_ask=may_prepare and not is_passed and (not is_open or (newest is not None and newest.outcome != "")),
        may_answer=may_answer,
        page_hash=fingerprint,
        not_passed_by=not_passed_by,
    )


def _words(check: ReviewCheck | None, review: ServiceReview, *, is_passed: bool) -> str:
    if check is None:
        if review.report_agreement.is_checked:
            return "A second person of IT reads this before it is issued."
        return "Nobody else has read this draft. It may be issued without that."
    if check.checked_by is None or check.checked_at is None:
        return f"{check.asked_by.user.name} asked for a check on {day_of(check.asked_at, review)}."
    name, day = check.checked_by.user.name, day_of(check.checked_at, review)
    if check.outcome == CheckOutcome.RETURNED:
        return f"{name} sent it back on {day}."
    return f"{name} read it on {day}." if is_passed else f"{name} read it on {day}; text or figures have changed since."


def day_of(at: datetime, review: ServiceReview) -> str:
    """The day on which something was done, where the tenant is."""
    return dates.day(dates.local(at, review.tenant.time_zone).date())
