"""The composition root: it may import everybody, and nobody imports it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
