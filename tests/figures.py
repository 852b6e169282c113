"""Figures that tests counted (`record_property`), told at the end of a run (a pytest plugin)."""

from __future__ import annotations

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line a figure."""
    figures = [
        (name, value)
        for report in terminalreporter.stats.get("passed", [])
        for name, value in getattr(report, "user_properties", [])
    ]
    if figures:
        terminalreporter.section("figures")
    for name, value in sorted(figures):
        terminalreporter.write_line(f"{name}: {value}")
