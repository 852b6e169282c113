"""Forms that decide a case and what follows: the decision, the letter, the date, the end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from assessments.actions.decisions import overturns
from assessments.models import PromotionCase
from assessments.pages.forms.base import Day, MoveForm, Text
from assessments.pages.forms.reasons import ReasonsForm

OUTCOMES = {
    "approve": "Approve",
    "approve_no_seat": "Approve, no seat yet",
    "defer": "Defer",
    "decline": "Decline",
}
SAYS_NO = ("defer", "decline")


class Decision(ReasonsForm):
    """One outcome at a time; its own fields are asked for."""

    effective_on = Day(
        label="Effective on",
        help_text="From this day the candidate stands on the new level. It may lie in the past.",
    )
    look_again_on = Day(
        label="Look again on", help_text="The candidate reads this date in the letter."
    )
    overturn_reason = Text(
        label="Why you do not follow the panel",
        help_text="Your decision differs from what the panel recommends.",
        error_messages={"required": "Say why you do not follow the panel."},
    )
    outcome = forms.ChoiceField(choices=list(OUTCOMES.items()), widget=forms.HiddenInput)

    def __init__(self, case: PromotionCase, outcome: str, data: Any = None, **options: Any) -> None:
        initial = {"outcome": outcome, "effective_on": timezone.localdate()}
        super().__init__(case, data, initial=initial, **options)
        unasked = {
            "approve": ["look_again_on"],
            "approve_no_seat": ["effective_on", "look_again_on"],
        }
        for name in unasked.get(outcome, ["effective_on"]):
            del self.fields[name]
        if outcome not in SAYS_NO:
            self._drop_reasons()
        if not overturns(case, says_no=outcome in SAYS_NO):
            del self.fields["overturn_reason"]

    def _drop_reasons(self) -> None:
        for expectation in self.expectations:
            del self.fields[f"reason_{expectation.pk}"]
        self.expectations = []


class Letter(MoveForm):
    """What the candidate is told, in writing."""

    letter = Text(
        long=True,
        label="Letter",
        help_text="Speak to the candidate first. This is a beginning; say it in your own words.",
    )


class Schedule(MoveForm):
    """When a promotion without a seat becomes effective."""

    effective_on = Day(label="Effective on", help_text="From this day the candidate stands there.")
