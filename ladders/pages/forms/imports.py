"""The form that brings a ladder file in."""

from __future__ import annotations

from typing import Any

from django import forms

from ladders.formats.documents import FORMS
from ladders.models import Ladder
from people.pages.forms import Refusable


class Upload(Refusable):
    """A ladder file, and what cannot be found out."""

    file = forms.FileField(
        label="Ladder file",
        help_text="XLSX, CSV, YAML, JSON, Markdown, HTML, or a ZIP of files that are one ladder.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )
    ladder = forms.ChoiceField(label="It belongs to", required=False)
    form = forms.ChoiceField(
        label="Form",
        required=False,
        choices=[("", "Find out"), *((name, words.capitalize()) for name, words in FORMS.items())],
    )
    mapping_file = forms.FileField(
        label="Mapping file",
        required=False,
        help_text="YAML that says what cannot be guessed; see the documentation.",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = Ladder.objects.order_by("title").values_list("slug", "title")
        self.fields["ladder"].choices = [
            ("", "The ladder that the file names, or a new one"),
            *known,
        ]
