"""Pages of a panel: its naming, ballots, conflicts, and the chair's word."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments.actions import accesses, panels
from assessments.models import Panel, PromotionCase, Seat
from assessments.models.access import Door
from assessments.pages.forms.panels import (
    Assignment,
    Conflict,
    Recommendation,
    Ruling,
    Vote,
)
from assessments.pages.moves import MovePage, find
from assessments.reviewers import suggested
from assessments.serializers import reading
from assessments.serializers.case import Case, rows
from people.refusals import Forbidden

MOST = 100  # cases of a queue


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Cases on my panels: those that wait for my ballot first."""
    mine = PromotionCase.objects.reviewed_by(request.user).open()
    wide = PromotionCase.objects.for_rows()
    shown = rows(wide.of(mine.order_by("-active_at", "-pk")[:MOST]), request.user)
    waiting = [row for row in shown if row["next_step"] and row["next_step"]["mine"]]
    context = {"waiting": waiting, "others": [row for row in shown if row not in waiting]}
    return render(request, "assessments/panels.html", context)


@require_safe
def reading_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The packet with the ballot beside it; for those who see the deliberation."""
    case = find(request, pk)
    payload = Case(case, context={"person": request.user}).data
    if payload["panel"] is None:
        raise Forbidden(
            "Only the panel, the approver and HR read this page, once a panel is named."
        )
    accesses.note(case, by=request.user, door=Door.PANEL)
    context = {
        "case": payload,
        "title": reading.title(payload),
        "text": reading.text(payload),
        "moves": reading.moves(payload),
    }
    return render(request, "assessments/panel.html", context)


class Assign(MovePage):
    """HR names the panel."""

    name = "assign_panel"
    form_class = Assignment
    template_name = "assessments/panel_assignment.html"
    title = "Name the panel"
    button = "Name the panel"
    effects = (
        "The members read the packet, then cast sealed ballots.",
        "A panel that was named before is dissolved; what it did stays in the history.",
    )
    readers = "Manager, skip-level, panel, approver and HR see who sits. The candidate does not."
    said = "The panel is named."

    def act(self, case: PromotionCase, form: Assignment) -> None:
        """Seat them."""
        chosen = form.cleaned_data
        panels.assign(
            case,
            by=self.person,
            chair=chosen["chair"],
            voters=[chosen["chair"], *form.people("voter")],
            alternates=form.people("alternate"),
            approver=chosen["approver"],
            note=chosen["note"],
        )

    def more(self, case: PromotionCase, form: Assignment) -> dict[str, Any]:
        """People whom the rules would let sit."""
        return {
            "suggested": suggested(case),
            "size": case.procedure.panel_size,
            "preread_days": case.procedure.preread_days,
        }


class CastBallot(MovePage):
    """A member votes."""

    name = "vote"
    form_class = Vote
    title = "Cast your ballot"
    button = "Cast ballot"
    effects = (
        "Your ballot is sealed until the chair closes the vote. You can change it until then.",
        "The discussion comes after the vote; views of others open once it is closed.",
    )
    readers = (
        "You and, once the vote is closed, the chair and HR. Panel and approver see the count "
        "only. The candidate and the manager never see it."
    )
    said = "Your ballot is in. You can change it until the chair closes the vote."

    def form(self, case: PromotionCase, data: Any = None) -> Vote:
        """What was cast before, while it can still be changed."""
        own = (self.read(case)["ballot"] or {}).get("own") if data is None else None
        initial = {"vote": own["vote"]["value"], "reason": own["reason"]} if own else {}
        return Vote(case, data, initial=initial)

    def act(self, case: PromotionCase, form: Vote) -> None:
        """Cast it."""
        panels.vote(case, by=self.person, **form.cleaned_data)

    def onward(self, case: PromotionCase) -> str:
        """Back to what the panel reads."""
        return _reading(case)


class CloseBallot(MovePage):
    """The chair opens the seals."""

    name = "close_ballot"
    title = "Close the ballot"
    button = "Close the ballot"
    effects = (
        "The seals open and the votes are counted. Nobody can vote or change a vote any more.",
        "A split calls for a discussion and one second ballot.",
    )
    readers = "Panel and approver see the count; you and HR see the single ballots."
    final = True
    said = "The ballot is closed."

    def act(self, case: PromotionCase, form: Any) -> None:
        """Close it."""
        panels.close_ballot(case, by=self.person)

    def onward(self, case: PromotionCase) -> str:
        """Back to what the panel reads."""
        return _reading(case)


class SecondBallot(MovePage):
    """The chair calls the one second round after a split."""

    name = "reopen_ballot"
    title = "Call the second ballot"
    button = "Call the second ballot"
    effects = (
        "Every member votes once more, sealed as before.",
        "There is no third: if it is split again, you sum up for the approver.",
    )
    readers = "The members of the panel are asked to vote."
    final = True
    said = "The second ballot is open."

    def act(self, case: PromotionCase, form: Any) -> None:
        """Call it."""
        panels.reopen_ballot(case, by=self.person)

    def onward(self, case: PromotionCase) -> str:
        """Back to what the panel reads."""
        return _reading(case)


class DeclareConflict(MovePage):
    """A member says why they should not review this case."""

    name = "declare_conflict"
    form_class = Conflict
    title = "Declare a conflict"
    button = "Declare the conflict"
    effects = (
        "The chair rules on it; until then you do not vote.",
        "If you are recused, you no longer see the case, and a ballot you cast is void.",
    )
    readers = "Your reason stays between you, the chair and HR."
    said = "Your conflict is declared. The chair rules on it."

    def act(self, case: PromotionCase, form: Conflict) -> None:
        """Declare it."""
        panels.declare_conflict(case, by=self.person, reason=form.cleaned_data["reason"])

    def onward(self, case: PromotionCase) -> str:
        """Back to what the panel reads."""
        return _reading(case)


class Rule(MovePage):
    """The chair, or HR, rules on the conflict of one member."""

    name = "rule_on_conflict"
    form_class = Ruling
    template_name = "assessments/panel_ruling.html"
    title = "Rule on a conflict"
    button = "Give the ruling"
    effects = (
        "A recusal voids the member's ballot.",
        "Where the result or the quorum falls with it, the panel votes again.",
    )
    readers = (
        "Panel and approver see whether the member sits on. The reason is for the chair and HR."
    )
    final = True
    said = "The ruling is given."

    def act(self, case: PromotionCase, form: Ruling) -> None:
        """Rule."""
        panels.rule_on_conflict(case, self.seat(case), by=self.person, **form.cleaned_data)

    def seat(self, case: PromotionCase) -> Seat:
        """The seat that the address names, on the panel that sits now."""
        seats = Seat.objects.filter(panel__case=case, panel__dissolved_at=None)
        return get_object_or_404(seats, pk=self.kwargs["seat"])

    def more(self, case: PromotionCase, form: Ruling) -> dict[str, Any]:
        """The seat as the payload shows it."""
        pk = self.seat(case).pk
        seats = self.read(case)["panel"]["seats"]
        return {"seat": next(seat for seat in seats if seat["id"] == pk)}


class Recommend(MovePage):
    """The chair gives the panel's word."""

    name = "recommend"
    form_class = Recommendation
    template_name = "assessments/panel_recommendation.html"
    title = "Recommend"
    button = "Give the recommendation"
    effects = (
        "The panel's work ends here. The approver decides.",
        "An approver who does not follow the panel gives a written reason.",
    )
    readers = (
        "Panel, approver and HR read it. The candidate reads the outcome and its reasons only."
    )
    final = True
    said = "The recommendation is given."

    def form(self, case: PromotionCase, data: Any = None) -> Recommendation:
        """Ask for the panel's word only where two ballots were split."""
        form = Recommendation(case, data)
        panel = next(iter(case.standing_panels), None)
        form.ask_for_synthesis(
            panel is not None and panel.round > 1 and panel.result == Panel.Result.SPLIT
        )
        return form

    def act(self, case: PromotionCase, form: Recommendation) -> None:
        """Say it."""
        chosen = form.cleaned_data
        panels.recommend(
            case,
            by=self.person,
            text=chosen["text"],
            reasons=form.reasons(),
            result=chosen.get("result", ""),
        )

    def more(self, case: PromotionCase, form: Recommendation) -> dict[str, Any]:
        """What the ballot said."""
        panel = next(iter(case.standing_panels), None)
        closed = panel is not None and panel.closed_at
        return {"result": panel.get_result_display() if closed else ""}


def _reading(case: PromotionCase) -> str:
    return reverse("assessments:case-panel-view", args=[case.pk])
