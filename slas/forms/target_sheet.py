"""Promises as a table: a row each, its columns the fields of their form, its cells as people write them there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name
from django.utils.translation import gettext as _

from catalog.importers.files import UnusableFile, read_table, shown
from portal.exports import unguarded
from slas.actions.targets import wrong_measure
from slas.forms.checked_files import CheckedFileForm
from slas.forms.fields import ClockField, WordsField, clock_text
from slas.forms.target_fields import ONLY_FOR
from slas.forms.targets import ROWS, TargetForm, initial_of
from slas.importers.rows.values import BOOLEANS, is_slug
from slas.models import Agreement, Measure, ServiceLevelTarget, TargetKind
from slas.queries.agreements import list_agreement_targets
from slas.queries.names import Names, read_names

ADDRESS, KIND = "address", "kind"
COLUMNS = (ADDRESS, KIND, *TargetForm.base_fields)
MOST_ROWS = 500
MOST_ADDRESS = 100
Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell, and what to do; a column without a name is the whole row."""

    row: int
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A promise as a row would make it; `changes` has label, old and new words where the draft holds it already."""

    row: int
    target: ServiceLevelTarget
    is_new: bool
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table would do to a draft, and all that is wrong with it; `left` are promises that it does not name."""

    rows: tuple[SheetRow, ...]
    problems: tuple[CellProblem, ...]
    left: tuple[ServiceLevelTarget, ...] = ()

    @property
    def to_save(self) -> list[ServiceLevelTarget]:
        """The promises that are new or another than before."""
        return [each.target for each in self.rows if each.is_new or each.changes]


