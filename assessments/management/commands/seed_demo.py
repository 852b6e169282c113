"""Load the demo organisation into an empty database; never by accident, never over real people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from ladders.actions import headcounts
from people.models import Person

PASSWORD = "twintrack-demo"  # noqa: S105 - of people who do not exist


class Command(BaseCommand):
    """`seed_demo` works only where settings.DEMO says that this is a demo."""

    help = "Load a made-up organisation of about 60 people into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse unless asked for and empty, then load everything or nothing."""
        if not settings.DEMO:
            raise CommandError("This is no demo. Set DEMO=true where made-up people are wanted.")
        if Person.objects.exists():
            raise CommandError("There are people here already; the demo needs an empty database.")
        try:
            from assessments.demo import ladder, organisation, story
        except ImportError as error:
            raise CommandError(
                f"{error.name} is missing; pip install -r requirements-local.txt"
            ) from error
        today = timezone.localdate()
        with transaction.atomic():
            people = organisation.found(today, PASSWORD)
            story.Story(people, today).tell()
            ladder.send_for_review(people["edda"])
            headcounts.recount(today)
        self.stdout.write(f"{len(people)} people, all with the password {PASSWORD}.")
