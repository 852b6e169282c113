"""What Celery may run: one line each, calling one function."""

from celery import shared_task

from people.actions import runs


@shared_task(soft_time_limit=1_740, time_limit=1_800)
def carry_on_imports() -> None:
    """Look for large imports that are to be read or written."""
    runs.carry_on()