class NamedField(forms.CharField):
    """A row of the tenant by its name in the file, among those that were read once for all rows."""

    def __init__(self, things: Mapping[str, Any], what: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.things, self.what = things, what

    def to_python(self, value: Any) -> Any:
        """The thing; None where nothing is named."""
        name = super().to_python(value) or ""
        if not name:
            return None
        if name not in self.things:
            problem = _("There is no %(what)s “%(name)s” here. Write the name of one that is there, or add it first.")
            raise ValidationError(problem % {"what": self.what, "name": name[:60]})
        return self.things[name]


class SheetForm(TargetForm):
    """The form of a promise, filled in by a row: the same rules, and names in place of choices."""

    def __init__(self, data: Mapping[str, object], *, target: ServiceLevelTarget, names: Names) -> None:
        super().__init__(data, target=target)
        links = {
            "service": (names.services, _("service")),
            "component": (names.components, _("component")),
            "measure": (names.measures, _("measure")),
            "service_hours": (names.hours, _("service hours of the name")),
        }
        for name in links.keys() & self.fields.keys():
            self.fields[name] = NamedField(*links[name], required=self.fields[name].required)

    def clean_measure(self) -> Measure:
        """A measure whose facts can judge a promise of this kind."""
        measure: Measure = self.cleaned_data["measure"]
        refusal = wrong_measure(kind=self.target.kind, measure=measure)
        if refusal:
            raise ValidationError(str(refusal))
        return measure


def record_of(target: ServiceLevelTarget) -> dict[str, str]:
    """The row of a promise: what its form would show; columns that its kind does not have are empty."""
    values = initial_of(target) | {name: getattr(target, name) for name in ROWS}
    fields = TargetForm.base_fields.items()
    cells = {name: _text(field, values[name]) if _has(target, name) else "" for name, field in fields}
    return {ADDRESS: target.slug, KIND: target.kind} | cells


def unusual_cells(target: ServiceLevelTarget) -> dict[str, str]:
    """The cells of a promise that an empty cell of a new one would not stand for."""
    cells = record_of(target)
    return {name: cell for name, cell in cells.items() if name in (ADDRESS, KIND) or cell != default_text(target, name)}


def _has(target: ServiceLevelTarget, name: str) -> bool:
    """Whether promises of this kind have the column."""
    return name not in ONLY_FOR or target.kind in ONLY_FOR[name]


def default_text(target: ServiceLevelTarget, name: str) -> str:
    """What an empty cell of a new promise means: the value that its form begins with."""
    field = TargetForm.base_fields[name]
    if field.initial is not None:
        return _text(field, field.initial)
    stored = {each.name: each for each in target._meta.concrete_fields}.get(name)
    value = stored.get_default() if stored is not None and stored.has_default() else None
    return _text(field, value)


def read_sheet(
    *, agreement: Agreement, records: Sequence[tuple[int, Record]], names: Names, known: Iterable[ServiceLevelTarget]
) -> Sheet:
    """What the records would do to a draft that holds the `known` promises: rows of their addresses change them."""
    present = {target.slug: target for target in known}
    rows: list[SheetRow] = []
    problems: list[CellProblem] = []
    seen: dict[str, int] = {}
    for number, record in records[:MOST_ROWS]:
        cells = {name: cell_text(value) for name, value in record.items()}
        address = cells.get(ADDRESS, "")
        if address and address in seen:
            words = _("Row %(row)s has this address too. Keep one of the two.") % {"row": seen[address]}
            problems.append(CellProblem(number, ADDRESS, words))
            continue
        seen.setdefault(address, number)
        row = _read_row(number, cells, agreement, names, present.get(address))
        if isinstance(row, SheetRow):
            rows.append(row)
        else:
            problems += row
    if len(records) > MOST_ROWS:
        words = _("This row and all after it are beyond the %(most)s of one table. Split the table.")
        problems.append(CellProblem(records[MOST_ROWS][0], "", words % {"most": MOST_ROWS}))
    left = [target for address, target in present.items() if address not in seen]
    return Sheet(tuple(rows), tuple(problems), tuple(left))


def _read_row(
    number: int, cells: Mapping[str, str], agreement: Agreement, names: Names, known: ServiceLevelTarget | None
) -> SheetRow | list[CellProblem]:
    kind, address = cells.get(KIND, "") or (known.kind if known else ""), cells.get(ADDRESS, "")
    if kind not in TargetKind.values:
        words = _("%(kind)s is no kind of promise. Write one of: %(kinds)s.")
        return [CellProblem(number, KIND, words % {"kind": shown(kind), "kinds": ", ".join(TargetKind.values)})]
    if known and known.kind != kind:
        words = _("“%(name)s” is of the kind %(kind)s. Give the row another address, or leave the kind as it is.")
        return [CellProblem(number, KIND, words % {"name": known.name, "kind": known.kind})]
    if address and not (is_slug(address) and len(address) <= MOST_ADDRESS):
        words = _("Use at most %(most)s small letters, digits and single hyphens, or leave it empty.")
        return [CellProblem(number, ADDRESS, words % {"most": MOST_ADDRESS})]
    target = known or ServiceLevelTarget(agreement=agreement, kind=kind, slug=address)
    row = row_of(number, target, cells, names=names)
    return row if isinstance(row, SheetRow) else [CellProblem(number, column, words) for column, words in row]


def row_of(
    number: int, target: ServiceLevelTarget, cells: Mapping[str, str], *, names: Names
) -> SheetRow | list[tuple[str, str]]:
    """A promise as the cells would make it, with what they would change of one that is written; or what is wrong."""
    before = record_of(target) if target.pk else {}
    filled = fill_target(target, cells, names=names)
    if not isinstance(filled, ServiceLevelTarget):
        return filled
    after = record_of(filled) if before else {}
    changes = tuple((label_of(name), before[name], after[name]) for name in before if before[name] != after[name])
    return SheetRow(number, filled, not before, changes)


def fill_target(
    target: ServiceLevelTarget, cells: Mapping[str, str], *, names: Names
) -> ServiceLevelTarget | list[tuple[str, str]]:
    """The promise as the cells say it, not written yet; or what is wrong, by column.

    A column that is not there leaves the promise as it is; an empty cell is what the form begins with.
    """
    present = record_of(target) if target.pk else {}
    problems = [(name, _("Nothing can stand here.")) for name in cells if name not in COLUMNS]
    data: dict[str, object] = {}
    for name, field in TargetForm.base_fields.items():
        cell = cells.get(name, present.get(name, "")) or default_text(target, name)
        if _has(target, name):
            data[name], problem = _sent(field, cell)
            problems += [(name, problem)] if problem else []
        elif cells.get(name):
            problems.append((name, _("A promise of this kind does not have it. Leave the cell empty.")))
    form = SheetForm(data, target=target, names=names)
    wrong = {name for name, _words in problems}
    problems += [(name, str(errors[0])) for name, errors in form.errors.items() if name not in wrong]
    return [(name.replace("__all__", ""), words) for name, words in problems] if problems else form.filled()


def label_of(name: str) -> str:
    """How people call a column."""
    if name in (ADDRESS, KIND):
        return {ADDRESS: _("Address"), KIND: _("Kind")}[name]
    return str(TargetForm.base_fields[name].label or pretty_name(name))


def column_words() -> Iterator[tuple[str, str]]:
    """Each column with what stands in it, for people who write such a table."""
    yield (
        ADDRESS,
        _("The promise’s part of its page’s address. One that the draft has is changed; empty: a new one."),
    )
    yield KIND, ", ".join(TargetKind.values)
    for name, field in TargetForm.base_fields.items():
        yield name, " ".join(f"{words}." if words[-1] not in ".?" else words for words in _column(name, field) if words)


def _column(name: str, field: forms.Field) -> Iterator[str]:
    yield label_of(name)
    if isinstance(field, forms.ModelChoiceField):
        yield _("By name, as their page has it") if name == "service_hours" else _("By address, as its page has it")
    elif isinstance(field, forms.BooleanField):
        yield _("yes or no")
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        yield ", ".join(str(value) for value, _label in choices)
    yield str(field.help_text)
    if isinstance(field, WordsField | forms.MultipleChoiceField):
        yield _("Each on a line of the cell")


def cell_text(value: object) -> str:
    """A cell as text: what a spreadsheet keeps typed, as people write it; without the apostrophe of our own files."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.15g}"
        case datetime() if not (value.hour or value.minute):
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
    return unguarded(str(value).strip())


def _text(field: forms.Field, value: Any) -> str:
    """A value of a form as a cell."""
    if isinstance(field, forms.BooleanField):
        return "yes" if value else "no"
    if value is None:
        return ""
    if isinstance(field, ClockField):
        return clock_text(value)
    if isinstance(value, list | tuple):
        return "\n".join(value)
    if isinstance(field, forms.ModelChoiceField):
        return str(getattr(value, "slug", value))
    return f"{value:f}" if hasattr(value, "normalize") else str(value)


def _sent(field: forms.Field, cell: str) -> tuple[object, str]:
    """A cell as a browser would send it, and what is wrong with it where no field could say so."""
    if isinstance(field, forms.BooleanField):
        if cell.lower() not in BOOLEANS:
            return "", _("%(cell)s is neither yes nor no. Write one of them.") % {"cell": shown(cell)}
        return "true" if BOOLEANS[cell.lower()] else "false", ""
    if isinstance(field, forms.MultipleChoiceField):
        return [line.strip() for line in cell.splitlines() if line.strip()], ""
    return cell, ""


def effects(rows: Iterable[SheetRow], left: Iterable[ServiceLevelTarget]) -> list[object]:
    """What rows would do to a draft, and which of its promises they leave, as plain values."""
    done = [
        [
            each.target.slug,
            each.target.name,
            each.target.sentence,
            each.is_new,
            [[*map(str, line)] for line in each.changes],
        ]
        for each in rows
    ]
    return [done, [target.slug for target in left]]


class SheetUploadForm(CheckedFileForm):
    """A table of promises for a draft; its `sheet` says what it would do."""

    sheet: Sheet | None = None

    def effect(self) -> Any:
        """Each row with what it changes."""
        return effects(self.sheet.rows, self.sheet.left) if self.sheet else []

    def __init__(self, data: Any = None, files: Any = None, *, agreement: Agreement) -> None:
        super().__init__(data, files)
        self.agreement = agreement
        self.fields["file"].help_text = _("CSV or XLSX, at most 500 kB and 500 rows. The first row names the columns.")
        self.fields["file"].widget.attrs["accept"] = ".csv,.xlsx"

    def clean(self) -> dict[str, Any]:
        """A file that is such a table; what is wrong with its cells is in the sheet."""
        data = super().clean()
        if self.errors:
            return data
        try:
            table = read_table(self.content, known=COLUMNS, required=("name",))
        except UnusableFile as unusable:
            self.add_error("file", str(unusable))
            return data
        known = list_agreement_targets(agreement=self.agreement)
        self.sheet = read_sheet(agreement=self.agreement, records=table.records, names=read_names(), known=known)
        return data
