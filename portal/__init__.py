"""The ground of Parley: wiring, and what every noun stands on."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
