"""Pure layout of the matrix as it is edited: every head leads to its form, every cell opens one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ladders.choices import Asked
from ladders.matrix import Layout
from ladders.outline import address
from ladders.sheet import Said, css

EMPTY = "Empty"


@dataclass(frozen=True)
class Editing(Asked):
    """What the editor's address says besides: which list, which part, what is confirmed first."""

    view: str = ""
    edit: str = ""
    add: str = ""
    remove: str = ""
    gaps: str = ""
    one: str = ""
    other: str = ""


class Editable(Layout):
    """The matrix of a draft. `opened` is what the form of the opened cell needs."""

    def __init__(
        self, version: Said, asked: Asked, gaps: set[tuple[str, str]], opened: Said | None
    ) -> None:
        super().__init__(version, asked)
        self.gaps, self.opened = gaps, opened

    def data(self) -> Said:
        """The same, marked as editable."""
        return super().data() | {"editable": True}

    def _column(self, level: Said, head: tuple[int, str], shown: str) -> Said:
        column = super()._column(level, head, shown)
        return column | {"url": address("levels", edit=f"levels:{level['key']}"), "here": False}

    def _row(self, competency: Said, columns: list[Said]) -> Said:
        row = super()._row(competency, columns)
        part = f"competencies:{competency['key']}"
        return row | {"url": address("competencies", edit=part)}

    def _cell(self, competency: Said, column: Said) -> Said:
        cell = super()._cell(competency, column)
        if (competency["key"], column["key"]) not in self.gaps:
            return cell
        return cell | {
            "text": "",
            "note": "",
            "same": EMPTY,
            "classes": f"{cell['classes']} is-gap",
        }

    def _detail(self, competency: Said, key: str) -> Said:
        level = self.sheet.levels[key]
        below = self.sheet.levels.get(self.sheet.below.get(key, ""))
        return {
            "level": level,
            "css": css(level["kind"]),
            "competency": competency,
            "below": below and {
                "title": below["title"],
                "words": self.sheet.words(competency["key"], below["key"]),
            },
            "close": self.asked.address(cell=""),
            "action": self.asked.address(cell=self.asked.cell),
            **(self.opened or {}),
        }  # fmt: skip


def place(version: Said, cell: str) -> tuple[str, str] | None:
    """The (competency, level) that an address opens; ids may hold colons themselves."""
    levels = {row["key"] for row in version["levels"]}
    for row in version["competencies"]:
        head, _, level = cell.partition(f"{row['key']}:")
        if not head and level in levels:
            return row["key"], level
    return None


def words(entries: list[dict[str, Any]]) -> str:
    """What a cell says, as plain text to be set beside another."""
    lines = []
    for entry in entries:
        lines += [{"inherits": "As the level below.", "not_applicable": "Not expected."}.get(
            entry.get("state") or "", "")]  # fmt: skip
        lines += [entry.get("summary") or ""]
        for said in entry.get("statements") or []:
            lines += [f"– {said.get('text', '')}"]
            lines += [f"   not: {said['counter']}"] if said.get("counter") else []
            lines += [f"   {example}" for example in said.get("examples") or []]
    return "\n".join(line for line in lines if line.strip())
