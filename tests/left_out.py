"""What a run could not do here is skipped with a reason and told at its end, never silently."""

from __future__ import annotations

from collections import Counter
from typing import Any, NoReturn

import pytest

MARK = "Left out: "


def leave_out(what: str) -> NoReturn:
    """Skip this test because a thing is missing on this machine; the summary names it."""
    pytest.skip(f"{MARK}{what}")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """List what was left out, with how many tests each thing cost."""
    reasons = Counter(
        reason.split(MARK, 1)[1]
        for report in terminalreporter.stats.get("skipped", [])
        if MARK in (reason := _reason(report))
    )
    if not reasons:
        terminalreporter.write_line("Nothing was left out.")
        return
    terminalreporter.section("left out on this machine")
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count:4} × {reason}")


def _reason(report: Any) -> str:
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
