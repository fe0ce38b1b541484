"""Promises as a table: what is written is read back, and a bad cell is named by row and column."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.tenancy.scope import tenant_scope
from slas.forms.target_sheet import COLUMNS, record_of
from slas.models import TargetKind
from tests.slas import factories
from tests.slas.factories import every_day

PAGE = "/t/larkmoor/agreements/orders/v1/"
TABLE, IMPORT = f"{PAGE}targets.csv", f"{PAGE}targets/import/"


@pytest.fixture
def manager(people_of, client_of):
    return client_of(people_of["manager"])


@pytest.fixture
def service(in_tenant):
    return factories.make_service(slug="online-ordering", name="Online ordering")


def uploaded(client, text, name="promises.csv"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, text.encode())})


def sent_again(answer):
    """What the page that shows what a file would do sends to say yes."""
    form = answer.context["form"]
    return {"again": form.content_again, "seen": form.seen_code}


def confirmed(client, answer):
    return client.post(IMPORT, sent_again(answer))


def table(*rows, heading="name,kind,sentence,service,measure,threshold"):
    return "\r\n".join([heading, *rows])


ROW = "Claims are paid,volume,98 % of claims,online-ordering,claims,98"


def problems(answer):
    return {(each.row, each.column): each.what for each in answer.context["sheet"].problems}


def test_every_kind_is_written_and_read_back_as_it_was(draft, service, manager):
    hours = factories.make_hours(every_day(4, 22), name="Shop hours")
    for kind in TargetKind:
        extra = {"service_hours": hours} if kind == TargetKind.AVAILABILITY else {}
        factories.make_target(kind, agreement=draft, service=service, **extra)
    draft.targets.filter(service=None).delete()
    before = {each.slug: record_of(each) for each in draft.targets.select_related("service", "measure")}
    text = manager.get(TABLE).content.decode("utf-8-sig")
    draft.targets.all().delete()

    answer = uploaded(manager, text)
    assert problems(answer) == {}
    done = confirmed(manager, answer)

    assert done.status_code == 302
    after = {each.slug: record_of(each) for each in draft.targets.select_related("service", "measure")}
    assert after == before
    assert {each["kind"] for each in before.values()} == set(TargetKind.values)


def test_a_yes_counts_for_what_was_shown(draft, service, manager):
    """Somebody else edits the draft while the page is open: what would be written is shown anew, and nothing is."""
    draft.targets.update(service=service)
    answer = uploaded(manager, table("place-orders,95,Orders", heading="address,threshold,name"))
    draft.targets.update(threshold="97")

    for seen in ({}, {"seen": answer.context["form"].seen_code}):
        asked = manager.post(IMPORT, {"again": answer.context["form"].content_again} | seen)
        assert (asked.status_code, draft.targets.get().threshold) == (422, 97)
        assert "has changed since" in asked.text
        assert f'name="seen" value="{asked.context["form"].seen_code}"' in asked.text
    assert confirmed(manager, asked).status_code == 302
    assert draft.targets.get().threshold == 95


def test_the_same_table_again_changes_nothing(draft, service, manager):
    draft.targets.update(service=service)
    answer = uploaded(manager, manager.get(TABLE).content.decode("utf-8-sig"))

    assert [row.changes for row in answer.context["sheet"].rows] == [()]
    assert answer.context["sheet"].to_save == []
    assert "Stays as it is." in answer.text


def test_nothing_is_written_before_it_is_confirmed(draft, service, manager):
    factories.make_measure("volumes", slug="claims")

    answer = uploaded(manager, table(ROW))

    assert answer.status_code == 200
    assert "Claims are paid" in answer.text
    assert draft.targets.count() == 1
    assert confirmed(manager, answer).status_code == 302
    made = draft.targets.get(slug="claims-are-paid")
    assert (made.kind, str(made.threshold), made.measure.slug) == ("volume", "98.0000", "claims")


def test_a_row_of_a_known_address_changes_only_what_it_names(draft, service, manager):
    draft.targets.update(service=service, short_name="Orders")

    answer = uploaded(manager, table("place-orders,People order,99", heading="address,name,threshold"))

    (row,) = answer.context["sheet"].rows
    assert row.changes == (
        ("Promise", "Customers can place orders", "People order"),
        ("Percent promised", "99.5", "99"),
    )
    confirmed(manager, answer)
    changed = draft.targets.get()
    assert (changed.slug, changed.name, changed.short_name, str(changed.threshold)) == (
        *("place-orders", "People order", "Orders"),
        "99.0000",
    )


BAD = [
    pytest.param("Claims,volume,98 %,nowhere,claims,98", (2, "service"), "no service “nowhere” here", id="service"),
    pytest.param("Claims,volume,98 %,online-ordering,tills,98", (2, "measure"), "needs counted volumes", id="facts"),
    pytest.param("Claims,wishes,98 %,online-ordering,claims,98", (2, "kind"), "Write one of: availability", id="kind"),
    pytest.param("Claims,volume,98 %,online-ordering,claims,many", (2, "threshold"), "Enter a number", id="number"),
    pytest.param("Claims,volume,98 %,online-ordering,claims,101", (2, "threshold"), "100", id="beyond"),
    pytest.param("Claims,volume,98 %,online-ordering,claims,", (2, "threshold"), "Say what is promised", id="nothing"),
    pytest.param(",volume,98 %,online-ordering,claims,98", (2, "name"), "required", id="no name"),
    pytest.param("Claims,volume,98 %,,claims,98", (2, "service"), "Say which service", id="no service"),
    pytest.param("Claims,volume,98 %,online-ordering,claims,98,more", (2, "column 7"), "Nothing can stand", id="more"),
]


@pytest.mark.parametrize(("row", "where", "words"), BAD)
def test_a_bad_cell_is_named_and_nothing_of_the_table_is_written(draft, service, manager, row, where, words):
    factories.make_measure("volumes", slug="claims")
    factories.make_measure("outages", slug="tills")

    answer = uploaded(manager, table(row, ROW.replace("Claims", "Other claims")))

    assert answer.status_code == 422
    assert words in problems(answer)[where]
    assert confirmed(manager, answer).status_code == 422
    assert draft.targets.count() == 1


@pytest.mark.parametrize(
    ("heading", "row", "column", "words"),
    [
        ("address,name,kind", "place-orders,Orders,volume", "kind", "is of the kind availability"),
        ("address,name,kind", "Place orders,Orders,volume", "address", "small letters"),
        ("address,name,is_mandatory", "place-orders,Orders,perhaps", "is_mandatory", "neither yes nor no"),
        ("address,name,priorities", "place-orders,Orders,P1", "priorities", "does not have it"),
        ("address,name,excluded_work", "place-orders,Orders,weekends", "excluded_work", "weekends"),
        ("address,name,ends_on", "place-orders,Orders,soon", "ends_on", "Enter a valid date"),
    ],
)
def test_what_does_not_fit_a_promise_is_refused(draft, manager, heading, row, column, words):
    assert words in problems(uploaded(manager, table(row, heading=heading)))[2, column]


def test_an_address_stands_once(draft, service, manager):
    rows = ("place-orders,One", "place-orders,Two")
    assert (
        "Row 2 has this address too" in problems(uploaded(manager, table(*rows, heading="address,name")))[3, "address"]
    )


def test_what_comes_back_changed_is_asked_for_once_more(draft, manager):
    for again in ("x", "é", "€" * 8):
        answer = manager.post(IMPORT, {"again": again})

        assert answer.status_code == 422
        assert "did not come back whole" in answer.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose the file"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"title\nx", "Not known as a column"),
        (b"kind\nvolume", "Missing as a column: name"),
        (b"name\n" + b"x" * 500_000, "more than 500 kB"),
    ],
)
def test_what_is_no_such_table_is_refused(draft, manager, content, words):
    answer = manager.post(IMPORT, {"file": SimpleUploadedFile("x.csv", content)} if content else {})

    assert answer.status_code == 422
    assert words in answer.text


def test_an_address_that_is_written_down_is_not_given_to_another_row(draft, service, manager):
    factories.make_measure("volumes", slug="claims")
    row = ROW.replace("Claims are paid", "Claims")
    text = table(f",{row}", f"claims,{ROW}", heading="address,name,kind,sentence,service,measure,threshold")

    done = confirmed(manager, uploaded(manager, text))

    assert done.status_code == 302
    named = dict(draft.targets.filter(name__startswith="Claims").values_list("slug", "name"))
    assert named == {"claims": "Claims are paid", "claims-2": "Claims"}


def test_what_came_back_broken_is_refused(draft, manager):
    answer = manager.post(IMPORT, {"again": "no base64!"})

    assert (answer.status_code, "Choose the file once more" in answer.text) == (422, True)


def test_formulas_are_words_in_the_file_and_come_back(draft, service, manager):
    draft.targets.update(service=service, name="=1+1", sentence="@home")

    text = manager.get(TABLE).content.decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["name"], row["sentence"]) == ("'=1+1", "'@home")
    assert uploaded(manager, text).context["sheet"].to_save == []


def test_what_both_sides_agreed_is_not_changed_by_a_file(agreement, service, manager):
    agreement.targets.update(service=service)

    answer = confirmed(manager, uploaded(manager, table("place-orders,Other", heading="address,name")))

    assert answer.status_code == 422
    assert "is no draft any more" in answer.text
    assert agreement.targets.get().name == "Customers can place orders"


WHO = [("manager", 200), ("owner", 403), ("auditor", 403), ("admin", 403), ("outsider", 404)]


@pytest.mark.parametrize(("who", "code"), WHO)
def test_who_may_bring_promises(draft, people_of, client_of, who, code):
    assert client_of(people_of[who]).get(IMPORT).status_code == code


def test_whoever_reads_an_agreement_takes_its_promises_away(stranger, agreement, people_of, client_of):
    codes = {who: client_of(person).get(TABLE).status_code for who, person in people_of.items()}

    assert codes == dict.fromkeys(people_of, 200) | {"outsider": 404}
    assert client_of(stranger).get(TABLE).status_code == 404


@pytest.fixture
def elsewhere(other_tenant):
    """What the table names, in another tenant."""
    with tenant_scope(other_tenant.pk):
        factories.make_service(slug="online-ordering")
        factories.make_measure("volumes", slug="claims")


def test_names_of_another_tenant_are_not_found(elsewhere, draft, manager):
    found = problems(uploaded(manager, table(ROW)))

    assert set(found) == {(2, "service"), (2, "measure")}


@pytest.mark.parametrize("rows", [1, 30])
def test_a_table_is_checked_with_as_many_questions_for_thirty_rows_as_for_one(
    draft, service, manager, rows, django_assert_num_queries
):
    factories.make_measure("volumes", slug="claims")
    text = table(*(ROW.replace("Claims", f"Claims {number}") for number in range(rows)))
    manager.get(IMPORT)

    with django_assert_num_queries(QUERIES):
        assert len(uploaded(manager, text).context["sheet"].rows) == rows


QUERIES = 15


def test_each_field_of_a_promise_is_a_column():
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert {"address", "kind", "name", "threshold", "service_hours", "is_mandatory"} <= set(COLUMNS)
