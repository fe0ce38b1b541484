"""The ground of Parley: wiring, and what every noun stands on. The Celery app is there wherever a task is queued."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
