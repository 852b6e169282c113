"""Pages of those who are asked about a colleague: their requests, an answer, a no."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.decorators.http import require_GET

from assessments.actions import gathering
from assessments.models import Feedback
from assessments.pages.forms.gathering import Answer
from assessments.serializers import feedback as shapes
from people.refusals import Conflict, Invalid

MOST = 100  # requests shown; older ones are answered long ago


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """What I am asked, and what I have answered."""
    rows = Feedback.objects.visible_to(request.user).for_display()
    shown = [shapes.request(row) for row in rows.order_by("-requested_at", "-pk")[:MOST]]
    context = {
        "waiting": [row for row in shown if row["actions"][0]["allowed"]],
        "past": [row for row in shown if not row["actions"][0]["allowed"]],
    }
    return render(request, "assessments/feedback_list.html", context)


class Answering(View):
    """One request: read who will read the answer, then write it."""

    request: HttpRequest

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form, or what was answered."""
        return self.show(self.find(pk), Answer())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the answer; it cannot be taken back."""
        row, form = self.find(pk), Answer(request.POST)
        if not form.is_valid():
            return self.show(row, form, status=422)
        try:
            gathering.give(row, by=request.user, text=form.cleaned_data["text"])
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(row, form, status=422)
        except Conflict as refusal:
            return self.show(row, form, status=409, refused=refusal.reason)
        messages.success(request, "Thank you. Your feedback is given.")
        return redirect("assessments:feedback-list")

    def find(self, pk: int) -> Feedback:
        """One's own request, or 404."""
        rows = Feedback.objects.visible_to(self.request.user).for_display()
        return get_object_or_404(rows, pk=pk)

    def show(
        self, row: Feedback, form: Answer, *, status: int = 200, refused: str = ""
    ) -> HttpResponse:
        """Render the page."""
        context: dict[str, Any] = {
            "feedback": shapes.request(row),
            "form": form,
            "refused": refused,
            "keeps_form": bool(refused),
        }
        return render(self.request, "assessments/feedback.html", context, status=status)


class Refusing(Answering):
    """A no to a request, asked once more before it is said."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether it is meant."""
        row = self.find(pk)
        if closed := gathering.why_closed(row, row.case):
            raise Conflict(closed)
        context = {"feedback": shapes.request(row)}
        return render(request, "assessments/feedback_refusal.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say no."""
        gathering.decline_to_give(self.find(pk), by=request.user)
        messages.success(request, "You said no. HR may ask somebody else.")
        return redirect("assessments:feedback-list")
