"""What we offer, to whom, and why: services, offerings, what they are made of, and the goals they serve."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce, Lower

from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import SLUG, TenantModel


class ServiceClass(models.TextChoices):
    """The four classes of service; each has its own kinds of measure."""

    BUSINESS = "business", "Business"
    END_USER = "end_user", "End-user"
    PROFESSIONAL = "professional", "Professional"
    TECHNICAL = "technical", "Technical"


class Stage(models.TextChoices):
    """Where in the portfolio a service is."""

    PIPELINE = "pipeline", "Pipeline"
    CATALOGUE = "catalogue", "Catalogue"
    RETIRED = "retired", "Retired"


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


class EvidenceGrade(models.TextChoices):
    """How well a statement of value is supported."""

    CONFIRMED = "A", "Confirmed by the business"
    MEASURED = "B", "Measured"
    ESTIMATED = "C", "Estimated by an agreed method"
    ASSUMED = "D", "Assumed"


@tracked
class LineOfService(TenantModel):
    """A heading of the catalogue, in the words of what people want to do."""

    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], name="line_of_service_name")]

    def __str__(self) -> str:
        return self.name


@tracked
class Service(TenantModel):
    """Something of value that IT provides, described in the business's words."""

    slug = models.CharField(max_length=100, validators=[SLUG])
    name = models.CharField(max_length=200)
    description = models.TextField(max_length=2000, help_text="What people can do with it, in one plain sentence.")
    service_class = models.CharField("kind of service", max_length=12, choices=ServiceClass)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PIPELINE)
    line_of_service = TenantForeignKey(LineOfService, null=True, blank=True, related_name="services")
    it_owner = TenantForeignKey(Membership, null=True, blank=True, related_name="+", verbose_name="service owner")
    business_owner = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    used_by = models.CharField("who uses it", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="service_slug"),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="service_stage_known"),
            models.CheckConstraint(
                condition=models.Q(service_class__in=ServiceClass.values), name="service_class_known"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "stage", "name"], name="service_by_stage")]

    def __str__(self) -> str:
        return self.name


@tracked
class StageTransition(TenantModel):
    """A dated, reasoned move of a service through the portfolio."""

    service = TenantForeignKey(Service, models.CASCADE, related_name="transitions")
    from_stage = models.CharField(max_length=10, choices=Stage, blank=True)
    to_stage = models.CharField(max_length=10, choices=Stage)
    on = models.DateField()
    reason = models.CharField(max_length=500)
    decided_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")


@tracked
class ServiceOffering(TenantModel):
    """A level of a service that can be subscribed to, with its price in minor units of the tenant's currency."""

    service = TenantForeignKey(Service, models.CASCADE, related_name="offerings")
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    price_minor = models.BigIntegerField(null=True, blank=True)
    price_unit = models.CharField(max_length=40, default="a month")
    price_words = models.CharField(
        max_length=80, blank=True, help_text="Said when there is no price, for example “In the base fee”."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "service", "name"], name="offering_name"),
            models.CheckConstraint(condition=models.Q(price_minor__gte=0), name="offering_price_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Entitlement(TenantModel):
    """Who is covered: a business unit, or everyone when none is named, may have an offering between two dates.

    A unit that is subscribed has it and pays; one that is not may ask for it.
    """

    offering = TenantForeignKey(ServiceOffering, models.CASCADE, related_name="entitlements")
    business_unit = TenantForeignKey(BusinessUnit, null=True, blank=True, related_name="entitlements")
    is_subscribed = models.BooleanField(default=True, help_text="The unit has this level; otherwise it may ask for it.")
    level_words = models.CharField(
        max_length=120, blank=True, help_text="Said in place of the offering's name, for example “6 days a month”."
    )
    covered_words = models.CharField(
        max_length=200, blank=True, help_text="Who is covered, for example “All 64 order desk people”."
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="entitlement_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["tenant", "offering", "business_unit", "starts_on"],
                nulls_distinct=False,
                name="entitlement_once",
            ),
            ExclusionConstraint(
                name="entitlement_times_apart",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("offering", RangeOperators.EQUAL),
                    (Coalesce("business_unit", models.Value(0)), RangeOperators.EQUAL),
                    (
                        models.Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


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
    """A service stands on a component, in some of its steps."""

    service = TenantForeignKey(Service, models.CASCADE, related_name="dependencies")
    component = TenantForeignKey(Component, related_name="dependencies")
    requirement = models.CharField(max_length=12, choices=Requirement, default=Requirement.NEEDED)
    group = TenantForeignKey(DependencyGroup, models.CASCADE, null=True, blank=True, related_name="dependencies")
    note = models.CharField(max_length=120, blank=True)
    first_step = models.PositiveSmallIntegerField(null=True, blank=True)
    last_step = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "service", "component"], name="dependency_once"),
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


@tracked
class BusinessGoal(TenantModel):
    """What the business wants to reach, in its own words."""

    slug = models.CharField(max_length=100, validators=[SLUG])
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    business_unit = TenantForeignKey(BusinessUnit, null=True, blank=True, related_name="goals")
    owner = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "slug"], name="goal_slug")]

    def __str__(self) -> str:
        return self.name


@tracked
class ContributionLink(TenantModel):
    """A service serves a goal."""

    goal = TenantForeignKey(BusinessGoal, models.CASCADE, related_name="contributions")
    service = TenantForeignKey(Service, models.CASCADE, related_name="contributions")
    how = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "goal", "service"], name="contribution_once")]


class Need(TenantModel):
    """Something that a business unit needs or wants changed, and IT's answer."""

    business_unit = TenantForeignKey(BusinessUnit, related_name="needs")
    service = TenantForeignKey(Service, null=True, blank=True, related_name="needs")
    text = models.TextField(max_length=2000)
    raised_by = TenantForeignKey(Membership, related_name="+")
    raised_at = models.DateTimeField()
    answer_due_on = models.DateField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "business_unit", "-raised_at"], name="need_by_unit")]


@tracked
class GlossaryTerm(TenantModel):
    """A word of IT with the plain phrase to write instead, and who keeps the entry.

    Readers of the units in `readers`, or everybody where `is_known_to_all`, know the word: for them it may stand.
    """

    term = models.CharField(max_length=80)
    plain = models.CharField("plain phrase", max_length=160)
    owner = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    is_known_to_all = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("tenant", Lower("term"), name="glossary_term_once")]

    def __str__(self) -> str:
        return self.term


@tracked
class TermReader(TenantModel):
    """A unit whose people know a word of the glossary."""

    term = TenantForeignKey(GlossaryTerm, models.CASCADE, related_name="readers")
    business_unit = TenantForeignKey(BusinessUnit, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "term", "business_unit"], name="term_reader_once")]
