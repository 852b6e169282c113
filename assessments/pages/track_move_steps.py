"""One page for each step of a move between the tracks: GET explains it, POST takes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from assessments import track_move_policies as policies
from assessments import track_move_states as states
from assessments.actions import pulses, track_moves, track_trials
from assessments.models import TrackMove
from assessments.pages.forms import track_moves as forms
from assessments.pages.forms.base import Confirmation, MoveForm
from assessments.serializers.track_move import NOUNS, present
from people.refusals import Conflict, Invalid, enforce

EVERYBODY = "Everybody who sees the move sees this."


@dataclass(frozen=True)
class Step:
    """The words of one step, its form and its action."""

    title: str
    button: str
    said: str
    act: Callable[..., Any]
    form: type[MoveForm] = Confirmation
    effects: tuple[str, ...] = ()
    readers: str = EVERYBODY
    final: bool = False


STEPS = {
    "edit": Step(
        "Change your note",
        "Save the note",
        "The note is saved.",
        track_moves.edit,
        forms.Note,
        readers="Nobody but you, until you share the move.",
    ),
    "share": Step(
        "Share this move with your manager",
        "Share it",
        "Your manager can see the move now.",
        track_moves.share,
        effects=("It is a talk between the two of you; nothing is decided by it.",),
        readers="Your manager sees the move and your note. HR sees nothing until it is proposed.",
    ),
    "propose": Step(
        "Propose this move",
        "Propose the move",
        "The move is proposed.",
        track_moves.propose,
        forms.Proposal,
        effects=(
            "The person, the receiving manager and HR each say yes before it begins.",
            "During a trial the clock of the level held counts on.",
            "The seat at home is kept until 90 days after the trial.",
            "While a promotion case is open a trial does not begin.",
        ),
        readers="Manager, receiving manager and HR; the mentor once it is approved.",
    ),
    "agree": Step(
        "Agree to this plan",
        "Agree",
        "You agreed to the plan.",
        track_moves.agree,
        effects=("HR can approve the move with your yes. You may stop it until it begins.",),
    ),
    "receive": Step(
        "Welcome this move",
        "Welcome it",
        "You welcomed the move.",
        track_moves.receive,
        effects=("You lead the person from the first day on.",),
    ),
    "approve": Step(
        "Approve this move",
        "Approve the move",
        "The move is approved.",
        track_moves.approve,
        effects=("It begins by itself on its first day.",),
    ),
    "send_back": Step(
        "Talk this move over again",
        "Open the plan again",
        "The plan is open again.",
        track_moves.send_back,
        forms.Reason,
        effects=("The plan can be written anew; everybody says yes to it again.",),
    ),
    "check_in": Step(
        "Write how it is going",
        "Save these words",
        "Your words are saved.",
        track_trials.check_in,
        forms.CheckIn,
        effects=("You may change your own words until the trial is over.",),
        readers="The person, the receiving manager, the mentor and HR.",
    ),
    "ask_pulse": Step(
        "Ask the reports how it is",
        "Ask them",
        "Your question is with them for 14 days.",
        pulses.ask,
        effects=(
            "Whoever reports to the person today is asked three questions, for 14 days.",
            "They answer without their names. Nobody sees who answered.",
            "Counts are shown once it is closed, and only when three or more answered.",
            "The next pulse can be asked for after 28 days.",
        ),
        readers="The counts: the person on trial, the receiving manager and HR.",
    ),
    "stay": Step(
        "Say that you want to stay",
        "I want to stay",
        "Your yes is noted.",
        track_trials.stay,
        effects=("HR can confirm the move with your yes. Until then you may still go back.",),
    ),
    "confirm": Step(
        "Confirm this move",
        "Confirm the move",
        "The move is confirmed.",
        track_trials.confirm,
        effects=(
            "From today the person stands on the new level. It is no promotion.",
            "The seat at home is kept for 90 days more.",
        ),
        final=True,
    ),
    "extend": Step(
        "Extend this trial",
        "Extend the trial",
        "The trial is extended.",
        track_trials.extend,
        forms.Extension,
        effects=("A trial is extended once. The way back moves with it.",),
    ),
    "end": Step(
        "End this trial",
        "End the trial",
        "The trial has ended.",
        track_trials.end,
        forms.OptionalReason,
        effects=(
            "From today the person is back on the level they held; its clock never stopped.",
            "Going back is as good an answer as staying.",
        ),
        readers="The person, the manager, the receiving manager and HR. Nobody else is told.",
        final=True,
    ),
    "stop": Step(
        "Stop this move",
        "Stop the move",
        "The move is stopped.",
        track_moves.stop,
        forms.OptionalReason,
        effects=("It counts nowhere. Another move can be explored at any time.",),
        final=True,
    ),
}
NAMES = {noun: name for name, noun in NOUNS.items()}


class TakeStep(View):
    """The page of the step that the address names."""

    def get(self, request: HttpRequest, pk: int, noun: str) -> HttpResponse:
        """Show the form, or say why this person may not, or why not now."""
        name, move = self.find(pk, noun)
        enforce(policies.may(name, request.user, move))
        states.check(move.state, name)
        return self.show(name, move, STEPS[name].form(move))

    def post(self, request: HttpRequest, pk: int, noun: str) -> HttpResponse:
        """Take the step; a refusal shows the form again with what was typed."""
        name, move = self.find(pk, noun)
        enforce(policies.may(name, request.user, move))
        step = STEPS[name]
        form = step.form(move, request.POST)
        if not form.is_valid():
            return self.show(name, move, form, status=422)
        given = form.plan() if isinstance(form, forms.Proposal) else form.cleaned_data
        try:
            step.act(move, by=request.user, **given)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(name, move, form, status=422)
        except Conflict as refusal:
            return self.show(name, move, form, status=409, refused=refusal.reason)
        messages.success(request, step.said)
        return redirect("assessments:move", move.pk)

    def find(self, pk: int, noun: str) -> tuple[str, TrackMove]:
        """The step and the move, or 404."""
        if noun not in NAMES:
            raise Http404
        visible = TrackMove.objects.visible_to(self.request.user).for_display()
        return NAMES[noun], get_object_or_404(visible, pk=pk)

    def show(
        self, name: str, move: TrackMove, form: MoveForm, *, status: int = 200, refused: str = ""
    ) -> HttpResponse:
        """Render the page."""
        payload = present(move, self.request.user)
        context = {
            "case": payload,
            "title": f"{payload['person']['name']} to {payload['to_level']['title']}",
            "form": form,
            "refused": refused,
            "move": STEPS[name],
        }
        return render(self.request, "assessments/track_move_step.html", context, status=status)
