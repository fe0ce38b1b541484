"""Evidence leaves the portal and is calculated again without it; what was changed anywhere is found and named."""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from copy import deepcopy
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.jobs.actions import claim_job, keep_result, publish_result
from portal.jobs.models import Job
from portal.tenancy.scope import tenant_scope
from reporting.exports.evidence import build_edition_evidence
from reporting.exports.figures import evidence_json
from reporting.importers.evidence import NO_INPUTS, judge_file
from slas.exports.evidence import evidence_json as figure_json
from slas.models import Attainment
from tests import factories as people
from tests.reporting import factories as made
from tests.security.servers import as_owner
from tests.slas import factories as slas

ROOT = Path(__file__).parents[2]


def evidence_of(edition, said=None):
    """The file that a worker writes; `said` hears how far it is."""

    def report(percent, message):
        if said is not None:
            said.append((percent, message))

    return build_edition_evidence(scope=nullcontext, arguments={"edition_id": edition.pk}, report=report)


@pytest.fixture
def file(edition, tmp_path):
    """file(change) is the evidence of the issued review, after somebody changed it."""

    def write(change=None, written=None):
        document = json.loads(written or evidence_of(edition).content)
        if change is not None:
            change(document)
        path = tmp_path / "evidence.json"
        path.write_text(json.dumps(document))
        return path

    return write


def different(path):
    """What differs: the name of each figure, and where."""
    found = [each for each in judge_file(path) if not each.checked.is_equal]
    return {each.name: [difference.where for difference in each.checked.differences] for each in found}


def of(document, slug):
    return next(each for each in document["figures"] if each["target"]["slug"] == slug)


def test_an_issued_review_is_calculated_again_in_a_bare_environment(file, edition):
    """A process of its own that knows no database and no setting."""
    environment = {"PATH": os.environ["PATH"]}
    command = [sys.executable, "manage.py", "verify_evidence", str(file())]

    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    lines = ran.stdout.splitlines()
    figures = edition.figures.exclude(attainment=None).order_by().values("attainment").distinct().count()
    assert (ran.returncode, lines[-1]) == (0, f"{figures + 1} of {figures + 1}"), ran.stdout + ran.stderr
    assert lines[0] == "The page of Customer Orders, 2026-10, edition 1: equal"
    assert "Customers can place orders, 2026-10-01, revision 1: equal" in lines


@pytest.mark.parametrize("slug", ["orders", "confirm", "sales", "prices", "rating", "track", "phones"])
def test_each_figure_of_the_review_carries_its_evidence(figure, file, slug):
    path = file(written=evidence_json(figure=figure(f"{slug}.2026-10" if slug == "track" else f"{slug}.result")))

    (judged,) = judge_file(path)

    assert judged.checked.is_equal


def test_a_working_figure_carries_its_evidence(month, file):
    attainment = Attainment.objects.defer(None).get(target=month.targets["orders"])

    assert different(file(written=figure_json(attainment))) == {}


ORDERS = "Customers can place orders, 2026-10-01, revision 1"
PAGE = "The page of Customer Orders, 2026-10, edition 1"


def earlier_end(document):
    of(document, "orders")["result"]["events"][0]["ended_at"] = "2026-10-06T05:00:00+00:00"


def shorter_input(document):
    of(document, "orders")["inputs"]["inputs"]["facts"]["outages"][0]["end"] -= 600


def smaller_line(document):
    of(document, "orders")["proof"]["lines"][2]["exact"] = "0/1"


def other_digest(document):
    of(document, "orders")["proof"]["inputs_hash"] = "0" * 64


def other_page(document):
    document["page"]["head"]["unit"] = "Another unit"


def other_value(document):
    """A whole figure put better, and the page made to fit it: its check code is another than on paper."""
    of(document, "orders")["value"] = "99.9"


def without_a_figure(document):
    document["figures"].remove(of(document, "orders"))


@pytest.mark.parametrize(
    ("change", "named", "where"),
    [
        (earlier_end, ORDERS, "result, events, 2026-10-06T04:12:00+00:00, ended_at"),
        (shorter_input, ORDERS, "result, events, 2026-10-06T04:12:00+00:00, ended_at"),
        (smaller_line, ORDERS, "proof, lines, time_that_counts, exact"),
        (other_digest, ORDERS, "proof, inputs_hash"),
        (other_page, PAGE, "edition, page_hash"),
        (other_value, PAGE, "page, Customers can place orders, 2026-10-01, value"),
        (without_a_figure, PAGE, "page, figures, orders.proof.share, evidence"),
    ],
)
def test_what_was_changed_in_a_file_is_found_and_named(file, change, named, where):
    found = different(file(change))

    assert where in " ".join(found[named])
    assert set(found) <= {ORDERS, PAGE}


def test_inputs_that_were_taken_out_are_missed(file):
    path = file(lambda document: of(document, "orders").update(inputs=None))

    assert [each.checked.refusal for each in judge_file(path) if not each.checked.is_equal] == [NO_INPUTS]


