"""Editions as files."""
