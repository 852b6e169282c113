"""Fill an empty database with a made-up organisation of any size, to measure on."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.scale import growth, organisation
from people.models import Person

PASSWORD = "twintrack-demo"  # noqa: S105 - of people who do not exist


class Command(BaseCommand):
    """`seed_scale --people 10000 --years 5`; refused where people are and outside of DEMO."""

    help = "Load a made-up organisation of any size into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many people, and how much past they have."""
        parser.add_argument("--people", type=int, default=10_000)
        parser.add_argument("--years", type=int, default=5)

    def handle(self, *args: Any, people: int, years: int, **options: Any) -> None:
        """Refuse, or write everything."""
        if not settings.DEMO:
            raise CommandError("This is no demo. Set DEMO=true where made-up people are wanted.")
        if Person.objects.exists():
            raise CommandError("There are people here already; this needs an empty database.")
        if people < organisation.SMALLEST or not 1 <= years <= 30:
            raise CommandError(f"At least {organisation.SMALLEST} people and 1 to 30 years.")
        growth.grow(people, years, PASSWORD, self.stdout.write if options["verbosity"] else _mute)
        self.stdout.write(f"{people} people; p1@example.com and others sign in with {PASSWORD}.")


def _mute(text: str) -> None:
    """Say nothing."""
