"""What we offer: services with their class and stage, and the headings they stand under."""

from django.db import models
from django.db.models.functions import Upper

from portal.accounts.models import Membership
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


class Step(models.TextChoices):
    """How far a service is: four steps of the pipeline, then live in the catalogue, then retired."""

    PROPOSED = "proposed", "Proposed"
    ANALYSED = "analysed", "Analysed"
    APPROVED = "approved", "Approved"
    BUILDING = "building", "Being built"
    LIVE = "catalogue", "Live"
    RETIRED = "retired", "Retired"


PIPELINE_STEPS = (Step.PROPOSED, Step.ANALYSED, Step.APPROVED, Step.BUILDING)
# Moves from before the pipeline had steps say only that a service came into it or left it.
MOVED = [*Step.choices, (Stage.PIPELINE.value, Stage.PIPELINE.label)]


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
    reference = models.CharField(
        "own number", max_length=60, blank=True, help_text="What it is called in another list, for example “SRV00669”."
    )
    name = models.CharField(max_length=200)
    description = models.TextField(max_length=2000, help_text="What people can do with it, in one plain sentence.")
    service_class = models.CharField("kind of service", max_length=12, choices=ServiceClass)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PIPELINE)
    pipeline_step = models.CharField(
        max_length=10,
        choices=[(step.value, step.label) for step in PIPELINE_STEPS],
        default=Step.PROPOSED,
        help_text="How far it is while it is in the pipeline; afterwards, how far it had come.",
    )
    line_of_service = TenantForeignKey(LineOfService, null=True, blank=True, related_name="services")
    it_owner = TenantForeignKey(Membership, null=True, blank=True, related_name="+", verbose_name="service owner")
    business_owner = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    used_by = models.CharField("who uses it", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="service_slug"),
            models.UniqueConstraint(
                "tenant", Upper("reference"), condition=~models.Q(reference=""), name="service_reference"
            ),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="service_stage_known"),
            models.CheckConstraint(
                condition=models.Q(service_class__in=ServiceClass.values), name="service_class_known"
            ),
            models.CheckConstraint(
                condition=models.Q(pipeline_step__in=[step.value for step in PIPELINE_STEPS]),
                name="service_pipeline_step_known",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "stage", "name"], name="service_by_stage")]

    def __str__(self) -> str:
        return self.name

    @property
    def step(self) -> Step:
        """How far it is."""
        return Step(self.pipeline_step if self.stage == Stage.PIPELINE else self.stage)


@tracked
class StageTransition(TenantModel):
    """A dated, reasoned move of a service through the portfolio."""

    service = TenantForeignKey(Service, models.CASCADE, related_name="transitions")
    from_stage = models.CharField(max_length=10, choices=MOVED, blank=True)
    to_stage = models.CharField(max_length=10, choices=MOVED)
    on = models.DateField()
    reason = models.CharField(max_length=500)
    decided_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
