"""A field that takes a person by name, e-mail or employee number, with or without scripts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from people.models import Person
from people.models.person import search_key

OFFERED = 5  # names in "did you mean"
MOST = 200  # people whose names begin alike


class PersonInput(forms.TextInput):
    """A line of text; with scripts it finds people as you type and remembers whom you chose."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The line, and beside it the id of who was chosen."""
        text, chosen = value if isinstance(value, tuple) else (_said(value), "")
        line = super().render(name, text, attrs, renderer)
        chosen = chosen or (value.pk if isinstance(value, Person) else "")
        return format_html(
            '<person-picker src="{}">{}<input type="hidden" name="{}_id" value="{}">'
            "</person-picker>",
            *(reverse("api-ladders:people"), line, name, chosen),
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        """What was typed, and the id that the script put beside it."""
        return (data.get(name) or "").strip(), (data.get(f"{name}_id") or "").strip()

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Absent only when the line itself is."""
        return name not in data


class PersonField(forms.Field):
    """One person among those who work here."""

    widget = PersonInput
    default_error_messages = {"required": "Name a person."}

    def clean(self, value: Any) -> Person | None:
        """The person that was meant; raises ValidationError with those it could have been."""
        text, chosen = value if isinstance(value, tuple) else (_said(value), "")
        if not text:
            return super().clean(None)
        if "\x00" in text:
            raise forms.ValidationError("Type a name or an e-mail address.")
        people = Person.objects.employed()
        if chosen.isdecimal() and (person := people.filter(pk=int(chosen), name=text).first()):
            return person
        found = _called(text, people)
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(_several(text, found) if found else _nobody(text, people))


def _called(text: str, people: Any) -> list[Person]:
    """Those whom the text names in full: accents and case do not matter."""
    key = search_key(text)
    near = people.filter(
        Q(search_key__startswith=key) | Q(email=text.lower()) | Q(employee_number=text)
    ).order_by("pk")[:MOST]
    return [person for person in near if key in _names(person)]


def _names(person: Person) -> set[str]:
    return {search_key(name) for name in (person.name, person.email, person.employee_number)}


def _several(text: str, found: list[Person]) -> str:
    named = ", ".join(person.email or f"number {person.employee_number}" for person in found)
    return f"Several people are called “{text}”: {named}. Type the e-mail address."


def _nobody(text: str, people: Any) -> str:
    near = people.filter(search_key__contains=search_key(text)).order_by("name")[:OFFERED]
    named = " or ".join(person.name for person in near)
    hint = f"Did you mean {named}?" if named else "Type the whole name or the e-mail address."
    return f"Nobody here is called “{text}”. {hint}"


def _said(value: Any) -> str:
    return value.name if isinstance(value, Person) else str(value or "")
