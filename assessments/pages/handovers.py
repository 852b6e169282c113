"""Pages on which a case is handed over, and the former manager says what they know."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from assessments.actions import handovers
from assessments.models import Handover, PromotionCase
from assessments.pages.forms.base import MoveForm
from assessments.pages.forms.cases import OptionalReason
from assessments.pages.forms.handovers import Question, Statement
from assessments.pages.moves import MovePage
from assessments.serializers import handover as shapes
from people.refusals import Conflict, Invalid


class HandOver(MovePage):
    """The manager or HR gives a case to who leads the candidate today."""

    name = "hand_over"
    form_class = OptionalReason
    title = "Hand this case over"
    button = "Hand over"
    readers = (
        "Everybody who sees the case sees who owns it now; your reason, all but the candidate."
    )
    said = "The case is handed over. Every word stayed."

    def form(self, case: PromotionCase, data: Any = None) -> MoveForm:
        """Only where somebody is there to take the case."""
        handovers.successor_of(case)
        return super().form(case, data)

    def words(self, case: PromotionCase) -> dict[str, Any]:
        """Who it goes to."""
        heir = case._manager_name or "nobody"
        return {
            "effects": (
                f"{case.candidate.name} reports to {heir} today; the case becomes theirs.",
                f"What {case.owner.name} wrote stays, with name and date.",
                f"{heir} neither decides nor votes on the case from now on.",
            )
        }

    def act(self, case: PromotionCase, form: OptionalReason) -> None:
        """Hand it over."""
        handovers.hand_over(case, by=self.person, reason=form.cleaned_data["reason"])

    def onward(self, case: PromotionCase) -> str:
        """The case, or the list for who no longer sees it."""
        seen = PromotionCase.objects.visible_to(self.person).filter(pk=case.pk).exists()
        return super().onward(case) if seen else "assessments:cases"


class AskForStatement(MovePage):
    """The new manager asks the former one."""

    name = "ask_handover"
    form_class = Question
    title = "Ask for a handover statement"
    button = "Ask"
    effects = (
        "The former manager gets a task, and is reminded of it.",
        "They see what they wrote themselves, and nothing else of the case.",
        "What they write stands beside your statement, with their name and date.",
    )
    readers = (
        "The former manager reads your question. Their answer is read by everybody who reads your "
        "statement; by the candidate once the outcome is told."
    )
    said = "Asked. You hear of it when the statement is there."

    def act(self, case: PromotionCase, form: Question) -> None:
        """Ask."""
        handovers.ask(case, by=self.person, **form.cleaned_data)


class WriteStatement(View):
    """What a former manager sees of a case: their own words, and the form while they are asked."""

    request: HttpRequest

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.show(pk, Statement())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write the statement; it stays as it is."""
        case, form = self.own(pk)[1], Statement(request.POST)
        if not form.is_valid():
            return self.show(pk, form, status=422)
        try:
            handovers.write(case, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(pk, form, status=422)
        except Conflict as refusal:
            return self.show(pk, form, status=409, refused=refusal.reason)
        messages.success(request, "Thank you. Your handover statement is written.")
        return redirect(request.path)

    def own(self, pk: int) -> tuple[Handover, PromotionCase]:
        """The handover by which one gave the case away, or 404."""
        row = Handover.objects.of(pk, self.request.user).first()
        if row is None:
            raise Http404
        return row, PromotionCase.objects.for_display().get(pk=pk)

    def show(
        self, pk: int, form: Statement, *, status: int = 200, refused: str = ""
    ) -> HttpResponse:
        """Render the page."""
        context = {
            "handover": shapes.own(*self.own(pk)),
            "form": form,
            "refused": refused,
        }
        return render(self.request, "assessments/case_handover.html", context, status=status)
