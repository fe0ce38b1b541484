"""Services of Larkmoor Foods that stand on other services, beside customer ordering."""

from collections.abc import Mapping

from catalog.models import Component, Dependency, HandOver, ProcessStep, Service

# service: its steps, each with a note
STEPS = {
    "sales-figures": (("Sales of the day are gathered", "at midnight"), ("Figures are put together", ""),
                      ("Figures are read", "from 06:30")),
    "prices-and-promotions": (("Prices are decided", "by 16:00"), ("Prices go live", "before 04:00")),
}  # fmt: skip
# service, what it stands on (a component, else a service), how it is needed, note, first step, last step
PARTS = (
    ("store-and-network", "order-storage", "needed", "Keeps what all others write", None, None),
    ("store-and-network", "phone-network", "needed", "Lines between the sites", None, None),
    ("sales-figures", "store-and-network", "needed", "", 1, 3),
    ("sales-figures", "customer-accounts-data", "helps", "Names and depots of customers", 2, 2),
    ("sales-figures", "prices-and-promotions", "helps", "Which promotion sold what", 2, 2),
    ("prices-and-promotions", "tomorrows-prices", "needed", "Kept by Buying", 1, 1),
    ("prices-and-promotions", "store-and-network", "needed", "", 2, 2),
    ("prices-and-promotions", "mail-and-text", "helps", "Tells customers of promotions", 2, 2),
)
# service, who hands on, to whom (None: to whoever asked), what, within how many minutes
HAND_OVERS = (
    ("prices-and-promotions", "tomorrows-prices", "store-and-network", "the list of the next day", 120),
    ("prices-and-promotions", "store-and-network", "mail-and-text", "promotions that begin", 30),
    ("sales-figures", "customer-accounts-data", None, "the figures with names", None),
)


def make_standing(services: Mapping[str, Service], components: Mapping[str, Component]) -> None:
    """Steps, parts and hand-overs of the services under and beside customer ordering."""
    for slug, steps in STEPS.items():
        for position, (name, note) in enumerate(steps, start=1):
            ProcessStep.objects.create(service=services[slug], position=position, name=name, note=note)
    parts: dict[tuple[str, str], Dependency] = {}
    for position, (slug, on, requirement, note, first, last) in enumerate(PARTS):
        parts[slug, on] = Dependency.objects.create(
            service=services[slug], component=components.get(on), position=position, requirement=requirement,
            on_service=None if on in components else services[on], note=note, first_step=first, last_step=last,
        )  # fmt: skip
    for slug, giver, receiver, note, minutes in HAND_OVERS:
        to = parts[slug, receiver] if receiver else None
        HandOver.objects.create(giver=parts[slug, giver], receiver=to, note=note, within_minutes=minutes)
