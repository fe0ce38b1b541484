"""The tenant's glossary, and what it makes of a text: words that readers outside IT stumble at, names left alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from catalog.models import BusinessGoal, GlossaryTerm, Service, TermReader
from portal.accounts.models import BusinessUnit, Membership
from portal.accounts.queries import list_visible_units
from portal.language.jargon import terms
from portal.language.jargon.check import Finding, find_jargon
from portal.language.jargon.listed import find_listed, word_book
from portal.language.numbers import lower_first
from portal.language.ways import ENGLISH
from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id

OFFERS_NOTHING = "…"
EVERYBODY = "everybody"  # an audience: whoever reads the catalogue


@dataclass(frozen=True, slots=True)
class PlainWords:
    """What a text is read with: the glossary, for whom it is written, and the names of the tenant."""

    glossary: tuple[terms.GlossaryTerm, ...]
    audience: str
    names: tuple[str, ...]

    def findings(self, text: str, *, names: Iterable[str] = (), language: str = ENGLISH) -> tuple[Finding, ...]:
        """At which words of the text its reader stumbles; `names` stand as they are, besides those of the tenant,
        also inside a sentence, where they begin with a small letter. Of other languages than English a list is known.
        """
        said = (form for name in (*names, *self.names) for form in (name, lower_first(name)))
        known = [form for form in said if form and form in text]
        if language != ENGLISH:
            book = word_book(language)
            return find_listed(text, book, glossary=self.glossary, audience=self.audience, known_names=known)
        return find_jargon(text, glossary=self.glossary, audience=self.audience, known_names=known)


def list_terms(*, reader: Membership | None = None) -> QuerySet[GlossaryTerm]:
    """The glossary in the order of its words, with owners and the units that know a word; of these a reader of the
    business is told their own.
    """
    known = TermReader.objects.select_related("business_unit").order_by("business_unit__name")
    if reader is not None:
        known = known.filter(business_unit__in=list_visible_units(reader=reader))
    rows = GlossaryTerm.objects.select_related("owner__user").prefetch_related(Prefetch("readers", queryset=known))
    return rows.order_by("term", "pk")


def get_term(*, term_id: int) -> GlossaryTerm:
    """One entry.

    Raises GlossaryTerm.DoesNotExist for one of another tenant.
    """
    return list_terms().get(pk=term_id)


def words_for(*, unit: BusinessUnit | None = None) -> PlainWords:
    """With what a text for a unit is read, or one for everybody who reads the catalogue."""
    audience = unit.slug if unit else EVERYBODY
    return PlainWords(tuple(_entry(row, audience) for row in list_terms()), audience, tuple(_names()))


def words_alone(rows: Iterable[GlossaryTerm]) -> list[terms.GlossaryTerm]:
    """The words of the entries, known to nobody and without the phrases that they offer: those would be left alone."""
    return [terms.GlossaryTerm(row.term, OFFERS_NOTHING) for row in rows]


def _entry(row: GlossaryTerm, audience: str) -> terms.GlossaryTerm:
    known = {reader.business_unit.slug for reader in row.readers.all()} | ({audience} if row.is_known_to_all else set())
    return terms.GlossaryTerm(row.term, row.plain, row.owner.user.name if row.owner else "", frozenset(known))


def _names() -> list[str]:
    """What is called so here: services, units, goals, people and the company, the longest first.

    Parts of a service are left out: they are often called by the very words that no reader knows.
    """
    found = set(Tenant.objects.filter(pk=required_tenant_id()).values_list("name", flat=True))
    found |= set(Membership.objects.values_list("user__name", flat=True))
    for model in (Service, BusinessUnit, BusinessGoal):
        found |= set(model.objects.values_list("name", flat=True))
    return sorted(filter(None, found), key=lambda name: (-len(name), name))
