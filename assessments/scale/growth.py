"""Grows the large organisation in an empty database: one statement after the other, no loop."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from assessments.scale import cases, organisation, packets, papers, trail, ways
from ladders.actions import headcounts, imports
from people.actions import chains

STARTER = Path(settings.BASE_DIR) / "ladders" / "starters" / f"{ways.LADDER}.ladder.yaml"
WORDS = (
    "Led the work from the first sketch until it ran everywhere, wrote down what was learned, "
    "and brought two colleagues along who now do the same. "
)
SECTIONS = (organisation, ways, cases, papers, trail)


def grow(people: int, years: int, password: str, say: Callable[[str], None]) -> None:
    """Write everything or nothing; `say` hears each part with the seconds it took."""
    given = organisation.parameters(people, years, timezone.localdate(), password)
    given |= {"words": WORDS, "ladder": ways.LADDER}
    with transaction.atomic(), connection.cursor() as cursor:
        imports.import_file(STARTER.read_bytes(), STARTER.name, by=None)
        for section in SECTIONS:
            for name, statements in section.STATEMENTS.items():
                began = time.monotonic()
                for statement in statements:
                    cursor.execute(statement, given)
                say(f"{name}: {time.monotonic() - began:.1f} s")
        began = time.monotonic()
        cursor.execute("ANALYZE")  # without it the next two are planned as if tables were empty
        packets.freeze(cursor, given)
        say(f"packets: {time.monotonic() - began:.1f} s")
        began = time.monotonic()
        chains.rebuild()
        headcounts.recount(given["today"])
        say(f"ways up: {time.monotonic() - began:.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.get_autocommit() else "ANALYZE")
