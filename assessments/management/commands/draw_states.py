"""Draw docs/states.md from the tables of moves, or check that it is fresh."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments import cycle_states, states, track_move_states
from ladders import states as version_states
from people import states as people_states

PAGE = Path(settings.BASE_DIR) / "docs" / "states.md"
HEAD = """# States

Drawn from the tables in `states.py` by `manage.py draw_states`; do not edit by hand.
"""


class Command(BaseCommand):
    """`draw_states` writes the page; `draw_states --check` fails when it is stale."""

    help = "Draw docs/states.md from the tables of moves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only --check."""
        parser.add_argument("--check", action="store_true", help="fail when the page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        page = "\n".join(draw()) + "\n"
        if not options["check"]:
            PAGE.write_text(page)
        elif not PAGE.exists() or PAGE.read_text() != page:
            raise CommandError("docs/states.md is stale: run manage.py draw_states.")


def draw() -> Iterator[str]:
    """The lines of the page."""
    yield HEAD
    yield "## Promotion case"
    yield from _diagram(
        (source, move.target or source, name)
        for name, move in states.MOVES.items()
        for source in states.State
        if source in move.sources | (move.lightweight or states.NEVER)
    )
    yield "| move | starts from | under lightweight | ends in |"
    yield "| --- | --- | --- | --- |"
    for name, move in states.MOVES.items():
        light = "as beside" if move.lightweight is None else _names(move.lightweight) or "never"
        yield f"| {name} | {_names(move.sources)} | {light} | {move.target or 'stays'} |"
    tables = (
        ("Move between the tracks", track_move_states.MOVES),
        ("Cycle", cycle_states.MOVES),
        ("Ladder version", version_states.MOVES),
    )
    for title, moves in tables:
        yield f"\n## {title}"
        yield from _diagram(
            (source, move.target or source, name)
            for name, move in moves.items()
            for source in sorted(move.sources)
        )

    for title, table in (
        ("Delegation", people_states.DELEGATION_MOVES),
        ("Import", people_states.IMPORT_MOVES),
    ):
        yield f"\n## {title}"
        yield from _diagram(
            (source, target, name)
            for name, (sources, target) in table.items()
            for source in sorted(sources)
        )


def _diagram(edges: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield "```mermaid\nstateDiagram-v2"
    for source, target, name in edges:
        if source != target:
            yield f"    {source} --> {target}: {name}"
    yield "```"


def _names(found: Iterable[str]) -> str:
    return ", ".join(sorted(found))
