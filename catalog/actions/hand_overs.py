"""Who hands on to whom inside a service."""

from dataclasses import dataclass

from django.db import transaction

from catalog.actions.composition import check_read, hold, read_again
from catalog.errors import HandOverTwice, HandsToItself
from catalog.models import Dependency, HandOver, Service
from catalog.queries.readings import reading_of_hand_over


@dataclass(frozen=True, slots=True)
class HandOverDetails:
    """Which part hands on to which (None: to whoever asked for the service), what, and how long it may take."""

    giver: Dependency
    receiver: Dependency | None
    note: str
    within_minutes: int | None = None


@transaction.atomic
def add_hand_over(*, service: Service, details: HandOverDetails) -> HandOver:
    """One part hands on to another of the same service. Refuses with HandsToItself and HandOverTwice."""
    hold(service)
    return _write(HandOver(), details)


@transaction.atomic
def edit_hand_over(*, hand_over: HandOver, details: HandOverDetails, read: str | None = None) -> HandOver:
    """Change a hand-over. Refuses with HandsToItself, HandOverTwice and ChangedMeanwhile."""
    hold(hand_over.giver.service)
    read_again(hand_over)
    check_read(read=read, now=reading_of_hand_over(hand_over))
    return _write(hand_over, details)


@transaction.atomic
def remove_hand_over(*, hand_over: HandOver, read: str | None = None) -> HandOver:
    """Nothing is handed over here any more. Refuses with ChangedMeanwhile."""
    hold(hand_over.giver.service)
    read_again(hand_over)
    check_read(read=read, now=reading_of_hand_over(hand_over))
    hand_over.delete()
    return hand_over


def _write(hand_over: HandOver, details: HandOverDetails) -> HandOver:
    giver, receiver = details.giver, details.receiver
    if receiver is not None and receiver.pk == giver.pk:
        raise HandsToItself(part=giver.part)
    if HandOver.objects.filter(giver=giver, receiver=receiver).exclude(pk=hand_over.pk).exists():
        raise HandOverTwice(giver=giver.part)
    hand_over.giver, hand_over.receiver = giver, receiver
    hand_over.note, hand_over.within_minutes = details.note, details.within_minutes
    hand_over.save()
    return hand_over
