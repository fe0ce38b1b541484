"""Larkmoor's agreements: one for each business unit, those of teams, and contracts of suppliers."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from catalog.models import Component, Service, ServiceOffering
from demo.accepting import agree, put_in_force
from demo.larkmoor import promises
from demo.larkmoor.catalogue import ENTITLEMENTS
from demo.larkmoor.months import at
from portal.accounts.models import BusinessUnit, Membership
from portal.pdf import render_pdf
from slas.actions.agreements import revise_agreement
from slas.actions.documents import Document, attach_annex
from slas.models import (
    Agreement,
    Measure,
    MediaType,
    Obligation,
    OfferedLevel,
    Party,
    ServiceHours,
    ServiceLevelTarget,
    Support,
)

HEADS = {
    "customer-orders": "Ines Calder", "finance": "Sunniva Hale", "buying-and-supply": "Oskar Winterbourne",
    "depots-and-delivery": "Leona Farrow", "people": "Mirek Sandell", "transport": "Abena Thorley",
}  # fmt: skip
# Who signs for a supplier, by one-time link.
SIGNERS = {
    "Northline Telecom": ("Joss Arden", "Account manager", "joss.arden@northline.example"),
    "Paywell": ("Ada Quill", "Head of contracts", "ada.quill@paywell.example"),
    "Sendright": ("Noor Haddad", "Managing director", "noor.haddad@sendright.example"),
}
PRICES = """<!doctype html><html lang="en-GB"><head><title>Sendright: what messages cost</title></head><body>
<h1>What messages cost</h1><table class="p-table"><thead><tr><th scope="col">Messages</th><th scope="col">Each</th></tr>
</thead><tbody><tr><td>Mail</td><td>£0.0004</td></tr><tr><td>Text</td><td>£0.031</td></tr></tbody></table></body></html>"""
AGREED_BEFORE = timedelta(days=19)
OF_MEASURE = ("fact_kind", "what", "source", "decider", "max_gap_seconds")
# offering, line, percent, seconds, words, shows allowed time
LEVELS = (
    ("Standard", "Customers can place orders", "99.0", None, "", True),
    ("Gold", "Customers can place orders", "99.5", None, "", True),
    ("Gold with peak cover", "Customers can place orders", "99.8", None, "", True),
    ("Standard", "Orders are confirmed within 15 minutes", "95", None, "", False),
    ("Gold", "Orders are confirmed within 15 minutes", "98", None, "", False),
    ("Gold with peak cover", "Orders are confirmed within 15 minutes", "99", None, "", False),
    ("Standard", "Urgent problems are solved", "90", 14400, "", False),
    ("Gold", "Urgent problems are solved", "90", 7200, "", False),
    ("Gold with peak cover", "Urgent problems are solved", "90", 3600, "", False),
    ("Standard", "A person answers", None, None, "05:00 to 20:00", False),
    ("Gold", "A person answers", None, None, "04:00 to 22:00", False),
    ("Gold with peak cover", "A person answers", None, None, "04:00 to 22:00", False),
)


@dataclass
class Made:
    """What the makers of facts and talk need to find again."""

    units: dict[str, BusinessUnit]
    members: dict[str, Membership]
    services: dict[str, Service]
    hours: dict[str, ServiceHours]
    components: dict[str, Component] = field(default_factory=dict)
    offerings: dict[tuple[str, str], ServiceOffering] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    targets: dict[str, ServiceLevelTarget] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)


def make_agreements(made: Made, since: date, payment_ends_on: date) -> None:
    """The drafts of each unit's agreement with Larkmoor IT, and of those on which they stand."""
    provider = Party.objects.create(kind="provider", name="Larkmoor IT")
    all_promises = {"customer-orders": promises.CUSTOMER_ORDERS, **promises.OTHER_UNITS}
    for unit_slug, rows in all_promises.items():
        unit = made.units[unit_slug]
        customer = Party.objects.create(kind="business_unit", name=unit.name, business_unit=unit)
        agreement = _agreement(unit_slug, f"{unit.name} and Larkmoor IT", "sla", customer, provider, since)
        made.agreements[unit_slug] = agreement
        for position, row in enumerate(rows):
            _target(made, agreement, position, row)
        _cover(made, agreement, unit)
    make_component_agreements(made, provider, since, payment_ends_on)


def _agreement(slug: str, name: str, kind: str, customer: Party, provider: Party, since: date) -> Agreement:
    rhythm = {"notice_days": 90, "renews_months": 12, "review_months": 6} if kind == "sla" else {}
    return Agreement.objects.create(
        slug=slug, name=name, kind=kind, customer=customer, provider=provider, time_zone="Europe/London",
        starts_on=since, **rhythm,
    )  # fmt: skip


