"""A report as lines of text, for the terminal."""

from __future__ import annotations

from collections.abc import Callable

from people.imports.report import Report


def tell(report: Report, write: Callable[[str], object]) -> None:
    """Every number, every problem; of the changes the first ones."""
    counts = report.counts()
    write(f"{report.described}: {report.rows} rows")
    for column in report.columns:
        if column["field"]:
            write(f"  {column['column']} → {column['label']}")
    if report.unused:
        write(f"  not used: {', '.join(report.unused)}")
    for name in ("created", "changed", "left", "unchanged", "not_in_file", "teams"):
        write(f"{name.replace('_', ' ')}: {counts[name]}")
    _tell_changes(report, write)
    write(f"problems: {counts['errors']} errors, {counts['warnings']} warnings")
    _tell_problems(report, write)
    if report.left_out and report.skips:
        write(f"left out: {report.left_out} rows with problems")


def _tell_changes(report: Report, write: Callable[[str], object]) -> None:
    for entry in report.changed.first:
        told = "; ".join(
            f"{d['label']}: {d['old'] or '–'} → {d['new'] or '–'}" for d in entry["differences"]
        )
        write(f"  line {entry['line']}: {entry['employee_number']} {entry['name']}: {told}")
    if len(report.changed) > len(report.changed.first):
        write(f"  … and {len(report.changed) - len(report.changed.first)} more")


def _tell_problems(report: Report, write: Callable[[str], object]) -> None:
    for sentence in report.summary():
        write(f"  {sentence}")
    for problem in report.problems.entries():
        value = f" “{problem['value']}”" if problem["value"] else ""
        write(f"  line {problem['line']}, {problem['column']}{value}: {problem['message']}")
