"""What the catalogue says of a service: drafted, approved by a second person, published now or on a day."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.errors import EntryChanged, EntryNotApproved, EntryNotDraft, EntryOwn, EntryWordsOpen
from catalog.models import EntryState, EntryVersion, Service
from catalog.queries.entries import (
    ALL_FIELDS,
    OF_SERVICE,
    as_it_stands,
    find_open,
    list_covered,
    list_findings,
    told_findings,
    words_of,
)
from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language import dates


@transaction.atomic
def publish_as_it_stands(*, service: Service, now: datetime) -> EntryVersion:
    """The published version, which says what the service says: one more where a table wrote other words meanwhile."""
    held = Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    version = as_it_stands(service=held, now=now)
    if version._state.adding:
        _make_room(held)
        version.save()
    return version


def _make_room(service: Service) -> None:
    """A draft keeps its place behind the version that came in before it."""
    draft = find_open(service=service)
    if draft is not None:
        draft.number += 1
        draft.save(update_fields=["number"])


@transaction.atomic
def save_draft(
    *, service: Service, words: Mapping[str, str | int | None], began: str, by: Membership, now: datetime
) -> EntryVersion:
    """Write the draft, or the next version's first; an approval falls with its words.

    `began` is the token of the words that the writer began from. Refuses with EntryChanged when these are not the
    newest any more: nobody writes over what they have not read.
    """
    published = publish_as_it_stands(service=service, now=now)  # holds the service
    draft = find_open(service=service)
    if began != (draft or published).token:
        raise EntryChanged(who=_who(draft or published))
    if draft is None:
        before = {name: getattr(published, name) for name in ALL_FIELDS}
        draft = EntryVersion(service=service, number=published.number + 1, **before)
    else:
        draft.revision += 1
    for name, value in words.items():
        setattr(draft, name, value)
    draft.state, draft.approved_by, draft.approved_at, draft.publish_on = EntryState.DRAFT, None, None, None
    draft.written_by, draft.written_at = by, now
    draft.save()
    record(act="entry.drafted", actor_id=by.user_id, at=now, subject=str(draft), revision=draft.revision)
    return draft


@transaction.atomic
def approve_entry(*, service: Service, read: str, by: Membership, now: datetime) -> EntryVersion:
    """A second person, the manager or the business owner, has read the draft and stands by it.

    Refuses with EntryNotDraft, EntryChanged and EntryOwn.
    """
    draft = _held(service, read)
    if draft.state != EntryState.DRAFT:
        raise EntryNotDraft
    if draft.written_by_id == by.pk:
        raise EntryOwn
    draft.state, draft.approved_by, draft.approved_at = EntryState.APPROVED, by, now
    draft.save(update_fields=["state", "approved_by", "approved_at"])
    record(act="entry.approved", actor_id=by.user_id, at=now, subject=str(draft))
    if draft.written_by is not None:
        text = _("What the catalogue is to say of “%(name)s” was approved.") % {"name": draft.name}
        url, key = _url(draft), f"entry-{draft.pk}-{draft.revision}-approved"
        notify(members=[draft.written_by], text=text, url=url, key=key, now=now, kind=NoticeKind.ASKS)
    return draft


@transaction.atomic
def publish_entry(
    *, service: Service, read: str, reason: str, on: date | None, by: Membership, now: datetime, today: date
) -> EntryVersion:
    """Publish what was approved, now or at the beginning of a day to come.

    Where it holds words that readers may not know, the reason why they stay is kept. Refuses with EntryNotDraft,
    EntryNotApproved, EntryChanged and EntryWordsOpen.
    """
    version = _held(service, read)
    if version.state != EntryState.APPROVED:
        raise EntryNotApproved
    found = told_findings(list_findings(words=words_of(version), service=service))
    if found and not reason.strip():
        raise EntryWordsOpen(words=found)
    version.words_found, version.words_reason = found, reason.strip() if found else ""
    version.published_by = by
    if on is not None and on > today:
        version.publish_on = on
        version.save(update_fields=["words_found", "words_reason", "published_by", "publish_on"])
        record(act="entry.scheduled", actor_id=by.user_id, at=now, subject=str(version), on=on.isoformat())
        _tell(version, _("From %(on)s the catalogue says something new about “%(name)s”."), "planned", today, now)
        return version
    return _publish(version, now, today)


@transaction.atomic
def publish_due_entries(*, now: datetime, today: date) -> int:
    """Publish what was approved for today or an earlier day; running again finds nothing more."""
    due = EntryVersion.objects.filter(state=EntryState.APPROVED, publish_on__lte=today)
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("service").order_by("pk"))
    for version in rows:
        _publish(version, now, today)
    return len(rows)


def _publish(version: EntryVersion, now: datetime, today: date) -> EntryVersion:
    service = Service.objects.select_for_update(no_key=True).get(pk=version.service_id)
    for name in OF_SERVICE:
        setattr(service, name, getattr(version, name))
    service.save(update_fields=list(OF_SERVICE))
    version.state, version.published_at = EntryState.PUBLISHED, now
    version.save(update_fields=["state", "published_at", "published_by", "words_found", "words_reason"])
    actor = version.published_by.user_id if version.published_by else None
    record(act="entry.published", actor_id=actor, at=now, subject=str(version), words=version.words_found)
    _tell(version, _("The catalogue says something new about “%(name)s”."), "published", today, now)
    return version


def _held(service: Service, read: str) -> EntryVersion:
    """The open version, as whoever decides has read it."""
    Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    version = find_open(service=service)
    if version is None:
        raise EntryNotDraft
    if read != version.token:
        raise EntryChanged(who=_who(version))
    return version


def _tell(version: EntryVersion, text: str, what: str, today: date, now: datetime) -> None:
    """Those who have the service, in the portal and by mail as they chose."""
    on = dates.day_long(version.publish_on) if version.publish_on else ""
    notify(
        members=list_covered(service=version.service, on=today),
        text=text % {"name": version.name, "on": on},
        url=_url(version)
        if what == "published"
        else reverse("service_detail", kwargs={"tenant": version.tenant.slug, "slug": version.service.slug}),
        key=f"entry-{version.pk}-{what}",
        now=now,
    )


def _url(version: EntryVersion) -> str:
    return reverse("entry_versions", kwargs={"tenant": version.tenant.slug, "slug": version.service.slug})


def _who(version: EntryVersion) -> str:
    return version.written_by.user.name if version.written_by else _("Somebody")
