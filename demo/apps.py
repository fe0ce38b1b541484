"""The app of the demo tenants."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Present only when DEMO is set."""

    name = "demo"
