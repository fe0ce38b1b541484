"""Services, data sources and indicators of a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.text import slugify

from catalog.models import ServiceClass
from slas.importers.openslo.drafts import MeasureDraft, ServiceDraft
from slas.importers.openslo.parts import Part
from slas.models import FactKind
from slas.queries.openslo_words import MEASURE_FIELDS, OURS

MOST_SLUG = 100
MOST_DESCRIPTION = 1050
MOST_WHAT = 1000
LATER = "Say it on the page of the measure once it is there."
UNSAID = "Not said in the file"


@dataclass
class Known:
    """Objects of the file that others name, and the indicators that stand inside others."""

    sources: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, MeasureDraft] = field(default_factory=dict)
    inner: dict[str, MeasureDraft] = field(default_factory=dict)


def address_of(name: str) -> str:
    """A name of OpenSLO as part of an address: dots, slashes and capitals are not."""
    return slugify(name.translate(str.maketrans("./|\\_", "-----")))[:MOST_SLUG].strip("-")


def read_head(part: Part, *, ours: tuple[str, ...] = (), is_required: bool = True) -> tuple[str, str, dict[str, str]]:
    """Address, display name and our own annotations of an object; labels and other annotations are not kept."""
    meta = part.part("metadata")
    if meta is None:
        if is_required:
            part.problem("metadata", "This is missing", "Write a name under it.")
        return "", "", {}
    name = meta.text("name", 255, is_required=is_required)
    title = meta.text("displayName", 200) or name[:200]
    if name and not address_of(name):
        meta.problem("name", "This name has no letters or digits", "Use small letters, digits and hyphens.")
    meta.leave({"labels": "Labels are not kept: an agreement has none"})
    annotations = meta.part("annotations")
    found: dict[str, str] = {}
    if annotations is not None:
        for key in ours:
            value = annotations.value(OURS + key)
            if isinstance(value, str):
                found[key] = value
            elif value is not None:
                annotations.problem(OURS + key, "This is not text", "Put it between quotation marks.")
        annotations.end()
    meta.end()
    return address_of(name), title, found


def read_service(part: Part) -> ServiceDraft:
    """A service, to be found here by its address or made in the pipeline."""
    slug, title, ours = read_head(part, ours=("class",))
    spec = part.part("spec")
    description = spec.text("description", MOST_DESCRIPTION) if spec else ""
    if spec:
        spec.end()
    kind = ours.get("class", "")
    if kind and kind not in ServiceClass.values:
        known = ", ".join(ServiceClass.values)
        part.problem(f"metadata.annotations.{OURS}class", "This is no kind of service", f"Write one of: {known}.")
        kind = ""
    part.end()
    return ServiceDraft(slug, title, description, kind, part, "metadata.name")


def read_source(part: Part) -> tuple[str, str]:
    """A data source: its address, and how a measure calls it. How to connect to it is never kept."""
    slug, title, _ours = read_head(part)
    spec = part.part("spec")
    kind = ""
    if spec:
        kind = spec.text("type", 60)
        spec.leave(
            {
                "description": "What is said about a source is not kept",
                "connectionDetails": "How to connect to a source is not kept: keys do not belong in an agreement",
            }
        )
        spec.end()
    part.end()
    words = title if not kind or kind == "parley" or kind.lower() in title.lower() else f"{title} ({kind})"
    return slug, words


def read_indicator(part: Part, known: Known, *, fallback: str = "") -> MeasureDraft | None:
    """An indicator as a measure; None where Parley cannot count it, which is told."""
    slug, title, ours = read_head(part, ours=MEASURE_FIELDS, is_required=not fallback)
    spec = part.part("spec")
    part.end()
    if spec is None:
        part.problem("spec", "This is missing", "Say which metric is read.")
        return None
    description = spec.text("description", MOST_WHAT)
    threshold, ratio = spec.part("thresholdMetric"), spec.part("ratioMetric")
    spec.end()
    if (threshold is None) == (ratio is None):
        spec.problem("", "One of thresholdMetric and ratioMetric is needed", "Write one of the two.")
        return None
    source = _ratio_source(ratio, known) if ratio else _source(threshold, known)  # type: ignore[arg-type]
    if source is None:
        return None
    if "decider" not in ours:
        part.note("", f"Who decides on a measured value: {UNSAID.lower()}", LATER)
    since, silence = _dated(part, ours), _silence(part, ours)
    return MeasureDraft(
        slug=slug or fallback,
        name=title or fallback,
        what=description or title or fallback,
        source=source or UNSAID,
        decider=ours.get("decider", UNSAID)[:200],
        is_threshold=threshold is not None,
        fact_kind=_facts(part, ours),
        unit_words=ours.get("unit", "")[:60],
        notes=ours.get("notes", "")[:1000],
        starts_on=since,
        max_gap_seconds=silence,
        part=part,
    )


def named_indicator(part: Part, known: Known, *, fallback: str) -> MeasureDraft | str | None:
    """The measure of an SLO or of one of its objectives, or the address of one that should be here already; None where
    it cannot be counted.
    """
    inner, ref = part.part("indicator"), part.text("indicatorRef", 255)
    if inner is None:
        return known.indicators.get(address_of(ref), address_of(ref)) if ref else None
    if ref:
        part.problem("indicatorRef", "Both an indicator and a reference to one are given", "Keep one of them.")
    measure = read_indicator(inner, known, fallback=fallback)
    if measure is not None:
        other = known.indicators.get(measure.slug) or known.inner.setdefault(measure.slug, measure)
        if other.part.body.get("spec") != inner.body.get("spec"):
            words = "Another indicator of the file has the name too, and says something else"
            inner.problem("metadata.name", words, "Give each its own.")
    return measure


def has_indicator(part: Part) -> bool:
    """Whether an SLO or an objective says how it is counted."""
    return any(part.body.get(name) is not None for name in ("indicator", "indicatorRef"))


def _ratio_source(ratio: Part, known: Known) -> str | None:
    """Where the counts come from; None for a ratio that was computed before, whose counts nobody has."""
    ratio.flag("counter")
    good, bad, total = ratio.part("good"), ratio.part("bad"), ratio.part("total")
    if ratio.value("raw") is not None:
        ratio.value("rawType")
        ratio.note("raw", "A ratio without its counts cannot be judged: this is left out", "Write good and total.")
        return None
    counted = good or bad
    if counted is None or total is None:
        ratio.problem("", "A ratio needs “total” with “good” or “bad”", "Write both of them.")
        return None
    if good is not None and bad is not None:
        ratio.problem("bad", "Both “good” and “bad” are given", "Keep one of them.")
    if good is None:
        ratio.note("bad", "Counted from the bad ones", "Bring to the measure how many were good.")
    ratio.end()
    sources = {_source(each, known) for each in (counted, total)}
    return " and ".join(sorted(each for each in sources if each))


def _source(metric: Part, known: Known) -> str:
    """How the source of a metric is called; the query itself stays with it."""
    source = metric.part("metricSource")
    metric.end()
    if source is None:
        return ""
    ref, kind = source.text("metricSourceRef", 255), source.text("type", 60)
    spec = source.value("spec")
    if spec is not None and kind != "parley":
        source.note("spec", "The query is not kept: Parley is brought what was counted", LATER)
    source.end()
    if ref and address_of(ref) in known.sources:
        return known.sources[address_of(ref)]
    return " ".join(each for each in (ref, f"({kind})" if ref and kind else kind) if each)[:300]


def _facts(part: Part, ours: Mapping[str, str]) -> str:
    kind = ours.get("facts", "")
    if kind and kind not in FactKind.values:
        known = ", ".join(FactKind.values)
        part.problem(f"metadata.annotations.{OURS}facts", "This is no kind of facts", f"Write one of: {known}.")
        return ""
    return kind


def _dated(part: Part, ours: Mapping[str, str]) -> date | None:
    try:
        return date.fromisoformat(ours["measured_since"]) if "measured_since" in ours else None
    except ValueError:
        path = f"metadata.annotations.{OURS}measured_since"
        part.problem(path, "This is not a date", "Write it like 2026-01-01.")
        return None


def _silence(part: Part, ours: Mapping[str, str]) -> int | None:
    text = ours.get("longest_silence_seconds", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 9):
        path = f"metadata.annotations.{OURS}longest_silence_seconds"
        part.problem(path, "This is not a number of seconds", "Write digits, like 3600.")
        return None
    return int(text) if text else None
