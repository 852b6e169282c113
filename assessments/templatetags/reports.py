"""The numbers of a report as a table that people read."""

from typing import Any

from django import template

from people import wording

register = template.Library()

_FIRST = ("level", "unit_name", "track")  # what a row is called
_SKIPPED = ("unit", "ladder")  # the machine's names, for those who take the data along
_TRACKS = {"shared": "Shared", "staff": "Staff", "manager": "Manager"}


@register.inclusion_tag("assessments/_report_table.html")
def report_table(report: dict[str, Any]) -> dict[str, Any]:
    """Rows with their name first; hidden numbers say so once a row."""
    columns = _ordered(report["columns"])
    numbers = [column for column in columns if _numeric(column)]
    first = numbers[0]["name"] if numbers else ""
    return {
        "caption": report["title"],
        "columns": [{"label": column["label"], "numeric": _numeric(column)} for column in columns],
        "rows": [[_cell(row, column, first) for column in columns] for row in report["rows"]],
        "total": _total(report["total"], columns),
    }


def _ordered(columns: list[dict[str, str]]) -> list[dict[str, str]]:
    shown = [column for column in columns if column["name"] not in _SKIPPED]
    names = [column["name"] for column in shown]
    head = next(name for name in _FIRST if name in names)
    return sorted(shown, key=lambda column: column["name"] != head)


def _numeric(column: dict[str, str]) -> bool:
    return column["kind"] != "text"


def _cell(row: dict[str, Any], column: dict[str, str], first: str) -> dict[str, Any]:
    name, value = column["name"], row[column["name"]]
    track = value if name == "track" and value in _TRACKS else ""
    text = _said(value, column["kind"])
    if row["hidden"] and _numeric(column) and name != "grade":
        text = "hidden" if name == first or first == "grade" else "–"
    return {
        "text": _TRACKS.get(value, text) if name == "track" else text,
        "label": column["label"],
        "numeric": _numeric(column),
        "track": track,
    }


def _total(total: dict[str, Any], columns: list[dict[str, str]]) -> list[dict[str, Any]]:
    cells = [
        {
            "text": "–" if total["hidden"] else _said(total.get(column["name"]), column["kind"]),
            "label": column["label"],
            "numeric": _numeric(column),
        }
        if column["name"] in total
        else {"text": "", "label": "", "numeric": _numeric(column)}
        for column in columns
    ]
    return [{**cells[0], "text": "All"}, *cells[1:]]


def _said(value: Any, kind: str) -> str:
    if value is None:
        return "–"
    if kind == "share":
        return wording.percent(value)
    if kind == "number":
        return wording.number(value, 1)
    return wording.number(value) if kind == "count" else str(value)
