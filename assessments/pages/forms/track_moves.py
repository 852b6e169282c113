"""The forms of the steps of a move between the tracks."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from assessments.models import TrackMove
from assessments.pages.forms.base import Day, MoveForm, Refusable, Text
from ladders import ways
from people.pages.person_field import PersonField
from people.wording import long_day


class Explore(Refusable):
    """Which level, from a button beside it."""

    to_level = forms.IntegerField(widget=forms.HiddenInput)


class Note(MoveForm):
    """What one thinks about it."""

    note = Text(
        label="What you think about it",
        help_text="Yours alone until you share the move; your manager reads it then.",
        required=False,
    )

    def __init__(self, case: TrackMove, data: Any = None, **options: Any) -> None:
        super().__init__(case, data, initial={"note": case.note}, **options)


class Reason(MoveForm):
    """Why."""

    reason = Text(label="Reason", help_text="Everybody who sees the move reads it.")


class OptionalReason(MoveForm):
    """Why, if one likes."""

    reason = Text(label="Reason", help_text="Only if you like to give one.", required=False)


class Proposal(MoveForm):
    """The plan."""

    DAYS: ClassVar = ("checkpoint_1", "checkpoint_2", "checkpoint_3")
    aliases: ClassVar = {"checkpoints": "checkpoint_1"}

    receiving_manager = PersonField(
        label="Receiving manager", help_text="Who leads the person in the new job."
    )
    mentor = PersonField(
        label="Mentor",
        help_text="Somebody who knows the new job and is no manager of the person.",
        required=False,
    )
    starts_on = Day(label="First day")
    ends_on = Day(
        label="First day after the trial",
        help_text="13 weeks after the first day unless you say otherwise; 26 weeks at most.",
        required=False,
    )
    checkpoint_1 = Day(
        label="First checkpoint",
        help_text="Without dates, two checkpoints cut the trial in three.",
        required=False,
    )
    checkpoint_2 = Day(label="Second checkpoint", required=False)
    checkpoint_3 = Day(label="Third checkpoint", required=False)
    direct = forms.BooleanField(label="Without a trial", required=False)

    def __init__(self, case: TrackMove, data: Any = None, **options: Any) -> None:
        initial = {
            "receiving_manager": case.receiving_manager,
            "mentor": case.mentor,
            "starts_on": case.starts_on,
            "ends_on": case.ends_on,
            **dict(zip(self.DAYS, (row.on for row in case.checkpoints.all()), strict=False)),
        }
        super().__init__(case, data, initial=initial, **options)
        if case.how == ways.BRANCH:
            del self.fields["direct"]

    def plan(self) -> dict[str, Any]:
        """As the action takes it."""
        given = self.cleaned_data
        days = [given[name] for name in self.DAYS if given[name]]
        names = ("receiving_manager", "mentor", "starts_on", "ends_on")
        plan = {name: given[name] for name in names}
        return {**plan, "checkpoints": days, "direct": given.get("direct", False)}


class CheckIn(MoveForm):
    """How it is going, at one checkpoint."""

    on = forms.TypedChoiceField(label="Checkpoint", widget=forms.Select)
    text = Text(label="How is it going?", help_text="A few sentences are enough.")

    def __init__(self, case: TrackMove, data: Any = None, **options: Any) -> None:
        super().__init__(case, data, **options)
        days = {row.on.isoformat(): row.on for row in case.checkpoints.all()}
        self.fields["on"].choices = [(key, long_day(day)) for key, day in days.items()]
        self.fields["on"].coerce = days.get


class Extension(MoveForm):
    """More time, once."""

    ends_on = Day(label="New first day after the trial")
    reason = Text(label="Reason", help_text="Everybody who sees the move reads it.")
