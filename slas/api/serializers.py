"""What the API takes and gives, field by field; what is not named here is not read and not shown."""

from datetime import datetime
from typing import Any, ClassVar

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field, inline_serializer
from rest_framework import serializers

from slas.importers.rows.kinds import SCHEMAS, STATES
from slas.importers.rows.ledgers import pauses, priorities, reopenings
from slas.importers.rows.schema import Column
from slas.importers.rows.times import day, instant, planned_instant
from slas.importers.rows.values import agreed, agreed_percent, count, milliseconds, people, reading, yes_or_no
from slas.models import (
    Agreement,
    AgreementKind,
    AgreementState,
    Attainment,
    FactKind,
    Measure,
    PeriodKind,
    PlannedWork,
    ServiceLevelTarget,
    TargetKind,
    WorkKind,
)
from slas.queries.agreements import list_agreement_targets
from slas.queries.rows import COVERED, FEW_ANSWERS, FEW_BESIDE, GAPS

MOST_ROWS = 10_000


class PauseSerializer(serializers.Serializer[Any]):
    """A time in which the clock of a case stood still."""

    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(max_length=80)
    party = serializers.CharField(max_length=80, required=False, help_text="who was waited for")
    note = serializers.CharField(max_length=200, required=False, help_text="why it took so long")
    entered_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="later than its start, it counts from then unless approved"
    )
    entered_by = serializers.CharField(max_length=80, required=False)
    approved_by = serializers.CharField(
        max_length=80, required=False, read_only=True, help_text="agreed between people; a program cannot say it"
    )


class ReopeningSerializer(serializers.Serializer[Any]):
    """A case was solved, and opened again."""

    solved_at = serializers.DateTimeField()
    reopened_at = serializers.DateTimeField()


class PrioritySerializer(serializers.Serializer[Any]):
    """A case had another priority before that instant."""

    changed_at = serializers.DateTimeField()
    before = serializers.CharField(max_length=60)


PARTS: dict[Any, type[serializers.Serializer[Any]]] = {
    pauses: PauseSerializer,
    reopenings: ReopeningSerializer,
    priorities: PrioritySerializer,
}


# What a number may be.
NUMBERS: dict[Any, dict[str, Any]] = {
    agreed_percent: {"min_value": 0, "max_value": 100},
    reading: {"min_value": -(10**12), "max_value": 10**12},
    milliseconds: {"min_value": 0},
}


def _field(column: Column) -> serializers.Field[Any, Any, Any, Any]:
    common: dict[str, Any] = {"required": column.is_required, "help_text": column.what}
    if not column.is_required:
        common["allow_null"] = True
    if column.read in (instant, planned_instant):
        return serializers.DateTimeField(**common)
    if column.read is day:
        return serializers.DateField(**common)
    if column.read in (count, people):
        return serializers.IntegerField(min_value=0, **common)
    if column.read in NUMBERS:
        return serializers.FloatField(**NUMBERS[column.read], **common)
    if column.read is yes_or_no:
        return serializers.BooleanField(**common)
    if column.read in PARTS:
        return PARTS[column.read](many=True, **common | {"help_text": PARTS[column.read].__doc__})
    if column.name == "state":
        return serializers.ChoiceField(choices=list(STATES), **common)
    return serializers.CharField(allow_blank=not column.is_required, **common)


ROWS = {
    fact: inline_serializer(
        f"{fact.capitalize()}Row",
        {column.name: _field(column) for column in schema.columns if column.read not in (agreed, agreed_percent)},
    )
    for fact, schema in SCHEMAS.items()
}


READ_ROWS = ROWS | {
    "outages": inline_serializer(
        "OutagesReadRow", {column.name: _field(column) for column in SCHEMAS["outages"].columns}
    ),
    "surveys": inline_serializer(
        "SurveysReadRow",
        {
            "on": serializers.DateField(),
            "asked": serializers.IntegerField(min_value=0),
            "answers": serializers.IntegerField(min_value=0, allow_null=True),
            "good": serializers.IntegerField(min_value=0, allow_null=True),
            "hidden": serializers.CharField(
                required=False,
                help_text=f"“{FEW_ANSWERS}” or “{FEW_BESIDE}”, where numbers would tell who answered what.",
            ),
        },
    ),
}


@extend_schema_field(
    PolymorphicProxySerializer("Row", serializers=list(ROWS.values()), resource_type_field_name=None, many=True)
)
class RowsField(serializers.ListField):
    """Rows of one kind of facts; they are read one by one, so that a bad one does not hide the next."""

    child = serializers.DictField()


