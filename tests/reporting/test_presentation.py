"""The review on the wall: the same figures as the page, screen by screen, and nothing to be answered."""

import re

from tests.reporting.factories import make_draft

PRESENT = "/t/larkmoor/reviews/customer-orders/2026-10/present/"
ON_PAGE = re.compile(r'data-figure="([^"]+)"[^>]*>(.*?)</', re.DOTALL)
SCREEN = re.compile(r'<section class="p-slide" id="slide-(\d+)" aria-label="([^"]+)"')


def main_of(answer):
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def test_each_promise_that_needs_attention_has_a_screen_of_its_own(edition, month, client_of):
    main = main_of(client_of(month.head).get(PRESENT))

    screens = [(int(number), name.partition(": ")[2]) for number, name in SCREEN.findall(main)]
    assert [number for number, _name in screens] == list(range(1, len(screens) + 1))
    names = [name for _number, name in screens]
    assert names[:2] == ["In short", "Twelve months"]
    assert "Customers can place orders" in names
    assert names[-1] == "Decisions and follow-ups"
    assert all(f'href="#slide-{number}"' in main for number in range(2, len(screens) + 1))


def test_it_shows_figures_of_the_edition_only_and_asks_for_nothing(edition, month, client_of):
    main = main_of(client_of(month.head).get(PRESENT))

    tag = re.compile(r"<[^>]+>")
    shown = {(anchor, tag.sub("", words)) for anchor, words in ON_PAGE.findall(main)}
    assert len(shown) > 20
    assert shown <= set(edition.figures.values_list("anchor", "printed"))
    assert "<form" not in main
    assert edition.check_code in main


def test_a_draft_is_presented_to_those_who_prepare_it(month, client_of):
    make_draft(month)

    assert client_of(month.manager).get(PRESENT).status_code == 200
    assert client_of(month.head).get(PRESENT).status_code == 404
