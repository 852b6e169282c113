"""The forms of the parts of a draft: head, tracks, levels, links, pillars, competencies, grades."""

from __future__ import annotations

from typing import Any

from django import forms

from ladders.formats.references import key, rows
from ladders.outline import LINKS, name_of
from ladders.pages.forms.cells import Lines, Text
from people.pages.forms import Refusable

Said = dict[str, Any]

KINDS = (
    ("shared", "Shared: below the branch"),
    ("individual_contributor", "Staff track"),
    ("management", "Manager track"),
)


class Part(Refusable):
    """A form of one row; `values()` is what was changed in it, None for what was emptied."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, text: Said, row: Said, data: Any = None, *, seen: str = "") -> None:
        super().__init__(data, initial={"seen": seen, **self.read(row)})
        self.row = row
        self.choose(text)

    def read(self, row: Said) -> Said:
        """What the fields show of a row."""
        return {name: value for name, value in row.items() if name in self.base_fields}

    def choose(self, text: Said) -> None:
        """Fill the lists to choose from."""

    def changed(self) -> Said:
        """The fields that say something else than when the form was opened."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return {name: value for name, value in said.items() if value != self._before(name)}

    def values(self) -> Said:
        """The same in the words of the format."""
        return {name: None if value in ("", [], None) else value
                for name, value in self.changed().items()}  # fmt: skip

    def _before(self, name: str) -> Any:
        field = self.fields[name]
        return field.clean(field.prepare_value(self.initial.get(name)))


class Head(Part):
    """What the ladder says of itself."""

    title = forms.CharField(label="Title", max_length=200, required=False)
    summary = Text(4, label="Summary", help_text="One or two sentences on whom it is for.")
    cumulative = forms.BooleanField(
        label="Each level includes what those below it on its track expect", required=False
    )
    licence = forms.CharField(label="Licence", max_length=200, required=False)
    source = Text(2, label="Source", help_text="Where the text comes from, if not from you.")
    language = forms.CharField(
        label="Language", max_length=16, required=False, help_text="A code such as en."
    )


class Track(Part):
    """A way up."""

    name = forms.CharField(label="Name", max_length=200, required=False)
    kind = forms.ChoiceField(label="Sort", choices=KINDS, required=False)
    description = Text(3, label="Description")

    def choose(self, text: Said) -> None:
        """A kind of the file's own stays one to choose."""
        own = str(self.row.get("kind") or "")
        known = [value for value, _ in KINDS]
        extra = [(own, "A track of its own")] if own not in known else []
        self.fields["kind"].choices = [*extra, *KINDS]


class Level(Part):
    """One rung."""

    titles = Lines(2, label="Titles, one a line", help_text="The first one names the level.")
    track = forms.ChoiceField(label="Track", required=False)
    code = forms.CharField(label="Code", max_length=50, required=False)
    grade = forms.ChoiceField(
        label="Grade", required=False, help_text="Levels of one grade stand at equal height."
    )
    summary = Text(3, label="Summary")
    scope = Text(2, label="Scope", help_text="How far the work reaches.")
    months_min = forms.IntegerField(label="Usual months, at least", required=False, min_value=0)
    months_max = forms.IntegerField(label="Usual months, at most", required=False, min_value=0)
    terminal = forms.BooleanField(label="A fine place to stay for good", required=False)
    seat_limited = forms.BooleanField(label="The number of seats is limited", required=False)
    archetypes = Lines(
        2, label="Ways to fill it, one a line", help_text="A name, or “name: what it means”."
    )

    def read(self, row: Said) -> Said:
        """Months and archetypes as fields."""
        months = row.get("typical_months") or {}
        ways = [one if isinstance(one, str) else _way(one) for one in row.get("archetypes") or []]
        own = {"months_min": months.get("min"), "months_max": months.get("max")}
        return {**super().read(row), **own, "archetypes": ways}

    def choose(self, text: Said) -> None:
        """Tracks and grades of this draft."""
        tracks = [(key(row), name_of(text, "tracks", row)) for row in rows(text, "tracks")]
        grades = [(key(row), row.get("name") or f"Grade {row['rank']}")
                  for row in rows(text, "grades")]  # fmt: skip
        self.fields["track"].choices = tracks
        self.fields["grade"].choices = [("", "No grade"), *grades]

    def values(self) -> Said:
        """Months as one mapping, archetypes with what else the file says of them."""
        said = super().values()
        months = {end: said.pop(f"months_{end}") for end in ("min", "max")
                  if f"months_{end}" in said}  # fmt: skip
        if months:
            both = {**(self.row.get("typical_months") or {}), **months}
            said["typical_months"] = {end: n for end, n in both.items() if n is not None} or None
        if said.get("archetypes"):
            said["archetypes"] = [self._archetype(line) for line in said["archetypes"]]
        return said

    def _archetype(self, line: str) -> Any:
        name, _, words = (part.strip() for part in line.partition(": "))
        known = [one for one in self.row.get("archetypes") or [] if isinstance(one, dict)]
        old = next((one for one in known if one["name"] == name), {})
        rest = {field: value for field, value in old.items() if field != "description"}
        new = {**rest, "name": name, **({"description": words} if words else {})}
        return new if set(new) > {"name"} else name


class Link(Part):
    """How two levels stand to each other."""

    field_order = ("from", "type", "to")
    type = forms.ChoiceField(label="How", choices=list(LINKS.items()), required=False)

    def choose(self, text: Said) -> None:
        """Levels with their tracks."""
        tracks = {key(row): name_of(text, "tracks", row) for row in rows(text, "tracks")}
        levels = [
            (key(row), f"{name_of(text, 'levels', row)}, {tracks.get(str(row['track']), '')}")
            for row in rows(text, "levels")
        ]
        for name in ("from", "to"):
            self.fields[name].choices = [("", "Choose a level"), *levels]


Link.base_fields |= {  # “from” is a word of Python
    name: forms.ChoiceField(label=label, required=False)
    for name, label in (("from", "This level"), ("to", "That level"))
}


class Pillar(Part):
    """A theme."""

    name = forms.CharField(label="Name", max_length=300, required=False)
    description = Text(3, label="Description")
    parent = forms.ChoiceField(label="Inside", required=False)

    def choose(self, text: Said) -> None:
        """The other pillars."""
        others = [row for row in rows(text, "pillars") if key(row) != key(self.row)]
        named = [(key(row), name_of(text, "pillars", row)) for row in others]
        self.fields["parent"].choices = [("", "No other pillar"), *named]


class Competency(Part):
    """A row of the matrix."""

    name = forms.CharField(label="Name", max_length=300, required=False)
    description = Text(3, label="Description")
    pillar = forms.ChoiceField(label="Pillar", required=False)
    scale = forms.ChoiceField(label="Scale", required=False)

    def choose(self, text: Said) -> None:
        """Pillars and scales of this draft."""
        pillars = [(key(row), name_of(text, "pillars", row)) for row in rows(text, "pillars")]
        scales = [(key(row), key(row)) for row in rows(text, "proficiency_scales")]
        self.fields["pillar"].choices = [("", "No pillar"), *pillars]
        self.fields["scale"].choices = [("", "No scale of its own"), *scales]
        if not scales:
            del self.fields["scale"]


class Grade(Part):
    """A rank of the whole organisation."""

    rank = forms.IntegerField(
        label="Rank",
        required=False,
        min_value=0,
        max_value=32767,
        help_text="A number; a higher one stands higher.",
    )
    name = forms.CharField(label="Name", max_length=100, required=False)


def _way(one: Said) -> str:
    words = one.get("description")
    return f"{one['name']}: {words}" if words else one["name"]
