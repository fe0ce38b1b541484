"""Agreements from OpenSLO files, version 1: what is understood becomes promises, what is not is said."""
