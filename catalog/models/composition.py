"""What services are made of: components, and how a service stands on them."""

from django.db import models

from catalog.models.services import Service
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import SLUG, TenantModel


class ComponentKind(models.TextChoices):
    """What a component is; each kind is a lane of the service's map."""

    PEOPLE = "people", "People"
    IT = "it", "IT"
    SUPPLIER = "supplier", "Suppliers"
    ASSET = "asset", "Assets"
    INFORMATION = "information", "Information"


class Requirement(models.TextChoices):
    """How much a service depends on a component."""

    NEEDED = "needed", "Needed"
    ALTERNATIVE = "alternative", "One of several"
    HELPS = "helps", "Helps, not needed"


@tracked
class Component(TenantModel):
    """Part of what services are made of: people, IT, suppliers, assets, information."""

    slug = models.CharField(max_length=100, validators=[SLUG])
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=ComponentKind)
    note = models.CharField(
        max_length=200, blank=True, help_text="Who keeps it or under which contract, for example “Kept by Finance”."
    )
    design_availability = models.DecimalField(
        max_digits=8, decimal_places=5, null=True, blank=True, help_text="Percent that its design or contract supports."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="component_slug"),
            models.CheckConstraint(condition=models.Q(kind__in=ComponentKind.values), name="component_kind_known"),
            models.CheckConstraint(
                condition=models.Q(design_availability__gte=0) & models.Q(design_availability__lte=100),
                name="component_availability_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class ProcessStep(TenantModel):
    """A step of the business process that a service carries, in order."""

    service = TenantForeignKey(Service, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "service", "position"], name="step_position")]

    def __str__(self) -> str:
        return f"{self.position} {self.name}"


@tracked
class DependencyGroup(TenantModel):
    """Alternatives of which `needed` are enough."""

    service = TenantForeignKey(Service, models.CASCADE, related_name="dependency_groups")
    name = models.CharField(max_length=120)
    needed = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "service", "name"], name="dependency_group_name"),
            models.CheckConstraint(condition=models.Q(needed__gte=1), name="dependency_group_needs_one"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Dependency(TenantModel):
    """A service stands on a component or on another service, in some of its steps.

    No service stands on itself, over however many others: the database refuses it, whoever writes at the same time.
    """

    service = TenantForeignKey(Service, models.CASCADE, related_name="dependencies")
    component = TenantForeignKey(Component, null=True, blank=True, related_name="dependencies")
    on_service = TenantForeignKey(Service, null=True, blank=True, related_name="carries")
    requirement = models.CharField(max_length=12, choices=Requirement, default=Requirement.NEEDED)
    group = TenantForeignKey(DependencyGroup, models.CASCADE, null=True, blank=True, related_name="dependencies")
    note = models.CharField(max_length=120, blank=True)
    first_step = models.PositiveSmallIntegerField(null=True, blank=True)
    last_step = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "service", "component"], name="dependency_once"),
            models.UniqueConstraint(fields=["tenant", "service", "on_service"], name="dependency_on_service_once"),
            models.CheckConstraint(
                condition=models.Q(component__isnull=True) ^ models.Q(on_service__isnull=True),
                name="dependency_on_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(requirement__in=Requirement.values), name="dependency_requirement_known"
            ),
            models.CheckConstraint(
                condition=models.Q(requirement=Requirement.ALTERNATIVE, group__isnull=False)
                | (~models.Q(requirement=Requirement.ALTERNATIVE) & models.Q(group__isnull=True)),
                name="dependency_group_of_alternatives",
            ),
            models.CheckConstraint(
                condition=models.Q(first_step__isnull=True, last_step__isnull=True)
                | models.Q(
                    first_step__isnull=False,
                    last_step__isnull=False,
                    first_step__gte=1,
                    last_step__gte=models.F("first_step"),
                ),
                name="dependency_steps_in_order",
            ),
        ]

    @property
    def part(self) -> Component | Service:
        """What the service stands on."""
        part = self.on_service if self.component is None else self.component
        assert part is not None  # noqa: S101 - the table holds one of them
        return part


@tracked
class HandOver(TenantModel):
    """One part of a service hands on to another, or to whoever asked: what is handed over, and how long it may take."""

    giver = TenantForeignKey(Dependency, models.CASCADE, related_name="hands_over")
    receiver = TenantForeignKey(Dependency, models.CASCADE, null=True, blank=True, related_name="takes_over")
    note = models.CharField("what is handed over", max_length=120)
    within_minutes = models.PositiveIntegerField("how long it may take, in minutes", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "giver", "receiver"], nulls_distinct=False, name="hand_over_once"
            ),
            models.CheckConstraint(
                condition=models.Q(receiver__isnull=True) | ~models.Q(receiver=models.F("giver")),
                name="hand_over_to_another",
            ),
            models.CheckConstraint(
                condition=models.Q(within_minutes__isnull=True) | models.Q(within_minutes__gte=1),
                name="hand_over_takes_time",
            ),
        ]
