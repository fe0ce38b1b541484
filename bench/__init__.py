"""Benchmarks: each one command, each compares in one run and prints ratios. `python -m bench ingest --help`."""
