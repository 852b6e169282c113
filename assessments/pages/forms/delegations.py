"""The form to hand over tasks."""

from __future__ import annotations

from typing import Any

from django import forms

from people.models import Delegation, Person, Team
from people.models.delegation import LONGEST
from people.pages.forms import Refusable
from people.pages.person_field import PersonField


class Offer(Refusable):
    """Whom you ask, for what, and when."""

    delegator = PersonField(label="Whose tasks")
    delegate = PersonField(label="Who does them", help_text="They are asked first.")
    kinds = forms.MultipleChoiceField(
        label="Which tasks",
        choices=Delegation.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Votes, and anything about a case of one’s own, stay with the person.",
        error_messages={"required": "Choose at least one kind of task."},
    )
    first_on = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}))
    last_on = forms.DateField(
        label="Until",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=f"The last day, {LONGEST} days at most.",
    )
    team = forms.ModelChoiceField(
        label="Only in",
        queryset=Team.objects.none(),
        required=False,
        empty_label="everywhere",
        help_text="With the units below it.",
    )
    reason = forms.CharField(label="Why", max_length=300, required=False)

    def __init__(self, person: Person, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["team"].queryset = Team.objects.order_by("name", "pk")
        if not person.has_role("hr"):
            del self.fields["delegator"]