def test_the_command_names_the_change_and_fails(file, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("verify_evidence", str(file(shorter_input)))

    said = capsys.readouterr().out
    assert ended.value.code == 1
    assert f"{ORDERS}: different\n" in said
    words = "the file says 2026-10-06T05:44:00+00:00, calculated 2026-10-06T05:34:00+00:00"
    assert f"    result, events, 2026-10-06T04:12:00+00:00, ended_at: {words}\n" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("", "it is not JSON", id="empty"),
        pytest.param("[" * 100_000, "it is not JSON", id="too deep"),
        pytest.param('{"figures": []}', "it does not say “format”: “parley-evidence-1”", id="another file"),
        pytest.param('{"format": "parley-evidence-1"}', "“result” is missing", id="no figure"),
        pytest.param(
            '{"format": "parley-evidence-1", "figures": [{"result": {}}]}', "“figures[0].proof” is missing", id="half"
        ),
        pytest.param(
            '{"format": "parley-evidence-1", "result": {}, "proof": {}, "target": {}, "period": {}, "attainment": [],'
            ' "revision": 1, "inputs": {}, "status": "", "value": "", "records": []}', "“attainment” is not a number",
            id="no number",
        ),
        pytest.param('{"format": "parley-evidence-1", "figures": {}}', "“figures” is missing, or not a list", id="map"),
        pytest.param(
            '{"format": "parley-evidence-1", "figures": [], "edition": {}, "page": {}, "sums": []}',
            "its page is not as an edition is written", id="no page",
        ),
        pytest.param(
            '{"format": "parley-evidence-1", "figure": "score.kept", "name": "x"}', "this figure is a sum of others",
            id="a sum",
        ),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_in_words(tmp_path, content, said):
    path = tmp_path / "broken.json"
    path.write_text(content)

    with pytest.raises(CommandError) as error:
        call_command("verify_evidence", str(path))

    assert said in str(error.value)
    assert str(error.value).startswith(f"{path}: ")
    assert "Download the evidence again" in str(error.value)


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="it cannot be read: No such file or directory"):
        call_command("verify_evidence", str(tmp_path / "none.json"))


@pytest.fixture
def stranger(other_tenant):
    with tenant_scope(other_tenant.pk):
        return people.make_member()


ADDRESS = "/t/larkmoor/reviews/customer-orders/2026-10/editions/1/evidence.json"


def test_the_evidence_of_a_review_is_written_figure_by_figure(edition):
    said = []

    written = evidence_of(edition, said)

    figures = json.loads(written.content)["figures"]
    assert written.download_name == "evidence-customer-orders-2026-10-edition-1.json"
    assert [message for _, message in said] == [
        f"{done} of {len(figures)} figures are in the file." for done in range(len(figures))
    ]


def test_who_may_have_the_evidence_of_a_review_made_and_take_it(
    stranger, issued, month, edition, client_of, settings, tmp_path
):
    settings.FILES_DIR = tmp_path
    outsider = people.make_member(role=Role.BUSINESS_UNIT_HEAD, units=[people.make_unit()])
    everybody = (month.head, month.owner, outsider, stranger)
    before = client_of(month.head).get(ADDRESS)

    asked = [client_of(person).post(ADDRESS) for person in everybody]
    job = Job.objects.get(kind="edition_evidence")
    claim = claim_job(job_id=job.pk, now=made.TODAY)
    result = evidence_of(edition)
    name = keep_result(tenant_id=claim.tenant_id, content=result.content)
    publish_result(claim=claim, result=result, name=name, now=made.TODAY)
    taken = [client_of(person).get(f"/t/larkmoor/jobs/{job.pk}/file/") for person in everybody]
    again = client_of(month.head).get(ADDRESS)

    assert "Nobody has asked for it yet" in before.content.decode()
    assert [each.status_code for each in asked] == [302, 302, 404, 404]
    assert asked[0]["Location"] == asked[1]["Location"] == f"/t/larkmoor/jobs/{job.pk}/"
    assert [each.status_code for each in taken] == [200, 200, 404, 404]
    assert json.loads(taken[0].getvalue()) == json.loads(result.content) == json.loads(again.getvalue())
    assert AuditEntry.objects.filter(act="evidence.asked", subject=str(edition.review)).count() == 2
    assert AuditEntry.objects.filter(act="job.downloaded", detail__job=job.pk).count() == 3


