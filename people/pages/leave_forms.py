"""Forms of the pages about leave: types, lengths, presence. Rules are the actions'."""

from __future__ import annotations

from django import forms

from people.models import Leave
from people.pages.forms import Refusable

WHY = 500  # letters


def _day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give a date.", "invalid": "This is not a date."},
    )


class New(Refusable):
    """A leave to record."""

    kind = forms.ChoiceField(label="Kind", choices=Leave.Kind.choices)
    since = _day("First day away")
    back_on = _day("First day back", "Leave it empty while nobody knows.", required=False)
    reason = forms.CharField(
        label="Note",
        max_length=WHY,
        required=False,
        help_text="The person reads it too. Nothing about health.",
    )


class Correction(New):
    """What is really true, and why it is corrected."""

    reason = forms.CharField(
        label="Why is it corrected?", max_length=WHY, help_text="The person reads it too."
    )


class Return(Refusable):
    """The first day back."""

    back_on = _day("First day back")


class Withdrawal(Refusable):
    """Why the leave never was."""

    reason = forms.CharField(
        label="Why is it withdrawn?", max_length=WHY, help_text="The person reads it too."
    )
