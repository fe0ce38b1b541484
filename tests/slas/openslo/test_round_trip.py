"""What OpenSLO can express comes back as it went: written, read and written again, the bytes are the same."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models import Service, ServiceClass
from slas.actions.targets import FACTS_FOR
from slas.exports.openslo import Written, openslo_text, why_not
from slas.forms.openslo import CARRIED
from slas.forms.target_sheet import fill_target, unusual_cells
from slas.importers.openslo.reading import read_openslo
from slas.models import Agreement, Measure, Party, PeriodKind, ServiceLevelTarget, TargetKind
from slas.queries.names import Names
from tests.slas.factories import FRAMES

SIGNS = "aZ9 '\"#:{}[]&*!|>%@`-=,?é€漢\u200d~\\"
WORDS = st.text(SIGNS, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
SHARES = st.decimals(min_value=0, max_value=Decimal("99.9999"), places=4)
KINDS = sorted(set(TargetKind) - {TargetKind.RELIABILITY})


@st.composite
def promises(draw):
    """A promise of a kind that can be an SLO, with a measure and a service of its own."""
    kind = draw(st.sampled_from(KINDS))
    number = draw(st.integers(1, 3))
    service = Service(
        slug=f"service-{number}",
        name=draw(WORDS),
        description="Of use",
        service_class=ServiceClass.BUSINESS,
    )
    facts = draw(st.sampled_from(FACTS_FOR[kind]))
    measure = Measure(
        slug=f"measure-{facts}",
        name="Measure",
        fact_kind=facts,
        what="Counted",
        source="Log",
        decider="IT",
    )
    fields = FRAMES[kind] | {"allowed_misses": None, "threshold": draw(SHARES)}
    fields |= {"period_kind": draw(st.sampled_from(PeriodKind.values)), "period_start_month": draw(st.integers(1, 12))}
    fields |= {"name": draw(WORDS), "sentence": draw(WORDS), "meaning": draw(st.just("") | WORDS)}
    fields |= {"position": draw(st.integers(0, 99)), "is_mandatory": draw(st.booleans())}
    if kind in (TargetKind.CASES, TargetKind.OCCASIONS):
        fields["unit_words"] = draw(WORDS)
    if kind == TargetKind.CASES:
        fields["pause_reasons"] = draw(st.lists(WORDS, max_size=3, unique=True))
    if kind == TargetKind.READINGS:
        fields["is_least"] = draw(st.booleans())
        fields["reading_limit"] = draw(st.decimals(-999, 999, places=3))
    return ServiceLevelTarget(kind=kind, service=service, measure=measure, **fields)


def written(agreement, targets):
    return openslo_text(
        agreement=agreement, promises=[Written(each, unusual_cells(each)) for each in targets], unsaid=[]
    )


def read_again(agreement, text, targets):
    names = Names(
        services={each.service.slug: each.service for each in targets},
        measures={each.measure.slug: each.measure for each in targets},
    )
    file = read_openslo(text.encode(), columns=CARRIED)
    assert file.report.problems == []
    blank = {each.slug: each.kind for each in targets}
    return [
        fill_target(
            ServiceLevelTarget(
                agreement=agreement,
                slug=draft.cells["address"],
                kind=blank[draft.cells["address"]],
            ),
            draft.cells,
            names=names,
        )
        for draft in file.promises
    ]


def make_agreement(name="Agreement: 100 % #1"):
    return Agreement(
        name=name,
        customer=Party(name="Orders"),
        provider=Party(name="IT"),
        time_zone="Europe/London",
        starts_on=date(2026, 4, 1),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(promises(), min_size=1, max_size=4), WORDS)
def test_written_read_and_written_again_the_bytes_are_the_same(in_tenant, targets, name):
    agreement = make_agreement(name)
    for number, target in enumerate(targets):
        target.slug = f"promise-{number}"
        same = next(each for each in targets if each.service.slug == target.service.slug)
        target.service = same.service
    text = written(agreement, targets)

    assert written(agreement, read_again(agreement, text, targets)) == text


def test_what_cannot_be_an_slo_is_said_at_the_head(in_tenant):
    common = {"measure": Measure(slug="m", fact_kind="outages"), "sentence": "Said"}
    odd = [
        ServiceLevelTarget(kind=TargetKind.RELIABILITY, name="Few stops", allowed_misses=2, **common),
        ServiceLevelTarget(kind=TargetKind.AVAILABILITY, name="Tried", is_trial=True, **common),
        ServiceLevelTarget(kind=TargetKind.AVAILABILITY, name="Always", threshold=Decimal(100), **common),
    ]

    text = openslo_text(
        agreement=make_agreement(),
        promises=[Written(each, {}) for each in odd],
        unsaid=["the duty “Send the\ncalendar”"],
    )

    assert [why_not(each) != "" for each in odd] == [True, True, True]
    assert "# Not expressed: the promise “Few stops”, because a number is promised" in text
    assert "# Not expressed: the promise “Tried”, because it is a trial" in text
    assert "# Not expressed: the promise “Always”, because all of it is promised" in text
    assert "# Not expressed: the duty “Send the calendar”." in text
    assert "kind: SLO" not in text
