"""Services, offerings, components, goals of Larkmoor Foods."""

from datetime import date
from decimal import Decimal

from catalog.models import (
    BusinessGoal,
    Component,
    ContributionLink,
    Dependency,
    DependencyGroup,
    Entitlement,
    HandOver,
    LineOfService,
    ProcessStep,
    Service,
    ServiceOffering,
    Stage,
    StageTransition,
    Step,
)
from portal.accounts.models import BusinessUnit, Membership
from portal.language.dates import month_year

LINES = ("Sell and take orders", "Deliver", "Know and decide", "Work every day", "Run the business")

# slug, name, description, class, line, who uses it, service owner, business owner
SERVICES = (
    ("customer-ordering", "Customer ordering",
     "Customers place orders online or by phone, and get a confirmation within 15 minutes.",
     "business", 0, "Customers, order desk", "Maia Lindqvar", "Ines Calder"),
    ("order-desk-phones", "Order desk phones", "Customers reach a person at the order desk.",
     "end_user", 0, "Order desk", "Dele Amundi", "Ines Calder"),
    ("prices-and-promotions", "Prices and promotions",
     "The next day’s prices and promotions are right and live before the first order.",
     "business", 0, "Customers, order desk", "Hanne Brook", "Oskar Winterbourne"),
    ("customer-accounts", "Customer accounts", "Open, change and close a customer account on the same day.",
     "business", 0, "Order desk, Finance", "Hanne Brook", "Sunniva Hale"),
    ("delivery-tracking", "Delivery tracking", "Customers and the order desk see where a delivery is.",
     "business", 1, "Customers, depots", "Tam Redfern", "Leona Farrow"),
    ("warehouse-picking", "Warehouse picking", "Depots get their picking lists before the first shift.",
     "business", 1, "Depots", "Tam Redfern", "Leona Farrow"),
    ("trip-recording", "Trip recording", "Drivers record where and when each trip ended.",
     "business", 1, "Drivers", "Tam Redfern", "Abena Thorley"),
    ("sales-figures", "Sales figures", "Yesterday’s sales by customer, product and depot.",
     "business", 2, "12 readers", "Hanne Brook", "Ines Calder"),
    ("business-analysis", "Business analysis",
     "A trained person works out with you what you need, and what it would take.",
     "professional", 2, "Heads and process owners", "Pavel Orsin", "Ines Calder"),
    ("device-and-desk-help", "Device and desk help", "Someone to call when something does not work.",
     "end_user", 3, "Everyone", "Dele Amundi", "Mirek Sandell"),
    ("mail-calendar-meetings", "Mail, calendar and meetings", "Write, meet and share with anyone in Larkmoor.",
     "end_user", 3, "Everyone", "Dele Amundi", "Mirek Sandell"),
    ("project-lead", "Project lead", "An experienced person leads your project to an agreed date.",
     "professional", 3, "Heads", "Pavel Orsin", "Ines Calder"),
    ("payroll", "Payroll", "Everyone is paid on time, and every pay slip is right.",
     "business", 4, "People, Finance", "Hanne Brook", "Mirek Sandell"),
    ("ledger", "Ledger", "Book, close and report the month.",
     "business", 4, "Finance", "Hanne Brook", "Sunniva Hale"),
    ("supplier-orders", "Supplier orders", "Orders reach suppliers on the same day.",
     "business", 4, "Buying", "Hanne Brook", "Oskar Winterbourne"),
    ("store-and-network", "Storage and network", "The storage and the network that other services stand on.",
     "technical", 4, "IT", "Dele Amundi", None),
)  # fmt: skip
PIPELINE = (
    ("mobile-ordering", "Mobile ordering", "Customers order from a phone app.", "Maia Lindqvar", "Ines Calder"),
    ("supplier-data-exchange", "Supplier data exchange", "Suppliers send their product data by themselves.",
     "Hanne Brook", "Oskar Winterbourne"),
)  # fmt: skip
RETIRED = (
    ("fax-orders", "Orders by fax", "Customers sent orders by fax until the last one moved online.",
     "Maia Lindqvar", "Ines Calder"),
)  # fmt: skip

# service, offering, price in pence a month (None: words), words, unit
OFFERINGS = (
    ("customer-ordering", "Standard", 1690000, "", "a month"),
    ("customer-ordering", "Gold", 2140000, "", "a month"),
    ("customer-ordering", "Gold with peak cover", 2780000, "", "a month"),
    ("order-desk-phones", "Gold", 630000, "", "a month"),
    ("prices-and-promotions", "Standard", 490000, "", "a month"),
    ("customer-accounts", "Standard", 220000, "", "a month"),
    ("delivery-tracking", "Standard", 275000, "", "a month"),
    ("warehouse-picking", "Standard", 1180000, "", "a month"),
    ("trip-recording", "Standard", 310000, "", "a month"),
    ("sales-figures", "Standard", 310000, "", "a month"),
    ("business-analysis", "6 days", 390000, "", "a month"),
    ("device-and-desk-help", "Standard", 520000, "", "a month"),
    ("mail-calendar-meetings", "Standard", None, "In the base fee", ""),
    ("project-lead", "By project", 64000, "", "a day"),
    ("payroll", "Standard", 610000, "", "a month"),
    ("ledger", "Standard", 540000, "", "a month"),
    ("supplier-orders", "Standard", 430000, "", "a month"),
)

