"""`manage.py import_ladder FILE… [--format F] [--mapping FILE] [--dry-run]`: a ladder comes in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ladders.actions import imports
from ladders.formats import archives, documents
from ladders.formats.text import LARGEST
from people.imports import mapping
from people.refusals import Refusal


class Command(BaseCommand):
    """One ladder in, one report out."""

    help = (
        "Import a ladder as a published version: career-ladder/1, a wide matrix, a long table, or "
        "tables and lists in Markdown or HTML. See docs/importing-ladders.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to read, how, and whether to only look."""
        parser.add_argument(
            "files", nargs="+", type=Path, help="a file, or several or a folder that are one ladder"
        )
        parser.add_argument(
            "--format", dest="form", choices=documents.FORMS, help="where it cannot be found out"
        )
        parser.add_argument("--mapping", type=Path, help="YAML: what the file does not say")
        parser.add_argument(
            "--set",
            dest="said",
            metavar="KEY=VALUE",
            action="append",
            default=[],
            help="one key of the mapping, for example version=2.0.0",
        )
        parser.add_argument("--dry-run", action="store_true", help="check, and write nothing")

    def handle(self, *args: Any, files: list[Path], dry_run: bool, **options: Any) -> None:
        """Print the report; what keeps the ladder out goes to standard error."""
        name, data = _content(files)
        how = options["mapping"]
        try:
            said = mapping.parse(_bytes(how)) if how else {}
            said |= dict(_pair(text) for text in options["said"])
            report = imports.import_file(
                data, name, by=None, dry_run=dry_run, form=options["form"], mapping=said
            )
        except Refusal as refusal:
            last = name.rsplit("/", 1)[-1]
            raise CommandError(f"{last}: {refusal.reason} Nothing was imported.") from refusal
        if report.failed:
            raise CommandError("\n".join(report.sentences()))
        for sentence in report.sentences():
            self.stdout.write(sentence)


def _content(files: list[Path]) -> tuple[str, bytes]:
    """The name and the bytes to read; several files and folders become one archive."""
    if len(files) == 1 and not files[0].is_dir():
        return files[0].as_posix(), _bytes(files[0])
    inside: dict[str, bytes] = {}
    for path in files:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in (file for file in found if archives.wanted(file.name) and file.is_file()):
            inside[file.relative_to(path.parent).as_posix()] = _bytes(file)
            if len(inside) > archives.MOST_FILES:
                raise CommandError(f"{path}: these are more than {archives.MOST_FILES} files.")
    if not inside:
        raise CommandError(f"{files[0]}: there is no file that a ladder is written in.")
    return files[0].as_posix(), archives.pack(inside)


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        raise CommandError(f"--set {text}: write it as KEY=VALUE.")
    return key.strip(), value.strip()


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error
