"""The form of a pulse: three questions on one scale."""

from __future__ import annotations

from typing import Any

from django import forms

from assessments.models import PulseAnswer
from assessments.pages.forms.base import MoveForm
from assessments.pulses import QUESTIONS, SCALE


class Answers(MoveForm):
    """One choice for each question."""

    def __init__(self, case: PulseAnswer, data: Any = None, **options: Any) -> None:
        initial = {name: getattr(case, name) for name in QUESTIONS}
        super().__init__(case, data, initial=initial, **options)
        for name, text in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=text,
                choices=list(SCALE.items()),
                widget=forms.RadioSelect,
                error_messages={"required": "Choose one.", "invalid_choice": "Choose one."},
            )
