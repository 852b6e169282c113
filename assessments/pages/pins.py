"""The page on which HR moves a case to the published text of its ladder."""

from __future__ import annotations

from typing import Any

from assessments.actions import cases, pins
from assessments.models import PromotionCase
from assessments.pages.forms.cases import Repin as RepinForm
from assessments.pages.moves import MovePage
from ladders import diff
from ladders.models.document import document


class Repin(MovePage):
    """HR gives a case the text that is in force."""

    name = "repin"
    form_class = RepinForm
    template_name = "assessments/case_repin.html"
    title = "Move this case to the published version"
    button = "Move the case"
    effects = (
        "The case is measured by the published text from now on.",
        "Every word and every piece of evidence goes with it, to the same competency.",
        "Manager and candidate hear of it.",
    )
    readers = "Everybody who sees the case reads your reason, but not the candidate."
    final = True
    said = "The case is on the published version."

    def act(self, case: PromotionCase, form: RepinForm) -> None:
        """Move it."""
        cases.repin(case, by=self.person, reason=form.cleaned_data["reason"])

    def more(self, case: PromotionCase, form: RepinForm) -> dict[str, Any]:
        """What changes at the level of the case, and what its parts would do."""
        plan = pins.plan(case)
        changes = diff.compare(document(case.pinned_version), document(plan.version)).changes
        level = case.target_level.key
        return {
            "plan": {
                "refusal": plan.refusal(),
                "number": plan.version.number,
                "changes": [change.words for change in changes if change.level in (level, None)],
                "moved": case.attachments.filter(competency__in=plan.general).count(),
            }
        }