@pytest.mark.parametrize(
    ("anchor", "looked_at"),
    [
        ("orders.result", "Calculated again from its own inputs and from the facts of today"),
        ("score.kept", "Each line of its sum, added up again from what is known today"),
        ("value.online", "Each line of its sum, added up again from what is known today"),
    ],
)
def test_a_figure_of_a_review_is_recomputed_by_a_button(issued, month, edition, client_of, anchor, looked_at):
    figure = edition.figures.filter(anchor__startswith=anchor).order_by("pk")[0]
    outsider = people.make_member(role=Role.BUSINESS_UNIT_HEAD, units=[people.make_unit()])
    address = f"/t/larkmoor/figures/{figure.pk}/verify/"
    client = client_of(month.head)
    pages = [client.get(f"/t/larkmoor/figures/{figure.pk}/{part}").content.decode() for part in ("", "proof/")]
    assert all(f'action="{address}"' in page for page in pages)

    page = client.post(address).content.decode()

    assert "Equal." in page
    assert looked_at in page
    assert AuditEntry.objects.get(act="evidence.verified").detail == {"figure": figure.pk, "finding": "equal"}
    assert client_of(outsider).post(address).status_code == 404
    assert client.get(address).url == f"/t/larkmoor/figures/{figure.pk}/proof/"
    assert AuditEntry.objects.filter(act="evidence.verified").count() == 1


def test_the_business_is_told_no_sum_before_it_is_issued(issued, month, edition, client_of):
    slas.Volume.objects.filter(total=96412, met=61801).update(met=61800)
    figure = edition.figures.filter(anchor__startswith="value.online").order_by("pk")[0]

    page = client_of(month.head).post(f"/t/larkmoor/figures/{figure.pk}/verify/").content.decode()

    assert "What it is made from has changed since. A correction comes as a new edition, with its reason." in page
    assert "then, " not in page


# ---------------------------------------------------------------- from the facts of today


def verified(capsys, **wanted):
    """What the command says of each figure that is not equal, its last line, and how it ends."""
    code = 0
    try:
        call_command("verify", tenant="larkmoor", **wanted)
    except SystemExit as ended:
        code = ended.code
    lines = capsys.readouterr().out.splitlines()
    return [line for line in lines[:-1] if not line.endswith(": Equal.")], lines[-1], code


def test_an_issued_month_is_equal_until_somebody_changes_it(issued, edition, capsys):
    found, last, code = verified(capsys, unit="customer-orders", month="2026-10")

    assert (found, code) == ([], 0)
    assert last.split(" of ")[0] == last.split(" of ")[1]


@pytest.fixture
def change_as_owner(issued):
    """change_as_owner("06:44", "05:14"): the owner of the tables gives the outage of 6 October another end."""

    def change(then, now):
        start, *ends = (slas.at(f"2026-10-06 {clock}") for clock in ("05:12", then, now))
        with as_owner() as owner:
            owner.execute("SELECT set_config('app.tenant_id', %s, true)", [str(issued.tenant.pk)])
            changed = owner.execute(
                "UPDATE slas_outage SET ended_at = %s WHERE started_at = %s AND ended_at = %s",
                [ends[1], start, ends[0]],
            )
            assert changed.rowcount == 1

    yield change
    change("05:14", "06:44")


def test_an_event_that_the_owner_of_the_tables_changed_is_named_with_its_figure_and_its_field(
    issued, edition, change_as_owner, capsys
):
    change_as_owner("06:44", "05:14")

    found, last, code = verified(capsys, unit="customer-orders")

    (figure, change, *sums) = found
    assert "Customers can place orders, 2026-10, revision 1: Different, without a recorded correction" in figure
    assert change == ("    The outage of 6\u00a0October, 05:12: end: 06:44 then, 05:14 now; no correction is recorded.")
    assert sums == []
    assert code == 1
    assert int(last.split(" of ")[1]) - int(last.split(" of ")[0]) == 1


def test_a_sum_that_no_promise_carries_is_added_up_again(issued, month, edition, capsys):
    slas.Volume.objects.filter(total=96412, met=61801).update(met=61800)

    found, _last, code = verified(capsys)

    assert any("the sum of value.online: Different" in line for line in found)
    assert code == 1


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"unit": "nobody"}, "There is no business unit “nobody”. Units: customer-orders"),
        ({"month": "October"}, "“October” is no month. Write it as 2026-10"),
    ],
)
def test_the_command_says_what_is_wrong(issued, edition, wanted, said):
    with pytest.raises(CommandError, match=said):
        call_command("verify", tenant="larkmoor", **wanted)


def test_answers_of_few_leave_the_portal_in_no_file(month, edition, tmp_path):
    """The evidence of a rating of four answers says neither how many there were nor how many were good."""
    target = month.targets["rating"]
    slas.SurveyCount.objects.filter(measure_id=target.measure_id).update(asked=7001, answers=4, good=3)
    attainment = deepcopy(slas.judged(slas.make_target("satisfaction", measure=target.measure)))
    document = json.loads(figure_json(Attainment.objects.defer(None).get(pk=attainment.pk)))

    sums, (round_,) = document["inputs"]["inputs"]["seen"], document["inputs"]["inputs"]["rounds"]
    assert (sums["asked"], sums["answers"], sums["good"]) == (7001, 0, 0)
    assert (round_["answers"], round_["good"]) == (None, None)
    assert (document["result"]["answers"], document["result"]["good"]) == (None, None)
    path = tmp_path / "few.json"
    path.write_text(json.dumps(document))
    (judged,) = judge_file(path)
    assert judged.checked.is_equal
    assert "looked up in the database alone" in judged.checked.note
