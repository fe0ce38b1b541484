"""What is shown of a chain: the same on the agreement's page, on the page of its parts, and where somebody signs."""

from dataclasses import dataclass

from slas.models import ServiceLevelTarget, Support, TargetKind


@dataclass(frozen=True, slots=True)
class Link:
    """Something that stands under a promise, or the gap where nothing does; `spare` is its margin in words.

    `target` is what is promised there, `support` the row by which somebody named it. What cannot carry the promise at
    all is about another thing, ends before it, or is nothing.
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


@dataclass(frozen=True, slots=True)
class PromiseChain:
    """One promise and its links; `whole` is all of them together, `sentence` what follows from it.

    Without links nothing is known to stand under it.
    """

    target: ServiceLevelTarget
    links: tuple[Link, ...] = ()
    whole: Link | None = None
    sentence: str = ""
    worst: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether all of it holds."""
        return all(link.is_enough for link in (*self.links, *self._whole))

    @property
    def rows(self) -> tuple[Link, ...]:
        """In short: each step of a path; of availability all parts together, and what is wrong with single ones."""
        if self.target.kind == TargetKind.CASES:
            return (*self.links, *self._whole)
        return (*self._whole, *(link for link in self.links if not link.is_enough))

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
        return tuple(f"{each.target.name}: {each.sentence}" for each in self.checked if not each.is_enough)
