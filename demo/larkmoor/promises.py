"""What is promised: the data of Larkmoor's targets, as rows of keyword arguments."""

from decimal import Decimal
from typing import Any

AVAILABILITY: dict[str, Any] = {"kind": "availability", "fact_kind": "outages"}
CASES: dict[str, Any] = {"kind": "cases", "fact_kind": "cases", "decimals": 0}
VOLUME: dict[str, Any] = {"kind": "volume", "fact_kind": "volumes"}
OCCASIONS: dict[str, Any] = {"kind": "occasions", "fact_kind": "occasions", "decimals": 0}
PLANNED: dict[str, Any] = {"excluded_work": ["planned"], "planned_notice_days": 5, "planned_cap_seconds": 7200}

CUSTOMER_ORDERS: tuple[dict[str, Any], ...] = (
    AVAILABILITY | PLANNED | {
        "slug": "orders", "service": "customer-ordering", "hours": "ordering", "threshold": Decimal("99.5"),
        "name": "Customers can place orders", "short_name": "Place orders",
        "sentence": "99.5 % of 04:00 to 22:00, every day", "degraded_share": Decimal("0.5"),
        "meaning": "“Place orders” means that a customer can save an order on the web shop or with the order desk."
                   " If one of the two works, the promise is kept.",
        "agreed_note": "Slow pages count half, announced work does not count.",
        "experienced_note": "Slow pages count in full, announced work counts.",
        "loss_words": "Customers could not place orders", "short_loss_words": "Not possible",
        "what": "Minutes in which no order could be saved on the web shop and with the order desk; very slow pages"
                " (over 20 seconds) are degraded.",
        "source": "Order saving check, every minute", "decider": "Maia Lindqvar and Ines Calder",
    },
    VOLUME | {
        "slug": "confirm", "service": "customer-ordering", "threshold": Decimal(98),
        "name": "Orders are confirmed within 15 minutes", "short_name": "Confirm orders",
        "sentence": "98 % of orders", "unit_words": "orders", "good_words": "confirmed in time",
        "bad_words": "were late", "meaning": "An order is confirmed when the customer has been sent its number and"
        " delivery day. The 15 minutes begin when the order is saved.",
        "what": "Orders of each day, and how many of them were confirmed within 15 minutes.",
        "source": "Order book, counted every night", "decider": "Order desk",
    },
    AVAILABILITY | {
        "slug": "phones", "service": "order-desk-phones", "hours": "phones", "threshold": Decimal("99.8"),
        "name": "Order desk phones work", "short_name": "Phones",
        "sentence": "99.8 % of 05:00 to 20:00, Mon to Sat", "loss_words": "Lines were dead",
        "short_loss_words": "Lines dead",
        "meaning": "The phones work when a customer who calls the desk number can be put through.",
        "what": "Minutes in which calls to the desk could not be put through.",
        "source": "Line report of the phone supplier", "decider": "Dele Amundi",
    },
    OCCASIONS | {
        "slug": "sales", "service": "sales-figures", "hours": "working-days", "allowed_misses": 1,
        "name": "Sales figures are ready by 07:00", "short_name": "Sales figures",
        "sentence": "At most 1 late working day a month", "schedule": "working_days", "due_minute": 420,
        "unit_words": "days", "good_words": "On time", "bad_words": "were late",
        "meaning": "Ready means that yesterday’s sales of all depots can be opened.",
        "what": "When yesterday’s sales figures were complete.", "source": "End of the nightly run",
        "decider": "Hanne Brook",
    },
    OCCASIONS | {
        "slug": "prices", "service": "prices-and-promotions", "hours": "nights", "allowed_misses": 1,
        "name": "New prices are live by 04:00", "short_name": "Prices",
        "sentence": "At most 1 late night a month", "schedule": "daily", "due_minute": 240,
        "unit_words": "nights", "good_words": "Live on time", "bad_words": "were late",
        "meaning": "Live means that the web shop and the desk screens show the new day’s prices.",
        "what": "When the new day’s prices were live.", "source": "Price run log", "decider": "Hanne Brook",
    },
    CASES | {
        "slug": "urgent", "service": "customer-ordering", "hours": "always", "threshold": Decimal(90),
        "name": "Urgent problems are solved within 2 hours", "short_name": "Urgent problems",
        "sentence": "90 % of cases", "priorities": ["Urgent"], "within_seconds": 7200,
        "pause_reasons": ["Waiting for the customer"], "unit_words": "problems", "good_words": "solved in time",
        "bad_words": "were late", "meaning": "Solved means that the person who called says that they can work again.",
        "what": "Problems that stop order taking, from the call to the solution.", "source": "Help desk",
        "decider": "Maia Lindqvar",
    },
    CASES | {
        "slug": "analysis", "service": "business-analysis", "hours": "working-days", "threshold": Decimal(90),
        "name": "Analysis proposals come in 10 working days", "short_name": "Analysis",
        "sentence": "90 % of requests", "priorities": ["Analysis"], "within_working_days": 10,
        "unit_words": "requests", "good_words": "answered in time", "bad_words": "were late",
        "meaning": "The 10 working days begin when the request is complete: goal, owner and one example.",
        "what": "Analysis requests, from complete request to proposal.", "source": "Request list",
        "decider": "Pavel Orsin",
    },
    {
        "kind": "satisfaction", "fact_kind": "surveys", "decimals": 0,
        "slug": "rating", "service": "device-and-desk-help", "hours": "desk-help", "threshold": Decimal(80),
        "name": "The order desk rates our help as good", "short_name": "Rating",
        "sentence": "80 % of answers are 4 or 5 of 5", "unit_words": "answers", "good_words": "were good",
        "bad_words": "were not good", "meaning": "Good means 4 or 5 on a scale from 1 to 5, asked once a month.",
        "what": "Answers to “How good was our help this month?”", "source": "Monthly survey of the order desk",
        "decider": "Rowan Tessaly",
    },
    AVAILABILITY | {
        "slug": "track", "service": "delivery-tracking", "hours": "always", "is_trial": True,
        "trial_months": 12, "name": "Customers can track deliveries", "short_name": "Tracking", "is_mandatory": False,
        "sentence": "Trial: measured for twelve months, no target yet",
        "loss_words": "Customers could not track deliveries", "short_loss_words": "Not possible",
        "meaning": "Tracking works when the map shows a place not older than 15 minutes.",
        "what": "Minutes in which no place of a delivery could be seen.", "source": "Tracking check, every minute",
        "decider": "Tam Redfern",
    },
)  # fmt: skip

