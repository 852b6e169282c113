"""`manage.py export_ladder SLUG [--version N] [--json]`: a ladder as the file it came from."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ladders.models import LadderVersion
from ladders.serializers import document


class Command(BaseCommand):
    """One version out, on standard output."""

    help = "Print a version of a ladder as career-ladder/1; the one in force unless named."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """`--version` means the ladder's here, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which ladder, which version, which form."""
        parser.add_argument("slug")
        parser.add_argument("--version", dest="number", help="for example 1.0.0")
        parser.add_argument("--json", action="store_true", help="JSON instead of YAML")

    def handle(self, *args: Any, slug: str, number: str | None, **options: Any) -> None:
        """Write the text, nothing else."""
        versions = LadderVersion.objects.readable().filter(ladder__slug=slug)
        chosen = versions.filter(number=number) if number else versions
        version = chosen.select_related("ladder").newest_first().first()
        if version is None:
            which = f"version {number} of a ladder" if number else "ladder"
            raise CommandError(f"There is no {which} “{slug}” to export.")
        write = document.json_text if options["json"] else document.yaml_text
        self.stdout.write(write(version), ending="")
