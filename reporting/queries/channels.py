"""How units and IT talk at each level: what was agreed, since when it is silent, and what waits too long."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import BUSINESS_ROLES, BusinessUnit, Membership
from portal.accounts.queries import list_visible_units
from portal.conversations.models import Comment, Level
from portal.language import dates
from portal.language.numbers import counted
from portal.language.thanks import is_thanks
from reporting.models import TalkChannel
from reporting.queries.working_days import calendar_of_tenant


@dataclass(frozen=True, slots=True)
class LateTalk:
    """A talk whose answer was promised earlier."""

    subject: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What one side proposes for a level; `read` names it when the other side accepts it."""

    by: str
    words: str
    speakers: str
    read: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One level of one unit."""

    unit: str
    unit_slug: str
    level: str
    label: str
    agreed: str
    speakers: str
    last: str
    is_silent: bool
    late: tuple[LateTalk, ...]
    proposed: Proposed | None


def find_channel(*, unit: BusinessUnit, level: str) -> TalkChannel | None:
    """What both sides agreed for a level; None while they have not."""
    rows = TalkChannel.objects.filter(business_unit=unit, level=level, accepted_at__isnull=False)
    return rows.select_related("for_it", "for_business").first()  # at most one


def find_proposal(*, unit: BusinessUnit, level: str) -> TalkChannel | None:
    """What one side proposes for a level and the other has not accepted; None where nothing waits."""
    rows = TalkChannel.objects.filter(business_unit=unit, level=level, accepted_at=None)
    return rows.select_related("set_by", "business_unit__tenant", "for_it__user", "for_business__user").first()


def list_channels(*, reader: Membership, now: datetime) -> list[ChannelLine]:
    """Each level of each unit that the reader may see, by unit and level."""
    units = list(list_visible_units(reader=reader).filter(retired_on=None).select_related("tenant"))
    rows = TalkChannel.objects.filter(business_unit__in=units)
    rows = rows.select_related("for_it__user", "for_business__user", "set_by__user")
    agreed = {(row.business_unit_id, row.level): row for row in rows if row.accepted_at is not None}
    proposed = {(row.business_unit_id, row.level): _proposed(row, reader) for row in rows if row.accepted_at is None}
    last = _last_words(units)
    late = _late_talks(list(agreed.values()), units, now)
    lines = []
    for unit in units:
        for level in Level:
            place = (unit.pk, level.value)
            line = _line(unit, level, agreed.get(place), last.get(place), late.get(place, ()), now)
            lines.append(replace(line, proposed=proposed.get(place)))
    return lines


def list_silent(*, now: datetime) -> Iterator[tuple[TalkChannel, datetime]]:
    """Each level at which nobody has said anything for longer than its rhythm, and since when."""
    rows = TalkChannel.objects.filter(business_unit__retired_on=None, accepted_at__isnull=False)
    rows = rows.select_related("business_unit__tenant", "for_it__user", "for_business__user").order_by("pk")
    channels = list(rows)
    last = _last_words([row.business_unit for row in channels])
    for channel in channels:
        since = last.get((channel.business_unit_id, channel.level), channel.agreed_at)
        if _is_silent(channel, since, now):
            yield channel, since


def _is_silent(channel: TalkChannel, since: datetime, now: datetime) -> bool:
    return now - max(since, channel.agreed_at) > timedelta(days=channel.rhythm_days)


def _last_words(units: Iterable[BusinessUnit]) -> dict[tuple[int, str], datetime]:
    """When something was said last, by unit and level."""
    said = Comment.objects.filter(conversation__business_unit__in=list(units)).order_by()
    last = said.values_list("conversation__business_unit", "conversation__level").annotate(last=Max("written_at"))
    return {(unit, level): at for unit, level, at in last}


def _last_comments(units: Iterable[BusinessUnit]) -> QuerySet[Comment]:
    """The last word of each open talk of these units, the oldest first."""
    newest = Comment.objects.filter(conversation=OuterRef("conversation")).order_by("-written_at", "-pk")
    last = Comment.objects.filter(
        conversation__business_unit__in=list(units), conversation__closed_at=None, pk=Subquery(newest.values("pk")[:1])
    )
    return last.select_related("conversation", "author").order_by("written_at", "pk")


def _late_talks(
    channels: list[TalkChannel], units: list[BusinessUnit], now: datetime
) -> dict[tuple[int, str], tuple[LateTalk, ...]]:
    """Open talks in which the other side has said nothing since the last word, for longer than was promised; to thanks
    nobody owes an answer.
    """
    promised = {(row.business_unit_id, row.level): row.answer_working_days for row in channels}
    by_pk = {unit.pk: unit for unit in units}
    late: dict[tuple[int, str], tuple[LateTalk, ...]] = {}
    if not promised:
        return late
    calendar = calendar_of_tenant(tenant=units[0].tenant, now=now)
    for said in _last_comments(by_pk[pk] for pk, _level in promised):
        talk = said.conversation
        place = (talk.business_unit_id or 0, talk.level)
        if place not in promised or is_thanks(said.text):
            continue
        due = calendar.day_after(calendar.today(said.written_at), promised[place])
        if due < calendar.today(now):
            who = _("IT") if said.author.role in BUSINESS_ROLES else by_pk[place[0]].name
            words = _("%(who)s, promised by %(by)s") % {"who": who, "by": dates.day(due)}
            where = {"tenant": by_pk[place[0]].tenant.slug, "conversation_id": talk.pk}
            url = reverse("conversation_detail", kwargs=where)
            late[place] = (*late.get(place, ()), LateTalk(talk.subject, words, url))
    return late


def _line(
    unit: BusinessUnit,
    level: Level,
    channel: TalkChannel | None,
    last: datetime | None,
    late: tuple[LateTalk, ...],
    now: datetime,
) -> ChannelLine:
    said = _("Nothing was said yet")
    if last is not None:
        said = _("Last word on %(on)s") % {"on": dates.day_year(dates.local(last, unit.tenant.time_zone).date())}
    agreed = speakers = ""
    if channel is not None:
        agreed, speakers = _terms(channel), _speakers(channel)
    is_silent = channel is not None and _is_silent(channel, last or channel.agreed_at, now)
    place = (unit.name, unit.slug, level.value, str(level.label))
    return ChannelLine(*place, agreed, speakers, said, is_silent, late, proposed=None)


def _proposed(channel: TalkChannel, reader: Membership) -> Proposed:
    by = channel.set_by
    is_own = by.is_business == reader.is_business
    return Proposed(by.user.name, _terms(channel), _speakers(channel), channel.set_at.isoformat(), is_own)


def _terms(channel: TalkChannel) -> str:
    days = counted(channel.answer_working_days, "working days")
    return _("%(rhythm)s, answered within %(days)s") % {"rhythm": channel.get_rhythm_days_display(), "days": days}


def _speakers(channel: TalkChannel) -> str:
    return ", ".join(each.user.name for each in (channel.for_business, channel.for_it) if each)
