"""Forms of the pages about people: types, lengths, presence. Rules are the actions'."""

from __future__ import annotations

from typing import Any

from django import forms

from people import zones
from people.models import Scope
from people.refusals import Invalid
from people.tables.encodings import CODECS

DATES = (
    ("", "The file decides"),
    ("DD-MM-YYYY", "31-03-2026"),
    ("DD.MM.YYYY", "31.03.2026"),
    ("DD/MM/YYYY", "31/03/2026 (day first)"),
    ("MM/DD/YYYY", "03/31/2026 (month first)"),
)
ENCODINGS = (("", "The file decides"), *CODECS.items())
LIVES = ((30, "30 days"), (90, "90 days"), (180, "half a year"), (365, "a year"))


class Refusable(forms.Form):
    """A form that can take over what an action found wrong, field by field."""

    use_required_attribute = False  # the server says what is missing, in its own words

    def refuse(self, refusal: Invalid) -> None:
        """Put each message at its field, or at the top where there is none."""
        for name, messages in refusal.errors.items():
            self.add_error(name if name in self.fields else None, messages)


class Upload(Refusable):
    """A file of people, and how to read it."""

    file = forms.FileField(
        label="File of people",
        help_text="CSV or XLSX, one line a person, with a line of headings.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    saved = forms.ChoiceField(label="How to read it", required=False)
    effective_on = forms.DateField(
        label="Changes hold from",
        required=False,
        help_text="For who reports to whom. Today when this is empty.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    date_format = forms.ChoiceField(label="Dates look like", choices=DATES, required=False)
    encoding = forms.ChoiceField(label="Letters of a CSV", choices=ENCODINGS, required=False)
    email_domain = forms.CharField(
        label="Domain for e-mails without one",
        max_length=200,
        required=False,
        help_text="For a file that says SKING where sking@example.com is meant.",
    )
    mapping_file = forms.FileField(
        label="Mapping file",
        required=False,
        help_text="YAML or JSON that says which column is what; see the documentation.",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )


class Reading(Refusable):
    """Another way to read the same file; the columns stand beside this form."""

    effective_on = forms.DateField(
        label="Changes hold from",
        required=False,
        help_text="For who reports to whom. Today when this is empty.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    date_format = forms.CharField(
        label="Dates look like",
        max_length=40,
        required=False,
        help_text="Such as DD.MM.YYYY or MM/DD/YYYY. The file decides when this is empty.",
    )
    encoding = forms.ChoiceField(
        label="Letters of a CSV",
        choices=ENCODINGS,
        required=False,
        help_text="Choose another one when names look wrong.",
    )
    email_domain = forms.CharField(
        label="Domain for e-mails without one", max_length=200, required=False
    )
    unknown_manager = forms.ChoiceField(
        label="A manager whom nobody knows",
        choices=(("refuse", "is a problem"), ("leave_empty", "is left empty, with a note")),
    )
    missing = forms.ChoiceField(
        label="People who are not in the file",
        choices=(("keep", "stay as they are"), ("left", "have left")),
    )
    name = forms.CharField(
        label="Save under the name",
        max_length=100,
        required=False,
        help_text="The next file with these headings is then read like this by itself.",
    )


class Confirm(Refusable):
    """Whether rows with problems stay out."""

    skip_problem_rows = forms.BooleanField(required=False)


class TimeZone(Refusable):
    """Where the person's mornings are."""

    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="Reminders arrive at nine in the morning here, and times are shown in it.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["time_zone"].choices = [(zone, _spoken(zone)) for zone in _zones()]


class Token(Refusable):
    """A new token."""

    name = forms.CharField(label="Name", max_length=100, help_text="What it is for.")
    scopes = forms.MultipleChoiceField(
        label="It may",
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing that the token may do."},
    )
    days = forms.TypedChoiceField(label="Counts for", choices=LIVES, coerce=int, initial=90)


def _zones() -> list[str]:
    """Places people live in; the old abbreviations stay out, and so do zones without a place."""
    return ["UTC", *sorted(zone for zone in zones.known() if _is_place(zone))]


def _is_place(zone: str) -> bool:
    return "/" in zone and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/", "US/"))


def _spoken(zone: str) -> str:
    return zone.replace("_", " ").replace("/", ", ", 1)
