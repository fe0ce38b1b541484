"""An agreement version as it is read before it is signed, and filed afterwards: page and PDF are drawn from it."""

import json
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from portal.language.dates import clock, day_long_year, local, place_of
from slas.calculation.proof import canonical, check_code, digest_of
from slas.models import NOT_YET_AGREED, ON_OFFER, Acceptance, Agreement, AgreementKind, Party, SignedHow
from slas.queries.signed_text import written_text


@dataclass(frozen=True, slots=True)
class PaperClause:
    """One clause in words."""

    number: str
    title: str
    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperSection:
    """The clauses of one part of the agreement."""

    title: str
    clauses: tuple[PaperClause, ...]

    @property
    def is_one(self) -> bool:
        """Whether its one clause is called as the part is: then it is said once."""
        return [clause.title for clause in self.clauses] == [self.title]


@dataclass(frozen=True, slots=True)
class PaperAnnex:
    """A document that is part of the text."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """One side's place to sign, and what stands there: empty until it signed this text."""

    party: str
    side: str
    name: str = ""
    role: str = ""
    when: str = ""
    how: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether this side signed."""
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class AgreementPaper:
    """The whole text of a version with its signatures; `written` is what the fingerprint is of."""

    tenant: str
    name: str
    kind: str
    version: int
    customer: str
    provider: str
    standing: str
    sections: tuple[PaperSection, ...]
    annexes: tuple[PaperAnnex, ...]
    signatures: tuple[PaperSignature, ...]
    fingerprint: str
    written: str

    @property
    def code(self) -> str:
        """The start of the fingerprint as people compare it."""
        return check_code(self.fingerprint)

    @property
    def title(self) -> str:
        """Which agreement, and which version of it."""
        return f"{self.name}, version {self.version}"

    @property
    def key(self) -> str:
        """What a drawing of it depends on."""
        return digest_of(canonical(self))


def get_paper(*, agreement: Agreement) -> AgreementPaper:
    """The text as both sides signed it, once they have; before, as it stands now. Its reader is authorised."""
    accepted = {each.party_id: each for each in _list_acceptances(agreement)}
    is_agreed = agreement.state not in NOT_YET_AGREED
    kept = max(accepted.values(), key=lambda each: each.accepted_at, default=None) if is_agreed else None
    written = kept.written if kept is not None else written_text(agreement=agreement)
    fingerprint, text = digest_of(written), json.loads(written)
    if "clauses" not in text:  # signed before the words were kept: they are told from its rows, which cannot change
        text = json.loads(written_text(agreement=agreement))
    signatures = [
        _signature(party, side, accepted.get(party.pk), fingerprint, agreement.time_zone)
        for party, side in zip(agreement.sides, ("Customer", "Provider"), strict=True)
    ]
    return AgreementPaper(
        tenant=agreement.tenant.name,
        name=text["name"],
        kind=AgreementKind(text["kind"]).label,
        version=text["version"],
        customer=text["customer"],
        provider=text["provider"],
        standing=_standing(agreement, signatures),
        sections=tuple(_sections(text["clauses"])),
        annexes=tuple(PaperAnnex(*annex) for annex in text.get("documents", [])),
        signatures=tuple(signatures),
        fingerprint=fingerprint,
        written=written,
    )


def _list_acceptances(agreement: Agreement) -> list[Acceptance]:
    related = ("party", "member__user", "document")
    return list(agreement.acceptances.select_related(*related).order_by("accepted_at", "pk"))


def _sections(clauses: list[dict[str, Any]]) -> list[PaperSection]:
    return [
        PaperSection(
            title,
            tuple(PaperClause(each["number"], each["title"], each["text"], tuple(each["lines"])) for each in group),
        )
        for title, group in groupby(clauses, key=lambda clause: str(clause["section"]))
    ]


def _standing(agreement: Agreement, signatures: list[PaperSignature]) -> str:
    if all(each.is_signed for each in signatures):
        return "Signed by both sides"
    if agreement.state in ON_OFFER:
        return "Proposed, not signed by both sides yet"
    return "Draft, not proposed yet" if agreement.state in NOT_YET_AGREED else "Agreed"


def _signature(party: Party, side: str, accepted: Acceptance | None, fingerprint: str, zone: str) -> PaperSignature:
    """A yes to another text is none to this one."""
    if accepted is None or accepted.fingerprint != fingerprint:
        return PaperSignature(party.name, side)
    return PaperSignature(
        party.name, side, accepted.name, accepted.role, when_words(accepted, zone), how_words(accepted)
    )


def when_words(accepted: Acceptance, zone: str) -> str:
    """When a side signed: by the clock of the portal, or the day that stands on the copy."""
    if accepted.signed_on is not None:
        return day_long_year(accepted.signed_on)
    at = local(accepted.accepted_at, zone)
    return f"{day_long_year(at.date())}, {clock(at)} {place_of(zone)} time"


def how_words(accepted: Acceptance) -> str:
    """In which way a side signed, and what there is to show it."""
    member = accepted.member.user.name if accepted.member else ""
    match accepted.how:
        case SignedHow.LINK:
            return f"By one-time link, sent to {accepted.sent_to}"
        case SignedHow.COPY:
            return f"On paper: {accepted.document}, brought by {member}"
    return "In the portal" if member in ("", accepted.name) else f"In the portal, written down by {member}"
