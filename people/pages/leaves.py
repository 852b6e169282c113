"""Pages about leave: what stands for one person, and what HR does to one leave."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_http_methods

from people import absences, policies
from people.actions import leaves
from people.models import Leave
from people.pages import leave_forms as forms
from people.refusals import Conflict, Invalid, enforce
from people.serializers import leaves as payload


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The leaves of one person; HR records the next one here."""
    person = absences.find(request.user, pk)
    if person is None:
        raise Http404
    form, status, refused = forms.New(), HTTPStatus.OK, ""
    if request.method == "POST":
        enforce(policies.record_leave(request.user, person))
        form = forms.New(request.POST)
        status, refused = _try(form, lambda given: leaves.record(person, by=request.user, **given))
        if status == HTTPStatus.OK:
            messages.success(request, "The leave is recorded.")
            return redirect("people:leave", pk)
    rows = absences.of(person, request.user)
    said = payload.present(person, rows, request.user, timezone.localdate())
    context = {"leaves": said, "form": form, "refused": refused}
    return render(request, "people/leave.html", context, status=status)


class Move(View):
    """One thing that happens to one leave: GET asks, POST does it by one action."""

    form_class: ClassVar[type[forms.Refusable]]
    act: ClassVar[Any]
    words: ClassVar[dict[str, str]]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form with what stands."""
        row = self._find(pk)
        stands = {"kind": row.kind, "since": row.since, "back_on": row.until}
        return self._show(row, self.form_class(initial=stands))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it; a refusal shows the form again with what was typed."""
        row = self._find(pk)
        form = self.form_class(request.POST)
        status, refused = _try(form, lambda given: self.act(row, by=request.user, **given))
        if status != HTTPStatus.OK:
            return self._show(row, form, status=status, refused=refused)
        messages.success(request, self.words["said"])
        return redirect("people:leave", row.person_id)

    def _find(self, pk: int) -> Leave:
        rows = Leave.objects.visible_to(self.request.user).select_related("person", "recorded_by")
        row = get_object_or_404(rows, pk=pk)
        enforce(policies.record_leave(self.request.user, row.person))
        return row

    def _show(self, row: Leave, form: Any, *, status: int = 200, refused: str = "") -> HttpResponse:
        shown = payload.one(row, self.request.user, timezone.localdate())
        person = {"id": row.person_id, "name": row.person.name}
        context = {"leave": shown, "person": person, "form": form, "refused": refused}
        return render(
            self.request, "people/leave_move.html", {**context, "move": self.words}, status=status
        )


class Correction(Move):
    """Say what is really true."""

    form_class = forms.Correction
    act = staticmethod(leaves.correct)
    words = {
        "title": "Correct a leave",
        "lead": "What was said before stays on record beneath what is true.",
        "button": "Correct the leave",
        "said": "The leave is corrected.",
    }


class Return(Move):
    """Say when the person is back."""

    form_class = forms.Return
    act = staticmethod(leaves.come_back)
    words = {
        "title": "Say when back",
        "lead": "The clock goes on from this day, and so do reminders.",
        "button": "Save the day",
        "said": "The first day back is saved.",
    }


class Withdrawal(Move):
    """The leave did not happen."""

    form_class = forms.Withdrawal
    act = staticmethod(leaves.withdraw)
    words = {
        "title": "Withdraw a leave",
        "lead": "For a leave that did not happen. The days count as if it never was; what was said "
        "stays on record.",
        "button": "Withdraw the leave",
        "said": "The leave is withdrawn.",
    }


def _try(form: Any, act: Any) -> tuple[HTTPStatus, str]:
    """What became of a form: the status, and why an action refused its moment."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY, ""
    try:
        act(form.cleaned_data)
    except Invalid as refusal:
        form.refuse(refusal)
        return HTTPStatus.UNPROCESSABLE_ENTITY, ""
    except Conflict as refusal:
        return HTTPStatus.CONFLICT, refusal.reason
    return HTTPStatus.OK, ""
