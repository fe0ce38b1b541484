"""What Larkmoor keeps: a template of its own, what its own words mean, and what it says instead of words of IT."""

from datetime import datetime

from catalog.actions.glossary import add_term
from demo.larkmoor.agreements import Made
from portal.accounts.models import BusinessUnit
from slas.actions.building import save_template
from slas.actions.wording import add_own_word

WORDS = (
    ("month end", "vague", "Finance means the last working day, the depots the three days after it."),
    ("night run", "defined", "What begins at 22:00 and ends when the next day’s prices are live."),
)
# What Larkmoor says otherwise: the word, its plain phrase, and the unit whose people know it.
GLOSSARY = (
    ("EDI", "orders that come straight from another company’s computer", "customer-orders"),
    ("cutover", "the change to the new system", ""),
    ("price feed", "the nightly delivery of prices", ""),
)


def keep_library(made: Made, now: datetime) -> None:
    """The service level manager keeps them, when the agreements are in force."""
    manager = made.members["Pavel Orsin"]
    save_template(
        target=made.targets["urgent"], name="What stops the order desk is solved", service_class="business",
        purpose="Problems that keep people from taking orders, from the call to the solution.", by=manager, now=now,
    )  # fmt: skip
    for words, kind, note in WORDS:
        reason = "It was read in two ways in a review."
        add_own_word(words=words, kind=kind, note=note, reason=reason, by=manager, now=now)
    units = {unit.slug: unit for unit in BusinessUnit.objects.all()}
    for term, plain, slug in GLOSSARY:
        known_by = [units[slug]] if slug else []
        add_term(term=term, plain=plain, owner=manager, is_known_to_all=False, known_by=known_by, by=manager, now=now)
