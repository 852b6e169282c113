"""Pages that open a case: first for whom, then to which level and in which cycle."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from assessments import candidates, policies
from assessments.actions import cases, facts
from assessments.models import Cycle, HappyHere, Procedure
from assessments.pages.forms.cases import Opening
from assessments.serializers.candidate import rows
from assessments.serializers.guidelines import guidelines
from assessments.serializers.happy_here import shown
from assessments.serializers.levels import level_of
from ladders.models import Level
from people.models import Person, Role
from people.models.person import search_key
from people.refusals import Conflict, Forbidden, Invalid, enforce

MOST = 50  # people shown at once; a name narrows them


def new(request: HttpRequest) -> HttpResponse:
    """Choose a candidate; with `?candidate=` choose what the case is for, and open it."""
    chosen = request.GET.get("candidate", "")
    return Opener.as_view()(request, pk=int(chosen)) if chosen.isdecimal() else _choose(request)


def _choose(request: HttpRequest) -> HttpResponse:
    """The reports of a manager; HR finds anybody by name."""
    words = request.GET.get("q", "").strip()
    searches = request.user.has_role(Role.HR)
    key = search_key(words.replace("\x00", ""))
    people = candidates.of(request.user).filter(search_key__contains=key).order_by("name", "pk")
    found = [] if searches and not words else people[:MOST]
    context = {"people": rows(found, request.user), "searches": searches, "q": words, "most": MOST}
    return render(request, "assessments/case_candidates.html", context)


class Opener(View):
    """What a case of one person is for."""

    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the candidate, where they stand, and what may come next."""
        super().setup(request, *args, **kwargs)
        people = Person.objects.visible_to(request.user).employed()
        self.candidate = get_object_or_404(people, pk=kwargs["pk"])
        placement = facts.standing(self.candidate)
        if placement is None:
            self.guard_stranger()
            raise Conflict(f"{self.candidate.name} stands on no level yet; HR places them.")
        self.current = placement.level
        self.following = facts.next_levels(self.current)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form to those who may open a case."""
        self.guard()
        return self.show(self.form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the case."""
        self.guard()
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            case = cases.open_case(self.candidate, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(form, status=422)
        except Conflict as refusal:
            return self.show(form, status=409, refused=refusal.reason)
        messages.success(request, f"The case of {self.candidate.name} is open.")
        writes = request.user.pk == case.owner_id
        return redirect("assessments:case-text" if writes else "assessments:case", case.pk)

    def guard_stranger(self) -> None:
        """Where somebody stands is not told to those who could open no case."""
        if not candidates.of(self.request.user).filter(pk=self.candidate.pk).exists():
            raise Forbidden("Only the candidate's manager or HR may open a case.")

    def guard(self) -> None:
        """Raise Forbidden, with the reason, for those who may not open any case here."""
        manager = facts.manager_of(self.candidate)
        levels = self.following or [self.current]
        verdicts = [
            policies.open_case(
                self.request.user, self.candidate, manager, Procedure.objects.for_level(level)
            )
            for level in levels
        ]
        enforce(next((verdict for verdict in verdicts if verdict), verdicts[0]))

    def happy_here(self) -> dict[str, Any] | None:
        """What those who may open a case know of the candidate's own wish."""
        row = HappyHere.objects.standing().filter(person=self.candidate)
        return shown(list(row.values("since", "look_again_on")), self.candidate.pk, oneself=False)

    def form(self, data: Any = None) -> Opening:
        """Next levels first; HR may choose any other with a reason."""
        anything = bool(policies.choose_any_level(self.request.user, self.candidate))
        levels = _levels(self.current, self.following, anything)
        return Opening(levels, Cycle.objects.running().order_by("name"), data, any_level=anything)

    def show(self, form: Opening, *, status: int = 200, refused: str = "") -> HttpResponse:
        """Render the page."""
        context = {
            "candidate": {"id": self.candidate.pk, "name": self.candidate.name},
            "current": level_of(self.current),
            "guidelines": guidelines(self.candidate, self.current, self.following),
            "happy_here": self.happy_here(),
            "form": form,
            "refused": refused,
        }
        return render(self.request, "assessments/case_opening.html", context, status=status)


def _levels(current: Level, following: list[Level], anything: bool) -> Any:
    """The next levels first; for HR, the others of the ladder after them."""
    first = [level.pk for level in following]
    levels = Level.objects.for_display()
    if anything:
        ladder = current.version.ladder_id
        levels = levels.filter(version__ladder=ladder, version__state="published")
        levels = levels.exclude(key=current.key)
    else:
        levels = levels.filter(pk__in=first)
    rank = Case(When(pk__in=first, then=Value(0)), default=Value(1), output_field=IntegerField())
    return levels.order_by(rank, "position")
