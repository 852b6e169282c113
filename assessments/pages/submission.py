"""Pages that hand a case on, send it back, or end it before a decision."""

from __future__ import annotations

from typing import Any

from assessments import readiness
from assessments.actions import cases, facts
from assessments.models import PromotionCase
from assessments.pages.forms.cases import OptionalReason, Return, Submission
from assessments.pages.moves import MovePage
from assessments.serializers.desk import checks
from assessments.states import Preset


class Submit(MovePage):
    """The manager hands the case on."""

    name = "submit"
    form_class = Submission
    template_name = "assessments/case_submission.html"
    title = "Submit this case"
    button = "Submit case"
    effects = (
        "HR asks colleagues for feedback, and the skip-level writes an endorsement.",
        "You can no longer change the text, unless the case is sent back to you.",
        "Nothing that was written is ever deleted.",
    )
    readers = (
        "The skip-level and HR read the case now, the panel and the approver once it is theirs."
    )
    said = "The case is submitted."

    def words(self, case: PromotionCase) -> dict[str, Any]:
        """Without a committee the case goes straight to its approver."""
        if case.procedure.preset == Preset.COMMITTEE:
            return {}
        return {
            "effects": ("The approver reads the case and decides.", *self.effects[1:]),
            "readers": "The approver, the skip-level and HR read the case now.",
        }

    def form(self, case: PromotionCase, data: Any = None) -> Submission:
        """Ask only for the reasons that the checklist wants."""
        form = Submission(case, data)
        items = readiness.checklist(facts.readiness_of(case))
        form.ask_only({item.asks_for for item in items if item.asks_for and not item.done})
        return form

    def act(self, case: PromotionCase, form: Submission) -> None:
        """Hand it on."""
        cases.submit(case, by=self.person, **form.cleaned_data)

    def more(self, case: PromotionCase, form: Submission) -> dict[str, Any]:
        """The checklist, each gap with the place where it is filled."""
        return {"checks": checks(self.read(case))}


class SendBack(MovePage):
    """HR, skip-level or approver return the case to its manager."""

    name = "send_back"
    form_class = Return
    title = "Send this case back"
    button = "Send back"
    effects = (
        "The case is a draft again; its manager can change the text and submit it anew.",
        "The text stays as it is.",
    )
    readers = (
        "Manager, skip-level, approver and HR read your reason. The candidate sees that the case "
        "came back, not why."
    )
    said = "The case is sent back. The text stayed."

    def act(self, case: PromotionCase, form: Return) -> None:
        """Send it back."""
        cases.send_back(case, by=self.person, reason=form.cleaned_data["reason"])


class Withdraw(MovePage):
    """The candidate, or before the freeze the manager, ends the case."""

    name = "withdraw"
    form_class = OptionalReason
    title = "Withdraw this case"
    button = "Withdraw case"
    effects = (
        "Nobody reviews it any further.",
        "The text stays, and a new case can be opened at any time.",
        "A withdrawn case never counts as declined.",
    )
    readers = "Everybody who sees the case sees that it was withdrawn."
    final = True
    said = "The case is withdrawn."

    def move(self, case: PromotionCase) -> str:
        """Candidates withdraw at any time before they are told, managers before the freeze."""
        return "withdraw" if self.person.pk == case.candidate_id else "retract"

    def act(self, case: PromotionCase, form: OptionalReason) -> None:
        """End it."""
        cases.withdraw(case, by=self.person, reason=form.cleaned_data["reason"])


class Cancel(MovePage):
    """HR ends the case of somebody who leaves."""

    name = "cancel"
    form_class = OptionalReason
    title = "Cancel this case"
    button = "Cancel case"
    effects = ("The case ends because the candidate leaves.", "It counts in no report.")
    readers = "Everybody who sees the case sees that it was cancelled."
    final = True
    said = "The case is cancelled."

    def act(self, case: PromotionCase, form: OptionalReason) -> None:
        """End it."""
        cases.cancel(case, by=self.person, reason=form.cleaned_data["reason"])