# unit (None: everyone), service, offering, level words, who is covered
ENTITLEMENTS = (
    ("customer-orders", "customer-ordering", "Gold", "", "All 64 order desk people"),
    ("customer-orders", "prices-and-promotions", "Standard", "", ""),
    ("customer-orders", "order-desk-phones", "Gold", "", "40 lines"),
    ("customer-orders", "delivery-tracking", "Standard", "", ""),
    ("customer-orders", "sales-figures", "Standard", "", "12 readers"),
    ("customer-orders", "device-and-desk-help", "Standard", "", ""),
    ("customer-orders", "business-analysis", "6 days", "6 days a month", ""),
    (None, "device-and-desk-help", "Standard", "", ""),
    (None, "mail-calendar-meetings", "Standard", "", ""),
    ("finance", "ledger", "Standard", "", "31 bookkeepers"),
    ("finance", "payroll", "Standard", "", ""),
    ("finance", "customer-accounts", "Standard", "", ""),
    ("finance", "sales-figures", "Standard", "", "8 readers"),
    ("buying-and-supply", "supplier-orders", "Standard", "", ""),
    ("buying-and-supply", "prices-and-promotions", "Standard", "", ""),
    ("buying-and-supply", "sales-figures", "Standard", "", "20 readers"),
    ("depots-and-delivery", "warehouse-picking", "Standard", "", "All 6 depots"),
    ("depots-and-delivery", "delivery-tracking", "Standard", "", ""),
    ("people", "payroll", "Standard", "", "1,140 people paid"),
    ("transport", "trip-recording", "Standard", "", "210 drivers"),
    ("transport", "delivery-tracking", "Standard", "", ""),
)
# services that Customer Orders may ask for and does not have yet
OFFERED = (("customer-orders", "customer-accounts", "Standard"), ("customer-orders", "project-lead", "By project"))

STEPS = (
    (1, "Customer signs in", "or calls the desk"),
    (2, "Order is entered", ""),
    (3, "Price and stock are checked", ""),
    (4, "Order is confirmed", ""),
)
# slug, name, kind, note, design availability
COMPONENTS = (
    ("order-desk", "Order desk", "people", "3 of 5 people on each shift", None),
    ("late-order-call", "Late-order call", "people", "Desk calls the customer", None),
    ("customer-sign-in", "Customer sign-in", "it", "", "99.95"),
    ("web-shop", "Web shop", "it", "", "99.7"),
    ("desk-screens", "Desk screens", "it", "", "99.7"),
    ("stock-check", "Stock check", "it", "", "99.95"),
    ("order-storage", "Order storage", "it", "", "99.9"),
    ("phone-network", "Phone network", "supplier", "Contract to Mar 2028", "99.9"),
    ("card-payment", "Card payment", "supplier", "On account without it", "99.7"),
    ("mail-and-text", "Mail and text sending", "supplier", "", "99.95"),
    ("customer-accounts-data", "Customer accounts", "information", "Kept by Finance", None),
    ("tomorrows-prices", "Tomorrow’s prices", "information", "Kept by Buying", None),
)
# component, requirement, group, note, first step, last step
DEPENDENCIES = (
    ("order-desk", "helps", None, "3 of 5 people on each shift", 2, 2),
    ("late-order-call", "helps", None, "Desk calls the customer", 4, 4),
    ("customer-sign-in", "needed", None, "", 1, 1),
    ("web-shop", "alternative", "One of these two is enough", "", 2, 2),
    ("desk-screens", "alternative", "One of these two is enough", "", 2, 2),
    ("stock-check", "needed", None, "", 3, 3),
    ("order-storage", "needed", None, "", 2, 4),
    ("phone-network", "helps", None, "Contract to Mar 2028", 1, 1),
    ("card-payment", "helps", None, "Helps, not needed: on account", 2, 2),
    ("mail-and-text", "needed", None, "", 4, 4),
    ("customer-accounts-data", "helps", None, "Kept by Finance", 1, 1),
    ("tomorrows-prices", "helps", None, "Kept by Buying", 3, 3),
)
# who hands on, to whom (None: to the customer), what, within how many minutes
HAND_OVERS = (
    ("customer-sign-in", "order-desk", "the caller, with the customer’s account", 2),
    ("web-shop", "stock-check", "the order, line by line", None),
    ("desk-screens", "stock-check", "the order, line by line", None),
    ("stock-check", "mail-and-text", "what can be delivered, with prices", 5),
    ("stock-check", "late-order-call", "lines that cannot be delivered", 10),
    ("mail-and-text", None, "the confirmation", 15),
)
# slug, name, short name, due, services
GOALS = (
    ("orders-online", "Take 68 % of orders online by {due}", "68 % of orders online",
     ("customer-ordering", "delivery-tracking", "prices-and-promotions")),
    ("right-price", "The right price on day one", "Right price on day one",
     ("prices-and-promotions", "customer-ordering")),
    ("no-customer-lost", "No customer lost to a closed shop", "No customer lost",
     ("customer-ordering", "order-desk-phones")),
)  # fmt: skip


