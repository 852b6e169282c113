"""A form that asks, expectation by expectation, what decided: written ones count, others do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms import BoundField

from assessments.actions.reasons import Reason
from assessments.models import PromotionCase
from assessments.pages.forms.base import MoveForm, Text
from people.refusals import Invalid


class ReasonsForm(MoveForm):
    """One text for each expectation of the target level."""

    hint = ""

    def __init__(self, case: PromotionCase, data: Any = None, **options: Any) -> None:
        super().__init__(case, data, **options)
        self.expectations = list(
            case.target_level.expectations.filter(version=case.pinned_version_id)
            .exclude(state="not_applicable")
            .select_related("competency")
            .order_by("competency__position", "position")
        )
        for expectation in self.expectations:
            self.fields[f"reason_{expectation.pk}"] = Text(
                label=str(expectation.competency),
                help_text=expectation.summary,
                required=False,
            )

    def reasons(self) -> list[Reason]:
        """What was written, in the order of the ladder."""
        written = ((one.pk, self.cleaned_data[f"reason_{one.pk}"]) for one in self.expectations)
        return [Reason(pk, text) for pk, text in written if text.strip()]

    def asked(self) -> Iterator[BoundField]:
        """The fields about expectations."""
        return (self[f"reason_{one.pk}"] for one in self.expectations)

    def plain(self) -> Iterator[BoundField]:
        """The other fields that are seen."""
        return (field for field in self.visible_fields() if not field.name.startswith("reason_"))

    def refuse(self, refusal: Invalid) -> None:
        """What is wrong with the reasons is said at the first of them."""
        errors = dict(refusal.errors)
        if self.expectations and "reasons" in errors:
            errors[f"reason_{self.expectations[0].pk}"] = errors.pop("reasons")
        super().refuse(Invalid(errors))
