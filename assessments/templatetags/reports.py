"""The numbers of a report as a table that people read."""

from typing import Any

from django import template

from people import wording

register = template.Library()

_FIRST = ("level", "unit_name", "track", "what")  # what a row is called
_SKIPPED = ("unit", "ladder", "rate_high")  # the machine's names; the upper end of an interval
_TRACKS = {"shared": "Shared", "staff": "Staff", "manager": "Manager"}


@register.inclusion_tag("assessments/_report_table.html")
def report_table(report: dict[str, Any]) -> dict[str, Any]:
    """Rows with their name first; hidden numbers say so once a row."""
    columns = _ordered(report["columns"])
    numbers = [column for column in columns if _numeric(column)]
    first = numbers[0]["name"] if numbers else ""
    return {
        "caption": report["title"],
        "columns": [{"label": _label(column), "numeric": _numeric(column)} for column in columns],
        "rows": [[_cell(row, column, first) for column in columns] for row in report["rows"]],
        "total": _total(report["total"], columns) if numbers else None,
    }


def _ordered(columns: list[dict[str, str]]) -> list[dict[str, str]]:
    names = [column["name"] for column in columns]
    head = next(name for name in _FIRST if name in names)
    skipped = (*_SKIPPED, "track") if head == "level" else _SKIPPED  # the mark stands at the name
    shown = [column for column in columns if column["name"] not in skipped]
    return sorted(shown, key=lambda column: column["name"] != head)


def _numeric(column: dict[str, str]) -> bool:
    return column["kind"] not in ("text", "link")


def _cell(row: dict[str, Any], column: dict[str, str], first: str) -> dict[str, Any]:
    name, value = column["name"], row[column["name"]]
    if column["kind"] == "link":
        return {"text": "Open", "url": value, "label": _label(column), "about": row["about"]}
    track = row["track"] if name in ("track", "level") and row["track"] in _TRACKS else ""
    text = _interval(row) if name == "rate_low" else _said(value, column["kind"])
    if row["hidden"] and _numeric(column) and name != "grade":
        text = "hidden" if name == first or first == "grade" else "–"
    return {
        "text": _TRACKS.get(value, text) if name == "track" else text,
        "label": _label(column),
        "numeric": _numeric(column),
        "track": track,
    }


def _total(total: dict[str, Any], columns: list[dict[str, str]]) -> list[dict[str, Any]]:
    cells = [_sum(total, column) for column in columns]
    return [{**cells[0], "text": "All"}, *cells[1:]]


def _sum(total: dict[str, Any], column: dict[str, str]) -> dict[str, Any]:
    name = column["name"]
    if name not in total:
        return {"text": "", "label": "", "numeric": _numeric(column)}
    text = _interval(total) if name == "rate_low" else _said(total[name], column["kind"])
    return {
        "text": "–" if total["hidden"] else text,
        "label": _label(column),
        "numeric": _numeric(column),
    }


def _label(column: dict[str, str]) -> str:
    return "95 % interval" if column["name"] == "rate_low" else column["label"]


def _interval(row: dict[str, Any]) -> str:
    if row["rate_low"] is None:
        return "–"
    return f"{wording.number(row['rate_low'] * 100)} to {wording.percent(row['rate_high'], 0)}"


def _said(value: Any, kind: str) -> str:
    if value is None:
        return "–"
    if kind == "share":
        return wording.percent(value)
    if kind == "number":
        return wording.number(value, 1)
    return wording.number(value) if kind == "count" else str(value)
