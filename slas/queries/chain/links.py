"""What is shown of a chain: the same on the agreement's page, on the page of its parts, and where somebody signs."""

from dataclasses import dataclass, replace

from portal.language.numbers import upper_first
from slas.models import ServiceLevelTarget, Support, TargetKind


@dataclass(frozen=True, slots=True)
class Link:
    """Something that stands under a promise, or the gap where nothing does; `spare` is its margin in words.

    `target` is what is promised there, `support` the row by which somebody named it. What cannot carry the promise at
    all is about another thing, or is nothing. `coming` says what comes after it within the year.
    """

    name: str
    words: str
    spare: str
    is_enough: bool
    owner: str
    target: ServiceLevelTarget | None = None
    promised: str = ""
    hours: str = ""
    notes: tuple[str, ...] = ()
    support: Support | None = None
    can_carry: bool = True
    coming: str = ""


@dataclass(frozen=True, slots=True)
class PromiseChain:
    """One promise and its links; `whole` is all of them together, `sentence` what follows from it.

    Without links nothing is known to stand under it. `days` says for which part of the year it holds, and `later` has
    the other parts, in which another thing stands under it.
    """

    target: ServiceLevelTarget
    links: tuple[Link, ...] = ()
    whole: Link | None = None
    sentence: str = ""
    worst: str = ""
    days: str = ""
    later: tuple["PromiseChain", ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether all of it holds."""
        return all(link.is_enough for link in (*self.links, *self._whole))

    @property
    def is_enough_throughout(self) -> bool:
        """Whether it also holds in the later parts of the year."""
        return all(each.is_enough for each in (self, *self.later))

    @property
    def told(self) -> str:
        """The sentence, and of which days it speaks."""
        return f"{upper_first(self.days)}: {self.sentence}" if self.days else self.sentence

    @property
    def warnings(self) -> tuple[str, ...]:
        """When it is not supported, and why; what is said of several parts one after the other is said once."""
        parts = (self, *self.later)
        return tuple(
            part.told
            for before, part in zip((None, *parts), parts, strict=False)
            if not part.is_enough and (before is None or before.is_enough or before.sentence != part.sentence)
        )

    @property
    def rows(self) -> tuple[Link, ...]:
        """In short: each step of a path; of availability all parts together, and what is wrong with single ones."""
        if self.target.kind == TargetKind.CASES:
            return (*self.links, *self._whole, *self._later_rows)
        return (*self._whole, *(link for link in self.links if not link.is_enough), *self._later_rows)

    @property
    def _later_rows(self) -> tuple[Link, ...]:
        """What is not enough in a later part of the year, and when."""
        return tuple(
            replace(link, name=f"{link.name}, {each.days}")
            for each in self.later
            for link in (*each._whole, *each.links)
            if not link.is_enough
        )

    @property
    def _whole(self) -> tuple[Link, ...]:
        return () if self.whole is None else (self.whole,)


@dataclass(frozen=True, slots=True)
class AgreementChain:
    """The promises of a version: those that stand on something, those that stand on nothing that is known, and those
    of which margins are not calculated (dates, volumes, answers, readings, numbers of interruptions)."""

    checked: tuple[PromiseChain, ...] = ()
    unsupported: tuple[ServiceLevelTarget, ...] = ()
    uncounted: tuple[ServiceLevelTarget, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.checked or self.unsupported)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What whoever proposes or accepts the version is told."""
        return tuple(f"{each.target.name}: {told}" for each in self.checked for told in each.warnings)
