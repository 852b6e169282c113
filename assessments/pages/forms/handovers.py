"""Forms of a handover: what the successor asks, and what the former manager says."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from assessments.actions.handovers import USUAL
from assessments.pages.forms.base import Day, MoveForm, Refusable, Text


class Question(MoveForm):
    """What would help, and by when."""

    question = Text(
        label="What would you like to know?",
        required=False,
        help_text="For example what you could not have seen yourself. You may leave it empty.",
    )
    due_on = Day(label="By when")

    def __init__(self, case: Any, data: Any = None, **options: Any) -> None:
        super().__init__(case, data, **options)
        self.fields["due_on"].initial = timezone.localdate() + USUAL


class Statement(Refusable):
    """The former manager's word."""

    statement = Text(long=True, label="Your handover statement")
