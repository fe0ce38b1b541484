"""The parts of the page: what each shows for its context, and what it must never let through."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from portal.charts import examples

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
HOSTILE = '<script>alert("x")</script>'


class ReasonForm(forms.Form):
    reason = forms.CharField(label="What is wrong?", help_text="In one or two sentences.")
    note = forms.CharField(required=False)


def words_of(html: str) -> str:
    """The text that a reader sees, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def render(name: str, request: bool = False, **context: object) -> str:
    asked = RequestFactory().get("/list/?page=2&q=price") if request else None
    if asked:
        asked.user = AnonymousUser()
    return render_to_string(f"components/{name}.html", context, request=asked)


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.relative_to(TEMPLATES).as_posix()
)
def test_each_template_can_be_read(path):
    try:
        get_template(path.relative_to(TEMPLATES).as_posix())
    except TemplateSyntaxError as error:
        pytest.fail(f"{path.name}: {error}")


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.stem)
def test_each_component_says_its_context(path):
    assert "{% comment %}" in path.read_text()


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.stem)
def test_each_component_is_part_of_a_page(path):
    """What no page shows is not kept."""
    code = [path for app in ("portal", "catalog") for path in (TEMPLATES.parent / app).rglob("*.py")]
    users = [*TEMPLATES.rglob("*.html"), *code]

    assert any(f"components/{path.name}" in other.read_text() for other in users if other != path)


class TestForm:
    def test_the_summary_names_each_field_and_leads_to_it(self):
        html = str(ReasonForm({"reason": ""}))

        assert "There is 1 thing to put right" in html
        assert '<a href="#id_reason">What is wrong?: This field is required.</a>' in html
        assert 'role="alert"' in html

    def test_a_mistake_of_the_whole_form_is_said_without_a_link(self):
        form = ReasonForm({"reason": "Calls were cut"})
        form.add_error(None, "This review was signed.")

        assert "<li>This review was signed.</li>" in str(form)

    def test_a_form_without_mistakes_has_no_summary(self):
        assert "put right" not in str(ReasonForm())

    def test_help_and_mistake_are_tied_to_the_input(self):
        html = str(ReasonForm({"reason": ""})["reason"].as_field_group())
        tied = re.search(r'<input[^>]*aria-describedby="([^"]+)"', html)[1].split()

        assert tied == ["id_reason_helptext", "id_reason_error"]
        assert all(f'id="{name}"' in html for name in tied)

    def test_what_may_stay_empty_is_said(self):
        assert "(optional)" in str(ReasonForm()["note"].as_field_group())
        assert "(optional)" not in str(ReasonForm()["reason"].as_field_group())

    def test_words_of_the_sender_stay_words(self):
        assert HOSTILE not in str(ReasonForm({"reason": HOSTILE}))


class TestJob:
    def job(self, **changes):
        values = {
            "url": "/t/larkmoor/jobs/7/",
            "label": "Making the PDF",
            "percent": 60,
            "message": "Page 3 of 5.",
            "is_ended": False,
            "failed": False,
            "result_url": "",
            "result_label": "Download",
        }
        return render("job_progress", job=SimpleNamespace(**{**values, **changes}))

    def test_a_running_job_asks_again_by_itself(self):
        html = self.job()

        assert 'hx-get="/t/larkmoor/jobs/7/"' in html
        assert 'role="status"' in html
        assert "You can leave this page." in html

    @pytest.mark.parametrize("failed", [True, False])
    def test_an_ended_job_asks_no_more(self, failed):
        assert "hx-get" not in self.job(is_ended=True, failed=failed)

    def test_a_finished_job_offers_its_result(self):
        assert 'href="/f/7.pdf"' in self.job(is_ended=True, percent=100, result_url="/f/7.pdf")

    def test_a_failed_job_says_why(self):
        html = self.job(is_ended=True, failed=True, message="A system library is missing.")

        assert "A system library is missing." in words_of(html)
        assert "p-bad" in html


def test_a_button_without_an_address_is_not_shown():
    form = ReasonForm(prefix="figure-1")
    both = {"acknowledge_url": "/a/", "question_url": "/q/", "question_form": form}
    html = render("answer_trio", request=True, answer=both)

    assert re.findall(r'action="([^"]+)"', html) == ["/a/", "/q/"]
    assert "Dispute this figure" not in html
    assert html.count("csrfmiddlewaretoken") == 2


