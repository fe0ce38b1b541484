"""What stands under promises: the steps that were named, and who promises something about the parts of a service."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from catalog.models import Dependency
from catalog.queries.standing import list_counted
from portal.accounts.models import Membership
from slas.models import NOT_YET_AGREED, AgreementKind, ServiceLevelTarget, Support
from slas.queries.targets import promised_dates

UNDER = (AgreementKind.OLA, AgreementKind.CONTRACT)
DAY = timedelta(days=1)
# What of a promise is another in its next version although it promises the same.
OF_VERSION = {"id", "agreement", "starts_on", "ends_on", "position", "measure"}


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands under one promise on a day. A step that nobody keeps on that day has a row and no promise."""

    steps: tuple[tuple[Support, ServiceLevelTarget | None], ...]
    parts: tuple[Dependency, ...]


class Grounds:
    """What stands under several promises on each day of a span."""

    def __init__(
        self,
        targets: Sequence[ServiceLevelTarget],
        supports: Sequence[Support],
        dependencies: Mapping[int, Sequence[Dependency]],
        under: Sequence[ServiceLevelTarget],
    ) -> None:
        self.under = tuple(under)
        self._supports: dict[int, list[Support]] = defaultdict(list)
        self._parts = {target.pk: tuple(dependencies.get(target.service_id or 0, ())) for target in targets}
        self._named: dict[tuple[str, str], list[ServiceLevelTarget]] = defaultdict(list)
        self._about: dict[int, list[ServiceLevelTarget]] = defaultdict(list)
        for row in supports:
            self._supports[row.target_id].append(row)
        for each in under:
            self._named[each.agreement.slug, each.slug].append(each)
            if each.component_id is not None:
                self._about[each.component_id].append(each)

    def stands(self, target: ServiceLevelTarget, on: date) -> Stands:
        """What stands under a promise on that day."""
        steps = tuple((row, self.named(row.by, on)) for row in self._supports[target.pk])
        return Stands(steps, self._parts[target.pk])

    def named(self, under: ServiceLevelTarget, on: date) -> ServiceLevelTarget | None:
        """A promise by its address, in the version that holds on that day."""
        versions = self._named[under.agreement.slug, under.slug]
        return next((each for each in versions if _holds(each, on)), None)

    def begins_on(self, under: ServiceLevelTarget, after: date) -> date | None:
        """The first day after another from which a version of a promise holds."""
        versions = self._named[under.agreement.slug, under.slug]
        return min((day for day, _ends_on in map(promised_dates, versions) if day > after), default=None)

    def about(self, component_id: int, on: date) -> tuple[ServiceLevelTarget, ...]:
        """What is promised about a part on that day."""
        return tuple(each for each in self._about[component_id] if _holds(each, on))

    def changes(self, target: ServiceLevelTarget, after: date, before: date) -> list[date]:
        """The days between two others from which another thing stands under a promise; a next version that promises the
        same changes nothing.
        """
        known = [each for row in self._supports[target.pk] for each in self._named[row.by.agreement.slug, row.by.slug]]
        known += [each for part in self._parts[target.pk] for each in self._about[part.component_id or 0]]
        days = sorted({day for each in known for day in promised_dates(each) if day and after < day < before})
        terms = [self._terms(target, day) for day in (after, *days)]
        return [day for day, was, becomes in zip(days, terms, terms[1:], strict=False) if was != becomes]

    def _terms(self, target: ServiceLevelTarget, on: date) -> list[list[object]]:
        stands = self.stands(target, on)
        steps = [_promised(under) for _row, under in stands.steps]
        parts = [_promised(each) for part in stands.parts for each in self.about(part.component_id or 0, on)]
        return [*steps, [], *parts]


def _holds(target: ServiceLevelTarget, on: date) -> bool:
    starts_on, ends_on = promised_dates(target)
    return starts_on <= on and (ends_on is None or ends_on > on)


def _promised(target: ServiceLevelTarget | None) -> list[object]:
    """What one version of a promise says, apart from which version it is."""
    if target is None:
        return []
    fields = [field.attname for field in target._meta.concrete_fields if field.name not in OF_VERSION]
    return [target.agreement.provider_id, target.agreement.time_zone, *(getattr(target, name) for name in fields)]


def list_under(*, on: date, before: date | None = None) -> QuerySet[ServiceLevelTarget]:
    """What teams and suppliers promise on that day, or on some of the days from it to before another."""
    before = before or on + DAY
    related = ("agreement__provider", "component", "service__it_owner__user", "measure", "service_hours__replaces")
    return (
        ServiceLevelTarget.objects.filter(agreement__kind__in=UNDER, is_trial=False, agreement__starts_on__lt=before)
        .exclude(agreement__state__in=NOT_YET_AGREED)
        .filter(Q(agreement__ends_on__isnull=True) | Q(agreement__ends_on__gt=on))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), Q(starts_on__isnull=True) | Q(starts_on__lt=before))
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


def get_grounds(*, targets: Sequence[ServiceLevelTarget], on: date, before: date) -> Grounds:
    """What stands under the promises from that day to before another, in three queries however many they are."""
    supports = list(
        Support.objects.filter(target__in=targets)
        .select_related("by__agreement__provider")
        .order_by("step", "by__agreement__name", "by__name", "pk")
    )
    services = {target.service_id for target in targets if target.service_id}
    dependencies = list_counted(service_ids=services)
    if not supports and not any(dependencies.values()):
        return Grounds(targets, (), {}, ())
    named = Q(
        agreement__slug__in={row.by.agreement.slug for row in supports}, slug__in={row.by.slug for row in supports}
    )
    about = Q(component_id__in={row.component_id for rows in dependencies.values() for row in rows})
    under = list_under(on=on, before=before).filter(named | about)
    held = list(under.order_by("agreement__name", "name", "agreement__version", "pk"))
    return Grounds(targets, supports, dependencies, held)
