"""Technical words in German: a short list and the organisation's glossary, and nothing by how a word looks."""

import pytest

from portal.language.jargon.listed import find_listed, read_book, word_book
from portal.language.jargon.reading import heard_in_full, long_sentences, reading_of
from portal.language.jargon.terms import BadWords, GlossaryTerm

BOOK = word_book("de")
OWN = (GlossaryTerm("Warenschleuse", "Tor des Lagers", "Ines Calder", frozenset({"stores"})),)


def told(text, **options):
    return [each.words for each in find_listed(text, BOOK, **options)]


def test_words_of_the_list_are_told_with_what_to_say_instead():
    (found,) = find_listed("Nach dem Failover lief alles.", BOOK)

    assert (found.words, found.plain) == ("Failover", "")
    assert found.ask == "Sagen Sie, was es für die Leser tut. Zum Beispiel: das zweite System springt ein."


@pytest.mark.parametrize(
    "text",
    [
        "Die Bestellannahme war rechtzeitig fertig, und das Team hat gut gearbeitet.",
        "Er sagte: „Der Cluster ist weg.“",
        "Schreiben Sie an cluster@larkmoor.example oder https://host.example/api.",
        "Das Lan ist ein Fluss.",
    ],
)
def test_what_is_not_told(text):
    assert told(text) == []


def test_names_stand_as_they_are_and_the_glossary_knows_its_readers():
    assert told("Das Cluster Nord war zu.", known_names=["Cluster Nord"]) == []
    assert told("Die Warenschleuse klemmte.", glossary=OWN, audience="finance") == ["Warenschleuse"]
    assert told("Die Warenschleuse klemmte.", glossary=OWN, audience="stores") == []


def test_a_german_text_is_measured_as_german():
    easy = reading_of("Das Tor war zu. Der Wagen kam nicht rein.", BOOK)

    assert (easy.level, easy.sentences) == ("leicht", 2)
    assert heard_in_full("Bestellungen") == 4
    assert heard_in_full("Größe") == 2
    (long,) = long_sentences(" ".join(["und"] * 26), BOOK)
    assert long.why == "Wer am Ende ankommt, weiß den Anfang nicht mehr."


def test_a_list_says_each_word_once():
    source = {"terms": {"Rechner": "Host"}, "acronyms": {"Netz": "host"}, "why": {}, "ask": {}}

    with pytest.raises(BadWords, match="host: stands there twice"):
        read_book(source)
