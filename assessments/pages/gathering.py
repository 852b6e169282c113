"""Pages that hear others: feedback asked for, endorsement, sponsor; and the freeze."""

from __future__ import annotations

from typing import Any

from assessments.actions import gathering
from assessments.models import PromotionCase
from assessments.pages.forms.gathering import (
    Endorsement,
    Freeze,
    OneRequest,
    Requests,
    Sponsorship,
)
from assessments.pages.moves import MovePage


class Gather(MovePage):
    """HR asks colleagues."""

    name = "gather"
    form_class = Requests
    template_name = "assessments/case_gathering.html"
    title = "Ask for feedback"
    button = "Ask them"
    effects = ("Each person is asked to answer and may say no.",)
    readers = (
        "Panel, approver and HR read every answer with its author's name, and so do manager and "
        "skip-level unless it is for reviewers only. The candidate reads the others once the "
        "outcome is told; without names only if three or more wrote so. "
        "This is fixed once you ask."
    )
    said = "The requests are out."

    def act(self, case: PromotionCase, form: Requests) -> None:
        """Ask them."""
        gathering.gather(case, by=self.person, requests=form.requests())

    def more(self, case: PromotionCase, form: Requests) -> dict[str, Any]:
        """How many are wanted, and from where."""
        staff = case.target_level.track.kind == "staff"
        return {
            "wanted": case.procedure.minimum_feedback,
            "outside": case.procedure.outside_feedback if staff else 0,
        }


class AskAnother(Gather):
    """HR asks one more person while answers come in."""

    name = "ask_another"
    form_class = OneRequest
    title = "Ask one more person"
    said = "The request is out."

    def act(self, case: PromotionCase, form: Requests) -> None:
        """Ask them."""
        gathering.ask_another(case, by=self.person, request=form.requests()[0])


class Endorse(MovePage):
    """The skip-level speaks for or against."""

    name = "endorse"
    form_class = Endorsement
    title = "Endorse this case, or not"
    button = "Give your word"
    effects = ("Your word becomes part of the packet that the panel reads.",)
    readers = (
        "Manager, panel, approver and HR read it with your name. The candidate never reads it."
    )
    final = True
    said = "Your word is in the packet."

    def act(self, case: PromotionCase, form: Endorsement) -> None:
        """Say it."""
        gathering.endorse(case, by=self.person, **form.cleaned_data)


class Sponsor(MovePage):
    """HR adds what a sponsor says."""

    name = "sponsor"
    form_class = Sponsorship
    title = "Add a sponsor's word"
    button = "Add it"
    effects = (
        "It becomes part of the packet that the panel reads.",
        "The sponsor can then not sit on the panel.",
    )
    readers = "Manager, skip-level, panel, approver and HR read it. The candidate never reads it."
    final = True
    said = "The sponsor's word is in the packet."

    def act(self, case: PromotionCase, form: Sponsorship) -> None:
        """Add it."""
        gathering.sponsor(case, by=self.person, **form.cleaned_data)


class FreezePacket(MovePage):
    """HR freezes the packet."""

    name = "freeze"
    form_class = Freeze
    title = "Freeze the packet"
    button = "Freeze the packet"
    effects = (
        "What was written so far becomes the packet, word for word. It never changes again.",
        "Feedback is closed, and the next step is to name the panel.",
    )
    readers = "The panel and the approver read the packet."
    final = True
    said = "The packet is frozen."

    def form(self, case: PromotionCase, data: Any = None) -> Freeze:
        """Ask for a reason only where something is missing."""
        form = Freeze(case, data)
        if missing := gathering.missing_of(case):
            form.ask_why(missing)
        return form

    def act(self, case: PromotionCase, form: Freeze) -> None:
        """Freeze it."""
        gathering.freeze(case, by=self.person, note=form.cleaned_data["note"])
