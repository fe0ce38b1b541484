"""Templates of promises for each class of service: those that come with the portal, and the tenant's own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Field

from catalog.models import ServiceClass
from slas.models import Agreement, Measure, ServiceLevelTarget, TargetTemplate

FOLDER = Path(__file__).parent.parent / "library"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OWN = "own."
# What belongs to one agreement and is never taken into a template.
NOT_FRAME = {
    "id", "tenant", "agreement", "service", "component", "measure", "service_hours", "slug", "position", "name",
    "short_name", "kind", "sentence", "starts_on", "ends_on",
}  # fmt: skip
OF_MEASURE = ("what", "source", "decider", "unit_words")


@dataclass(frozen=True, slots=True)
class Template:
    """A promise without its agreement; `key` is how addresses name it, `is_own` whether the tenant wrote it."""

    key: str
    name: str
    purpose: str
    service_class: str
    kind: str
    frame: Mapping[str, Any]
    measure: Mapping[str, str]
    is_own: bool = False

    @property
    def slug(self) -> str:
        """The key without the mark of the tenant's own."""
        return self.key.removeprefix(OWN)

    def target(self, agreement: Agreement) -> ServiceLevelTarget:
        """A promise of that agreement as the template has it, not written."""
        target = ServiceLevelTarget(agreement=agreement, kind=self.kind, name=self.name)
        for name, value in self.frame.items():
            setattr(target, name, _field(name).to_python(value))
        return target

    def new_measure(self) -> Measure:
        """The measure that it suggests, not written."""
        return Measure(**self.measure)


def list_templates() -> dict[str, list[Template]]:
    """By class of service in words: the templates of the portal, then the tenant's own, by name."""
    own = [_own(row) for row in TargetTemplate.objects.order_by("name", "pk")]
    known = [*_library(), *own]
    return {label: [each for each in known if each.service_class == value] for value, label in ServiceClass.choices}


def get_template(*, key: str) -> Template:
    """One template by its key. Raises TargetTemplate.DoesNotExist."""
    if key.startswith(OWN):
        return _own(TargetTemplate.objects.get(slug=key.removeprefix(OWN)))
    found = next((each for each in _library() if each.key == key), None)
    if found is None:
        raise TargetTemplate.DoesNotExist(f"There is no template “{key}”.")
    return found


def frame_of(target: ServiceLevelTarget) -> dict[str, Any]:
    """What a template keeps of a promise: the fields that say something, as plain values."""
    fields = (field for field in ServiceLevelTarget._meta.concrete_fields if field.name not in NOT_FRAME)
    values = ((field, getattr(target, field.attname)) for field in fields)
    return {field.name: _plain(value) for field, value in values if value != field.get_default()}


def measure_of(target: ServiceLevelTarget) -> dict[str, str]:
    """What a template keeps of the measure of a promise."""
    return {name: getattr(target.measure, name) for name in OF_MEASURE}


def _own(row: TargetTemplate) -> Template:
    key = f"{OWN}{row.slug}"
    return Template(key, row.name, row.purpose, row.service_class, row.kind, row.frame, row.measure, is_own=True)


@lru_cache(maxsize=1)
def _library() -> tuple[Template, ...]:
    """The templates that come with the portal, one file for each class of service."""
    return tuple(_read())


def _read() -> Iterator[Template]:
    for service_class in ServiceClass.values:
        text = (FOLDER / f"{service_class}.yaml").read_text(encoding="utf-8")
        entries = yaml.load(text, Loader=LOADER)  # noqa: S506 (both are safe loaders)
        for entry in entries:
            yield Template(
                key=entry["slug"],
                name=entry["name"],
                purpose=entry["purpose"],
                service_class=service_class,
                kind=entry["kind"],
                frame=entry["fields"],
                measure=entry["measure"],
            )


def _field(name: str) -> "Field[Any, Any]":
    found = ServiceLevelTarget._meta.get_field(name)
    assert isinstance(found, Field)  # noqa: S101 - a mistake in a template
    return found


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
