"""`manage.py import_placements FILE`: bring in where people stood before, by employee number."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ladders.actions import histories
from people.imports import mapping
from people.imports.telling import tell
from people.management.commands.import_people import conclude, read
from people.refusals import Refusal


class Command(BaseCommand):
    """Prints the report; fails when the file is refused or has rows with problems."""

    help = "Import earlier placements from CSV or XLSX: employee number, from, to, level."

    def add_arguments(self, parser: CommandParser) -> None:
        """A file, how to read it, whether to write."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, help="YAML or JSON: columns, values, formats.")
        parser.add_argument("--dry-run", action="store_true", help="Report only; write nothing.")
        parser.add_argument(
            "--skip-problem-rows", action="store_true", help="Leave those rows out."
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Look at the file, tell, and write unless it is a dry run or there are problems."""
        try:
            report = histories.bring_in(
                read(file),
                file.name,
                mapping.parse(read(options["mapping"])) if options["mapping"] else {},
                by=None,
                skip_problem_rows=options["skip_problem_rows"],
                dry_run=options["dry_run"],
            )
        except Refusal as refusal:
            raise CommandError(refusal.reason) from None
        tell(report, self.stdout.write)
        conclude(self, report, dry_run=options["dry_run"])
