"""The filters of a report: a form whose answer is an address."""

from __future__ import annotations

from typing import Any

from django import forms

from assessments.pages.forms.base import Day
from assessments.reports.base import Report
from assessments.reports.parameters import TRACKS, Parameters
from ladders.models import Ladder
from people.refusals import Invalid

CUTS = {"level": "Level", "track": "Track", "unit": "Unit"}


class Filters(forms.Form):
    """What a report covers. The report itself checks it."""

    unit = forms.CharField(label="Unit", required=False, widget=forms.Select)
    ladder = forms.CharField(label="Ladder", required=False, widget=forms.Select)
    track = forms.CharField(label="Track", required=False, widget=forms.Select)
    group_by = forms.CharField(label="By", required=False, widget=forms.Select)
    as_of = Day(label="As of", required=False)
    known_at = forms.CharField(
        label="As it was known on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, report: Report, parameters: Parameters, data: Any = None, **options: Any):
        super().__init__(data, **options)
        if report.takes_period:
            self.fields["from"] = Day(label="From", required=False)
            self.fields["to"] = Day(label="To", required=False)
            del self.fields["as_of"]
            self.order_fields(["from", "to"])
        self.fields["unit"].widget.choices = _units(parameters)
        if report.today_only:
            self.fields = {"unit": self.fields["unit"]}
            return
        ladders = Ladder.objects.order_by("title").values_list("slug", "title")
        self.fields["ladder"].widget.choices = [("", "All ladders"), *ladders]
        self.fields["track"].widget.choices = [
            ("", "All tracks"),
            *((track.value, track.value.title()) for track in TRACKS),
        ]
        self.fields["group_by"].widget.choices = [(cut, CUTS[cut]) for cut in report.group_bys]

    def refuse(self, refusal: Invalid) -> None:
        """Take over what the report found wrong, field by field."""
        for name, messages in refusal.errors.items():
            known = name in self.fields
            said = messages if known else [f"{name}: {message}" for message in messages]
            self.add_error(name if known else None, said)


def _units(parameters: Parameters) -> list[tuple[str, str]]:
    """One step up and down from the unit that is shown; deeper ones come with the next step."""
    everything = "Everybody" if parameters.reach.everywhere else "All of your units"
    nearby = [(team.key, _indented(team.name, team.path)) for team in _in_order(parameters)]
    return [("", everything), *nearby]


def _in_order(parameters: Parameters) -> list[Any]:
    names = {str(team.pk): team.name for team in parameters.teams}
    return sorted(
        parameters.teams, key=lambda team: [names.get(part, "") for part in team.path.split("/")]
    )


def _indented(name: str, path: str) -> str:
    return "\N{EN SPACE}" * (path.count("/") - 2) + name
