"""The form that stops talk of promotion."""

from __future__ import annotations

from assessments.pages.forms.base import Day, Refusable


class HappyHere(Refusable):
    """A day to think about it again, if one is wanted."""

    look_again_on = Day(
        label="Think about it again on",
        required=False,
        help_text="Only you are reminded, here on this page.",
    )
