"""Words of IT with their plain phrases."""

from django.db import models
from django.db.models.functions import Lower

from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel


@tracked
class GlossaryTerm(TenantModel):
    """A word of IT with the plain phrase to write instead, and who keeps the entry.

    Readers of the units in `readers`, or everybody where `is_known_to_all`, know the word: for them it may stand.
    """

    term = models.CharField(max_length=80)
    plain = models.CharField("plain phrase", max_length=160)
    owner = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    is_known_to_all = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("tenant", Lower("term"), name="glossary_term_once")]

    def __str__(self) -> str:
        return self.term


@tracked
class TermReader(TenantModel):
    """A unit whose people know a word of the glossary."""

    term = TenantForeignKey(GlossaryTerm, models.CASCADE, related_name="readers")
    business_unit = TenantForeignKey(BusinessUnit, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "term", "business_unit"], name="term_reader_once")]
