"""Pages of the outcome: the decision, the letter, the date, and the end without a seat."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from assessments.actions import decisions
from assessments.models import PromotionCase
from assessments.pages.forms.cases import Reason
from assessments.pages.forms.decisions import (
    OUTCOMES,
    SAYS_NO,
    Decision,
    Letter,
    Schedule,
)
from assessments.pages.moves import MovePage
from assessments.serializers import letters

EFFECTS = {
    "approve": (
        "The manager tells the candidate; from the effective date they stand on the new level.",
    ),
    "approve_no_seat": (
        "The manager tells the candidate that they are ready while no seat is open.",
        "HR sets the date when a seat opens.",
    ),
    "defer": (
        "The manager tells the candidate what is missing yet and when you look again.",
        "Deferrals and declines of a cycle are told before its promotions.",
    ),
    "decline": (
        "The manager tells the candidate what is missing yet and when you look again.",
        "Deferrals and declines of a cycle are told before its promotions.",
    ),
}


class Decide(MovePage):
    """The approver decides; the address says which outcome the form is about."""

    template_name = "assessments/case_decision.html"
    title = "Decide"
    button = "Decide"
    readers = (
        "Manager, skip-level, panel and HR see the outcome now. The candidate learns it from "
        "the manager, with the letter."
    )
    final = True
    said = "The case is decided. The manager tells the candidate."

    def move(self, case: PromotionCase) -> str:
        """The outcome that the address or the form names."""
        asked = self.request.POST.get("outcome") or self.request.GET.get("outcome")
        return asked if asked in OUTCOMES else "approve"

    def form(self, case: PromotionCase, data: Any = None) -> Decision:
        """The fields of that outcome."""
        return Decision(case, self.move(case), data)

    def act(self, case: PromotionCase, form: Decision) -> None:
        """Decide."""
        given = {
            name: form.cleaned_data[name]
            for name in ("effective_on", "look_again_on", "overturn_reason")
            if name in form.cleaned_data
        }
        if self.move(case) in SAYS_NO:
            given["reasons"] = form.reasons()
        getattr(decisions, self.move(case))(case, by=self.person, **given)

    def more(self, case: PromotionCase, form: Decision) -> dict[str, Any]:
        """The outcomes as links, and the panel's recommendation."""
        here = reverse("assessments:case-decision", args=[case.pk])
        now = self.move(case)
        outcomes = [
            {"label": label, "url": f"{here}?outcome={name}", "current": name == now}
            for name, label in OUTCOMES.items()
            if name != "approve_no_seat" or case.target_level.seat_limited
        ]
        return {"outcomes": outcomes}

    def words(self, case: PromotionCase) -> dict[str, Any]:
        """The button says the outcome."""
        return {"button": OUTCOMES[self.move(case)], "effects": EFFECTS[self.move(case)]}


class Communicate(MovePage):
    """Manager or HR tell the candidate."""

    name = "communicate"
    form_class = Letter
    template_name = "assessments/case_communication.html"
    title = "Tell the candidate"
    button = "Send the letter"
    readers = "The candidate, skip-level, panel, approver and HR read the letter."
    final = True
    said = "The candidate is told."

    def form(self, case: PromotionCase, data: Any = None) -> Letter:
        """A letter that says the outcome and its reasons, as a beginning."""
        begun = "" if data else letters.begin(self.read(case))
        return Letter(case, data, initial={"letter": begun})

    def act(self, case: PromotionCase, form: Letter) -> None:
        """Tell them."""
        decisions.communicate(case, by=self.person, letter=form.cleaned_data["letter"])


class SetDate(MovePage):
    """HR sets the date once a seat is open."""

    name = "schedule"
    form_class = Schedule
    title = "Set the effective date"
    button = "Schedule"
    effects = ("A seat is open: the candidate stands on the new level from this day.",)
    readers = "Everybody who sees the case, and the candidate."
    said = "The promotion is scheduled."

    def act(self, case: PromotionCase, form: Schedule) -> None:
        """Schedule it."""
        day = form.cleaned_data["effective_on"]
        decisions.schedule(case, by=self.person, effective_on=day)


class Close(MovePage):
    """HR ends a case whose approval found no seat."""

    name = "close"
    form_class = Reason
    title = "Close this case"
    button = "Close case"
    effects = ("The case ends although it was approved, because no seat came open.",)
    readers = "Everybody who sees the case reads your reason in its history."
    final = True
    said = "The case is closed."

    def act(self, case: PromotionCase, form: Reason) -> None:
        """Close it."""
        decisions.close(case, by=self.person, reason=form.cleaned_data["reason"])
