"""An agreement from a file, in the browser: looked at first, then made whole as a draft, or not at all."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import Service
from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from slas.actions.agreements import revise_agreement
from slas.models import Agreement, Measure, ServiceLevelTarget, TargetKind
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at, every_day
from tests.slas.openslo.test_foreign_files import MONTHLY, PLAIN_LATENCY, SLO
from tests.slas.test_target_sheets import sent_again

IMPORT = "/t/larkmoor/agreements/import/"


@pytest.fixture
def sides(in_tenant):
    unit = people.make_unit(name="Orders")
    customer = factories.make_party(kind="business_unit", name="Orders", business_unit=unit)
    return customer, factories.make_party(name="Larkmoor IT")


@pytest.fixture
def client(member, client_of):
    return client_of(member())


@pytest.fixture
def full(sides):
    """An agreement with a promise of each kind that can be an SLO."""
    customer, provider = sides
    made = factories.make_agreement(customer=customer, provider=provider, slug="orders", name="Orders and IT")
    hours = factories.make_hours(every_day(4, 22), name="Shop hours")
    for kind in sorted(set(TargetKind) - {TargetKind.RELIABILITY, TargetKind.OCCASIONS}):
        extra = {"service_hours": hours, "planned_cap_seconds": 7200} if kind == TargetKind.AVAILABILITY else {}
        factories.make_target(kind, agreement=made, service=factories.make_service(), **extra)
    return made


def sent(client, text, **fields):
    return client.post(IMPORT, {"file": SimpleUploadedFile("a.yaml", text.encode())} | fields)


def confirmed(client, answer, **fields):
    return client.post(IMPORT, sent_again(answer) | fields)


def openslo(client, agreement):
    return client.get(f"/t/larkmoor/agreements/{agreement.slug}/v{agreement.version}/openslo.yaml").text


def test_an_agreement_comes_back_as_it_went_and_the_one_there_is_stays(full, client):
    text = openslo(client, full)

    answer = sent(client, text)
    assert answer.status_code == 200, answer.context["form"].problems
    assert Agreement.objects.count() == 1
    done = confirmed(client, answer)

    copy = Agreement.objects.exclude(pk=full.pk).get()
    assert done["Location"].endswith(f"/agreements/{copy.slug}/v1/")
    assert (copy.state, copy.starts_on, copy.customer, copy.targets.count()) == (
        *("draft", full.starts_on, full.customer),
        full.targets.count(),
    )
    assert openslo(client, copy) == text


def test_what_is_no_promise_is_said_at_the_head(sides, client):
    draft = factories.make_agreement(customer=sides[0], provider=sides[1], slug="claims", state="draft")
    draft.scope.create(service=factories.make_service(name="Claims"), business_unit=sides[0].business_unit)
    draft.obligations.create(slug="calendar", text="Send the calendar", short_text="Send the calendar")
    draft.credit_schemes.create(
        slug="late", name="Late claims", basis="amount", currency="GBP", approver_role=Role.SERVICE_LEVEL_MANAGER
    )
    draft.documents.create(
        kind="annex", name="terms.pdf", media_type="application/pdf", sha256="a" * 64, size=9,
        uploaded_by=people.make_member(), uploaded_at=at("2026-11-10 09:40"),
    )  # fmt: skip

    text = openslo(client, draft)

    for part in ("that it covers “Claims”", "the duty “Send the calendar”", "the credits “Late claims”"):
        assert f"# Not expressed: {part}.\n" in text
    assert "# Not expressed: the document “terms.pdf”.\n" in text


@pytest.fixture
def neighbours(tenant, other_tenant, client_of):
    """A browser in this tenant, one in another, and two parties there; no scope is open."""
    with tenant_scope(tenant.pk):
        here = client_of(people.make_member())
        provider, unit = factories.make_party(name="Larkmoor IT"), people.make_unit(name="Orders")
        agreement = factories.make_agreement(unit=unit, provider=provider, slug="orders", name="Orders and IT")
        for kind in (TargetKind.CASES, TargetKind.READINGS, TargetKind.VOLUME):
            factories.make_target(kind, agreement=agreement, service=factories.make_service())
    with tenant_scope(other_tenant.pk):
        unit = people.make_unit()
        customer = factories.make_party(kind="business_unit", name="Wards", business_unit=unit)
        sides = {"customer": customer.pk, "provider": factories.make_party(name="Harbour IT").pk}
        return here, client_of(people.make_member()), sides


def test_another_tenant_makes_what_it_lacks_and_finds_nothing_of_this_one(neighbours, other_tenant):
    here, there, sides = neighbours
    text = here.get("/t/larkmoor/agreements/orders/v1/openslo.yaml").text
    address = IMPORT.replace("larkmoor", "harbour")

    unknown = there.post(address, {"file": SimpleUploadedFile("a.yaml", text.encode())})
    assert "The file names “Orders”, and there is no such party here." in unknown.text
    seen = there.post(address, {"file": SimpleUploadedFile("a.yaml", text.encode())} | sides)
    assert "A new service in the pipeline" in seen.text
    done = there.post(address, sent_again(seen) | sides)

    written = there.get(f"{done['Location']}openslo.yaml").text
    assert written == text.replace("customer: Orders\n", "customer: Wards\n").replace("Larkmoor IT", "Harbour IT")
    with tenant_scope(other_tenant.pk):
        assert {each.stage for each in Service.objects.all()} == {"pipeline"}
        assert Agreement.objects.get().targets.count() == Measure.objects.count() == Service.objects.count() == 3


def test_a_foreign_file_needs_who_agrees_and_from_when(sides, client):
    text = SLO.format(**PLAIN_LATENCY)

    asked = sent(client, text)
    assert set(asked.context["form"].errors) == {"name", "customer", "provider", "starts_on"}
    fields = {"name": "Latency", "customer": sides[0].pk, "provider": sides[1].pk, "starts_on": "2026-12-01"}
    kept = sent_again(asked)  # the file need not be chosen again
    assert f'name="again" value="{kept["again"]}"' in asked.text
    seen = client.post(IMPORT, kept | fields | {"check": "1"})
    assert not Agreement.objects.exists()
    assert "Queries, credentials" in seen.text
    assert "metadata.labels" in seen.text
    confirmed(client, seen, **fields)

    made = Agreement.objects.get()
    assert (made.name, made.starts_on, made.time_zone) == ("Latency", date(2026, 12, 1), "Europe/London")
    target = made.targets.get()
    assert (target.kind, str(target.reading_limit), target.measure.fact_kind) == ("readings", "1.000", "readings")
    assert Service.objects.get().stage == "pipeline"


def test_whoever_brings_rolling_windows_chooses_to_judge_them_by_the_calendar(sides, client):
    text = SLO.format(**PLAIN_LATENCY | {"window": "{duration: 28d, isRolling: true}"})
    fields = {"name": "Latency", "customer": sides[0].pk, "provider": sides[1].pk, "starts_on": "2026-12-01"}

    refused = sent(client, text, **fields)
    assert refused.status_code == 422
    assert "A rolling window of 28d is judged anew each moment" in refused.text
    chosen = fields | {"is_by_calendar": "on"}
    seen = sent(client, text, **chosen)
    assert '<input type="hidden" name="is_by_calendar" value="True">' in seen.text
    confirmed(client, seen, **fields, is_by_calendar="True")

    assert Agreement.objects.get().targets.get().period_kind == "month"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (("target: 0.5", "target: 7"), "spec.objectives[0]"),
        (("target: 0.5", "target: 0.123456789"), "spec.objectives[0]"),
        (("duration: 1M", "duration: x"), "spec.timeWindow[0].duration"),
        (("example.com/board", "parley/service_hours"), "metadata.annotations.parley/service_hours"),
        (("example.com/board", "parley/priorities"), "metadata.annotations.parley/priorities"),
        (("example.com/board", "parley/kind"), "metadata.annotations.parley/kind"),
    ],
)
def test_a_bad_file_is_refused_by_path_and_leaves_nothing_behind(sides, client, change, path):
    fields = {"name": "Latency", "customer": sides[0].pk, "provider": sides[1].pk, "starts_on": "2026-12-01"}

    answer = sent(client, SLO.format(**PLAIN_LATENCY).replace(*change), **fields)

    assert answer.status_code == 422
    assert path in {each.path for each in answer.context["form"].problems}
    assert confirmed(client, answer, **fields).status_code == 422
    assert not any(model.objects.exists() for model in (Agreement, Service, Measure, ServiceLevelTarget))


def test_parties_that_make_no_agreement_together_are_refused(sides, client):
    fields = {"name": "Latency", "customer": sides[1].pk, "provider": sides[0].pk, "starts_on": "2026-12-01"}

    assert set(sent(client, SLO.format(**PLAIN_LATENCY), **fields).context["form"].errors) == {"customer"}


@pytest.mark.parametrize("content", ["", "a: *b", "x"])
def test_what_is_no_file_is_refused(sides, client, content):
    answer = client.post(IMPORT, {"file": SimpleUploadedFile("a.yaml", content.encode())} if content else {})

    assert (answer.status_code, "file" in answer.context["form"].errors) == (422, True)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SERVICE_LEVEL_MANAGER}))
def test_only_managers_bring_agreements(member, client_of, role):
    assert client_of(member(role)).get(IMPORT).status_code == 403


@pytest.fixture
def draft(full):
    """The draft of the next version of that agreement."""
    return revise_agreement(
        agreement=full, starts_on=date(2027, 1, 1), by=people.make_member(), now=at("2026-11-10 09:40")
    )


FILL = "/t/larkmoor/agreements/orders/v2/openslo/import/"


def brought(client, text, address=FILL, **fields):
    return client.post(address, {"file": SimpleUploadedFile("a.yaml", text.encode())} | fields)


def rows_of(answer):
    return {row.target.slug: (row.is_new, row.changes) for row in answer.context["form"].plan.rows}


def test_a_file_fills_the_draft_of_the_next_version_and_says_before_what_it_does(full, draft, client):
    reading, left = draft.targets.get(kind="readings"), draft.targets.get(kind="volume")
    left.meaning = "As it was"
    left.save()
    foreign = (
        SLO.format(**PLAIN_LATENCY | {"name": reading.slug, "objective": "{target: 0.97, op: lte, value: 400}"})
        + "---"
        + SLO.format(**PLAIN_LATENCY | {"name": "search-is-fast"})
    )

    seen = brought(client, foreign)
    done = rows_of(seen)
    assert draft.targets.count() == full.targets.count()
    assert not Service.objects.filter(slug="web-search").exists()
    assert {slug: is_new for slug, (is_new, _changes) in done.items()} == {reading.slug: False, "search-is-fast": True}
    changed = {label: (old, new) for label, old, new in done[reading.slug][1]}
    assert changed["Percent promised"] == ("95", "97")
    assert changed["Limit of a reading"] == ("500", "400")
    assert left in seen.context["form"].plan.left
    for words in (
        "Not named in the file: stays as it is.",
        "A new service in the pipeline",
        "<del>95</del> <ins>97</ins>",
    ):
        assert words in seen.text
    answer = client.post(FILL, sent_again(seen))

    assert answer["Location"] == "/t/larkmoor/agreements/orders/v2/"
    assert draft.targets.count() == full.targets.count() + 1
    now = draft.targets.get(slug=reading.slug)
    assert (now.pk, now.threshold, now.reading_limit) == (reading.pk, 97, 400)
    assert draft.targets.get(pk=left.pk).meaning == "As it was"
    assert full.targets.get(slug=reading.slug).threshold == 95  # the version in force is not touched
    draft.refresh_from_db()
    assert (draft.name, draft.starts_on) == ("Orders and IT", date(2027, 1, 1))


def test_a_yes_counts_for_what_was_shown_of_the_draft(draft, client):
    reading = draft.targets.get(kind="readings")
    seen = brought(client, SLO.format(**PLAIN_LATENCY | {"name": reading.slug}))
    draft.targets.filter(pk=reading.pk).update(meaning="Said meanwhile", threshold=42)

    refused = client.post(FILL, sent_again(seen))

    assert refused.status_code == 422
    assert "has changed since" in refused.text
    assert draft.targets.get(pk=reading.pk).threshold == 42
    assert client.post(FILL, sent_again(refused)).status_code == 302
    assert draft.targets.get(pk=reading.pk).threshold == 50


def test_its_own_file_changes_nothing_in_a_draft(full, draft, client):
    answer = brought(client, openslo(client, full))

    assert {changes for _is_new, changes in rows_of(answer).values()} == {()}
    assert answer.context["form"].plan.targets == ()
    assert "into the draft</button>" not in answer.text


def test_what_a_file_does_not_say_of_a_promise_stays(draft, client):
    """Without a name to show, a window and a description; of a promise that is new all of them are made up."""
    target = draft.targets.get(kind="readings")
    target.period_kind, target.sentence = "quarter", "95 % of readings, by the words of both"
    target.pause_reasons, target.meaning = [], "Measured at the door"
    target.save()
    text = SLO.format(**PLAIN_LATENCY | {"name": target.slug, "description": "''"})
    text = text.replace("  timeWindow:\n    - " + MONTHLY + "\n", "").replace("  displayName: Search works\n", "")
    assert "displayName" not in text
    name = target.name

    seen = brought(client, text)
    client.post(FILL, sent_again(seen))

    target.refresh_from_db()
    assert (target.period_kind, target.sentence, target.meaning) == (
        *("quarter", "95 % of readings, by the words of both"),
        "Measured at the door",
    )
    assert (target.name, target.reading_limit) == (name, 1)
    assert "a new promise is judged by calendar month" in seen.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("Europe/London", "America/Toronto"), "The file counts its days in America/Toronto"),
        (("target: 0.5", "target: 7"), "no share of the whole"),
        (("Search works", "Search"), "of the kind volume"),
    ],
)
def test_a_file_that_does_not_fit_the_draft_is_refused_and_leaves_it_as_it_was(draft, client, change, words):
    kept = draft.targets.get(kind="volume")
    before = list(draft.targets.order_by("pk").values())
    text = SLO.format(**PLAIN_LATENCY | {"name": kept.slug if "volume" in words else "search-is-fast"})

    answer = brought(client, text.replace(*change))

    assert answer.status_code == 422
    assert words in answer.text
    assert client.post(FILL, sent_again(answer)).status_code == 422
    assert list(draft.targets.order_by("pk").values()) == before
    assert not Service.objects.filter(slug="web-search").exists()


def test_a_version_that_is_no_draft_takes_nothing(full, client):
    answer = brought(client, SLO.format(**PLAIN_LATENCY), FILL.replace("v2", "v1"))
    refused = client.post(FILL.replace("v2", "v1"), sent_again(answer))

    assert refused.status_code == 422
    assert refused.context["form"].non_field_errors()
    assert not Service.objects.filter(slug="web-search").exists()
    assert full.targets.count() == ServiceLevelTarget.objects.count()
