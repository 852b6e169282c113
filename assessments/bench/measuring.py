"""Measures one operation and its floor in turns: medians, ratio, statements, memory, weight."""

from __future__ import annotations

import gc
import re
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection

ROUNDS = 5
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
RESET_PEAK = "5"
Times = tuple[float, float, float]


@dataclass(frozen=True)
class Operation:
    """What is measured. `ready` and `floor_ready` are not timed; what they give is passed on.

    `floor` fetches or writes the same rows with one hand-written statement. `calls` are made in
    each round; what takes long may ask for fewer `rounds`.
    """

    name: str
    act: Callable[[Any], Any]
    floor: Callable[[Any], Any]
    ready: Callable[[], Any] = lambda: None
    floor_ready: Callable[[], Any] = lambda: None
    calls: int = 5
    rounds: int = ROUNDS
    goal: str = ""


@dataclass(frozen=True)
class Figures:
    """What was found: medians in milliseconds, the slowest call, and what one call takes.

    `cpu_ms` is the time of our own process alone, which a busy machine does not stretch; `db_ms`
    that of the statements, in the call where they took least.
    """

    name: str
    ms: float
    cpu_ms: float
    db_ms: float
    slowest_ms: float
    floor_ms: float
    ratio: float
    statements: int
    mib: float | None
    kb: float | None
    nodes: int | None
    goal: str

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)


def measure(operation: Operation, rounds: int = ROUNDS) -> Figures:
    """A warm-up of both, then rounds in which the operation and its floor take turns."""
    answer, statements = _counted(operation)
    mib = _memory(operation)
    operation.floor(operation.floor_ready())
    times: list[Times] = []
    floors: list[Times] = []
    for _ in range(min(rounds, operation.rounds)):
        gc.collect()
        times += _timed(operation.act, operation.ready, operation.calls)
        floors += _timed(operation.floor, operation.floor_ready, operation.calls)
    (ms, cpu_ms, db_ms), (floor_ms, *_) = _told(times), _told(floors)
    weight, nodes = _weight(answer)
    return Figures(
        name=operation.name,
        ms=round(ms, 2),
        cpu_ms=round(cpu_ms, 2),
        db_ms=round(db_ms, 2),
        slowest_ms=round(max(times)[0], 2),
        floor_ms=round(floor_ms, 2),
        ratio=round(ms / floor_ms, 1),
        statements=statements,
        mib=mib,
        kb=weight,
        nodes=nodes,
        goal=operation.goal,
    )


class Statements:
    """Watches the SQL of a call: how many statements, and the seconds they took."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self.count, self.seconds = 0, 0.0

    def __call__(self, execute: Any, *args: Any) -> Any:
        """What Django calls around each."""
        began = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - began


def statements_of(act: Callable[[], Any]) -> int:
    """How many SQL statements a call sends."""
    seen = Statements()
    with connection.execute_wrapper(seen):
        act()
    return seen.count


def _timed(act: Callable[[Any], Any], ready: Callable[[], Any], calls: int) -> list[Times]:
    """Milliseconds by the clock on the wall, of our own work and of statements, for each call."""
    times = []
    for _ in range(calls):
        given, seen = ready(), Statements()
        with connection.execute_wrapper(seen):
            began, worked = time.perf_counter(), time.process_time()
            act(given)
            ended = time.perf_counter(), time.process_time()
        took = (ended[0] - began, ended[1] - worked, seen.seconds)
        times.append((took[0] * 1000, took[1] * 1000, took[2] * 1000))
    return times


def _told(times: list[Times]) -> Times:
    wall, own, asked = zip(*times, strict=True)
    return statistics.median(wall), statistics.median(own), min(asked)


def _counted(operation: Operation) -> tuple[Any, int]:
    """The first call fills caches; of the second the statements are counted."""
    operation.act(operation.ready())
    given, answers = operation.ready(), []
    statements = statements_of(lambda: answers.append(operation.act(given)))
    return answers[0], statements


def _memory(operation: Operation) -> float | None:
    """How far the process grows during one call, in MiB; only Linux tells."""
    given = operation.ready()
    gc.collect()
    try:
        CLEAR.write_text(RESET_PEAK)
        before = _kib("VmRSS")
    except (OSError, AttributeError):
        return None
    operation.act(given)
    return round((_kib("VmHWM") - before) / 1024, 1)


def _kib(name: str) -> int:
    return int(re.search(rf"{name}:\s+(\d+)", STATUS.read_text()).group(1))  # type: ignore[union-attr]


def _weight(answer: Any) -> tuple[float | None, int | None]:
    """Kilobytes of the body, and for a page its elements."""
    body = answer if isinstance(answer, bytes) else getattr(answer, "content", None)
    if body is None:
        return None, None
    is_page = "html" in getattr(answer, "headers", {}).get("Content-Type", "")
    elements = len(re.findall(rb"<[a-z]", body)) if is_page else None
    return round(len(body) / 1000, 1), elements


def table(results: Iterable[Figures]) -> list[str]:
    """The figures as lines of text."""
    head = tuple("operation ms cpu db slowest floor ratio SQL +MiB kB nodes goal".split())
    rows = [head]
    for found in results:
        cells = list(found.plain().values())
        rows.append(tuple("" if cell is None else str(cell) for cell in cells))
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    return ["  ".join(_cell(row, place, widths) for place in range(len(head))) for row in rows]


def _cell(row: tuple[str, ...], place: int, widths: list[int]) -> str:
    text = row[place]
    return text.ljust(widths[place]) if place in (0, len(row) - 1) else text.rjust(widths[place])
