"""How figures become words: durations, counts, dates, money, and whole sentences whose numbers are bound to figures."""
