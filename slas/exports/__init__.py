"""Figures and agreements as files."""