@extend_schema_field(
    PolymorphicProxySerializer(
        "ReadRow", serializers=list(READ_ROWS.values()), resource_type_field_name=None, many=True
    )
)
class ReadRowsField(serializers.ListField):
    """The same as they are read: with what is agreed about an outage, and few answers of a survey hidden."""

    child = serializers.DictField()


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it does not know: a misspelt one would be lost in silence."""

    def to_internal_value(self, data: Any) -> Any:
        """The known fields."""
        if isinstance(data, dict):
            unknown = sorted(str(name)[:60] for name in data if name not in self.fields)
            if unknown:
                known = ", ".join(self.fields)
                raise serializers.ValidationError(dict.fromkeys(unknown, f"Not known. Known: {known}."))
        return super().to_internal_value(data)


class PushSerializer(StrictSerializer):
    """Facts of one measure."""

    rows = RowsField(min_length=1, max_length=MOST_ROWS, help_text="Facts of the kind that the measure counts.")
    all_or_nothing = serializers.BooleanField(default=False, help_text="Store nothing when one row is refused.")
    reason = serializers.CharField(
        max_length=500, default="", allow_blank=True, help_text="Kept with each value that is replaced."
    )


class ProblemSerializer(serializers.Serializer[Any]):
    """What is wrong, or odd, with one field of one row; the first row is 1, an empty field is the whole row."""

    row = serializers.IntegerField()
    field = serializers.CharField(allow_blank=True)
    what = serializers.CharField()
    to_do = serializers.CharField()


class PushedSerializer(serializers.Serializer[Any]):
    """What became of pushed rows. The same rows again are unchanged."""

    batch = serializers.IntegerField(allow_null=True)
    new = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    corrected = serializers.IntegerField()
    refused = serializers.IntegerField()
    errors = ProblemSerializer(many=True)  # type: ignore[assignment]
    warnings = ProblemSerializer(many=True)


class FieldErrorSerializer(serializers.Serializer[Any]):
    """What is wrong with one field of a request."""

    field = serializers.CharField(allow_blank=True)
    what = serializers.CharField()


class ErrorSerializer(serializers.Serializer[Any]):
    """What went wrong and what to do; by field where there are fields."""

    what = serializers.CharField()
    errors = FieldErrorSerializer(many=True, required=False)  # type: ignore[assignment]


class MeasureSerializer(serializers.Serializer[Measure]):
    """What is counted, from which source, and who decides."""

    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=FactKind.choices, source="fact_kind")
    what = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    decider = serializers.CharField()
    unit = serializers.CharField(source="unit_words", allow_blank=True)
    service = serializers.CharField(source="service.slug", default=None, allow_null=True)
    component = serializers.CharField(source="component.slug", default=None, allow_null=True)
    measured_since = serializers.DateField(source="starts_on", allow_null=True)
    longest_silence_seconds = serializers.IntegerField(source="max_gap_seconds", allow_null=True)
    notes = serializers.CharField(allow_blank=True)


class AgreementSerializer(serializers.Serializer[Agreement]):
    """One version of what a provider promises a customer, and where it stands."""

    slug = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=AgreementKind.choices)
    state = serializers.ChoiceField(choices=AgreementState.choices)
    customer = serializers.CharField(source="customer.name")
    provider = serializers.CharField(source="provider.name")
    time_zone = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class TargetSerializer(serializers.Serializer[ServiceLevelTarget]):
    """One promise. A threshold is a percentage; a trial has none, and some promise a number of misses instead."""

    slug = serializers.CharField()
    kind = serializers.ChoiceField(choices=TargetKind.choices)
    name = serializers.CharField()
    sentence = serializers.CharField()
    meaning = serializers.CharField(allow_blank=True)
    service = serializers.CharField(source="service.slug", default=None, allow_null=True)
    component = serializers.CharField(source="component.slug", default=None, allow_null=True)
    measure = serializers.CharField(source="measure.slug")
    service_hours = serializers.CharField(source="service_hours.words", default=None, allow_null=True)
    is_trial = serializers.BooleanField()
    is_mandatory = serializers.BooleanField()
    threshold = serializers.DecimalField(max_digits=8, decimal_places=4, allow_null=True)
    allowed_misses = serializers.IntegerField(allow_null=True)
    within_seconds = serializers.IntegerField(allow_null=True)
    within_working_days = serializers.IntegerField(allow_null=True)
    reading_limit = serializers.DecimalField(max_digits=15, decimal_places=3, allow_null=True)
    period_kind = serializers.ChoiceField(choices=PeriodKind.choices)
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)


class AgreementTextSerializer(AgreementSerializer):
    """A version with its promises."""

    answer_working_days = serializers.IntegerField()
    targets = serializers.SerializerMethodField()

    @extend_schema_field(TargetSerializer(many=True))
    def get_targets(self, agreement: Agreement) -> Any:
        """The promises in their order."""
        targets = list_agreement_targets(agreement=agreement)
        return TargetSerializer(targets, many=True).data  # type: ignore[arg-type]


class WorkSerializer(serializers.Serializer[PlannedWork]):
    """Work that takes a service away for a while: as announced, and when it really ended, if somebody said so."""

    id = serializers.IntegerField()
    service = serializers.CharField(source="service.slug")
    kind = serializers.ChoiceField(choices=WorkKind.choices)
    title = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    announced_at = serializers.DateTimeField()
    approved_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class ZonedDateTimeField(serializers.DateTimeField):
    """An instant; a time without a zone is refused and never guessed."""

    default_error_messages: ClassVar = {"naive": "It names no time zone. Add Z for UTC or an offset like +01:00."}

    def enforce_timezone(self, value: datetime) -> datetime:
        """The instant, where a zone was said."""
        if value.tzinfo is None:
            self.fail("naive")
        return super().enforce_timezone(value)


class WorkEndSerializer(StrictSerializer):
    """When work really ended."""

    ended_at = ZonedDateTimeField()
    reason = serializers.CharField(
        max_length=300, default="", allow_blank=True, help_text="Needed when another end was told before."
    )


class FigureSerializer(serializers.Serializer[Attainment]):
    """One promise in one period: what was delivered, as it stands now."""

    id = serializers.IntegerField()
    agreement = serializers.CharField(source="target.agreement.slug")
    agreement_version = serializers.IntegerField(source="target.agreement.version")
    target = serializers.CharField(source="target.slug")
    name = serializers.CharField(source="target.name")
    measure = serializers.CharField(source="target.measure.slug")
    period_start = serializers.DateField()
    period_end = serializers.DateField(help_text="The day after the last one.")
    threshold = serializers.DecimalField(
        source="target.threshold", max_digits=8, decimal_places=4, allow_null=True, help_text="Percent promised."
    )
    value = serializers.CharField(source="value_words", help_text="In the promise's own unit, rounded toward failure.")
    status = serializers.CharField()
    revision = serializers.IntegerField()
    computed_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


class ProvenFigureSerializer(FigureSerializer):
    """The same with its exact result, its proof, and each case, date, count or round that was judged."""

    result = serializers.DictField()
    proof = serializers.DictField()
    records = serializers.ListField(child=serializers.DictField())


class GapsOrFacts(serializers.ChoiceField):
    """A kind of facts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[*FactKind.choices, (GAPS, "Times without data"), (COVERED, "Times that a log covers")], **kwargs
        )


