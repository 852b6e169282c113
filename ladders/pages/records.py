"""Pages about the records of one person: the timeline, and a form for each thing HR writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from ladders import filters, policies
from ladders import records as rows
from ladders.actions import placements, rehires
from ladders.models import Placement
from ladders.pages.forms import records as forms
from ladders.serializers import records as payload
from people import policies as people_policies
from people.actions import lines, people
from people.models import Person
from people.refusals import Invalid, Verdict, enforce

Given = dict[str, Any]


@dataclass(frozen=True)
class Writing:
    """One thing that HR writes: its form, who may, and the action that does it."""

    title: str
    button: str
    form: type[forms.Facts]
    may: Callable[[Person, Person], Verdict]
    act: Callable[[Any, Person, Given], Any]
    done: str
    lead: str = ""


WRITINGS = {
    "placement": Writing(
        "Place on a level",
        "Place",
        forms.Placement,
        policies.place_person,
        lambda person, by, given: placements.place(person, by=by, **given),
        "The placement is on record.",
        "What stood from that day on gives way and stays readable. Promotions come from cases.",
    ),
    "line": Writing(
        "Change manager or team",
        "Change",
        forms.Line,
        people_policies.change_line,
        lambda person, by, given: lines.change(person, by=by, **given),
        "The reporting line is on record.",
        "What stood from that day on gives way and stays readable.",
    ),
    "departure": Writing(
        "Record leaving",
        "Record the last day",
        forms.Departure,
        people_policies.employ,
        lambda person, by, given: people.leave(person, by=by, on=given["on"]),
        "The last day is on record.",
        "The account closes after that day. Everything that was stays. What waits for them falls "
        "to their manager; the report of orphans lists it, and those who report to them, until "
        "somebody else has it.",
    ),
    "rehire": Writing(
        "Record coming back",
        "Record the return",
        forms.Rehire,
        people_policies.employ,
        lambda person, by, given: rehires.rehire(person, by=by, **given),
        "The return is on record, and the account is open.",
        "A new employment begins; the earlier one stays on record.",
    ),
}
CORRECTIONS = {
    "placement": Writing(
        "Correct a placement",
        "Correct",
        forms.PlacementCorrection,
        policies.correct_placement,
        lambda row, by, given: placements.correct(row, by=by, **given),
        "The placement is corrected; what was said before stays readable.",
        "Say what was really true. A corrected level is neither promotion nor demotion.",
    ),
    "line": Writing(
        "Correct a reporting line",
        "Correct",
        forms.LineCorrection,
        people_policies.correct_line,
        lambda row, by, given: lines.correct(row, by=by, **given),
        "The reporting line is corrected; what was said before stays readable.",
        "Say what was really true.",
    ),
}


def records(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stood, and everything that is or was on record."""
    asked = filters.AsOf(request.GET)
    good = asked.is_valid()
    found = _found(request, pk, on=asked.cleaned_data.get("as_of"),
                   known_at=asked.cleaned_data.get("known_at"))  # fmt: skip
    context = {"records": payload.present(found), "form": asked}
    return render(request, "ladders/records.html", context, status=200 if good else 422)


class Record(View):
    """Write one thing."""

    writing: Writing
    subject: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find what is written about."""
        super().setup(request, *args, **kwargs)
        self.find(**kwargs)

    def find(self, pk: int, name: str) -> None:
        """The person, and what is written."""
        if name not in WRITINGS:
            raise Http404
        self.writing = WRITINGS[name]
        self.records = _found(self.request, pk)
        self.subject = self.records.person

    def facts(self) -> Given:
        """What stands now."""
        found = self.records
        line = found.stood(found.lines)
        return {"manager": line and line.manager, "team": line and line.team}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only for HR; the others read why."""
        enforce(self.writing.may(request.user, self.records.person))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form."""
        return self.show(self.writing.form(self.facts()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it, and go back to the records."""
        form = self.writing.form(self.facts(), request.POST)
        if form.is_valid():
            try:
                self.writing.act(self.subject, request.user, _without_empty_level(form))
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, self.writing.done)
                return redirect("ladders:records", self.records.person.pk)
        return self.show(form, 422)

    def show(self, form: forms.Facts, status: int = 200) -> HttpResponse:
        """Render the page."""
        context = {
            "records": payload.present(self.records),
            "title": self.writing.title,
            "lead": self.writing.lead,
            "button": self.writing.button,
            "form": form,
        }
        return render(self.request, "ladders/record.html", context, status=status)


class CorrectPlacement(Record):
    """Say what was really true of a placement."""

    def find(self, pk: int) -> None:  # type: ignore[override]
        """The placement, and whose it is."""
        visible = Placement.objects.visible_to(self.request.user).for_display()
        self._take("placement", get_object_or_404(visible, pk=pk))

    def facts(self) -> Given:
        """What it says."""
        return {"level": self.subject.level, "on": self.subject.since}

    def _take(self, kind: str, row: Any) -> None:
        self.writing, self.subject = CORRECTIONS[kind], row
        self.records = _found(self.request, row.person_id)


class CorrectLine(CorrectPlacement):
    """Say what was really true of a reporting line."""

    def find(self, pk: int) -> None:  # type: ignore[override]
        """The line, and whose it is."""
        self._take("line", get_object_or_404(rows.lines(self.request.user), pk=pk))

    def facts(self) -> Given:
        """What it says."""
        line = self.subject
        return {"manager": line.manager, "team": line.team, "on": line.since}


def _found(request: HttpRequest, pk: int, **when: Any) -> rows.Records:
    found = rows.find(request.user, pk, **when)
    if found is None:
        raise Http404
    return found


def _without_empty_level(form: forms.Facts) -> Given:
    return {name: value for name, value in form.cleaned_data.items()
            if name != "level" or value is not None}  # fmt: skip