OTHER_UNITS: dict[str, tuple[dict[str, Any], ...]] = {
    "finance": (
        AVAILABILITY | {
            "slug": "ledger", "service": "ledger", "hours": "working-days", "threshold": Decimal("99.5"),
            "name": "The ledger can be used", "sentence": "99.5 % of 08:00 to 18:00, working days",
            "loss_words": "The ledger could not be used", "short_loss_words": "Not possible",
            "what": "Minutes in which nobody could book.", "source": "Ledger check", "decider": "Hanne Brook",
        },
        OCCASIONS | {
            "slug": "pay-run", "service": "payroll", "hours": "always", "allowed_misses": 0,
            "name": "The pay run ends by the 25th, 12:00", "sentence": "One date a month",
            "schedule": "monthly", "due_day": 25, "due_minute": 720, "unit_words": "dates",
            "good_words": "On time", "bad_words": "were late",
            "what": "When the pay run was complete.", "source": "Pay run log", "decider": "Hanne Brook",
        },
        CASES | {
            "slug": "account-requests", "service": "customer-accounts", "hours": "working-days",
            "threshold": Decimal(90), "name": "Customer accounts are changed on the same day",
            "sentence": "90 % of requests", "priorities": ["Account"], "within_seconds": 36000,
            "unit_words": "requests", "good_words": "done on the same day", "bad_words": "were late",
            "what": "Requests to open, change or close an account.", "source": "Help desk", "decider": "Hanne Brook",
        },
    ),
    "buying-and-supply": (
        OCCASIONS | {
            "slug": "supplier-orders", "service": "supplier-orders", "hours": "working-days", "allowed_misses": 1,
            "name": "Orders reach suppliers by 15:00", "sentence": "At most 1 late working day a month",
            "schedule": "working_days", "due_minute": 900, "unit_words": "days", "good_words": "On time",
            "bad_words": "were late", "what": "When the day’s supplier orders had all been sent.",
            "source": "Order sending log", "decider": "Hanne Brook",
        },
        VOLUME | {
            "slug": "right-prices", "service": "prices-and-promotions", "threshold": Decimal("99.5"),
            "name": "Prices are right", "sentence": "99.5 % of price lines", "unit_words": "price lines",
            "good_words": "right", "bad_words": "were wrong", "what": "Price lines checked, and how many were right.",
            "source": "Price check", "decider": "Oskar Winterbourne",
        },
        AVAILABILITY | {
            "slug": "buyers", "service": "supplier-orders", "hours": "working-days", "threshold": Decimal("99.5"),
            "name": "Buyers can order from suppliers", "short_name": "Buyers can order",
            "sentence": "99.5 % of 08:00 to 18:00, working days, for all 40 buyers", "weighs_users": True,
            "excluded_work": ["planned", "supplier"], "planned_notice_days": 3, "planned_cap_seconds": 14400,
            "meaning": "A buyer can order when a supplier’s order can be written, saved and sent.",
            "agreed_note": "A stop that met a quarter of the buyers costs a quarter of its minutes.",
            "experienced_note": "Each stop counts in full, announced work counts.",
            "loss_words": "Buyers could not order", "short_loss_words": "Not possible",
            "what": "Minutes in which buyers could not order, and how many of the 40 buyers each stop met.",
            "source": "Order sending log", "decider": "Hanne Brook and Oskar Winterbourne",
        },
        {
            "kind": "reliability", "counted_by": "buyers", "allowed_misses": 2, "minimum_outage_seconds": 601,
            "excluded_work": ["planned", "supplier"], "planned_notice_days": 3, "planned_cap_seconds": 14400,
            "slug": "few-stops", "service": "supplier-orders", "hours": "working-days", "decimals": 0,
            "name": "Ordering from suppliers is interrupted at most twice a month", "short_name": "Few interruptions",
            "sentence": "At most 2 interruptions of more than 10 minutes a month",
            "meaning": "An interruption begins when the first buyer cannot order. Two that are at most 5 minutes apart"
                       " are one.",
            "merge_gap_seconds": 300, "loss_words": "Ordering from suppliers was interrupted",
            "short_loss_words": "Interrupted",
        },
        {
            "kind": "readings", "fact_kind": "readings", "threshold": Decimal(95), "reading_limit": Decimal(30),
            "slug": "fresh-stock", "service": "supplier-orders", "hours": "working-days",
            "name": "Stock of suppliers is fresh", "short_name": "Fresh stock",
            "sentence": "95 % are at most 30 minutes old, 08:00 to 18:00, working days",
            "meaning": "We look every hour at the supplier whose stock figures are the oldest.",
            "unit_words": "stock figures", "good_words": "fresh", "bad_words": "were too old", "measured_in": "minutes",
            "max_gap_seconds": 7200,
            "what": "How old the oldest stock figures of a supplier are, in minutes.",
            "source": "Stock exchange, every hour", "decider": "Oskar Winterbourne",
        },
        AVAILABILITY | {
            "slug": "stock-view", "service": "supplier-orders", "hours": "always", "is_trial": True, "trial_months": 18,
            "name": "Buyers can see what suppliers have", "short_name": "See supplier stock", "is_mandatory": False,
            "sentence": "Trial: measured for eighteen months, no target yet",
            "loss_words": "Buyers could not see what suppliers have", "short_loss_words": "Not possible",
            "meaning": "The stock of a supplier can be seen when its page opens with figures of the same day.",
            "what": "Minutes in which no stock of a supplier could be opened.", "source": "Stock check, every minute",
            "decider": "Hanne Brook",
        },
    ),
    "depots-and-delivery": (
        OCCASIONS | {
            "slug": "picking-lists", "service": "warehouse-picking", "hours": "nights", "allowed_misses": 1,
            "name": "Picking lists are ready by 03:30", "sentence": "At most 1 late night a month",
            "schedule": "daily", "due_minute": 210, "unit_words": "nights", "good_words": "Ready on time",
            "bad_words": "were late", "what": "When the picking lists of all depots were ready.",
            "source": "Depot run log", "decider": "Tam Redfern",
        },
        AVAILABILITY | {
            "slug": "handhelds", "service": "warehouse-picking", "hours": "always", "threshold": Decimal("99.5"),
            "name": "Picking devices work", "sentence": "99.5 % of all hours",
            "loss_words": "Picking devices could not be used", "short_loss_words": "Not possible",
            "what": "Minutes in which no device of a depot could sign in.", "source": "Device check",
            "decider": "Tam Redfern",
        },
    ),
    "people": (
        CASES | {
            "slug": "help", "service": "device-and-desk-help", "hours": "desk-help", "threshold": Decimal(85),
            "name": "Problems at the desk are solved within 8 hours", "sentence": "85 % of cases",
            "priorities": ["Desk"], "within_seconds": 28800, "unit_words": "problems",
            "good_words": "solved in time", "bad_words": "were late", "what": "Device problems, from call to solution.",
            "source": "Help desk", "decider": "Dele Amundi",
        },
        AVAILABILITY | {
            "slug": "mail", "service": "mail-calendar-meetings", "hours": "always", "threshold": Decimal("99.5"),
            "name": "Mail, calendar and meetings work", "sentence": "99.5 % of all hours",
            "loss_words": "Mail and meetings could not be used", "short_loss_words": "Not possible",
            "what": "Minutes in which nobody could write or meet.", "source": "Supplier’s report",
            "decider": "Dele Amundi",
        },
        CASES | {
            "slug": "project-dates", "service": "project-lead", "hours": "working-days", "threshold": Decimal(80),
            "name": "Project results come on the agreed date", "sentence": "80 % of results",
            "priorities": ["Project"], "within_working_days": 20, "unit_words": "results",
            "good_words": "on time", "bad_words": "were late", "what": "Agreed project results and when they came.",
            "source": "Project list", "decider": "Pavel Orsin",
        },
    ),
    "transport": (
        VOLUME | {
            "slug": "trips", "service": "trip-recording", "threshold": Decimal(95), "hours": "always",
            "name": "Trips are recorded on the same day", "sentence": "95 % of trips", "unit_words": "trips",
            "good_words": "recorded on the day", "bad_words": "were late",
            "what": "Trips ended, and how many were recorded on the same day.", "source": "Trip list",
            "decider": "Tam Redfern",
        },
        AVAILABILITY | {
            "slug": "trip-app", "service": "trip-recording", "hours": "always", "threshold": Decimal("99.0"),
            "name": "Drivers can record trips", "sentence": "99 % of all hours",
            "loss_words": "Drivers could not record trips", "short_loss_words": "Not possible",
            "what": "Minutes in which no trip could be recorded.", "source": "Trip app check",
            "decider": "Tam Redfern",
        },
    ),
}  # fmt: skip

