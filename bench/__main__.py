"""One benchmark by its name: `python -m bench ingest --help`."""

import importlib
import logging
import os
import sys
import warnings

NAMES = (
    *("agreements", "all", "availability", "attainment", "ingest", "pages", "pdf", "queue", "rollup", "scale"),
    "services",
)
USE = f"python -m bench {{{','.join(NAMES)}}} [--help]"


def main(arguments: list[str]) -> None:
    if not arguments or arguments[0] not in NAMES:
        sys.exit(f"Say which benchmark: {USE}")
    if arguments[0] not in ("all", "availability"):
        set_up_portal()
    importlib.import_module(f"bench.{arguments[0]}").main(arguments[1:])


def set_up_portal() -> None:
    """Settings and models, before a module that uses them is imported."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    warnings.filterwarnings("ignore", "No directory at", UserWarning)  # no static file is served here
    django.setup()
    logging.disable(logging.INFO)


if __name__ == "__main__":
    main(sys.argv[1:])
