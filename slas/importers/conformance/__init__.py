"""Cases of calculation that others made, in one neutral format: read, translated, answered and compared.

The format: a JSON object with a list `cases`; each has an `id`, a `kind`, a `source`, the inputs and what is expected.
"""
