"""`manage.py import_people FILE`: bring in the people of an HR system, all of it or nothing."""

import argparse
import datetime
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.actions import imports
from people.imports import mapping
from people.imports.files import MOST_BYTES, too_large
from people.imports.report import Report
from people.imports.telling import tell
from people.refusals import Refusal


class Command(BaseCommand):
    """Prints the report; fails when the file is refused or has rows with problems."""

    help = "Import people from CSV or XLSX: created, changed, unchanged, left; problems by line."

    def add_arguments(self, parser: CommandParser) -> None:
        """A file, how to read it, whether to write."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, help="YAML or JSON: columns, values, formats.")
        parser.add_argument(
            "--effective-on",
            type=datetime.date.fromisoformat,
            help="The day from which changed reporting lines hold; today without it.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Report only; write nothing.")
        parser.add_argument(
            "--skip-problem-rows",
            action=argparse.BooleanOptionalAction,
            default=False,
            help="Leave out rows with problems; without it one problem stops everything.",
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Look at the file, tell, and write unless it is a dry run or there are problems."""
        try:
            how = mapping.parse(read(options["mapping"])) if options["mapping"] else None
            report = imports.bring_in(
                readable(file),
                file.name,
                how,
                by=None,
                skip_problem_rows=options["skip_problem_rows"],
                dry_run=options["dry_run"],
                on=options["effective_on"],
            )
        except Refusal as refusal:
            raise CommandError(refusal.reason) from None
        tell(report, self.stdout.write)
        conclude(self, report, dry_run=options["dry_run"])


def readable(path: Path) -> Path:
    """A file that can be read, refused when it is too large."""
    try:
        with path.open("rb"):
            size = os.stat(path).st_size
    except OSError as wrong:
        raise CommandError(f"{path} cannot be read: {wrong.strerror}.") from None
    if size > MOST_BYTES:
        raise CommandError(too_large(size))
    return path


def read(path: Path) -> bytes:
    """The content of a file."""
    return readable(path).read_bytes()


def conclude(command: BaseCommand, report: Report, *, dry_run: bool) -> None:
    """Say what was done; a blocked import fails, so that a script notices."""
    if report.stopped:
        raise CommandError("Nothing was written: the file as a whole has a problem, named above.")
    if report.blocked:
        raise CommandError(
            f"Nothing was written: {report.rows_with_errors} rows have problems. Correct the file, "
            "or leave those rows out with --skip-problem-rows."
        )
    if dry_run:
        command.stdout.write("This was a dry run; nothing was written.")
    elif not report.changes:
        command.stdout.write("Nothing to change; nothing was written.")
    else:
        command.stdout.write(command.style.SUCCESS("Imported."))
