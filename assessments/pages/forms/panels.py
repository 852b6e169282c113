"""Forms of a panel: who sits, ballots, conflicts, the chair's word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

from assessments.models import Ballot, Panel, PromotionCase
from assessments.pages.forms.base import MoveForm, Text
from assessments.pages.forms.reasons import ReasonsForm
from assessments.panels import LARGEST, SMALLEST
from people.models import Person
from people.pages.person_field import PersonField
from people.refusals import Invalid

ALTERNATES = 2


class Assignment(MoveForm):
    """The chair, further voters, alternates, and who decides."""

    aliases = {"voters": "voter_2", "alternates": "alternate_1"}
    chair = PersonField(label="Chair", help_text="The chair votes as well.")
    approver = PersonField(
        label="Approver", required=False, help_text="Decides, and does not sit on the panel."
    )
    note = Text(
        label="Why this panel is right all the same",
        required=False,
        help_text="Needed where a rule of composition gives way. The panel reads it.",
    )

    def __init__(self, case: PromotionCase, data: Any = None, **options: Any) -> None:
        super().__init__(case, data, initial={"approver": case.approver}, **options)
        for number in range(2, LARGEST + 1):
            needed = number <= SMALLEST
            self.fields[f"voter_{number}"] = PersonField(label=f"Voter {number}", required=needed)
        for number in range(1, ALTERNATES + 1):
            label = f"Alternate {number}"
            self.fields[f"alternate_{number}"] = PersonField(label=label, required=False)
        last = ["approver", "note"]
        self.order_fields([name for name in self.fields if name not in last] + last)
        for field in self.fields.values():
            if isinstance(field, PersonField):
                field.widget.attrs["list"] = "suggested"

    def rows(self) -> list[list[BoundField]]:
        """The fields as they stand together on the page."""
        voters = [self[name] for name in self.fields if name.startswith("voter_")]
        alternates = [self[name] for name in self.fields if name.startswith("alternate_")]
        threes = [voters[at : at + 3] for at in range(0, len(voters), 3)]
        return [[self["chair"]], *threes, alternates, [self["approver"]], [self["note"]]]

    def refuse(self, refusal: Invalid) -> None:
        """What is said against somebody stands at the field that names them."""
        errors: dict[str, list[str]] = {}
        for name, messages in refusal.errors.items():
            for message in messages:
                errors.setdefault(self._naming(message) or name, []).append(message)
        super().refuse(Invalid(errors))

    def _naming(self, message: str) -> str | None:
        seats = [name for name in self.fields if name not in ("approver", "note")]
        named = {name: self.cleaned_data.get(name) for name in seats}
        return next(
            (name for name, one in named.items() if one and message.startswith(f"{one.name}: ")),
            None,
        )

    def people(self, kind: str) -> list[Person]:
        """Those named as voters (without the chair) or as alternates."""
        named = (self.cleaned_data[name] for name in self.fields if name.startswith(f"{kind}_"))
        return [person for person in named if person is not None]


class Vote(MoveForm):
    """A ballot."""

    vote = forms.ChoiceField(
        label="Is the candidate ready for the level?",
        choices=Ballot.Vote.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes, not yet or abstain."},
    )
    reason = Text(
        label="Why",
        required=False,
        help_text="The chair and HR read it once the ballot is closed. Needed if you abstain.",
    )


class Conflict(MoveForm):
    """Why somebody should not review this case."""

    reason = Text(label="Your conflict", help_text="Only the chair and HR read it.")


class Ruling(MoveForm):
    """What the chair says about a declared conflict."""

    recuse = forms.TypedChoiceField(
        label="Your ruling",
        choices=[
            ("yes", "Recused: the member takes no further part, and a ballot already cast is void"),
            ("no", "Stays: the member reviews and votes"),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the member stays."},
    )
    reason = Text(label="Reason", help_text="The chair and HR read it in the history of the case.")


class Recommendation(ReasonsForm):
    """The panel's word in the words of its chair."""

    result = forms.ChoiceField(
        label="The panel's word",
        choices=[(Panel.Result.PROMOTE, "Ready for the level"), (Panel.Result.NOT_YET, "Not yet")],
        widget=forms.RadioSelect,
        required=False,
        help_text="The second ballot is split too, so the chair sums up.",
    )
    text = Text(
        long=True,
        label="Recommendation",
        help_text="What the panel weighed and where it came out. The approver reads it.",
    )

    def ask_for_synthesis(self, needed: bool) -> None:
        """Only a second split leaves the word to the chair."""
        if not needed:
            del self.fields["result"]
