"""Pages of review cycles: the list, one cycle, a new one, other dates, its moves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rest_framework.request import Request

from assessments import cycle_policies, cycle_states
from assessments.actions import cycles as actions
from assessments.models import Cycle
from assessments.pages.forms.cycles import Extension, NewCycle, PhaseDates
from assessments.serializers.cycle import present, present_all
from assessments.serializers.progress import dry_run
from assessments.serializers.progress import present as present_progress
from people.cursor import Cursor
from people.refusals import Conflict, Invalid, enforce

UNPROCESSABLE, CONFLICT = 422, 409
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Cycles, newest first."""
    pages = Cursor()
    rows = Cycle.objects.visible_to(request.user).for_display()
    page = pages.paginate_queryset(rows, Request(request)) or []
    context = {
        "cycles": {
            "results": present_all(page, request.user),
            "next": pages.get_next_link(),
            "previous": pages.get_previous_link(),
        },
        "may_create": bool(cycle_policies.may("create", request.user, None)),
    }
    return render(request, "assessments/cycles.html", context)


@require_safe
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """One cycle: a draft with its dry run, a running one with its progress."""
    return _show(request, _find(request, pk))


@GET_OR_POST
def new(request: HttpRequest) -> HttpResponse:
    """Draft a cycle."""
    enforce(cycle_policies.may("create", request.user, None))
    form = NewCycle(request.POST or None, initial=PhaseDates.propose())
    if request.method == "POST" and form.is_valid():
        name, team = form.cleaned_data["name"], form.cleaned_data["team"]
        try:
            made = actions.create(
                name, by=request.user, period=form.period(), phases=form.dates(), team=team
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The cycle is drafted. Nobody but HR sees it yet.")
            return redirect("assessments:cycle", made.pk)
    return _form(request, form)


@GET_OR_POST
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Other dates for a cycle that is not announced."""
    row = _find(request, pk)
    enforce(cycle_policies.may("change_phases", request.user, row))
    cycle_states.check(row.state, "change_phases")
    shown = present(row, request.user)
    form = PhaseDates(request.POST or None, initial=PhaseDates.of(shown["phases"]))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_phases(row, by=request.user, phases=form.dates())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The dates are changed.")
            return redirect("assessments:cycle", row.pk)
    return _form(request, form, cycle=shown)


@GET_OR_POST
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    """A later due date for one phase of a running cycle."""
    row = _find(request, pk)
    enforce(cycle_policies.may("extend", request.user, row))
    cycle_states.check(row.state, "extend")
    shown = present(row, request.user)
    form = Extension(shown["phases"], request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend(row, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The phase is extended, and its managers will hear of it.")
            return redirect("assessments:cycle", row.pk)
    context = {"cycle": shown, "form": form}
    return _answer(request, "assessments/cycle_extension.html", context, form)


@require_POST
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the cycle."""
    return _move(request, pk, actions.announce, "The cycle runs. Its managers will hear of it.")


@require_POST
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """End the cycle."""
    return _move(request, pk, actions.close, "The cycle is closed.")


def _move(request: HttpRequest, pk: int, act: Any, said: str) -> HttpResponse:
    row = _find(request, pk)
    try:
        act(row, by=request.user)
    except Conflict as refusal:
        return _show(request, _find(request, pk), refused=refusal.reason, status=CONFLICT)
    messages.success(request, said)
    return redirect("assessments:cycle", row.pk)


def _find(request: HttpRequest, pk: int) -> Cycle:
    visible = Cycle.objects.visible_to(request.user).for_display().with_progress()
    return get_object_or_404(visible, pk=pk)


def _show(
    request: HttpRequest, row: Cycle, *, refused: str = "", status: int = 200
) -> HttpResponse:
    draft = row.state == Cycle.State.DRAFT
    context = {
        "cycle": present(row, request.user),
        "progress": None if draft else present_progress(row, request.user),
        "dry_run": dry_run(row) if draft else None,
        "refused": refused,
    }
    return render(request, "assessments/cycle.html", context, status=status)


def _form(request: HttpRequest, form: PhaseDates, cycle: Any = None) -> HttpResponse:
    context = {"form": form, "rows": list(form.rows()), "cycle": cycle}
    return _answer(request, "assessments/cycle_form.html", context, form)


def _answer(request: HttpRequest, template: str, context: dict, form: Any) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)