def _cover(made: Made, agreement: Agreement, unit: BusinessUnit) -> None:
    """The levels that the unit has of the services it is promised something about; of others all of them."""
    levels = {slug: (level, covered) for of, slug, level, _, covered in ENTITLEMENTS if of == unit.slug}
    promised = agreement.targets.select_related("service")
    for slug in sorted({target.service.slug for target in promised if target.service is not None}):
        level, covered = levels.get(slug, ("", ""))
        agreement.scope.create(
            service=made.services[slug], offering=made.offerings.get((slug, level)), business_unit=unit,
            covered_words=covered,
        )  # fmt: skip


def agree_on_next_version(made: Made, starts_on: date, now: datetime) -> None:
    """Finance and IT agreed a few days ago on a tighter promise, which waits for its first day."""
    manager = made.members["Pavel Orsin"]
    agreed_at = now - timedelta(days=3)
    draft = revise_agreement(agreement=made.agreements["finance"], starts_on=starts_on, by=manager, now=agreed_at)
    draft.targets.filter(slug="ledger").update(
        threshold=Decimal("99.7"), sentence="99.7 % of 08:00 to 18:00, working days"
    )
    agree(draft, head=made.members[HEADS["finance"]], manager=manager, now=agreed_at)


def accept_agreements(made: Made, since: date) -> None:
    """Both sides accept each draft in the weeks before it starts."""
    agreed_at, manager = at(since - AGREED_BEFORE, "11:00"), made.members["Pavel Orsin"]
    prices = Document(render_pdf(html=PRICES, created_at=agreed_at), "sendright-prices.pdf", MediaType.PDF)
    attach_annex(agreement=made.agreements["Sendright"], document=prices, by=manager, now=agreed_at)
    for agreement in Agreement.objects.select_related("customer", "provider").order_by("pk"):
        head = made.members[HEADS.get(agreement.slug, HEADS["customer-orders"])]
        put_in_force(agreement, head=head, manager=manager, now=agreed_at)


def _target(made: Made, agreement: Agreement, position: int, row: dict[str, Any]) -> None:
    row = dict(row)
    service = made.services[row.pop("service")]
    hours = made.hours.get(row.pop("hours", ""))
    counted_by = row.pop("counted_by", "")
    made.measures[row["slug"]] = measure = made.measures.get(counted_by) or _measure(service, row)
    made.targets[row["slug"]] = ServiceLevelTarget.objects.create(
        agreement=agreement, service=service, measure=measure, service_hours=hours, position=position, **row
    )


def _measure(service: Service, row: dict[str, Any]) -> Measure:
    """The measure of a promise; takes what is its own from the promise's row."""
    own = {key: row.pop(key) for key in OF_MEASURE if key in row}
    unit_words = row.pop("measured_in", row.get("unit_words", ""))
    return Measure.objects.create(slug=row["slug"], name=row["name"], service=service, unit_words=unit_words, **own)


def make_component_agreements(made: Made, customer: Party, since: date, payment_ends_on: date) -> None:
    """What teams and suppliers promise Larkmoor IT about the parts that customer ordering stands on."""
    parties: dict[str, Party] = {}
    for position, (slug, kind, name, threshold, hours) in enumerate(promises.COMPONENT_PROMISES):
        if name not in parties:
            parties[name] = Party.objects.create(kind=kind, name=name)
            if name in SIGNERS:
                signer, role, email = SIGNERS[name]
                parties[name].contacts.create(name=signer, role=role, email=email)
            of = "contract" if kind == "supplier" else "ola"
            agreement_slug = name.lower().replace(" ", "-")
            made.agreements[name] = _agreement(
                agreement_slug, f"{name} and Larkmoor IT", of, customer, parties[name], since
            )
            Agreement.objects.filter(pk=made.agreements[name].pk).update(underpins=made.agreements["customer-orders"])
        component = made.components[slug]
        when = "all hours" if hours == "always" else made.hours[hours].words.lower()
        measure = Measure.objects.create(
            slug=slug, name=f"{component.name} can be used", fact_kind="outages", component=component,
            what=f"Minutes in which {component.name.lower()} did not work.", source="Check every minute",
            decider=name,
        )  # fmt: skip
        made.measures[slug] = measure
        made.targets[slug] = ServiceLevelTarget.objects.create(
            agreement=made.agreements[name], component=component, measure=measure, slug=slug, position=position,
            name=f"{component.name} works", sentence=f"{threshold} % of {when}",
            kind="availability", threshold=Decimal(threshold), service_hours=made.hours[hours],
            loss_words=f"{component.name} did not work", short_loss_words="Not working",
        )  # fmt: skip
    Agreement.objects.filter(slug="paywell").update(name="Payment contract", ends_on=payment_ends_on, notice_days=60)
    _make_people_and_information(made)
    _make_repairs(made)


