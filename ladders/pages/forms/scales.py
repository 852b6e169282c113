"""The forms of scales: their steps, and what a step means for one competency."""

from __future__ import annotations

from typing import Any

from django import forms

from ladders.formats.references import key, rows
from ladders.outline import name_of
from ladders.pages.forms.cells import Lines, Text
from ladders.pages.forms.parts import Part

Said = dict[str, Any]


class Scale(Part):
    """The steps from low to high; one more is there to be filled."""

    def __init__(self, text: Said, row: Said, data: Any = None, *, seen: str = "") -> None:
        self.steps = [*rows(row, "levels"), {}] + [{}] * (0 if row else 2)
        super().__init__(text, row, data, seen=seen)
        for place, step in enumerate(self.steps):
            name = forms.CharField(label=f"Step {place + 1}", max_length=300, required=False)
            self.fields[f"name_{place}"] = name
            self.fields[f"text_{place}"] = Text(1, label=f"What step {place + 1} means")
            self.initial[f"name_{place}"] = step.get("name") or key(step)
            self.initial[f"text_{place}"] = step.get("description") or ""

    def values(self) -> Said:
        """All steps that have a name, old ones with their ids."""
        if not self.changed():
            return {}
        kept, taken = [], {key(step) for step in self.steps}
        for place, step in enumerate(self.steps):
            name = self.cleaned_data[f"name_{place}"]
            if not name:
                continue
            words = self.cleaned_data[f"text_{place}"]
            own = {} if name == key(step) and not step.get("name") else {"name": name}
            rest = {field: value for field, value in step.items() if field != "description"}
            kept.append({**_numbered(rest, taken, place), **own,
                         **({"description": words} if words else {})})  # fmt: skip
        return {"levels": kept or None}


class Meaning(Part):
    """What a step looks like in one competency."""

    competency = forms.ChoiceField(label="Competency", required=False)
    proficiency = forms.ChoiceField(label="Step", required=False)
    summary = Text(2, label="In one or two sentences")
    statements = Lines(4, label="Statements, one a line")

    def read(self, row: Said) -> Said:
        """Statements by their words alone."""
        texts = [one.get("text") or "" for one in rows(row, "statements")]
        return {**super().read(row), "statements": texts}

    def choose(self, text: Said) -> None:
        """Competencies, and the steps of all scales."""
        competencies = [(key(row), name_of(text, "competencies", row))
                        for row in rows(text, "competencies")]  # fmt: skip
        scales = rows(text, "proficiency_scales")
        steps = {key(step): step.get("name") or key(step)
                 for scale in scales for step in rows(scale, "levels")}  # fmt: skip
        self.fields["competency"].choices = [("", "Choose a competency"), *competencies]
        self.fields["proficiency"].choices = [("", "Choose a step"), *steps.items()]

    def values(self) -> Said:
        """A statement whose words stay keeps what else it holds."""
        said = super().values()
        if said.get("statements"):
            known = {one.get("text"): one for one in rows(self.row, "statements")}
            said["statements"] = [known.get(words, {"text": words}) for words in said["statements"]]
        return said


def _numbered(step: Said, taken: set[str], place: int) -> Said:
    """A new step gets an id and a rank of its own."""
    if key(step):
        return step
    number = place + 1
    while f"step-{number}" in taken:
        number += 1
    taken.add(f"step-{number}")
    return {"id": f"step-{number}", "rank": place + 1}
