"""What a corrected edition prints otherwise than the one before: both are frozen, so that the list never changes."""

from reporting.models import Edition, Figure
from reporting.queries.talk_parts import Change

NOT_PRINTED = ""


def list_changes(*, edition: Edition) -> tuple[Change, ...]:
    """Each figure that differs from the edition before, in the order of the page; those that are gone come last."""
    if edition.number == 1:
        return ()
    before, now = _printed(edition, edition.number - 1), _printed(edition, edition.number)
    anchors = [*now, *(anchor for anchor in before if anchor not in now)]
    return tuple(
        Change(anchor, *_both(before.get(anchor), now.get(anchor)))
        for anchor in anchors
        if before.get(anchor, ("", ""))[1] != now.get(anchor, ("", ""))[1]
    )


def _both(was: tuple[str, str] | None, becomes: tuple[str, str] | None) -> tuple[str, str, str]:
    name = (becomes or was or ("", ""))[0]
    return name, was[1] if was else NOT_PRINTED, becomes[1] if becomes else NOT_PRINTED


def _printed(edition: Edition, number: int) -> dict[str, tuple[str, str]]:
    rows = Figure.objects.filter(edition__review=edition.review_id, edition__number=number).order_by("pk")
    return {anchor: (name, printed) for anchor, name, printed in rows.values_list("anchor", "name", "printed")}