def test_a_refused_answer_opens_its_form_again():
    form = ReasonForm({"figure-1-reason": ""}, prefix="figure-1")
    html = render("form_button", request=True, url="/q/", form=form, label="Ask a question")

    assert '<details class="p-unfold" open>' in html


@pytest.mark.parametrize(("it", "css"), [(True, "p-avatar p-avatar-it"), (False, "p-avatar")])
def test_people_of_it_are_square_and_of_the_business_round(it, css):
    assert f'class="{css}"' in render("avatar", initials="IC", it=it)


@pytest.mark.parametrize(
    ("state", "css"), [("", "p-clock"), ("soon", "p-clock p-clock-soon"), ("late", "p-clock p-clock-late")]
)
def test_a_clock_is_louder_the_later_it_is(state, css):
    assert f'class="{css}"' in render("clock", words="By Fri 13 Nov", state=state)


def test_pages_of_a_list_keep_the_filters():
    html = render("pagination", request=True, page=Paginator(range(95), 30).page(2))

    assert "31 to 60 of 95" in html
    assert re.findall(r'href="([^"]+)"', html) == ["?page=1&amp;q=price", "?page=3&amp;q=price"]


def test_a_list_of_one_page_has_no_pages():
    assert "<nav" not in render("pagination", request=True, page=Paginator(range(5), 30).page(1))


def test_a_promise_is_a_link_only_where_it_leads_somewhere():
    promise = {"name": "Orders", "detail": "Not possible for 3 h 28 min.", "status": "M", "history": "KM"}

    assert "<a" not in render("promise_row", promise=promise)
    assert 'href="/f/"' in render("promise_row", promise={**promise, "url": "/f/"})
    assert words_of(render("promise_row", promise=promise)).endswith("Missed")


def test_the_proof_reads_from_top_to_bottom_and_ends_with_the_result():
    proof = examples.parts().proof
    html = render("proof_panel", proof=proof)
    labels = re.findall(r'<th scope="row">([^<]+)</th>', html)

    assert labels == [line.label for line in proof.lines]
    assert html.count("p-sum-result p-is-M") == 1


def test_the_twelve_months_are_a_table_and_a_list_with_the_same_promises():
    html = render("slam", slam=examples.parts().slam)

    assert [html.count(name) for name, *_ in examples.PROMISES] == [2] * len(examples.PROMISES)
    assert "October: Missed, 99.3" in words_of(html)


class TestFrame:
    def page(self, **context):
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        return render_to_string("404.html", context, request=request)

    def test_a_stranger_gets_the_frame_without_menu_and_tenant(self):
        html = self.page()

        assert "Your menu" not in html
        assert '<nav class="p-nav"' not in html
        assert "<title>Not found · Parley</title>" in words_of_head(html)

    def test_the_page_one_is_on_is_marked_and_what_waits_is_said(self):
        entries = [
            {"label": "Home", "url": "/t/x/", "count": 0, "current": False},
            {"label": "Reviews", "url": "/t/x/reviews/", "count": 2, "current": True},
        ]
        html = self.page(menu=SimpleNamespace(entries=entries), tenant=SimpleNamespace(name="Larkmoor Foods"))
        nav = re.search(r'<nav class="p-nav".*?</nav>', html, re.DOTALL)[0]

        assert re.findall(r'href="([^"]+)" aria-current="page"', nav) == ["/t/x/reviews/"]
        assert words_of(nav) == "Home Reviews 2 waiting for you"
        assert "· Larkmoor Foods · Parley</title>" in words_of_head(html)

    def test_htmx_may_not_run_words_as_code_nor_ask_other_hosts(self):
        config = re.search(r"name=\"htmx-config\"\s+content='([^']+)'", self.page())[1]

        assert '"allowEval":false' in config
        assert '"selfRequestsOnly":true' in config
        assert '"includeIndicatorStyles":false' in config
        assert '"historyCacheSize":0' in config

    def test_every_asset_is_our_own(self):
        addresses = re.findall(r'(?:src|href)="([^"#]+)"', self.page())

        assert [address for address in addresses if not address.startswith("/")] == []

    def test_the_page_of_a_fault_needs_no_request(self):
        assert "Nothing of what you sent was saved." in render_to_string("500.html")


def words_of_head(html: str) -> str:
    return " ".join(re.search(r"<head>.*?</head>", html, re.DOTALL)[0].split())


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.relative_to(TEMPLATES).as_posix()
)
def test_no_template_carries_style_or_script_of_its_own(path):
    source = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)

    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:|<script(?![^>]*\ssrc=)", source) == []
