"""The servers of the demo and of the tests: PostgreSQL and Valkey from their wheels, and what runs on them.

Production names its own servers; of this package it only uses the database roles (`python -m portal.runner roles`).
"""
