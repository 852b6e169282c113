"""How a new ladder begins."""

from __future__ import annotations

from typing import Any

from django import forms

from people.pages.forms import Refusable

STARTER = "starter:"


class Start(Refusable):
    """A name, and what the draft begins with."""

    title = forms.CharField(
        label="Name of the ladder",
        max_length=200,
        help_text="The job family it is for, such as Data Science.",
        error_messages={"required": "Give the ladder a name."},
    )
    start = forms.ChoiceField(
        label="Begin with",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the draft begins with."},
    )
    version = forms.ChoiceField(
        label="Which version to copy", required=False, help_text="Only for a copy."
    )

    def __init__(self, starters: list[dict], versions: list[tuple[str, str]], data: Any = None):
        super().__init__(data)
        ready = [(f"{STARTER}{row['key']}", f"{row['title']}, a starter ladder")
                 for row in starters]  # fmt: skip
        copy = [("copy", "A copy of a ladder that is here")] if versions else []
        empty = ("empty", "Almost nothing: three tracks and one level")
        self.fields["start"].choices = [*ready, *copy, empty]
        self.fields["version"].choices = [("", "Choose a version"), *versions]
        if not versions:
            del self.fields["version"]

    def asked(self) -> dict[str, str]:
        """As the API asks it."""
        said = self.cleaned_data
        start, _, starter = said["start"].partition(":")
        return {"start": start, "starter": starter, "version": said.get("version") or ""}

    def refuse(self, refusal: Any) -> None:
        """A starter is chosen by its radio."""
        if "starter" in refusal.errors:
            refusal.errors["start"] = refusal.errors.pop("starter")
        super().refuse(refusal)
