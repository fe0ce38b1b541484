"""Views of the catalogue, kept under a name."""

from django.db import IntegrityError, transaction

from catalog.errors import ViewNameTaken
from catalog.models import SavedView
from portal.accounts.models import Membership


@transaction.atomic
def keep_view(*, owner: Membership, name: str, address: str, is_shared: bool) -> SavedView:
    """Keep an address of the list under a name, for oneself or for one's own side. Refuses with ViewNameTaken."""
    try:
        with transaction.atomic():
            return SavedView.objects.create(owner=owner, name=name, address=address, is_shared=is_shared)
    except IntegrityError as error:
        raise ViewNameTaken(name=name) from error


@transaction.atomic
def remove_view(*, view: SavedView) -> None:
    """Nobody is offered it any more; what it showed stays where it is."""
    view.delete()
