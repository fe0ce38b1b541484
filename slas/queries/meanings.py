"""What words of the tenant's own mean in an agreement: its text says it, so that both sides sign it too."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from slas.models import Agreement, AgreementState, OwnWord, WordKind
from slas.wording.rules import fold, whole_words


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word or phrase, and what it means in this text."""

    words: str
    means: str

    def is_in(self, text: str) -> bool:
        """Whether a text uses it."""
        return bool(whole_words(self.words).search(fold(text)))

    @property
    def line(self) -> str:
        """As the text says it."""
        return f"“{self.words}” means: {self.means}"


def list_meanings(*, agreement: Agreement, with_new: bool = False) -> list[Meaning]:
    """A draft speaks in the words of the tenant as they are; a version that was proposed keeps those of that day.

    `with_new` adds what was defined since: what is proposed now can take it in.
    """
    if agreement.state == AgreementState.DRAFT:
        return _tenant_meanings()
    kept = [Meaning(*row) for row in agreement.meanings.order_by("words").values_list("words", "means")]
    if not with_new:
        return kept
    known = {each.words for each in kept}
    return sorted(
        [*kept, *(each for each in _tenant_meanings() if each.words not in known)], key=lambda each: each.words
    )


def used_meanings(texts: Iterable[str], meanings: Iterable[Meaning]) -> Iterator[Meaning]:
    """Those that the texts use, and those that these use in turn, in their order."""
    said, waiting = "\n".join(texts), list(meanings)
    used: set[Meaning] = set()
    while found := [each for each in waiting if each not in used and each.is_in(said)]:
        used |= set(found)
        said = "\n".join(each.means for each in found)
    yield from (each for each in waiting if each in used)


def _tenant_meanings() -> list[Meaning]:
    rows = OwnWord.objects.filter(is_active=True, kind=WordKind.DEFINED).order_by("words")
    return [Meaning(*row) for row in rows.values_list("words", "note")]
