"""The page of a pulse, for those who are asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from assessments.actions import pulses
from assessments.models import PulseAnswer
from assessments.pages.forms.pulses import Answers
from assessments.serializers import pulse as shapes
from people.refusals import Conflict, Invalid


class Answering(View):
    """Read who sees what, then answer, or change what one answered."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the questions with one's own answers."""
        row = self.find(pk)
        return self.show(row, Answers(row))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save the answers."""
        row = self.find(pk)
        form = Answers(row, request.POST)
        if not form.is_valid():
            return self.show(row, form, status=422)
        try:
            pulses.answer(row, by=request.user, answers=form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(row, form, status=422)
        except Conflict as refusal:
            return self.show(row, form, status=409, refused=refusal.reason)
        messages.success(request, "Your answers are saved. You may change them until it closes.")
        return redirect("assessments:pulse", pk)

    def find(self, pk: int) -> PulseAnswer:
        """One's own row, or 404 for whoever was not asked."""
        rows = PulseAnswer.objects.visible_to(self.request.user).for_display()
        return get_object_or_404(rows, pulse=pk)

    def show(
        self, row: PulseAnswer, form: Answers, *, status: int = 200, refused: str = ""
    ) -> HttpResponse:
        """Render the page."""
        context = {"pulse": shapes.asked(row), "form": form, "refused": refused}
        return render(self.request, "assessments/pulse.html", context, status=status)
