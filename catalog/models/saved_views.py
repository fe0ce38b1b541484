"""Views of the catalogue that people come back to."""

from django.db import models

from portal.accounts.models import Membership
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel


class SavedView(TenantModel):
    """A choice of services under a name: the address of the list without its page, for its owner.

    One that is shared is offered to the owner's own side besides: to IT, or to the business of the same units.
    """

    owner = TenantForeignKey(Membership, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=1000)
    is_shared = models.BooleanField("shared with your side", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "owner", "name"], name="saved_view_name")]

    def __str__(self) -> str:
        return self.name
