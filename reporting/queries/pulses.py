"""Short surveys: who was asked what, and what came of it where enough have answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import BusinessUnit, Membership
from portal.accounts.queries import list_visible_units
from portal.language import dates
from portal.language.numbers import bare_percent, counted
from reporting.layout import CASES_APART
from reporting.models import PUBLISHED, Pulse, PulseAbout, PulseInvitation, ReportAgreement, ServiceReview
from slas.calculation.satisfaction import FEWEST_SHOWN, measure_satisfaction
from slas.models import Case, ServiceLevelTarget

READ_FOR = timedelta(days=1)  # after the issue of a review, before anybody is asked about it
LATELY = timedelta(days=14)  # after which nobody is asked any more
REMEMBERED = timedelta(days=2)  # how long after it was solved somebody is asked about a case


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """How many gave a score."""

    score: int
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class PulseResult:
    """What came of a question that is over. `why_hidden` says why there is nothing to see; then all else is empty."""

    why_hidden: str = ""
    answers: str = ""
    rate: str = ""
    good: str = ""
    interval: str = ""
    mean: str = ""
    scores: tuple[ScoreRow, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PulseLine:
    """A question as a list shows it."""

    id: int
    question: str
    about: str
    unit: str
    state: str
    may_answer: bool


def list_pulses(*, reader: Membership) -> QuerySet[Pulse]:
    """The questions that were put to the reader's units, the latest first."""
    units = list_visible_units(reader=reader).order_by()
    rows = Pulse.objects.filter(business_unit__in=units).select_related("business_unit__tenant", "review")
    return rows.order_by("-opened_at", "-pk")


def get_pulse(*, reader: Membership, pulse_id: int) -> Pulse:
    """One question of the reader's units. Raises Pulse.DoesNotExist."""
    return list_pulses(reader=reader).select_related("opened_by__user").get(pk=pulse_id)


def waiting_invitations(*, reader: Membership, now: datetime) -> QuerySet[PulseInvitation]:
    """The open questions that the reader was asked and has not answered."""
    rows = PulseInvitation.objects.filter(member=reader, has_answered=False, pulse__closes_at__gt=now)
    return rows.select_related("pulse__business_unit", "pulse__review").order_by("pulse__closes_at", "pk")


def may_answer(*, pulse: Pulse, reader: Membership, now: datetime) -> bool:
    """Whether the reader was asked, has not answered, and still can."""
    return waiting_invitations(reader=reader, now=now).filter(pulse=pulse).exists()


def find_case(*, unit: BusinessUnit, key: str) -> Case | None:
    """A case that was solved, of a measure that a promise to the unit counts."""
    return _solved(unit).filter(key=key).order_by("-resolved_at", "pk").first()


def _solved(unit: BusinessUnit) -> QuerySet[Case]:
    promised = ServiceLevelTarget.objects.filter(agreement__customer__business_unit=unit)
    measures = promised.exclude(measure=None).values_list("measure_id", flat=True)
    return Case.objects.filter(measure_id__in=list(measures), resolved_at__isnull=False)


def list_unasked_reviews(*, now: datetime) -> list[ServiceReview]:
    """Reviews of the last days, but not of today, after which a question was agreed on and not asked yet."""
    rows = ServiceReview.objects.filter(
        state__in=PUBLISHED,
        issued_at__lte=now - READ_FOR,
        issued_at__gt=now - LATELY,
        report_agreement__asks_after_review=True,
        report_agreement__agreed_on__isnull=False,
        pulses=None,
    )
    return list(rows.select_related("business_unit__tenant", "tenant").order_by("pk"))


def list_unasked_cases(*, now: datetime) -> list[tuple[BusinessUnit, Case]]:
    """Of each unit that agreed to it, the case that was solved last, unless it was asked about another one lately."""
    agreed = ReportAgreement.objects.filter(agreed_on__isnull=False, business_unit__retired_on=None)
    newest = agreed.order_by("business_unit", "-version").distinct("business_unit").values("pk")
    rows = ReportAgreement.objects.filter(pk__in=newest, asks_after_case=True).select_related("business_unit__tenant")
    found = []
    for row in rows.order_by("business_unit"):
        asked = Pulse.objects.filter(business_unit=row.business_unit, about=PulseAbout.CASE)
        if asked.filter(opened_at__gt=now - timedelta(days=CASES_APART)).exists():
            continue
        lately = _solved(row.business_unit).filter(resolved_at__lte=now, resolved_at__gt=now - REMEMBERED)
        case = lately.order_by("-resolved_at", "pk").first()
        if case is not None:
            found.append((row.business_unit, case))
    return found


def about_words(*, pulse: Pulse) -> str:
    """After what it is asked."""
    if pulse.about == PulseAbout.REVIEW and pulse.review:
        return _("After the service review of %(month)s") % {"month": dates.month_year(pulse.review.month)}
    return _("After case %(case)s") % {"case": pulse.case_words}


def list_lines(*, pulses: list[Pulse], reader: Membership, now: datetime) -> list[PulseLine]:
    """The lines of a list made by `list_pulses`."""
    waiting = set(waiting_invitations(reader=reader, now=now).values_list("pulse_id", flat=True))
    lines = []
    for pulse in pulses:
        on = dates.day(dates.local(pulse.closes_at, pulse.business_unit.tenant.time_zone).date())
        state = (_("Open until %(on)s") if pulse.closes_at > now else _("Closed on %(on)s")) % {"on": on}
        unit = pulse.business_unit.name
        lines.append(PulseLine(pulse.pk, pulse.question, about_words(pulse=pulse), unit, state, pulse.pk in waiting))
    return lines


def get_result(*, pulse: Pulse, now: datetime) -> PulseResult:
    """What came of it, from five answers on and only when it is over: of an open one, the answer that came between two
    looks could be told.

    The share of good answers (4 and 5) has a Wilson score interval of 95 %.
    """
    if now < pulse.closes_at:
        return PulseResult(_("The answers are shown when the question is closed."))
    given = list(pulse.answers.order_by("score", "words").values_list("score", "words"))
    if len(given) < FEWEST_SHOWN:
        return PulseResult(_("Fewer than five answered, so nothing is shown: nobody can be recognised."))
    figure = measure_satisfaction([score for score, _words in given], asked=pulse.invitations.count())
    low, high = figure.interval or (Decimal(0), Decimal(1))
    rate, mean = figure.response_rate or Fraction(0), figure.mean or Fraction(0)
    counts = {score: sum(each == score for each, _words in given) for score in (5, 4, 3, 2, 1)}
    return PulseResult(
        answers=counted(figure.answers, "answers"),
        rate=_("%(rate)s %% of %(asked)s who were asked") % {"rate": bare_percent(rate, 0), "asked": figure.asked},
        good=f"{bare_percent(Fraction(figure.good, figure.answers), 0)} %",
        interval=_("%(low)s to %(high)s %%")
        % {"low": bare_percent(Fraction(low), 0), "high": bare_percent(Fraction(ceil(high * 100), 100), 0)},
        mean=f"{float(mean):.1f}",
        scores=tuple(ScoreRow(score, number, number / figure.answers) for score, number in counts.items()),
        words=tuple(sorted(words for _score, words in given if words)),
    )
