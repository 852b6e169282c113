"""Every form that a ladder goes out in: one function a form, from a document to bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ladders.formats import about, documents, json, long_rows, wide, workbooks, yaml
from people import sheets

Said = dict[str, Any]


class Form(NamedTuple):
    """How a form is called, named as a file, and written."""

    label: str
    suffix: str
    content_type: str
    write: Callable[[Said], bytes]


def matrix_csv(document: Said) -> bytes:
    """A wide matrix, then the rows about the ladder."""
    sheet = wide.build(document)
    width = len(sheet.head[0])
    rows = [*sheet.head[1:], *sheet.rows, [""] * width, [about.MARK], *sheet.beside]
    return sheets.written(sheet.head[0], rows).encode()


def matrix_xlsx(document: Said) -> bytes:
    """A workbook; what a matrix cannot say is listed on a sheet of its own."""
    lost = not_held(document)
    notes = ("A matrix does not hold all of this ladder. Left out:", *lost) if lost else ()
    return workbooks.matrix(wide.build(document, merge=True), notes)


def long_csv(document: Said) -> bytes:
    """One row a statement."""
    head, rows = long_rows.rows(document)
    return sheets.written(head, rows).encode()


FORMS = {
    "yaml": Form("YAML", "yaml", "application/yaml", lambda said: yaml.write(said).encode()),
    "json": Form("JSON", "json", "application/json", lambda said: json.write(said).encode()),
    "matrix.xlsx": Form(
        "Matrix, XLSX",
        "matrix.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        matrix_xlsx,
    ),
    "matrix.csv": Form("Matrix, CSV", "matrix.csv", "text/csv", matrix_csv),
    "long.csv": Form("Long, CSV", "long.csv", "text/csv", long_csv),
}


def not_held(document: Said, form: str = "matrix.csv") -> list[str]:
    """What a matrix cannot carry of this document, in words; empty when it holds all of it."""
    data = matrix_csv(document) if form == "matrix.csv" else _bare_xlsx(document)
    return wide.left_out(document, documents.read(data, f"matrix.{form[-4:].strip('.')}").document)


def holds(document: Said, form: str = "matrix.csv") -> bool:
    """True when exporting as a matrix and importing that gives the same ladder."""
    return not not_held(document, form)


def _bare_xlsx(document: Said) -> bytes:
    return workbooks.matrix(wide.build(document, merge=True))