# component, kind of party, provider, threshold or allowed late, percent lost in each month
COMPONENT_PROMISES = (
    ("customer-sign-in", "team", "Ordering team", "99.9", "ordering"),
    ("web-shop", "team", "Ordering team", "99.7", "ordering"),
    ("desk-screens", "team", "Ordering team", "99.8", "ordering"),
    ("stock-check", "team", "Ordering team", "99.9", "ordering"),
    ("order-storage", "team", "Storage team", "99.9", "ordering"),
    ("phone-network", "supplier", "Northline Telecom", "99.8", "always"),
    ("card-payment", "supplier", "Paywell", "99.7", "always"),
    ("mail-and-text", "supplier", "Sendright", "99.9", "always"),
)
# slug, who promises it, service, what, minutes: how soon those in the path of urgent problems repair their part
REPAIRS = (
    ("repair-ordering", "Ordering team", "customer-ordering", "Ordering works again within 90 minutes", 90),
    ("repair-storage", "Storage team", "customer-ordering", "Order storage works again within 90 minutes", 90),
    ("repair-sending", "Sendright", "customer-ordering", "Mails and texts are sent again within 2 hours", 120),
    ("repair-phones", "Northline Telecom", "order-desk-phones", "The phone network works again within 4 hours", 240),
)
