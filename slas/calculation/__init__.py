"""How figures are made: pure functions of what was agreed and what happened. The rules are in `docs/calculation.md`."""
