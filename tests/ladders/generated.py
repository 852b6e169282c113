"""Ladders made up by chance: whatever `career-ladder/1` allows, small enough to make thousands."""

from __future__ import annotations

import random
from typing import Any

WORDS = (
    "Craft", "Delivery", "Mastery", "Mastery", "People & Culture", "Größe", "判断", "=1+1", "+x",
    "-", "– –", "@home", "'quoted'", "Level", "Example: no", "true", "12", "null", "a: b", "a,b;c",
    "“so”", "🎯 aim", "_x0041_",
    "Not expected", "Track", "About this ladder", "<b>bold</b>", "1. x",
)  # fmt: skip
TEXTS = (
    "Writes code.", "Leads;\nand listens, too", "- begins with a dash", "=SUM(A1)", "• odd", "n/a",
    "1. one\n2. two", "Example: of nothing", "“Quoted”, with a comma", "Überzeugt 日本語 🎯",
    "x" * 99, "'=apostrophes", "two\n\nparagraphs", "Proficiency: 2", "MISSING", "tab\tinside",
    "| bar |",
)  # fmt: skip
KINDS = ("shared", "individual_contributor", "management", "fellowship")
LINKS = ("equivalent", "branches_to", "rejoins", "precedes", "comparable", "not_equivalent")

Said = dict[str, Any]


class Maker:
    """One ladder a seed. `plain` ladders have what a matrix is for, the others everything."""

    def __init__(self, seed: int, *, plain: bool = False) -> None:
        self.chance, self.plain = random.Random(seed), plain

    def ladder(self) -> Said:
        """A document that the checks let through."""
        said: Said = {"schema": "career-ladder/1", "framework": self._framework()}
        said["grades"] = [
            {"id": f"g{rank}", "rank": rank, "name": self.word()} for rank in range(3)
        ]
        said["tracks"] = [self._track(at) for at in range(self.chance.randint(1, 3))]
        said["levels"] = [self._level(at, said) for at in range(self.chance.randint(2, 5))]
        said["level_links"] = self._links(said)
        said["pillars"] = [self._pillar(at) for at in range(self.chance.randint(0, 3))]
        said["competencies"] = [
            self._competency(at, said) for at in range(self.chance.randint(1, 4))
        ]
        said["expectations"] = self._expectations(said)
        if not self.plain and self.often():
            said["x_own"] = {"kept": [1, 2.5, None, True, self.text()]}
        return said

    def often(self) -> bool:
        return self.chance.random() < 0.5

    def word(self) -> str:
        return self.chance.choice(WORDS)

    def text(self) -> str:
        return self.chance.choice(TEXTS)

    def _framework(self) -> Said:
        said: Said = {"id": f"ladder-{self.chance.randint(1, 99)}", "title": self.word()}
        if self.often():
            said |= {"version": "1.2.0", "summary": self.text(), "cumulative": self.often()}
        if not self.plain and self.often():
            said |= {"licence": None, "null_tokens": ["MISSING"], "x_note": {"a": [self.text()]}}
        return said

    def _track(self, at: int) -> Said:
        return {"id": f"t{at}", "kind": self.chance.choice(KINDS), "name": self.word()}

    def _level(self, at: int, said: Said) -> Said:
        level: Said = {"id": f"l{at}", "track": self.chance.choice(said["tracks"])["id"]}
        if self.often():
            level |= {"order": at, "code": f"L{at}", "grade": f"g{at % 3}"}
        if self.often():
            level |= {
                "titles": [self.word()],
                "typical_months": {"min": 3},
                "terminal": self.often(),
            }
        return level

    def _links(self, said: Said) -> list[Said]:
        first, second = said["levels"][:2]
        kind = self.chance.choice(LINKS)
        return [{"from": first["id"], "to": second["id"], "type": kind}] if self.often() else []

    def _pillar(self, at: int) -> Said:
        return {"id": f"p{at}", "name": self.word()} | ({"order": at} if self.often() else {})

    def _competency(self, at: int, said: Said) -> Said:
        row: Said = {"id": f"c{at}", "name": self.word()}
        if said["pillars"] and self.often():
            row["pillar"] = self.chance.choice(said["pillars"])["id"]
        return row | ({"description": self.text(), "kind": "skill"} if self.often() else {})

    def _expectations(self, said: Said) -> list[Said]:
        rows = [
            self._expectation(row["id"], level["id"], said)
            for row in said["competencies"]
            for level in said["levels"]
            if self.chance.random() < 0.8
        ]
        if not self.plain:
            self.chance.shuffle(rows)
        return rows

    def _expectation(self, competency: str, level: str, said: Said) -> Said:
        row: Said = {"id": f"{competency}-{level}", "competency": competency, "levels": [level]}
        if self.chance.random() < 0.2:
            return row | {"state": "not_applicable"}
        row["statements"] = [self._statement() for _ in range(self.chance.randint(1, 3))]
        if self.often():
            row["summary"] = self.text()
        if not self.plain and self.often():
            tracks = [{"track": track["id"]} for track in said["tracks"]]
            row["levels"] = self.chance.choice(
                [[level], [entry["id"] for entry in said["levels"]], *tracks]
            )
            row |= self.chance.choice(
                [{"requirement": "optional"}, {"x_why": None}, {"state": "inherits"}]
            )
        return row

    def _statement(self) -> Said:
        said: Said = {"text": self.text()}
        if self.often():
            said["examples"] = [self.text() for _ in range(self.chance.randint(1, 2))]
        if not self.plain and self.often():
            said |= {"id": self.word(), "kind": "indicator", "counter": self.text()}
        return said
