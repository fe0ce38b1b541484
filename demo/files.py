"""Where the demo's real data is; see its README for sources and licences."""

from pathlib import Path

DATA = Path(__file__).parent / "data"
