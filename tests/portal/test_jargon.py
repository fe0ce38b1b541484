"""Technical words are found where they are technical; names, addresses, quotations and other trades are left alone."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.language.jargon.check import compiled, find_jargon
from portal.language.jargon.lexicon import lexicon_of
from portal.language.jargon.offers import rewritten
from portal.language.jargon.terms import BadWords, GlossaryTerm, Kind, Sense

FILE = Path(__file__).resolve().parents[1] / "data" / "wording" / "jargon_sentences.json"
SENTENCES = [item["text"] for item in json.loads(FILE.read_text(encoding="utf-8"))["items"]]


def told(text, **options):
    return [each.words for each in find_jargon(text, **options) if not each.is_hint]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("The nodes of the cluster were replaced.", ["nodes", "cluster"], id="inflected"),
        pytest.param("We are rolling back the upgrade of the server.", ["rolling back"], id="verb of two words"),
        pytest.param("The dns was down, so was the VPN.", ["dns", "VPN"], id="letters, small or not"),
        pytest.param("We ran `kubectl get pods` on it.", ["kubectl get pods"], id="code in backticks is one"),
        pytest.param("The server read /etc/app/settings.yml twice.", ["/etc/app/settings.yml"], id="path"),
        pytest.param("The field max_conn_age was set.", ["max_conn_age"], id="snake case"),
        pytest.param("The value startupProbe was too low.", ["startupProbe"], id="camel case"),
        pytest.param("The SecurityGroupRules were full.", ["SecurityGroupRules"], id="capitals in one word"),
        pytest.param("Version v2.14.0 of the software is out.", ["v2.14.0"], id="version"),
        pytest.param("The server at 10.2.0.0/16 did not answer.", ["10.2.0.0/16"], id="block of addresses"),
        pytest.param("Answers took 250 ms.", ["250 ms"], id="unit"),
        pytest.param("The p95 rose.", ["p95"], id="percentile"),
        pytest.param("It was written in .NET and C#.", [".NET", "C#"], id="languages by their signs"),
        pytest.param("Visitors saw 503 errors on the website.", ["503"], id="status"),
        pytest.param("The server of the XKCDQ failed to restart.", ["XKCDQ"], id="letters that nobody knows"),
        pytest.param("The flurbd on the server crashed at startup.", ["flurbd"], id="word of no dictionary"),
        pytest.param("We recieved the data on the server.", [], id="a slip of the pen is no technical word"),
        pytest.param("Availability Zones went down.", ["Availability Zones"], id="capitals make no name of a term"),
    ],
)
def test_technical_words_are_told(text, words):
    assert told(text) == words


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="no words"),
        pytest.param(" \n\t … 12 % — 3,400 £", id="figures and marks"),
        pytest.param("The cluster of farms lost power.", id="farms"),
        pytest.param("The choir sings in C# minor, and prices are net.", id="a key, and net prices"),
        pytest.param("We write to https://status.example.org/api/v2/pods and ops@cluster.example.", id="addresses"),
        pytest.param("The office is at 12 Firewall Road, Leeds.", id="street"),
        pytest.param("Ms Anna Pod joined Container Terminal Rotterdam.", id="names"),
        pytest.param("The head of sales wrote: “the cluster and the DNS failed on the server”.", id="quotation"),
        pytest.param("He said 'the pods on the server were gone' and left.", id="quotation between single marks"),
        pytest.param("The password of the website was changed, and the backup was tested.", id="known to readers"),
        pytest.param("The VAT return, the KPI and the HR file went to the CEO.", id="letters of business"),
        pytest.param("We use SharePoint, SAP and Outlook.", id="known products"),
        pytest.param("The virtual private network (VPN) failed. The VPN is back.", id="letters that are explained"),
        pytest.param("The SLO (service level objective) of the server was missed.", id="explained behind"),
        pytest.param(
            "The cache, a short-term store that speeds things up, was full on the server.", id="explained after"
        ),
    ],
)
def test_other_words_are_left_alone(text):
    assert [each for each in told(text) if each != "virtual private network"] == []


def test_letters_count_until_they_are_explained():
    assert told("The VPN failed. A virtual link (VPN) costs little.") == ["VPN", "VPN"]
    assert told("The VPN (virtual private network) failed. The VPN is back.") == []


def test_a_word_that_most_readers_know_is_a_hint():
    assert [(each.words, each.is_hint) for each in find_jargon("A bug in the login of the website.")] == [("bug", True)]


def test_letters_with_nothing_technical_around_are_a_hint():
    assert [(each.words, each.is_hint) for each in find_jargon("The QZE inspects all bakeries.")] == [("QZE", True)]
    assert find_jargon("The Quality Zone Exams (QZE) inspects all bakeries. The QZE is new.") == ()


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("A pod was restarted on the server.", "A running copy of a program was restarted on the server."),
        ("An API of the server.", "A link through which programs exchange data of the server."),
        ("Pods of the server failed.", "Running copies of a program of the server failed."),
        ("The DNS failed.", "The directory that turns web addresses into computers failed."),
        ("They were deploying it to the server.", "They were putting into use it to the server."),
        ("`pods` of the server", "Running copies of a program of the server"),
        ("Answers took 250 ms.", "Answers took 250 ms."),
        ("Our API server failed.", "Our server of a link through which programs exchange data failed."),
        ("An API call to the server.", "A request from one program to another to the server."),
        (
            "We restarted the DNS servers.",
            "We restarted the servers of the directory that turns web addresses into computers.",
        ),
        ("On the server a SQL error was seen.", "On the server an error of the language of databases was seen."),
    ],
)
def test_an_offer_fits_its_place(text, after):
    assert rewritten(text, find_jargon(text)[0]) == after


GLOSSARY = (
    GlossaryTerm("flux gate", "quality check", owner="Quality", allowed_for=frozenset({"IT"})),
    GlossaryTerm("DNS", "name directory", owner="Networks"),
    GlossaryTerm("SKU", "article number", allowed_for=frozenset({"buying"})),
)


@pytest.mark.parametrize(
    ("text", "audience", "words"),
    [
        ("Both flux gates were late.", "", ["flux gates"]),
        ("Both flux gates were late.", "IT", []),
        ("The DNS failed on the server.", "IT", ["DNS"]),
        ("Each SKU has a server.", "sales", ["SKU"]),
        ("Each SKU has a server.", "buying", []),
    ],
)
def test_an_own_glossary_comes_first_and_allows_words_to_those_who_know_them(text, audience, words):
    found = find_jargon(text, glossary=GLOSSARY, audience=audience)

    assert [each.words for each in found] == words
    assert {each.kind for each in found} <= {Kind.GLOSSARY}


def test_an_own_term_offers_its_plain_words_in_the_form_that_stands_there():
    (found,) = find_jargon("Both flux gates were late.", glossary=GLOSSARY)

    assert (found.plain, found.owner) == ("quality checks", "Quality")


@pytest.mark.parametrize("entry", [GlossaryTerm(" ", "x"), GlossaryTerm("x", "")])
def test_an_entry_without_words_is_refused(entry):
    with pytest.raises(BadWords, match="both needed"):
        find_jargon("x", glossary=[entry])


def test_names_that_are_known_stay():
    text = "The service Blue cluster failed on the server, and so did the cluster."

    assert told(text) == ["cluster", "cluster"]
    assert told(text, known_names=["Blue cluster"]) == ["cluster"]


def terms():
    return {term.name: term for each in lexicon_of().terms.values() for term in each}.values()


def test_each_turn_of_phrase_is_an_expression():
    phrases = {phrase for term in terms() for phrase in (term.ordinary, term.technical)} - {""}

    assert len({compiled(phrase).pattern for phrase in phrases}) > 150


def test_no_plain_phrase_is_technical_itself():
    phrases = {phrase for term in terms() for phrase in (term.plain, term.plurals)}

    assert {phrase: told(phrase) for phrase in phrases if told(phrase)} == {}


def test_each_technical_word_has_plain_words_and_each_kind_its_reason():
    lexicon = lexicon_of()

    assert [term.name for term in terms() if not term.plain] == []
    assert set(lexicon.why) == set(lexicon.ask) == {str(kind) for kind in Kind}


@pytest.mark.parametrize("sense", [Sense.SURE, Sense.LIKELY])
def test_what_is_offered_takes_the_word_away(sense):
    known = [term for term in terms() if term.sense is sense and term.is_seed]

    assert len(known) > 20
    for term in known:
        text = f"On the server the {term.name} failed."
        (found,) = [each for each in find_jargon(text) if not each.is_hint]
        assert told(rewritten(text, found)) == [], term.name


def test_a_phrase_that_is_offered_is_never_told_again():
    known = {term.name: term for said in lexicon_of().terms.values() for term in said}
    for term in [known[name] for name in sorted(known)][::12]:
        for text in (f"The {term.name} server was down.", f"After a failed {term.name} the API was restarted."):
            for found in find_jargon(text):
                after = rewritten(text, found) if found.plain else text
                assert set(told(after)) <= set(told(text)), (term.name, after)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), st.sampled_from([" ", "\n\n", "\n- "]))
def test_findings_stand_in_order_and_apart_and_name_their_words(parts, between):
    text = between.join(parts)
    found = find_jargon(text)

    assert all(text[each.start : each.end] == each.words for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert found == find_jargon(text)


@given(st.sampled_from(SENTENCES))
def test_nothing_is_told_inside_a_quotation(sentence):
    quoted = f"She wrote “{sentence.replace('“', '').replace('”', '')}”"

    assert [each for each in find_jargon(quoted) if each.start >= len("She wrote “")] == []


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    for each in find_jargon(text):
        assert text[each.start : each.end] == each.words


@given(st.text(alphabet=" \n\t.,;:!?0123456789%€£-–—()", max_size=100))
def test_a_text_without_words_is_clean(text):
    assume(not re.search(r"\d\.\d+\.\d+\.\d", text))  # the address of a machine
    assert told(text) == []
