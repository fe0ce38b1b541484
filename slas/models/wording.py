"""What both sides except from the check of their words, and what a tenant says of its own words."""

from django.db import models

from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel
from slas.models.agreements import Agreement


class WordKind(models.TextChoices):
    """What a tenant says of a word."""

    VAGUE = "vague", "Vague: each reader takes it differently"
    DEFINED = "defined", "Defined: it means one thing here"


@tracked
class WordingException(TenantModel):
    """An unclear wording that both sides keep, with the reason: part of the text that they sign.

    It holds for these words of this clause; other words of the same clause need their own.
    """

    agreement = TenantForeignKey(Agreement, models.CASCADE, related_name="wording_exceptions")
    clause_key = models.CharField(max_length=120)
    code = models.CharField(max_length=40)
    words = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "agreement", "clause_key", "code", "words"], name="wording_exception_once"
            )
        ]

    @property
    def about(self) -> str:
        """The words, or what of the wording it is where there are none."""
        return f"“{self.words}”" if self.words else f"the wording ({self.code.replace('_', ' ')})"


@tracked
class WordMeaning(TenantModel):
    """What a word of the tenant's own means in a version, as on the day when it was proposed: part of its text.

    The tenant may say later that the word means something else; this version means what it says.
    """

    agreement = TenantForeignKey(Agreement, models.CASCADE, related_name="meanings")
    words = models.CharField(max_length=80)
    means = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "agreement", "words"], name="word_meaning_once")]

    def __str__(self) -> str:
        return self.words


@tracked
class OwnWord(TenantModel):
    """A word or phrase that means something of its own in this tenant; each change has a version and a reason."""

    words = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=WordKind)
    note = models.CharField(max_length=300)
    version = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=300)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "words"], name="own_word_once"),
            models.CheckConstraint(condition=models.Q(kind__in=WordKind.values), name="own_word_kind_known"),
        ]

    def __str__(self) -> str:
        return self.words
