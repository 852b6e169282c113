"""The forms of evidence: two fields and a date to add a piece, all of it to change one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from assessments import file_kinds
from assessments.models import Evidence
from assessments.pages.forms.base import Day, Refusable
from assessments.pieces import MOST_LINKS
from ladders.models import Competency
from people.refusals import Invalid


class EvidenceForm(forms.Form):
    """What somebody did, when, and which competencies it shows."""

    use_required_attribute = False  # the server says what is missing, in its own words
    aliases = {"competencies": "competency"}

    def __init__(self, competencies: Iterable[Competency], data: Any = None, **options: Any):
        super().__init__(data, auto_id="evidence-%s", **options)
        choices = [(competency.key, str(competency)) for competency in competencies]
        for name in {"also", "competencies"} & set(self.fields):
            self.fields[name].choices = choices
        if "competency" in self.fields:
            self.fields["competency"].choices = [("", "Choose one"), *choices]

    def refuse(self, refusal: Invalid) -> None:
        """Take over what the action found wrong, field by field."""
        for name, messages in refusal.errors.items():
            field = name if name in self.fields else self.aliases.get(name, name)
            self.add_error(field if field in self.fields else None, messages)


class Add(EvidenceForm):
    """Two fields and a date; a piece that shows several competencies names the others below."""

    what = forms.CharField(
        label="What did you do?",
        help_text="A sentence is enough. Paste a link if there is one.",
        error_messages={"required": "Say what you did, in a sentence."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    competency = forms.ChoiceField(
        label="It shows", error_messages={"required": "Choose the competency that this shows."}
    )
    happened_on = Day(label="On", error_messages={"required": "Say on which day."})
    also = forms.MultipleChoiceField(
        label="It also shows", required=False, widget=forms.CheckboxSelectMultiple
    )
    tags = forms.CharField(
        label="Tags",
        required=False,
        max_length=1000,
        help_text="Words of your own, with commas between them.",
    )

    def __init__(self, competencies: Iterable[Competency], data: Any = None, **options: Any):
        options.setdefault("initial", {"happened_on": timezone.localdate()})
        super().__init__(competencies, data, **options)

    def fields_of_piece(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        keys = dict.fromkeys([given["competency"], *given["also"]])
        return {
            "what": _lines(given["what"]),
            "happened_on": given["happened_on"],
            "competencies": list(keys),
            "tags": given["tags"].split(","),
        }


class Change(EvidenceForm):
    """Everything that can be said of a piece."""

    what = forms.CharField(
        label="What did you do?",
        error_messages={"required": "Say what you did, in a sentence."},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    happened_on = Day(label="On", error_messages={"required": "Say on which day."})
    competencies = forms.MultipleChoiceField(
        label="It shows",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one competency that this shows."},
    )
    links = forms.CharField(
        label="Links",
        required=False,
        help_text=f"One a line, up to {MOST_LINKS}.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    tags = forms.CharField(
        label="Tags",
        required=False,
        max_length=1000,
        help_text="Words of your own to find it by, with commas between them.",
    )

    @classmethod
    def of(cls, piece: Evidence, competencies: Iterable[Competency]) -> Change:
        """The form as the piece stands now."""
        initial = {
            "what": piece.what,
            "links": "\n".join(piece.links),
            "tags": ", ".join(piece.tags),
            "happened_on": piece.happened_on,
            "competencies": [competency["key"] for competency in piece.shows],
        }
        return cls(competencies, initial=initial)

    def fields_of_piece(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            **given,
            "what": _lines(given["what"]),
            "links": given["links"].split(),
            "tags": given["tags"].split(","),
        }


class NewFile(Refusable):
    """A file for a piece."""

    file = forms.FileField(
        label="File",
        max_length=255,
        help_text=f"Up to 10 MB. {file_kinds.TAKEN}",
        error_messages={"required": "Choose a file.", "empty": file_kinds.EMPTY},
        widget=forms.FileInput(attrs={"accept": ",".join(f".{end}" for end in file_kinds.ENDINGS)}),
    )


class Spreadsheet(Refusable):
    """A file of evidence."""

    aliases = {"competencies": "file"}

    file = forms.FileField(
        label="File of evidence",
        max_length=255,
        help_text="CSV, up to 1,000 lines.",
        error_messages={"required": "Choose a file.", "empty": file_kinds.EMPTY},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"}),
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")
