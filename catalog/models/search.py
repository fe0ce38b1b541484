"""The words by which services are found."""

from django.db import models

from catalog.models.services import Service
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel


class Place(models.IntegerChoices):
    """Where a word of a service stands; the earlier, the more it says about it."""

    NAME = 1, "Name"
    ALSO_CALLED = 2, "Also called"
    USED_BY = 3, "Who uses it"
    DESCRIPTION = 4, "Description"


class ServiceWord(TenantModel):
    """A word of what is said about a service, in small letters, at the first place where it stands.

    The database keeps them itself whenever a service is written (`keep_service_words`). A word is compared as a whole:
    behind the row policy an index serves what is equal, and no index of letters.
    """

    service = TenantForeignKey(Service, models.CASCADE, related_name="words", db_index=False)
    word = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField(choices=Place)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "word", "service"], name="service_word_once")]
        indexes = [models.Index(fields=["tenant", "service"], name="service_word_by_service")]

    def __str__(self) -> str:
        return self.word
