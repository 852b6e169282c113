"""`manage.py retry_messages`: try again what was set aside after too many failures."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments import claims, notifications


class Command(BaseCommand):
    """Nothing is sent here; the next beat does that."""

    help = "Let reminders and events that were set aside wait for the next beat again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Put them back and say how many."""
        self.stdout.write(
            f"{claims.retry()} reminders and {notifications.retry()} events wait again."
        )
