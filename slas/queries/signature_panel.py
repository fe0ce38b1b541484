"""The signatures under a version as its page shows them: who signed or is to sign, how, and what is still open."""

from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import Membership
from portal.accounts.policies import can
from portal.language.dates import day_year, local
from slas.calculation.proof import check_code
from slas.models import ON_OFFER, Acceptance, Agreement, Party, PartyKind, SignatureRequest
from slas.queries.agreement_paper import how_words, when_words
from slas.queries.agreements import is_side_of
from slas.queries.negotiation import list_speakers
from slas.queries.signed_text import fingerprint_of
from slas.queries.signing import list_contacts, list_heads, list_open_requests, names_of


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A one-time link that is out: to whom, until when, and whether it is to a text that has changed since."""

    request_id: int
    name: str
    until: str
    is_useless: bool


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """One side's place: `name` is who signed it, or who is to sign."""

    party: Party
    name: str
    role: str
    is_it: bool
    accepted: Acceptance | None
    is_outdated: bool
    when: str
    how: str
    links: tuple[OpenLink, ...]
    may_accept: bool
    may_ask: bool

    @property
    def is_signed(self) -> bool:
        """Whether this side signed the text as it stands."""
        return self.accepted is not None and not self.is_outdated

    @property
    def initials(self) -> str:
        """First letters of the first and the last name."""
        words = self.name.split() or ["?"]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


@dataclass(frozen=True, slots=True)
class SignaturePanel:
    """Both places, and the fingerprint of the text that is signed; without one there is nothing to sign yet."""

    places: tuple[SignaturePlace, ...]
    is_on_offer: bool
    fingerprint: str

    @property
    def code(self) -> str:
        """The check code of the text."""
        return check_code(self.fingerprint) if self.fingerprint else ""


def get_signatures(*, reader: Membership, agreement: Agreement, now: datetime) -> SignaturePanel:
    """What a reader of a version sees of its signatures, and what they may do about them."""
    related = ("member__user", "document")
    accepted = {each.party_id: each for each in agreement.acceptances.select_related(*related)}
    is_on_offer = agreement.state in ON_OFFER
    fingerprint = fingerprint_of(agreement=agreement) if is_on_offer else ""
    for each in accepted.values():
        fingerprint = fingerprint or each.fingerprint
    requests = list_open_requests(agreement=agreement) if is_on_offer and can(reader, "agreement.manage") else []
    places = [
        _place(reader, agreement, party, accepted.get(party.pk), fingerprint, requests, now)
        for party in agreement.sides
    ]
    return SignaturePanel(tuple(places), is_on_offer, fingerprint)


def _place(
    reader: Membership,
    agreement: Agreement,
    party: Party,
    accepted: Acceptance | None,
    fingerprint: str,
    requests: list[SignatureRequest],
    now: datetime,
) -> SignaturePlace:
    zone = agreement.time_zone
    is_signed = accepted is not None and accepted.fingerprint == fingerprint
    heads = list_heads(party=party)
    is_open = agreement.state in ON_OFFER and not is_signed
    return SignaturePlace(
        party=party,
        name=accepted.name if accepted and is_signed else _who_is_to_sign(party, heads),
        role=accepted.role if accepted and is_signed else "",
        is_it=party.business_unit_id is None,
        accepted=accepted,
        is_outdated=accepted is not None and not is_signed,
        when=when_words(accepted, zone) if accepted and is_signed else "",
        how=how_words(accepted) if accepted and is_signed else "",
        links=tuple(_link(each, fingerprint, zone, now) for each in requests if each.contact.party_id == party.pk),
        may_accept=is_open and can(reader, "agreement.accept") and is_side_of(reader, party),
        may_ask=is_open and can(reader, "agreement.manage") and not heads and party.kind != PartyKind.PROVIDER,
    )


def _who_is_to_sign(party: Party, heads: list[Membership]) -> str:
    if heads or party.kind == PartyKind.PROVIDER:
        return names_of(heads or list(list_speakers(party=party).order_by("user__name", "pk"))) or party.name
    return " or ".join(contact.name for contact in list_contacts(party=party)) or party.name


def _link(request: SignatureRequest, fingerprint: str, zone: str, now: datetime) -> OpenLink:
    is_useless = request.fingerprint != fingerprint or request.expires_at <= now
    until = day_year(local(request.expires_at, zone).date())
    return OpenLink(request.pk, request.contact.name, until, is_useless)
