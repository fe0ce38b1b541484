"""What stands under promises: the steps that were named, and who promises something about the parts of a service."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from catalog.models import Dependency, Requirement
from portal.accounts.models import Membership
from slas.models import NOT_YET_AGREED, AgreementKind, ServiceLevelTarget, Support

UNDER = (AgreementKind.OLA, AgreementKind.CONTRACT)


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands under one promise on a day. A step that nobody keeps on that day has a row and no promise."""

    steps: tuple[tuple[Support, ServiceLevelTarget | None], ...]
    parts: tuple[Dependency, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands under several promises, by their keys; what is promised about each part, by its key; all of it."""

    stands: dict[int, Stands]
    about: dict[int, tuple[ServiceLevelTarget, ...]]
    under: tuple[ServiceLevelTarget, ...]


def list_under(*, on: date) -> QuerySet[ServiceLevelTarget]:
    """What teams and suppliers promise on that day."""
    related = ("agreement__provider", "component", "service__it_owner__user", "measure", "service_hours__replaces")
    return (
        ServiceLevelTarget.objects.filter(agreement__kind__in=UNDER, is_trial=False, agreement__starts_on__lte=on)
        .exclude(agreement__state__in=NOT_YET_AGREED)
        .filter(Q(agreement__ends_on__isnull=True) | Q(agreement__ends_on__gt=on))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), Q(starts_on__isnull=True) | Q(starts_on__lte=on))
        .select_related(*related)
    )


def list_candidates(*, target: ServiceLevelTarget, on: date) -> QuerySet[ServiceLevelTarget]:
    """What can be named under a promise: promises of the same kind that hold then and are not named yet.

    Those of agreements that help to keep this one come first.
    """
    named = target.supports.values("by__agreement__slug", "by__slug")
    taken = Q(pk__in=[])
    for row in named:
        taken |= Q(agreement__slug=row["by__agreement__slug"], slug=row["by__slug"])
    found = list_under(on=on).filter(kind=target.kind).exclude(taken).exclude(agreement__slug=target.agreement.slug)
    helps = Q(agreement__underpins__slug=target.agreement.slug)
    return found.annotate(helps=helps).order_by("-helps", "agreement__name", "name")


def get_support(*, target: ServiceLevelTarget, support_id: int) -> Support:
    """A step of one promise. Raises Support.DoesNotExist for one of another."""
    return target.supports.select_related("by", "target__agreement").get(pk=support_id)


def list_owners(*, ids: Iterable[int]) -> dict[int, str]:
    """Names of members by their keys."""
    return {row.pk: row.user.name for row in Membership.objects.filter(pk__in=ids).select_related("user")}


def get_grounds(*, targets: Sequence[ServiceLevelTarget], on: date) -> Grounds:
    """What stands under the promises on that day, in three queries however many they are."""
    supports = list(
        Support.objects.filter(target__in=targets)
        .select_related("by__agreement__provider")
        .order_by("step", "by__agreement__name", "by__name", "pk")
    )
    services = {target.service_id for target in targets if target.service_id}
    dependencies = list(
        Dependency.objects.filter(service_id__in=services)
        .exclude(requirement=Requirement.HELPS)
        .select_related("component", "group")
        .order_by("position", "pk")
    )
    held = _held(supports, dependencies, on)
    by_address = {(each.agreement.slug, each.slug): each for each in held}
    about: dict[int, list[ServiceLevelTarget]] = defaultdict(list)
    for each in held:
        if each.component_id is not None:
            about[each.component_id].append(each)
    return Grounds(
        stands={
            target.pk: Stands(
                steps=tuple(
                    (row, by_address.get((row.by.agreement.slug, row.by.slug)))
                    for row in supports
                    if row.target_id == target.pk
                ),
                parts=tuple(row for row in dependencies if row.service_id == target.service_id),
            )
            for target in targets
        },
        about={pk: tuple(found) for pk, found in about.items()},
        under=tuple(held),
    )


def _held(supports: Sequence[Support], dependencies: Sequence[Dependency], on: date) -> list[ServiceLevelTarget]:
    """The promises that were named, in the version that holds on the day, and those about the parts."""
    if not supports and not dependencies:
        return []
    named = Q(
        agreement__slug__in={row.by.agreement.slug for row in supports}, slug__in={row.by.slug for row in supports}
    )
    about = Q(component_id__in={row.component_id for row in dependencies})
    return list(list_under(on=on).filter(named | about).order_by("agreement__name", "name", "pk"))
