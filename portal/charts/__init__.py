"""Figures become drawings: plain values in, SVG or table rows out, the same bytes for page and PDF."""
