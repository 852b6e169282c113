"""`manage.py import_ladder FILE [--dry-run]`: bring a ladder in, or say why not."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ladders.actions import imports
from ladders.formats.text import LARGEST
from people.refusals import Refusal


class Command(BaseCommand):
    """One file in, one report out."""

    help = "Import a ladder file (career-ladder/1, YAML or JSON) as a published version."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether to only look."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check, and write nothing")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        """Print the report; what keeps the file out goes to standard error."""
        try:
            with file.open("rb") as source:
                data = source.read(LARGEST + 1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        try:
            report = imports.import_file(data, file.name, by=None, dry_run=dry_run)
        except Refusal as refusal:
            raise CommandError(f"{file.name}: {refusal.reason} Nothing was imported.") from refusal
        if report.failed:
            raise CommandError("\n".join(report.sentences()))
        for sentence in report.sentences():
            self.stdout.write(sentence)
