"""The drawings as an installed app, so that templates can load them. It has no models."""

from django.apps import AppConfig


class ChartsConfig(AppConfig):
    name = "portal.charts"
    label = "charts"
