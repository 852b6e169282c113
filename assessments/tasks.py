"""What Celery may run: one line each, calling one function."""

from celery import shared_task

from assessments import beats


@shared_task
def tick() -> None:
    """One beat of the clock."""
    beats.beat()
