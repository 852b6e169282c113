"""Forms that hear others: requests for feedback, answers, endorsement, sponsor, freeze."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from assessments.actions.gathering import Request
from assessments.models import Feedback
from assessments.pages.forms.base import MoveForm, Refusable, Text
from people.pages.person_field import PersonField

ROWS = 6  # people who can be asked at once
WILL_READ = {
    Feedback.Visibility.SUBJECT_NAMED: "Candidate, with the name",
    Feedback.Visibility.SUBJECT_UNNAMED: "Candidate, without the name",
    Feedback.Visibility.PANEL_ONLY: "Reviewers only",
}


class Requests(MoveForm):
    """Rows of a person and who will read the answer; empty rows are left out."""

    aliases = {"requests": "author_1", "author": "author_1", "visibility": "visibility_1"}
    rows = ROWS

    def __init__(self, case: Any, data: Any = None, **options: Any) -> None:
        super().__init__(case, data, **options)
        for row in range(1, self.rows + 1):
            self.fields[f"author_{row}"] = PersonField(
                label=f"Person {row}" if self.rows > 1 else "Person", required=self.rows == 1
            )
            self.fields[f"visibility_{row}"] = forms.ChoiceField(
                label="Who reads the answer",
                choices=list(WILL_READ.items()),
                initial=Feedback.Visibility.SUBJECT_NAMED,
            )

    def requests(self) -> list[Request]:
        """The rows that name somebody."""
        rows = range(1, self.rows + 1)
        named = ((self.cleaned_data[f"author_{row}"], row) for row in rows)
        return [
            Request(person, self.cleaned_data[f"visibility_{row}"])
            for person, row in named
            if person is not None
        ]

    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The two fields of each row."""
        for row in range(1, self.rows + 1):
            yield self[f"author_{row}"], self[f"visibility_{row}"]


class OneRequest(Requests):
    """One more person, while feedback is gathered."""

    rows = 1


class Answer(Refusable):
    """What somebody says about a candidate."""

    text = Text(
        long=True,
        label="What you have seen",
        help_text="Facts first, then what they show. Say openly what you have not seen.",
    )


class Endorsement(MoveForm):
    """The skip-level's word."""

    endorses = forms.TypedChoiceField(
        label="Your word",
        choices=[("yes", "I endorse this case"), ("no", "I do not endorse this case")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you endorse the case."},
    )
    text = Text(
        long=True,
        label="What you base it on",
        help_text="Facts first, then what they show. Say openly what you have not seen.",
    )


class Sponsorship(MoveForm):
    """What somebody senior says for the candidate."""

    person = PersonField(
        label="Sponsor", help_text="In whose name it is said; they can then not sit on the panel."
    )
    text = Text(long=True, label="What they say")


class Freeze(MoveForm):
    """Why the case goes on although something is missing."""

    note = Text(label="Note", required=False, help_text="The panel reads it.")

    def ask_why(self, missing: str) -> None:
        """Say what the packet lacks, and ask why it goes on."""
        note = self.fields["note"]
        note.label, note.required = "Why the case goes on all the same", True
        note.help_text = f"{missing} The panel reads your reason."
        note.error_messages["required"] = f"{missing} Say why the case goes on all the same."