def make_services(members: dict[str, Membership], since: date) -> dict[str, Service]:
    """The portfolio: live services, two in the pipeline, one retired, each with its dated transitions."""
    lines = [LineOfService.objects.create(name=name, position=index) for index, name in enumerate(LINES)]
    services = {}
    for slug, name, description, service_class, line, used_by, owner, business_owner in SERVICES:
        services[slug] = Service.objects.create(
            slug=slug, name=name, description=description, service_class=service_class, stage=Stage.CATALOGUE,
            line_of_service=lines[line], used_by=used_by, it_owner=members[owner],
            business_owner=members.get(business_owner or ""),
        )  # fmt: skip
        _move(services[slug], Step.BUILDING, Step.LIVE, since, "Accepted by its users.", members["Pavel Orsin"])
    for stage, rows in ((Stage.PIPELINE, PIPELINE), (Stage.RETIRED, RETIRED)):
        for slug, name, description, owner, business_owner in rows:
            services[slug] = Service.objects.create(
                slug=slug, name=name, description=description, service_class="business", stage=stage,
                line_of_service=lines[0], it_owner=members[owner], business_owner=members[business_owner],
            )  # fmt: skip
    _move(
        services["mobile-ordering"], "", Step.PROPOSED, since, "Asked for by two large chains.", members["Pavel Orsin"]
    )
    _move(
        services["supplier-data-exchange"], "", Step.PROPOSED, since, "Buying types what suppliers know.",
        members["Pavel Orsin"],
    )  # fmt: skip
    _move(
        services["fax-orders"], Step.LIVE, Step.RETIRED, since, "The last customer moved online.",
        members["Pavel Orsin"],
    )  # fmt: skip
    return services


def _move(service: Service, from_stage: str, to_stage: str, on: date, reason: str, by: Membership) -> None:
    StageTransition.objects.create(
        service=service, from_stage=from_stage, to_stage=to_stage, on=on, reason=reason, decided_by=by
    )


def make_offerings(
    services: dict[str, Service], units: dict[str, BusinessUnit], since: date
) -> dict[tuple[str, str], ServiceOffering]:
    """The levels, their prices, and which unit has which."""
    offerings = {}
    for position, (slug, name, price, words, unit) in enumerate(OFFERINGS):
        offerings[slug, name] = ServiceOffering.objects.create(
            service=services[slug], name=name, price_minor=price, price_words=words, price_unit=unit, position=position
        )
    for unit_slug, slug, name, level, covered in ENTITLEMENTS:
        Entitlement.objects.create(
            offering=offerings[slug, name], business_unit=units.get(unit_slug or ""), level_words=level,
            covered_words=covered, starts_on=since,
        )  # fmt: skip
    return offerings


def make_composition(service: Service) -> dict[str, Component]:
    """What customer ordering is made of: people, IT, suppliers, information, along four steps."""
    for position, name, note in STEPS:
        ProcessStep.objects.create(service=service, position=position, name=name, note=note)
    components = {
        slug: Component.objects.create(
            slug=slug, name=name, kind=kind, note=note,
            design_availability=Decimal(design) if design else None,
        )
        for slug, name, kind, note, design in COMPONENTS
    }  # fmt: skip
    parts: dict[str, Dependency] = {}
    groups: dict[str, DependencyGroup] = {}
    for position, (slug, requirement, group, note, first, last) in enumerate(DEPENDENCIES):
        if group and group not in groups:
            groups[group] = DependencyGroup.objects.create(service=service, name=group, needed=1)
        parts[slug] = Dependency.objects.create(
            service=service, component=components[slug], requirement=requirement, group=groups.get(group or ""),
            note=note, first_step=first, last_step=last, position=position,
        )  # fmt: skip
    for giver, receiver, note, minutes in HAND_OVERS:
        HandOver.objects.create(
            giver=parts[giver], receiver=parts[receiver] if receiver else None, note=note, within_minutes=minutes
        )
    return components


def make_goals(
    services: dict[str, Service], unit: BusinessUnit, owner: Membership, due_on: date
) -> dict[str, BusinessGoal]:
    """Three goals of Customer Orders and the services that serve them."""
    goals = {}
    for position, (slug, name, short_name, served_by) in enumerate(GOALS):
        goals[slug] = BusinessGoal.objects.create(
            slug=slug, name=name.format(due=month_year(due_on)), short_name=short_name, business_unit=unit, owner=owner,
            position=position,
            due_on=due_on if slug == "orders-online" else None,
        )  # fmt: skip
        for service in served_by:
            ContributionLink.objects.create(goal=goals[slug], service=services[service])
    return goals
