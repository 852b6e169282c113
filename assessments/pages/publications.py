"""Pages on which a version of a ladder is published: how it stands, and one page for each move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.decorators.http import require_safe

from assessments import impact, publication_policies, publishing
from assessments.actions import publications
from assessments.pages.forms import versions as forms
from assessments.serializers import impact as impact_rows
from assessments.serializers import publishing as rows
from ladders import policies, states
from ladders.actions import versions
from ladders.models import LadderVersion
from ladders.serializers.version_moves import publishing_page
from people.refusals import Conflict, Invalid, enforce

WORKERS = "HR and everybody who edits or publishes ladders."
EVERYBODY = "Everybody reads a published text, now and in the archive."


@dataclass(frozen=True)
class Move:
    """One move as its page says it; `act` is its action."""

    name: str
    title: str
    button: str
    said: str
    act: Callable[..., LadderVersion]
    effects: tuple[str, ...]
    readers: str = WORKERS
    form: type[forms.VersionForm] = forms.VersionForm
    final: bool = False


def _on_a_day(
    version: LadderVersion, *, by: Any, effective_from: Any, **given: Any
) -> LadderVersion:
    return publications.publish(version, by=by, on=effective_from, **given)


MOVES = {
    "review": Move(
        "review", "Send this draft for review", "Send for review", "The draft is in review.",
        versions.review,
        ("People who may approve it hear of it.", "While it is in review, nobody changes it."),
    ),
    "return": Move(
        "return", "Take this text back to draft", "Take back", "The text is a draft again.",
        versions.send_back,
        ("It can be changed again.", "An approval and a planned day fall with it.",
         "Whoever sent it hears of it."),
        form=forms.Reason,
    ),
    "approval": Move(
        "approve", "Approve this text", "Approve", "The text is approved.", versions.approve,
        ("It may be published then, today or on a later day.", "Whoever sent it hears of it."),
    ),
    "class": Move(
        "choose_class", "Choose the class", "Choose this class", "The class is chosen.",
        versions.choose_class,
        ("The number follows from the class.",
         "A major change waits while a cycle runs, and people at raised levels are told of it."),
        form=forms.ChosenClass,
    ),
    "publication": Move(
        "publish", "Publish this version", "Publish", "The version is published.",
        publications.publish,
        ("It is in force at once, and never changes again.",
         "The version before it goes to the archive.",
         "Open cases and running cycles keep the text that they have.",
         "People at raised levels and managers of open cases hear of it, but not of a patch."),
        readers=EVERYBODY, form=forms.Publication, final=True,
    ),
    "schedule": Move(
        "schedule", "Publish on a later day", "Plan it", "The day is set.", _on_a_day,
        ("On that day it is published by itself, shortly after midnight UTC.",
         "If a cycle keeps ladders as they are by then, it stays here, and you and HR are told."),
        form=forms.Schedule,
    ),
    "unscheduling": Move(
        "unschedule", "Do not publish by itself", "Take the day off", "The day is taken off.",
        versions.unschedule, ("The approval stays; it can be published at any time.",),
    ),
    "retirement": Move(
        "retire", "Retire this version", "Retire", "The version is retired.", publications.retire,
        ("It is out of use, and stays to be read in the archive.",),
        readers=EVERYBODY, form=forms.Reason, final=True,
    ),
    "abandonment": Move(
        "abandon", "Abandon this draft", "Abandon draft", "The draft is abandoned.",
        versions.abandon,
        ("Another draft of this ladder can begin.", "This one stays to be read."),
        form=forms.OptionalReason, final=True,
    ),
}  # fmt: skip
"""By the noun in the address."""


@require_safe
def standing(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """How a version stands on its way, and whom it concerns; an old number leads to the new."""
    version = _visible(request, slug, number).first()
    if version is None:
        now = publishing.moved_from(slug, number, request.user)
        if now is None:
            raise Http404
        return redirect(publishing_page(now))
    enforce(publication_policies.weigh(request.user, version))
    found = publishing.read(version, request.user)
    context = {
        "publishing": rows.present(found),
        "impact": impact_rows.present(impact.weigh(found)),
    }
    return render(request, "assessments/version_publishing.html", context)


class MovePage(View):
    """GET explains one move of a version, POST makes it by one action."""

    def get(self, request: HttpRequest, slug: str, number: str, noun: str) -> HttpResponse:
        """Show the form, or say why this person may not, or why not now."""
        version, move = _find(request, slug, number), _move(noun)
        enforce(policies.may(move.name, request.user, version))
        states.check(version.state, move.name)
        payload = self._payload(version)
        return self._show(payload, move, move.form(payload))

    def post(self, request: HttpRequest, slug: str, number: str, noun: str) -> HttpResponse:
        """Make the move; a refusal shows the form again with what was typed."""
        version, move = _find(request, slug, number), _move(noun)
        enforce(policies.may(move.name, request.user, version))
        payload = self._payload(version)
        form = move.form(payload, request.POST)
        if not form.is_valid():
            return self._show(payload, move, form, status=422)
        try:
            done = move.act(version, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
            return self._show(payload, move, form, status=422)
        except Conflict as refusal:
            return self._show(payload, move, form, status=409, refused=refusal.reason)
        messages.success(request, move.said)
        return redirect(publishing_page(done))

    def _payload(self, version: LadderVersion) -> dict[str, Any]:
        return rows.present(publishing.read(version, self.request.user))

    def _show(
        self, payload: dict, move: Move, form: Any, *, status: int = 200, refused: str = ""
    ) -> HttpResponse:
        context = {"publishing": payload, "move": vars(move), "form": form, "refused": refused}
        return render(self.request, "assessments/version_move.html", context, status=status)


def _visible(request: HttpRequest, slug: str, number: str) -> Any:
    """The version as rows: none for whoever may not see it."""
    visible = LadderVersion.objects.visible_to(request.user).for_moves()
    return visible.filter(ladder__slug=slug, number=number)


def _find(request: HttpRequest, slug: str, number: str) -> LadderVersion:
    return get_object_or_404(_visible(request, slug, number))


def _move(noun: str) -> Move:
    if noun not in MOVES:
        raise Http404
    return MOVES[noun]
