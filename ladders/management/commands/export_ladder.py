"""`manage.py export_ladder SLUG [--version N] [--format F]`: a ladder as a file; or a template."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ladders.formats import exports, workbooks
from ladders.models import LadderVersion
from ladders.models.document import document


class Command(BaseCommand):
    """One version out, on standard output or into a file."""

    help = "Write a version of a ladder as a file; the one in force unless named."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """`--version` means the ladder's here, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which ladder, which version, which form."""
        parser.add_argument("slug", nargs="?", help="the last part of the ladder's address")
        parser.add_argument("--version", dest="number", help="for example 1.0.0")
        parser.add_argument("--format", dest="form", choices=exports.FORMS, default="yaml")
        parser.add_argument("--json", action="store_const", const="json", dest="form")
        parser.add_argument("--template", action="store_true", help="an XLSX to fill in instead")
        parser.add_argument("--output", type=Path, help="a file, instead of standard output")

    def handle(self, *args: Any, slug: str | None, **options: Any) -> None:
        """Write the file; what a matrix leaves out is said on standard error."""
        if options["template"]:
            self._put(workbooks.template(), options["output"], binary=True)
            return
        if not slug:
            raise CommandError("Which ladder? Give the last part of its address, or --template.")
        said = document(_version(slug, options["number"]))
        form = options["form"]
        if form.startswith("matrix"):
            for lost in exports.not_held(said, form):
                self.stderr.write(f"A matrix does not hold: {lost}.")
        self._put(exports.FORMS[form].write(said), options["output"], binary=form == "matrix.xlsx")

    def _put(self, data: bytes, path: Path | None, *, binary: bool) -> None:
        if path:
            try:
                path.write_bytes(data)
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}.") from error
        elif binary:
            if sys.stdout.isatty():
                raise CommandError("A workbook is no text: name a file with --output.")
            sys.stdout.buffer.write(data)
        else:
            self.stdout.write(data.decode(), ending="")


def _version(slug: str, number: str | None) -> LadderVersion:
    versions = LadderVersion.objects.readable().filter(ladder__slug=slug)
    chosen = versions.filter(number=number) if number else versions
    version = chosen.select_related("ladder").newest_first().first()
    if version is None:
        which = f"version {number} of a ladder" if number else "ladder"
        raise CommandError(f"There is no {which} “{slug}” to export.")
    return version
