"""Makes the demo's tenants: rows by this command, figures, reviews and PDF files by the workers."""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo import canada, help_desk, research_computing
from demo.figures import compute_by_workers, forecast_by_workers
from demo.larkmoor import make, reviews, talk
from demo.larkmoor.months import DemoMonths
from demo.larkmoor.names import PASSWORD
from demo.reviews import issue_months
from portal import clock
from portal.accounts.models import User
from portal.audit.actions import record
from portal.audit.models import AuditEntry
from portal.tenancy.management.base import scope_of
from portal.tenancy.models import Tenant

PEOPLE = (
    ("ines.calder@larkmoor.example", "head of Customer Orders: reads, questions, disputes, acknowledges"),
    ("pavel.orsin@larkmoor.example", "service level manager: prepares and issues reviews, keeps agreements"),
    ("dele.amundi@larkmoor.example", "service owner: keeps services and measures, answers disputes"),
    ("rowan.tessaly@larkmoor.example", "member of the order desk"),
    ("greta.holloway@larkmoor.example", "administrator: people, tokens, exports"),
    ("noor.adeyemi@larkmoor.example", "auditor: reads everything, checks figures"),
    ("manager@research.example", "service level manager of Research Computing"),
    ("manager@helpdesk.example", "service level manager of the help desk"),
    ("manager@canada.example", "service level manager of the Services of Canada"),
)
COMPLETE = "demo.made"


class Command(BaseCommand):
    """Runs again without harm: a tenant that is there is left alone."""

    help = "Makes the demo's tenants and prints its people; only in demo mode."
    requires_system_checks = ()  # `migrate` has looked at everything the moment before

    def add_arguments(self, parser: ArgumentParser) -> None:
        slugs = [module.TENANT["slug"] for module in (make, research_computing, help_desk, canada)]
        parser.add_argument("--only", choices=slugs, help="make this tenant alone")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        self.only = options["only"]
        self.began = time.monotonic()
        self._make(make.TENANT, partial(self._larkmoor, now=now))
        for module, months in (
            (research_computing, [date(2026, month, 1) for month in range(5, 9)]),
            (help_desk, [date(2016, month, 1) for month in range(2, 8)]),
            (canada, [date(2023, 4, 1)]),
        ):
            self._make(module.TENANT, partial(self._imported, module=module, months=months, now=now))
        self._print_people()

    def _make(self, fields: dict[str, str], fill: Callable[[Tenant], None]) -> None:
        """Fill a tenant that is not there yet; one whose filling was interrupted has no mark of completion."""
        if self.only not in (None, fields["slug"]):
            return
        tenant, is_new = Tenant.objects.get_or_create(slug=fields["slug"], defaults=fields)
        if is_new:
            fill(tenant)
            with scope_of(tenant)():
                record(act=COMPLETE, actor_id=None, at=clock.now(), subject=str(tenant))
            return
        with scope_of(tenant)():
            is_complete = AuditEntry.objects.filter(act=COMPLETE).exists()
        if not is_complete:
            raise CommandError(
                f"{tenant} is half made: an earlier start was interrupted. Run `make reset` first; with a database of"
                " your own, name an empty one in DATABASE_URL and OWNER_DATABASE_URL."
            )
        self._say(f"{tenant}: already there")

    def _larkmoor(self, tenant: Tenant, *, now: datetime) -> None:
        scope, story = scope_of(tenant), talk.Story(DemoMonths(now.date()), now)
        with scope():
            make.make_rows(now.date(), now)
            reviews.make_report_agreements(story)
        self._say(f"{tenant}: services, promises and twelve months of facts")
        made = compute_by_workers(scope, [*story.months.complete, story.months.running], now)
        self._say(f"{tenant}: {made} figures computed by the workers")
        forecast_by_workers(scope)
        reviews.make_reviews(scope, story)
        self._say(f"{tenant}: reviews drafted by the workers, issued and talked about")
        reviews.make_papers(scope, story)
        self._say(f"{tenant}: PDF files made by the workers")

    def _imported(self, tenant: Tenant, *, module: Any, months: Iterable[date], now: datetime) -> None:
        scope, published = scope_of(tenant), module.read()
        with scope():
            module.make_rows(published, now)
        self._say(f"{tenant}: imported")
        made = compute_by_workers(scope, months, now)
        self._say(f"{tenant}: {made} figures computed by the workers")
        issue_months(scope, module.REVIEWED, module.REVIEWED_UNIT, now)
        self._say(f"{tenant}: reviews issued")

    def _say(self, sentence: str) -> None:
        self.stdout.write(f"    {time.monotonic() - self.began:5.0f} s  {sentence}")
        self.stdout.flush()

    def _print_people(self) -> None:
        """The people of the tenants that were made; others cannot sign in."""
        there = set(User.objects.values_list("email", flat=True))
        self.stdout.write(f"\n    Sign in as one of these people, password {PASSWORD}:")
        for email, part in PEOPLE:
            if email in there:
                self.stdout.write(f"      {email:36} {part}")
        self.stdout.write("")
