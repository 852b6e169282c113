"""Measure the app on a large made-up organisation, in a database of its own."""

from __future__ import annotations

import datetime
import json
import logging
import platform
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test.utils import override_settings

from assessments.bench import hierarchy, measuring, reading, serving, writing
from assessments.bench.databases import own_database
from assessments.bench.doors import Cast
from assessments.scale import growth

Section = Callable[[Cast], list[measuring.Operation]]
SECTIONS: tuple[Section, ...] = (
    *(reading.lists, reading.details, reading.finding, reading.reports),
    *(hierarchy.tree, hierarchy.below, hierarchy.moving),
    *(writing.deciding, writing.reminding, writing.announcing, writing.importing),
)
NAMES = [section.__name__ for section in SECTIONS]
SMALLEST = 6_000
FOLDER = Path(settings.BASE_DIR) / "build" / "bench"


class Command(BaseCommand):
    """`bench [--people 10000 …] [--years 5] [--only below moving …]`: ratios, statements, memory;
    JSON beside them.
    """

    help = "Measure operations beside their floors; the configured database is never touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How large the organisation is; several sizes show the growth."""
        parser.add_argument("--people", type=int, nargs="+", default=[10_000])
        parser.add_argument("--years", type=int, default=5)
        parser.add_argument("--rounds", type=int, default=measuring.ROUNDS)
        parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)

    def handle(self, *args: Any, people: list[int], only: list[str], **options: Any) -> None:
        """Measure each size; then, with several, how the medians grow."""
        if min(people) < SMALLEST:
            raise CommandError(f"At least {SMALLEST:,} people, so that there is enough to decide.")
        logging.disable(logging.WARNING)
        sections = [section for section in SECTIONS if section.__name__ in only]
        years, rounds = options["years"], options["rounds"]
        found = [self._size(size, years, rounds, sections) for size in people]
        for report in found[1:]:
            self._growth(found[0], report)
        FOLDER.mkdir(parents=True, exist_ok=True)
        moment = datetime.datetime.now(datetime.UTC)
        path = FOLDER / f"{moment:%Y-%m-%dT%H-%M-%S}.json"
        about = {"at": moment.isoformat(), "python": platform.python_version()}
        path.write_text(json.dumps({**about, "sizes": found}, indent=2, ensure_ascii=False))
        self.stdout.write(f"Written to {path.relative_to(settings.BASE_DIR)}.")

    def _size(
        self, people: int, years: int, rounds: int, sections: list[Section]
    ) -> dict[str, Any]:
        with own_database(), override_settings(API_CALLS_PER_MINUTE=10**9):
            began = time.monotonic()
            call_command("migrate", interactive=False, verbosity=0)
            migrated = time.monotonic() - began
            self.stdout.write(f"Migrated in {migrated:.1f} s. Seeding {people:,} people …")
            began = time.monotonic()
            growth.grow(people, years, "twintrack-demo", lambda said: None)
            seeded = time.monotonic() - began
            self.stdout.write(f"Seeded in {seeded:.1f} s. Measuring, {rounds} rounds each …")
            cast = Cast()
            whole = serving.serve(cast)
            constants = reading.constants(cast)
            figures = [
                each for section in sections for each in self._measured(section(cast), rounds)
            ]
            version = connection.pg_version
        whole |= {"migrate_s": round(migrated, 1), "seed_s": round(seeded, 1)}
        self._tell(figures, constants, whole)
        return {
            "people": people,
            "postgresql": version,
            "operations": [each.plain() for each in figures],
            "statements_for_2_and_200_rows": constants,
            "whole": whole,
        }

    def _measured(
        self, operations: list[measuring.Operation], rounds: int
    ) -> Iterator[measuring.Figures]:
        for operation in operations:
            figures = measuring.measure(operation, rounds)
            self.stderr.write(f"  {figures.name}: {figures.ms} ms")
            yield figures

    def _tell(self, figures: list, constants: dict, whole: dict[str, Any]) -> None:
        self.stdout.write("\n".join(["", *measuring.table(figures), ""]))
        self.stdout.write("Statements for 2 rows and for 200:")
        for path, (few, many) in constants.items():
            self.stdout.write(f"  {path}  {few}  {many}")
        self.stdout.write("The whole:")
        for name, value in whole.items():
            self.stdout.write(f"  {name}: {value}")

    def _growth(self, first: dict[str, Any], other: dict[str, Any]) -> None:
        self.stdout.write(f"\nMedians from {first['people']:,} to {other['people']:,} people:")
        for before, after in zip(first["operations"], other["operations"], strict=True):
            factor = after["ms"] / before["ms"]
            self.stdout.write(f"  {after['name']}: {factor:.1f} ×")
