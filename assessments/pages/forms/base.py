"""What the forms of moves have in common: they know their case and can be refused by an action."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from people.refusals import Invalid


class Refusable(forms.Form):
    """A form that can be refused by an action."""

    aliases: ClassVar[dict[str, str]] = {}  # the action's name of a field → the name here
    use_required_attribute = False  # the server says what is missing, in its own words

    def refuse(self, refusal: Invalid) -> None:
        """Take over what an action found wrong, field by field."""
        for name, messages in refusal.errors.items():
            field = self.aliases.get(name, name)
            self.add_error(field if field in self.fields else None, messages)


class MoveForm(Refusable):
    """A form of one case. `case` is the row it acts on."""

    def __init__(self, case: Any, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.case = case


class Text(forms.CharField):
    """A text as it was typed: nothing is stripped, its length and letters are the action's rule."""

    def __init__(self, *, long: bool = False, **options: Any) -> None:
        widget = forms.Textarea(attrs={"class": "writing", "rows": 10} if long else {"rows": 4})
        options.setdefault("error_messages", {"required": "Write something here."})
        super().__init__(strip=False, widget=widget, **options)

    def clean(self, value: Any) -> str:
        """Line ends as the database keeps them."""
        return super().clean(value).replace("\r\n", "\n")


class Day(forms.DateField):
    """A date, picked with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"required": "Choose a day.", "invalid": "This is not a date."}


class Confirmation(MoveForm):
    """A move that asks nothing but to be meant."""
