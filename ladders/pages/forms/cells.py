"""The form of one cell: its entries, each with statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from ladders.formats.references import key, rows
from people.pages.forms import Refusable

Said = dict[str, Any]

STATES = (
    ("", "What is written here"),
    ("inherits", "The same as the level below"),
    ("not_applicable", "Nothing: not expected on this level"),
)
REQUIREMENTS = (
    ("", "Not stated"),
    ("required", "Required"),
    ("optional", "Optional"),
    ("nice_to_have", "Nice to have"),
)
SILENT = ("inherits", "not_applicable")
WITHOUT_TEXT = ("id", "state", "requirement")
LONGEST = 20_000


class Text(forms.CharField):
    """A text as it was typed, with the line ends that the database keeps."""

    def __init__(self, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(strip=False, required=False, max_length=LONGEST, widget=widget, **options)

    def clean(self, value: Any) -> str:
        """Nothing but line ends is changed."""
        return super().clean((value or "").replace("\r\n", "\n"))


class Lines(Text):
    """A list of texts, one a line."""

    def prepare_value(self, value: Any) -> Any:
        """Each entry on a line of its own."""
        if not isinstance(value, list):
            return value
        return "\n".join(" ".join(one.split()) for one in value)

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """The lines that say something."""
        return [line.strip() for line in super().clean(value).split("\n") if line.strip()]


class Statement(Refusable):
    """One observable sentence."""

    id = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.CharField(required=False, widget=forms.HiddenInput)
    text = Text(2, label="Statement")
    counter = Text(1, label="It is not")
    examples = Lines(2, label="Examples, one a line")

    def clean(self) -> Said:
        """What belongs to a statement needs one."""
        said = super().clean() or {}
        if not (said.get("text") or "").strip() and (said.get("counter") or said.get("examples")):
            self.add_error("text", "Write the statement that the rest belongs to.")
        return said

    def value(self) -> Said | None:
        """The statement as the format says it; None for an empty one."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return said if (said.get("text") or "").strip() else None


class Entry(Refusable):
    """One expectation of a cell."""

    id = forms.CharField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label="On this level is expected",
        choices=STATES,
        required=False,
        widget=forms.RadioSelect,
        help_text="With the second or third choice, the text below is left out.",
    )
    summary = Text(4, label="In one or two sentences")
    requirement = forms.ChoiceField(label="How strictly", choices=REQUIREMENTS, required=False)
    proficiency = forms.ChoiceField(label="Step of the scale", required=False)

    def __init__(self, steps: list[tuple[str, str]], data: Any, said: Said, prefix: str) -> None:
        super().__init__(data, initial=said, prefix=prefix)
        self.also_at = said.get("also_at") or []
        if said.get("state") in ("stated", "undefined"):  # a word of the file that means itself
            own = {"stated": STATES[0][1], "undefined": "Not defined yet"}[said["state"]]
            known = STATES[1:] if said["state"] == "stated" else STATES
            self.fields["state"].choices = [(said["state"], own), *known]
        self.fields["proficiency"].choices = [("", "No step"), *steps]
        if not steps:
            del self.fields["proficiency"]
        spoken = [*rows(said, "statements"), {}]
        count = len(spoken) if data is None else _count(data, f"{prefix}-s", "text")
        spoken += [{}] * (count - len(spoken))
        self.statements = [
            Statement(data, initial=spoken[place], prefix=f"{prefix}-s{place}")
            for place in range(count)
        ]

    def is_valid(self) -> bool:
        """All of it."""
        wrong = [form for form in self.statements if not form.is_valid()]
        return super().is_valid() and not wrong

    def value(self) -> Said:
        """The entry as the format says it."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        if said.get("state") in SILENT and said["state"] != self.initial.get("state"):
            return {name: said[name] for name in WITHOUT_TEXT if name in said}
        told = [(form.prefix, value) for form in self.statements if (value := form.value())]
        return said | ({"statements": self._in_order(told)} if told else {})

    def _in_order(self, told: list[tuple[str, Said]]) -> list[Said]:
        """The statements; the one whose button “Move up” was pressed, before its neighbour."""
        names, raised = [name for name, _ in told], self.data.get("raise")
        if raised in names[1:]:
            place = names.index(raised)
            told[place - 1], told[place] = told[place], told[place - 1]
        return [value for _, value in told]


class Cell:
    """All entries of a cell; the last statement of each is there to be filled."""

    def __init__(self, steps: list[tuple[str, str]], entries: list[Said], data: Any = None) -> None:
        count = max(1, len(entries)) if data is None else _count(data, "e", "summary")
        known = {key(row): row for row in entries}
        self.data = data
        self.entries = [
            Entry(steps, data, self._said(known, entries, place), f"e{place}")
            for place in range(min(count, 100))
        ]

    def _said(self, known: dict[str, Said], entries: list[Said], place: int) -> Said:
        if self.data is None:
            return entries[place] if place < len(entries) else {}
        return known.get(self.data.get(f"e{place}-id", ""), {})

    def is_valid(self) -> bool:
        """Every entry."""
        return sum(not entry.is_valid() for entry in self.entries) == 0

    def values(self) -> list[Said]:
        """The entries that say something."""
        told = (entry.value() for entry in self.entries)
        return [said for said in told if set(said) - {"id"}]

    def forms(self) -> list[forms.Form]:
        """All forms in it, for the summary of what is wrong."""
        return [one for entry in self.entries for one in (entry, *entry.statements)]


def steps(text: Said, competency: str) -> list[tuple[str, str]]:
    """The steps that a competency may ask for: of its own scale."""
    row = next((one for one in rows(text, "competencies") if key(one) == competency), {})
    scales = {key(one): one for one in rows(text, "proficiency_scales")}
    own = row.get("scale")
    chosen = [one for name, one in scales.items() if own is None or name == str(own)]
    return [(key(step), step.get("name") or key(step)) for one in chosen
            for step in rows(one, "levels")]  # fmt: skip


def _count(data: Mapping[str, Any], stem: str, field: str) -> int:
    """How many forms of one sort were sent."""
    place = 0
    while f"{stem}{place}-{field}" in data:
        place += 1
    return place
