"""What Larkmoor's catalogue says of its services besides their sentence, and the next words of one that wait."""

from datetime import datetime

from catalog.actions.entries import approve_entry, publish_entry, save_draft
from catalog.models import Service
from catalog.queries.entries import find_newest
from portal.accounts.models import Membership
from portal.conversations.models import Notification

WORDS: dict[str, dict[str, str | int | None]] = {
    "customer-ordering": {
        "hours_words": "04:00 to 22:00, every day",
        "how_to_ask": "Every customer with an account can order. A new depot asks the order desk.",
        "also_called": "web shop, online shop, orders, basket",
        "busy_times": "05:00 to 08:00 on each day, and the two weeks before Christmas",
    },
    "order-desk-phones": {
        "hours_words": "05:00 to 20:00, every day",
        "how_to_ask": "Ask your team leader for a headset and a place at the desk.",
        "also_called": "telephone, calls, hotline, headset",
        "help_words": "The help desk on each floor, or any colleague with a working phone",
    },
    "device-and-desk-help": {
        "how_to_ask": "Call the help desk, or walk up to it before 17:00.",
        "also_called": "laptop, computer, PC, screen, keyboard, printer",
        "help_words": "The help desk, by phone or at the desk",
    },
    "business-analysis": {
        "how_to_ask": "Say what you need with a sentence on what should be better afterwards.",
        "delivered": "A paper of a few pages: what you need, two or three ways to it, and what each would take.",
        "accepted_how": "The head of the unit signs the paper after one meeting.",
        "effort_words": "Up to 6 days a month",
        "working_days": 10,
    },
}
NEXT = {
    "how_to_ask": "Every customer with an account can order, and so can its depots. Ask the order desk for an account."
}


def make_entries(services: dict[str, Service], members: dict[str, Membership], now: datetime) -> None:
    """Published before anybody has a level, so that nobody is told of them; the next words of one wait for approval."""
    writer, manager = members["Maia Lindqvar"], members["Pavel Orsin"]
    for slug in sorted(WORDS.keys() & services.keys()):
        service, words = services[slug], WORDS[slug]
        began = find_newest(service=service, now=now).token
        read = save_draft(service=service, words=words, began=began, by=writer, now=now).token
        approve_entry(service=service, read=read, by=manager, now=now)
        publish_entry(
            service=service,
            read=read,
            reason="Everybody at Larkmoor says it so.",
            on=None,
            by=manager,
            now=now,
            today=now.date(),
        )
    Notification.objects.filter(member=writer, key__startswith="entry-").update(read_at=now)
    service = services["customer-ordering"]
    save_draft(service=service, words=NEXT, began=find_newest(service=service, now=now).token, by=writer, now=now)
