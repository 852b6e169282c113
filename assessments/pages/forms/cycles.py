"""Forms of review cycles: a new one, other dates, an extension."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from assessments.actions.cycles import Dates
from assessments.models import Phase
from people.models import Team
from people.refusals import Invalid

# days from today: opens, due, end of grace; only a proposal
PROPOSED = {
    Phase.Kind.NOMINATIONS: (7, 28, 31),
    Phase.Kind.ENDORSEMENT: (28, 42, 45),
    Phase.Kind.PANEL_REVIEW: (42, 63, 66),
    Phase.Kind.DECISIONS: (63, 73, 75),
    Phase.Kind.COMMUNICATION: (73, 84, 87),
}
DAYS = ("opens_on", "due_on", "grace_until")
WORDS = {"opens_on": "Opens", "due_on": "Due", "grace_until": "Grace until"}
MISSING = {"required": "Give a date.", "invalid": "This is not a date."}


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, error_messages=MISSING, **options)


class Refusable(forms.Form):
    """A form that shows what an action found wrong, field by field."""

    use_required_attribute = False

    def refuse(self, refusal: Invalid) -> None:
        """Take over the errors of an action; `nominations.due_on` is a field of that name here."""
        for name, messages in refusal.errors.items():
            field = name.replace(".", "_")
            self.add_error(field if field in self.fields else None, messages)


class PhaseDates(Refusable):
    """Three dates for each phase."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in Phase.Kind:
            for day in DAYS:
                label = f"{kind.label}: {WORDS[day].lower()}"
                self.fields[f"{kind}_{day}"] = _day(label=label)

    @classmethod
    def propose(cls) -> dict[str, datetime.date]:
        """Dates to start from."""
        today = timezone.localdate()
        return {
            f"{kind}_{day}": today + datetime.timedelta(days=distance)
            for kind, distances in PROPOSED.items()
            for day, distance in zip(DAYS, distances, strict=True)
        }

    @classmethod
    def of(cls, phases: list[dict[str, Any]]) -> dict[str, datetime.date]:
        """The dates that a cycle has, from its payload."""
        return {f"{phase['kind']}_{day}": phase[day] for phase in phases for day in DAYS}

    def dates(self) -> list[Dates]:
        """What was given, as the action takes it."""
        given = self.cleaned_data
        return [Dates(kind, *(given[f"{kind}_{day}"] for day in DAYS)) for kind in Phase.Kind]

    def rows(self) -> Iterator[dict[str, Any]]:
        """The fields phase by phase."""
        for kind in Phase.Kind:
            yield {"label": kind.label, "fields": [self[f"{kind}_{day}"] for day in DAYS]}


class NewCycle(PhaseDates):
    """Name, period, teams and dates."""

    name = forms.CharField(max_length=100, error_messages={"required": "Give the cycle a name."})
    period_start = _day(label="First day under review")
    period_end = _day(label="Last day under review")
    team = forms.ModelChoiceField(
        Team.objects.order_by("path"),
        required=False,
        label="For",
        empty_label="Everybody",
        help_text="A team with all teams below it.",
    )

    field_order = ("name", "period_start", "period_end", "team")

    def period(self) -> tuple[datetime.date, datetime.date]:
        """First and last day."""
        return self.cleaned_data["period_start"], self.cleaned_data["period_end"]


class Extension(Refusable):
    """A later date for one phase."""

    kind = forms.ChoiceField(label="Phase")
    due_on = _day(label="New due date")
    grace_until = _day(
        label="Grace until", required=False, help_text="Left empty, it moves with the due date."
    )
    reason = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody in the cycle can read it.",
        error_messages={"required": "Say why; everybody in the cycle can read it."},
    )

    def __init__(self, phases: list[dict[str, Any]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [
            (phase["kind"], f"{phase['label']}, due {phase['due_on']:%-d %B %Y}")
            for phase in phases
        ]