class BatchSerializer(serializers.Serializer[Any]):
    """Facts that arrived together, and what became of them."""

    id = serializers.IntegerField()
    measure = serializers.CharField(source="measure.slug")
    fact = GapsOrFacts()
    origin = serializers.CharField()
    state = serializers.CharField()
    rows = serializers.IntegerField(source="row_count")
    brought_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decision_reason = serializers.CharField(allow_blank=True)
    outcome = serializers.DictField()


def _page(name: str, results: Any) -> Any:
    """A page of a list: how many there are, where the next and the previous pages are, and its rows."""
    fields = {
        "count": serializers.IntegerField(),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": results,
    }
    return inline_serializer(name, fields)


ROWS_PAGE = _page("RowsPage", ReadRowsField())
AGREEMENTS_PAGE = _page("AgreementsPage", AgreementSerializer(many=True))
MEASURES_PAGE = _page("MeasuresPage", MeasureSerializer(many=True))
WORK_PAGE = _page("PlannedWorkPage", WorkSerializer(many=True))
FIGURES_PAGE = _page("FiguresPage", FigureSerializer(many=True))
PUSHED_OR_ERROR = PolymorphicProxySerializer(
    "PushedOrError", serializers=[PushedSerializer, ErrorSerializer], resource_type_field_name=None
)
