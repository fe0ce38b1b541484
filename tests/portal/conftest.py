"""For the pages of the portal's own rooms."""

from typing import Any

import pytest


@pytest.fixture
def no_menu(settings: Any) -> None:
    """The page without the menu, whose counts belong to the upper apps."""
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"
