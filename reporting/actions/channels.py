"""How a unit and IT talk at each level: agreed, and said when it falls silent."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import BusinessUnit, Membership, Role
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import Level, NoticeKind
from portal.language import dates
from reporting.errors import ChannelChanged, ChannelIsOwn, ChannelNotProposed, ChannelSame
from reporting.models import TalkChannel
from reporting.queries.channels import find_channel, find_proposal, list_silent


@transaction.atomic
def propose_channel(
    *,
    unit: BusinessUnit,
    level: str,
    rhythm_days: int,
    answer_working_days: int,
    for_it: Membership | None,
    for_business: Membership | None,
    by: Membership,
    now: datetime,
) -> TalkChannel:
    """How often both sides should talk at a level, and within how many working days either answers; it holds once the
    other side accepts it, and takes the place of what was proposed before. Refuses with ChannelSame.
    """
    BusinessUnit.objects.select_for_update().get(pk=unit.pk)
    terms = {
        "rhythm_days": rhythm_days,
        "answer_working_days": answer_working_days,
        "for_it": for_it,
        "for_business": for_business,
    }
    agreed = find_channel(unit=unit, level=level)
    if agreed is not None and all(getattr(agreed, name) == value for name, value in terms.items()):
        raise ChannelSame
    channel, _new = TalkChannel.objects.update_or_create(
        business_unit=unit, level=level, accepted_at=None, defaults=terms | {"set_by": by, "set_at": now}
    )
    record(act="channel.proposed", actor_id=by.user_id, at=now, subject=f"{unit.name}, {channel.get_level_display()}")
    _tell(channel, _("%(name)s proposes how %(unit)s and IT talk about %(level)s."), by=by, now=now)
    return channel


@transaction.atomic
def accept_channel(*, unit: BusinessUnit, level: str, read: str, by: Membership, now: datetime) -> TalkChannel:
    """The other side accepts what was proposed; from now on it holds. `read` says which proposal was read.

    Refuses with ChannelNotProposed, ChannelChanged and ChannelIsOwn.
    """
    BusinessUnit.objects.select_for_update().get(pk=unit.pk)
    proposal = find_proposal(unit=unit, level=level)
    if proposal is None:
        raise ChannelNotProposed
    if proposal.set_at.isoformat() != read:
        raise ChannelChanged
    if proposal.set_by.is_business == by.is_business:
        raise ChannelIsOwn
    TalkChannel.objects.filter(business_unit=unit, level=level, accepted_at__isnull=False).delete()
    proposal.accepted_by, proposal.accepted_at = by, now
    proposal.save(update_fields=["accepted_by", "accepted_at"])
    record(act="channel.agreed", actor_id=by.user_id, at=now, subject=f"{unit.name}, {proposal.get_level_display()}")
    _tell(proposal, _("%(name)s accepted how %(unit)s and IT talk about %(level)s."), by=by, now=now)
    return proposal


def _tell(channel: TalkChannel, text: str, *, by: Membership, now: datetime) -> None:
    """Whoever speaks for either side hears of it, but for who did it."""
    unit = channel.business_unit
    words = text % {"name": by.user.name, "unit": unit.name, "level": channel.get_level_display().lower()}
    members = [member for member in _speakers(channel) if member.pk != by.pk]
    key = f"channel-{channel.pk}-{now.isoformat()}"
    notify(members=members, text=words, url=_address(unit), key=key, now=now, kind=NoticeKind.TALK)


@transaction.atomic
def tell_silence(*, now: datetime) -> None:
    """Say once of each silence that is longer than the rhythm that there is one, to whoever speaks for either side."""
    for channel, last_at in list_silent(now=now):
        on = dates.local(last_at, channel.business_unit.tenant.time_zone).date()
        said = {
            "unit": channel.business_unit.name,
            "level": Level(channel.level).label.lower(),
            "on": dates.day_year(on),
        }
        words = _("%(unit)s and IT have said nothing about %(level)s since %(on)s.") % said
        key = f"silence-{channel.pk}-{on}"
        notify(
            members=_speakers(channel),
            text=words,
            url=_address(channel.business_unit),
            key=key,
            now=now,
            kind=NoticeKind.TALK,
        )


def _speakers(channel: TalkChannel) -> list[Membership]:
    """Who was named; for a side that named nobody the head of the unit, or the service level managers."""
    heads = Membership.objects.filter(
        role=Role.BUSINESS_UNIT_HEAD, unit_links__business_unit=channel.business_unit_id
    ).select_related("user")
    managers = Membership.objects.filter(role=Role.SERVICE_LEVEL_MANAGER).select_related("user")
    business = [channel.for_business] if channel.for_business else list(heads.order_by("pk"))
    return [*business, *([channel.for_it] if channel.for_it else list(managers.order_by("pk")))]


def _address(unit: BusinessUnit) -> str:
    return reverse("channel_list", kwargs={"tenant": unit.tenant.slug})
