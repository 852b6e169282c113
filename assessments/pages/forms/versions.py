"""What each move of a ladder version asks for on its page."""

from __future__ import annotations

from typing import Any

from django import forms

from assessments.pages.forms.base import Day, Refusable, Text
from ladders.states import ChangeClass


class VersionForm(Refusable):
    """A form about one version; `publishing` is how it stands, as the API says it."""

    def __init__(self, publishing: dict[str, Any], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.publishing = publishing


class Reason(VersionForm):
    """Why."""

    reason = Text(label="Why?")


class OptionalReason(VersionForm):
    """Why, if one likes."""

    reason = Text(label="Why?", required=False)


class ChosenClass(VersionForm):
    """Another class than the computed one."""

    change_class = forms.ChoiceField(
        label="Class of the change",
        widget=forms.RadioSelect,
        choices=[
            (ChangeClass.MAJOR, "Major: something is new or raised"),
            (ChangeClass.MINOR, "Minor: clearer, or less is asked"),
            (ChangeClass.PATCH, "Patch: spelling"),
        ],
        error_messages={"required": "Choose one."},
    )
    reason = Text(
        label="Why is it lower than computed?",
        help_text="Needed only for a class below the computed one. It is kept with the version.",
        required=False,
    )

    def __init__(self, publishing: dict[str, Any], data: Any = None, **options: Any) -> None:
        super().__init__(publishing, data, **options)
        self.initial = {"change_class": publishing["change"]["class"]}


class Publication(VersionForm):
    """Today; inside a freeze window HR says why."""

    needed = True
    override_reason = Text(
        label="Why during the cycle?",
        help_text="Asked for a day on which a cycle keeps ladders as they are. It is recorded, "
        "and everybody who works on ladders can read it.",
        required=False,
    )

    def __init__(self, publishing: dict[str, Any], data: Any = None, **options: Any) -> None:
        super().__init__(publishing, data, **options)
        if not self.asks_why(publishing):
            del self.fields["override_reason"]
        else:
            self.fields["override_reason"].required = self.needed

    def asks_why(self, publishing: dict[str, Any]) -> bool:
        """Only of HR, and only where a cycle is in the way today."""
        return publishing["freeze"]["may_override"] and publishing["freeze"]["stands_today"]


class Schedule(Publication):
    """A later day."""

    needed = False
    effective_from = Day(label="Publish on")
    field_order = ("effective_from", "override_reason")

    def asks_why(self, publishing: dict[str, Any]) -> bool:
        """Of HR, since the day that is chosen may lie in a freeze window."""
        return publishing["freeze"]["may_override"] and publishing["change"]["class"] == "major"
