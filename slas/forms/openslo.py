"""An agreement from a file of OpenSLO: who agrees is asked where the file does not say it, the rest is read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.forms.fields import RowField, choose_from
from catalog.importers.files import UnusableFile
from catalog.models import Service, ServiceClass
from catalog.queries.slugs import NOT_SLUGS
from slas.actions.agreement_files import AgreementPlan, FilePlan
from slas.actions.agreements import AgreementDetails
from slas.actions.targets import FACTS_FOR
from slas.forms.checked_files import CheckedFileForm
from slas.forms.fields import FirstDayField
from slas.forms.target_sheet import COLUMNS, KIND, MOST_ROWS, SheetRow, effects, label_of, row_of
from slas.importers.openslo.drafts import FileDraft, MeasureDraft, PromiseDraft, ServiceDraft
from slas.importers.openslo.parts import Remark
from slas.importers.openslo.reading import read_openslo
from slas.models import Agreement, AgreementKind, Measure, Party, ServiceLevelTarget
from slas.queries.agreements import list_agreement_targets, list_parties, sides_fit, sides_words
from slas.queries.names import Names, read_names
from slas.queries.openslo_words import EXPRESSED

CARRIED = frozenset(COLUMNS) - set(EXPRESSED)


# What a file stands in for where it says nothing; a promise that is there keeps its own.
STOOD_IN = ("name", "sentence", "period_kind")


class OpenSloForm(CheckedFileForm):
    """A file of OpenSLO; `said` is what it says, with what is wrong in it and what is lost."""

    is_by_calendar = forms.BooleanField(
        label=gettext_lazy("Judge other windows by the calendar"),
        required=False,
        help_text=gettext_lazy(
            "Promises are judged by whole months, quarters or years. A file with other windows, such as rolling ones,"
            " is refused unless you choose this: then each of them becomes a month."
        ),
    )
    said: FileDraft | None = None

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["file"].help_text = _("YAML as OpenSLO version 1 has it, at most 500 kB.")
        self.fields["file"].widget.attrs["accept"] = ".yaml,.yml,.json"

    @property
    def problems(self) -> list[Remark]:
        """What refuses the file."""
        return self.said.report.problems if self.said else []

    @property
    def notes(self) -> list[Remark]:
        """What is lost, or becomes something else."""
        return self.said.report.notes if self.said else []

    def clean(self) -> dict[str, Any]:
        """What the file says; what is wrong inside it is in its report."""
        data = super().clean()
        if not self.errors:
            try:
                self.said = read_openslo(self.content, columns=CARRIED, is_by_calendar=data["is_by_calendar"])
            except UnusableFile as unusable:
                self.add_error("file", str(unusable))
        return data


class DraftFileForm(OpenSloForm):
    """A file for a draft that is there; `plan` is what would be written into it, with each change."""

    def __init__(self, data: Any = None, files: Any = None, *, agreement: Agreement) -> None:
        super().__init__(data, files)
        self.agreement = agreement
        self.plan: DraftPlan | None = None

    def effect(self) -> Any:
        """Each promise with what it changes, and what would be made besides."""
        return [*_made(self.plan), *effects(self.plan.rows, self.plan.left)] if self.plan else []

    def clean(self) -> dict[str, Any]:
        """The promises of the file beside those of the draft."""
        data = super().clean()
        if self.said is None:
            return data
        zone, own = self.said.zone, self.agreement.time_zone
        if zone and zone != own:
            what = _("The file counts its days in %(zone)s, and the draft in %(own)s") % {"zone": zone, "own": own}
            self.said.report.problems.append(Remark(1, "spec.timeWindow", what, _("Write the zone of the draft.")))
        known = {target.slug: target for target in list_agreement_targets(agreement=self.agreement)}
        plan = Planner(self.agreement, self.said, read_names(), known).plan()
        self.plan = None if self.problems else plan
        return data


class AgreementFileForm(OpenSloForm):
    """A file of OpenSLO and who agrees; `plan` is what would be made, `report` what is wrong and what is lost."""

    name = forms.CharField(
        label=gettext_lazy("Name of the agreement"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Empty: as the file has it."),
    )
    customer = RowField(required=False, empty_label=gettext_lazy("As the file has it"))
    provider = RowField(required=False, empty_label=gettext_lazy("As the file has it"))
    starts_on = FirstDayField(
        label=gettext_lazy("In force from"), required=False, help_text=gettext_lazy("Empty: as the file has it.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, zone: str) -> None:
        super().__init__(data, files)
        self.zone = zone
        self.plan: AgreementPlan | None = None
        for side in ("customer", "provider"):
            choose_from(self, side, list_parties())

    def effect(self) -> Any:
        """Who agrees on what from when, and what would be made besides."""
        if self.plan is None:
            return []
        details = {name: str(value) for name, value in asdict(self.plan.details).items()}
        return [*_made(self.plan), details, [[each.slug, each.name, each.sentence] for each in self.plan.targets]]

    def clean(self) -> dict[str, Any]:
        """Who agrees from when, and what the file would make."""
        data = super().clean()
        if self.said is None:
            return data
        names = read_names()
        details = self._details(data, self.said, names)
        if details is not None:
            agreement = Agreement(time_zone=details.time_zone, starts_on=details.starts_on)
            made = Planner(agreement, self.said, names, {}).plan()
            plan = AgreementPlan(made.services, made.measures, made.targets, details)
            self.plan = None if self.problems else plan
        return data

    def _details(self, data: Mapping[str, Any], file: FileDraft, names: Names) -> AgreementDetails | None:
        said = file.agreement
        name = data.get("name") or said.get("agreement", "")[:200]
        if not name:
            self.add_error("name", _("The file does not name an agreement. Give it a name."))
        customer, provider = (self._party(data, said, side, names) for side in ("customer", "provider"))
        starts_on = data.get("starts_on") or self._first_day(said.get("in_force_from", ""))
        kinds = [kind for kind in AgreementKind if customer and provider and _fits(kind, customer, provider)]
        if customer and provider and not kinds:
            self.add_error("customer", sides_words(AgreementKind.SLA))
        if self.errors or customer is None or provider is None or starts_on is None:
            return None
        zone = file.zone or self.zone
        return AgreementDetails(name, kinds[0].value, customer, provider, zone, starts_on)

    def _first_day(self, text: str) -> date | None:
        """The day that the file says, by the rules of the field."""
        if not text:
            self.add_error("starts_on", _("The file does not say from when it is in force. Choose a day."))
            return None
        try:
            day: date = self.fields["starts_on"].clean(text)
        except forms.ValidationError as error:
            self.add_error("starts_on", error)
            return None
        return day

    def _party(self, data: Mapping[str, Any], said: Mapping[str, str], side: str, names: Names) -> Party | None:
        chosen: Party | None = data.get(side)
        named = said.get(side, "")
        party = chosen or names.parties.get(named)
        if party is None:
            words = _("The file names “%(name)s”, and there is no such party here. Choose one.")
            self.add_error(side, words % {"name": named[:60]} if named else _("The file names nobody. Choose a party."))
        return party


@dataclass(frozen=True)
class DraftPlan(FilePlan):
    """What a file would do to a draft: each promise of it with what changes, and those of the draft that it leaves."""

    rows: tuple[SheetRow, ...]
    left: tuple[ServiceLevelTarget, ...]


@dataclass
class Planner:
    """Makes services, measures and promises of what a file says; what is here already is used as it is.

    `known` are the promises of the draft by their addresses: what the file says of them changes them.
    """

    agreement: Agreement
    file: FileDraft
    names: Names
    known: Mapping[str, ServiceLevelTarget]

    def plan(self) -> DraftPlan:
        """What would be made. Problems are told in the report of the file."""
        services = {slug: _service(draft) for slug, draft in self._missing_services().items()}
        measures = self._measures(services)
        names = Names(
            services={**self.names.services, **services},
            components=self.names.components,
            measures={**self.names.measures, **measures},
            hours=self.names.hours,
        )
        if len(self.file.promises) > MOST_ROWS:
            words = _("The file has more than %(most)s promises") % {"most": MOST_ROWS}
            self.file.report.problems.append(Remark(1, "", words, _("Split it into parts.")))
        rows: list[SheetRow] = []
        seen: set[str] = set()
        for number, draft in enumerate(self.file.promises[:MOST_ROWS], start=1):
            if draft.cells["address"] in seen:
                draft.part.problem("", "Another SLO has the name too", "Give each its own.")
            seen.add(draft.cells["address"])
            row = self._row(number, draft, names)
            rows += [row] if row else []
        return DraftPlan(
            tuple(services.values()),
            tuple(measures.values()),
            tuple(row.target for row in rows if row.is_new or row.changes),
            tuple(rows),
            tuple(target for slug, target in self.known.items() if slug not in seen),
        )

    def _row(self, number: int, draft: PromiseDraft, names: Names) -> SheetRow | None:
        address, kind = draft.cells["address"], draft.cells["kind"]
        known = self.known.get(address)
        if kind not in FACTS_FOR:
            self._tell(draft, [(KIND, _("Write one of: %(kinds)s.") % {"kinds": ", ".join(FACTS_FOR)})])
            return None
        if known and known.kind != kind:
            words = _("The draft has “%(name)s” at this address, of the kind %(kind)s. Give one of them another.")
            self._tell(draft, [(KIND, words % {"name": known.name, "kind": known.kind})])
            return None
        stands_in = [name for name in STOOD_IN if known and name not in draft.paths]
        cells = {name: cell for name, cell in draft.cells.items() if name not in stands_in}
        target = known or ServiceLevelTarget(agreement=self.agreement, kind=kind, slug=address)
        row = row_of(number, target, cells, names=names)
        if isinstance(row, SheetRow):
            return row
        self._tell(draft, row)
        return None

    def _missing_services(self) -> dict[str, ServiceDraft]:
        wanted = {draft.cells.get("service", "") for draft in self.file.promises}
        found = {slug: each for slug, each in self.file.services.items() if slug in wanted}
        return {slug: each for slug, each in found.items() if slug not in self.names.services and slug not in NOT_SLUGS}

    def _measures(self, services: Mapping[str, Service]) -> dict[str, Measure]:
        found: dict[str, Measure] = {}
        for promise in self.file.promises:
            draft = promise.measure
            if draft is None or draft.slug in found:
                continue
            kind = promise.cells["kind"]
            if draft.slug in NOT_SLUGS:
                draft.part.problem("metadata.name", _("A measure cannot have this name"), _("Give it another one."))
            elif draft.slug in self.names.measures:
                _note_used(draft)
            elif kind in FACTS_FOR:
                service = promise.cells.get("service", "")
                found[draft.slug] = _measure(draft, draft.fact_kind or FACTS_FOR[kind][-1])
                found[draft.slug].service = self.names.services.get(service) or services.get(service)
        return found

    def _tell(self, draft: PromiseDraft, wrong: list[tuple[str, str]]) -> None:
        for column, words in wrong:
            path = draft.paths.get(column, draft.part.path)
            what = f"{label_of(column)}: {words}" if column in COLUMNS else words
            what = what.rstrip(".")
            self.file.report.problems.append(Remark(draft.part.document, path, what, ""))


def _made(plan: FilePlan) -> list[list[str]]:
    """The services and measures that a file would make."""
    return [[each.slug for each in plan.services], [each.slug for each in plan.measures]]


def _service(draft: ServiceDraft) -> Service:
    if not draft.service_class:
        draft.part.note("", _("A new service begins in the pipeline, as a technical one"), _("Say what kind it is."))
    description = draft.description or _("Named in a file of OpenSLO, which says no more about it.")
    kind = draft.service_class or ServiceClass.TECHNICAL
    return Service(slug=draft.slug, name=draft.name, description=description, service_class=kind)


def _measure(draft: MeasureDraft, fact_kind: str) -> Measure:
    return Measure(
        slug=draft.slug,
        name=draft.name[:200],
        fact_kind=fact_kind,
        what=draft.what,
        source=draft.source[:300],
        decider=draft.decider,
        unit_words=draft.unit_words,
        notes=draft.notes,
        starts_on=draft.starts_on,
        max_gap_seconds=draft.max_gap_seconds,
    )


def _note_used(draft: MeasureDraft) -> None:
    words = _("There is a measure of this name: it is used as it is, whatever the file says about it")
    draft.part.note("metadata.name", words, "")


def _fits(kind: AgreementKind, customer: Party, provider: Party) -> bool:
    return customer.pk != provider.pk and sides_fit(kind, customer=customer, provider=provider)
