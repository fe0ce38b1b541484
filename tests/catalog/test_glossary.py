"""The tenant's glossary: kept by the service level manager, and used where prose is read."""

import pytest

from catalog.actions.glossary import add_term, change_term, remove_term
from catalog.errors import PlainIsNot, PlainUnusable, TermKnown, TermUnreadable
from catalog.models import GlossaryTerm
from catalog.queries.glossary import list_terms, words_for
from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from tests import factories
from tests.catalog import factories as catalog

WORD = {"term": "flux gate", "plain": "door of the warehouse", "owner": None, "is_known_to_all": False, "known_by": []}


@pytest.fixture
def manager(member):
    return member(Role.SERVICE_LEVEL_MANAGER)


@pytest.fixture
def add(manager):
    """add(plain="…") puts “flux gate” into the glossary."""
    return lambda **said: add_term(**WORD | said, by=manager, now=catalog.NOW)


def told(text, **options):
    return [(each.words, each.plain) for each in words_for(**options).findings(text)]


def test_a_word_of_the_house_is_found_with_its_plain_phrase_and_owner(add, manager):
    assert told("Both flux gates were late.") == []

    add(owner=manager)

    (found,) = words_for().findings("Both flux gates were late.")
    assert (found.words, found.plain, found.owner) == ("flux gates", "doors of the warehouse", manager.user.name)


def test_units_that_know_a_word_read_it_as_it_is(add):
    stores, finance = factories.make_unit(name="Stores"), factories.make_unit(name="Finance")
    add(known_by=[stores])

    assert told("The flux gate was late.", unit=stores) == []
    assert told("The flux gate was late.", unit=finance) == [("flux gate", "door of the warehouse")]


def test_what_everybody_knows_may_stand_everywhere(add):
    assert told("The failover was late.")

    add(term="failover", plain="move to the second machine", is_known_to_all=True)

    assert told("The failover was late.") == []
    assert told("The failover was late.", unit=factories.make_unit()) == []


def test_names_of_the_tenant_are_names(manager):
    text = "Kubernetes was late."
    assert [words for words, _ in told(text)] == ["Kubernetes"]

    catalog.make_service(name="Kubernetes")

    assert told(text) == []


def test_a_word_stands_once_in_whatever_letters(add):
    add()

    with pytest.raises(TermKnown, match="“Flux gate” is in the glossary already"):
        add(term="Flux  gate")


def test_a_plain_phrase_is_plain(add):
    with pytest.raises(PlainIsNot, match="“pods in the cluster” holds words"):
        add(plain="pods in the cluster")
    assert not GlossaryTerm.objects.exists()


def test_a_plain_phrase_is_not_said_by_words_that_the_glossary_says_otherwise(add):
    with pytest.raises(PlainIsNot, match="flux gate"):
        add(plain="flux gate of the warehouse")
    add()
    with pytest.raises(PlainIsNot, match="flux gate"):
        add(term="door lock", plain="part of a flux gate")
    assert add(term="yard", plain="place behind the warehouse").pk


@pytest.mark.parametrize("plain", ["2-step door", "door {figure:score.kept}", "door ** bold", "door\u202erood"])
def test_a_plain_phrase_keeps_the_rules_of_sentences(add, plain):
    with pytest.raises(PlainUnusable, match="cannot stand in a sentence"):
        add(plain=plain)
    assert not GlossaryTerm.objects.exists()


@pytest.mark.parametrize("term", ["–", "flux\u200bgate", "…?"])
def test_a_word_that_no_text_holds_is_no_entry(add, term):
    with pytest.raises(TermUnreadable):
        add(term=term)


def test_a_word_is_changed_and_removed_on_record(add, manager):
    row = add(known_by=[factories.make_unit()])
    said = {"owner": manager, "is_known_to_all": False, "known_by": [], "by": manager, "now": catalog.NOW}

    change_term(row=row, plain="big door", **said)
    assert [(each.plain, each.readers.count()) for each in list_terms()] == [("big door", 0)]
    remove_term(row=list_terms().get(), by=manager, now=catalog.NOW)

    assert not list_terms().exists()
    acts = AuditEntry.objects.filter(subject="flux gate").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["glossary.added", "glossary.changed", "glossary.removed"]


def test_the_glossary_is_kept_in_the_browser(manager, client_of):
    client, unit = client_of(manager), factories.make_unit(name="Stores")
    form = {"term": "flux gate", "plain": "door", "owner": manager.pk, "known_by": [unit.pk]}

    assert client.post("/t/larkmoor/glossary/new/", form).url == "/t/larkmoor/glossary/"
    row = GlossaryTerm.objects.get()
    page = client.get("/t/larkmoor/glossary/").content.decode()
    assert all(words in page for words in ("flux gate", "door", "Stores", manager.user.name))
    assert client.post("/t/larkmoor/glossary/new/", form).status_code == 422

    client.post(f"/t/larkmoor/glossary/{row.pk}/edit/", {"plain": "big door", "is_known_to_all": "on"})
    page = client.get("/t/larkmoor/glossary/").content.decode()
    assert "big door" in page
    assert "Everybody" in page

    client.post(f"/t/larkmoor/glossary/{row.pk}/remove/")
    assert "No words yet" in client.get("/t/larkmoor/glossary/").content.decode()


def test_who_only_reads_sees_no_buttons_and_no_other_unit(add, member, client_of):
    own, other = factories.make_unit(name="Stores"), factories.make_unit(name="Finance")
    add(known_by=[own, other])

    page = client_of(member(Role.BUSINESS_MEMBER, units=[own])).get("/t/larkmoor/glossary/").content.decode()

    assert "Stores" in page
    assert "Finance" not in page
    assert "flux gate" in page
    assert "/glossary/new/" not in page
    assert "/remove/" not in page
