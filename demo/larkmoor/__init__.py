"""Larkmoor Foods, a fictional food wholesaler: twelve months of services, promises, facts and talk."""