def _make_repairs(made: Made) -> None:
    """How soon teams and suppliers repair their part: one of them gets each urgent problem; the phones need a line."""
    for slug, name, service, what, minutes in promises.REPAIRS:
        made.measures[slug] = Measure.objects.create(
            slug=slug, name=what, fact_kind="cases", service=made.services[service],
            what=f"Faults that {name} was called for, from the call to the repair.", source="Help desk", decider=name,
        )  # fmt: skip
        made.targets[slug] = ServiceLevelTarget.objects.create(
            agreement=made.agreements[name], service=made.services[service], measure=made.measures[slug], slug=slug,
            name=what, sentence="95 % of faults", kind="cases", threshold=Decimal(95), within_seconds=minutes * 60,
            pause_reasons=["Waiting for the customer"], service_hours=made.hours["always"], decimals=0,
            unit_words="faults", good_words="repaired in time", bad_words="were late", position=50,
        )  # fmt: skip
        Support.objects.create(target=made.targets["urgent"], by=made.targets[slug])
    Support.objects.create(target=made.targets["phones"], by=made.targets["phone-network"])


def _make_people_and_information(made: Made) -> None:
    """Parts that are people or information: staffed, called, kept and ready."""
    ordering_team, desk = made.agreements["Ordering team"], made.hours["nights"]
    for slug, name, unit_words, good in (
        ("order-desk", "The order desk is staffed", "days", "Staffed"),
        ("tomorrows-prices", "Tomorrow’s prices are complete by 22:00", "nights", "Complete"),
    ):
        made.measures[slug] = Measure.objects.create(
            slug=slug, name=name, fact_kind="occasions", component=made.components[slug], what=f"{name}, each day.",
            source="Duty list", decider="Rowan Tessaly", unit_words=unit_words,
        )  # fmt: skip
        made.targets[slug] = ServiceLevelTarget.objects.create(
            agreement=ordering_team, component=made.components[slug], measure=made.measures[slug], slug=slug,
            name=name, sentence="At most 1 late a month", kind="occasions", allowed_misses=1, schedule="daily",
            due_minute=1320, service_hours=desk, unit_words=unit_words, good_words=good, decimals=0,
        )  # fmt: skip
    for slug, name, unit_words, threshold in (
        ("late-order-call", "The desk calls about late orders within 30 min", "calls", "95"),
        ("customer-accounts-data", "Customer accounts are changed on the same day", "changes", "95"),
    ):
        made.measures[slug] = Measure.objects.create(
            slug=slug, name=name, fact_kind="volumes", component=made.components[slug], what=name,
            source="Order book", decider="Rowan Tessaly", unit_words=unit_words,
        )  # fmt: skip
        made.targets[slug] = ServiceLevelTarget.objects.create(
            agreement=ordering_team, component=made.components[slug], measure=made.measures[slug], slug=slug,
            name=name, sentence=f"{threshold} % of {unit_words}", kind="volume", threshold=Decimal(threshold),
            unit_words=unit_words, good_words="in time", bad_words="were late", decimals=0,
        )  # fmt: skip


def make_levels(made: Made) -> None:
    """The levels of customer ordering, line by line."""
    lines = list(dict.fromkeys(line for _, line, *_ in LEVELS))
    for offering, line, percent, seconds, words, shows in LEVELS:
        OfferedLevel.objects.create(
            offering=made.offerings["customer-ordering", offering], name=line, position=lines.index(line),
            threshold=Decimal(percent) if percent else None, within_seconds=seconds, words=words,
            shows_allowed_time=shows,
        )  # fmt: skip


def make_obligations(made: Made, late_since: date) -> None:
    """What Customer Orders does for the service."""
    common = {"agreement": made.agreements["customer-orders"], "service": made.services["customer-ordering"]}
    Obligation.objects.create(
        slug="one-person", kind="prerequisite", text="Name one person for urgent problems, 05:00 to 20:00",
        short_text="Name one person for urgent problems, 05:00 to 20:00",
        owner=made.members["Ines Calder"], done_on=made.agreements["customer-orders"].starts_on, **common,
    )  # fmt: skip
    Obligation.objects.create(
        slug="promotion-calendar", text="Send next year’s promotion calendar", short_text="Promotion calendar",
        owner=made.members["Rowan Tessaly"], due_on=late_since, **common,
    )  # fmt: skip
