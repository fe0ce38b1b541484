"""A serving process does not start with a key that everybody can read in the sources."""

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import config


@pytest.mark.parametrize(
    ("key", "debug", "starts"),
    [
        pytest.param(config.INSECURE_KEY, False, False, id="the key of the sources"),
        pytest.param(config.INSECURE_KEY, True, True, id="the key of the sources, in development"),
        pytest.param("a long random text", False, True, id="a key of its own"),
    ],
)
def test_the_web_process_needs_a_key_of_its_own(key, debug, starts):
    chosen = replace(config.load(), secret_key=key, debug=debug)

    if starts:
        assert config.refuse_known_key(chosen) is None
    else:
        with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
            config.refuse_known_key(chosen)
