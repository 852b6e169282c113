"""`manage.py create_token EMAIL --scope read`: make a personal API token for scripts."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from people.actions import tokens
from people.models import Person, Scope
from people.refusals import Refusal


class Command(BaseCommand):
    """Prints the token, and nothing else, on standard output."""

    help = "Make a personal API token and print it. It is shown once and stored as a digest."

    def add_arguments(self, parser: CommandParser) -> None:
        """An e-mail address, scopes, days."""
        parser.add_argument("email")
        parser.add_argument("--scope", action="append", choices=Scope.values, required=True)
        parser.add_argument("--days", type=int, default=90, help="How long it counts (90).")
        parser.add_argument("--name", default="made by create_token")

    def handle(self, *args: Any, email: str, scope: list[str], days: int, **options: Any) -> None:
        """Make the token in the person's name."""
        person = Person.objects.filter(email=email.lower(), is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody with the e-mail address {email} can sign in.")
        ends = timezone.now() + datetime.timedelta(days=days)
        try:
            token, plain = tokens.create(
                person, by=None, name=options["name"], scopes=scope, expires_at=ends
            )
        except Refusal as refusal:
            raise CommandError(refusal.reason) from None
        self.stdout.write(plain)
        self.stderr.write(f"Counts until {token.expires_at:%d %B %Y}; keep it secret.")
