"""What a list of people may be asked for, checked before it reaches the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator

from ladders import level_names
from ladders.models import Track
from people.models import Team

LARGEST = 2**63 - 1
MOST_TEAMS = 200  # of a list to choose from


class AsOf(forms.Form):
    """Which day, and as known when; shared by everything that looks at the past."""

    as_of = forms.DateField(
        required=False,
        label="How it stood on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    known_at = forms.DateTimeField(
        required=False,
        label="As it was known at",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class NearTheTop(ModelChoiceIterator):
    """Offers three layers of teams and the one that was asked for; a page lists no thousands.

    Any team may be asked for, and asking for a team includes what is below it.
    """

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        """The teams to choose from, in the order of the tree."""
        near = Q(parent=None) | Q(parent__parent=None) | Q(parent__parent__parent=None)
        asked = str(getattr(self.field, "asked", ""))
        if asked.isdecimal() and int(asked) <= LARGEST:
            near |= Q(pk=int(asked))
        yield "", self.field.empty_label
        for team in self.queryset.filter(near)[:MOST_TEAMS]:
            yield self.choice(team)


class TeamField(forms.ModelChoiceField):
    """A team, chosen from those near the top."""

    iterator = NearTheTop


class LevelField(forms.CharField):
    """A level by its name."""

    def clean(self, value: Any) -> Any:
        """The name in its parts; None when nothing is asked for."""
        text = super().clean(value)
        found = level_names.read(text) if text else None
        if text and found is None:
            raise forms.ValidationError(f"Name a level like “{level_names.EXAMPLE}”.")
        return found


class Comparison(forms.Form):
    """Two levels to compare."""

    left = LevelField(required=False, max_length=500)
    right = LevelField(required=False, max_length=500)


class People(forms.Form):
    """The questions of `GET /people/`; `ladders.directory.narrowed` answers them."""

    q = forms.CharField(required=False, max_length=200, label="Name, e-mail or number")
    team = TeamField(
        required=False,
        queryset=Team.objects.order_by("path"),
        label="Team",
        empty_label="Every team",
    )
    track = forms.ChoiceField(
        required=False, choices=[("", "Every track"), *Track.Kind.choices], label="Track"
    )
    level = forms.CharField(required=False, max_length=200, label="Level")
    manager = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, label="Manager")
    below = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, label="Below")
    as_of = forms.DateField(required=False, label="As of")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the list of teams know which one is asked for."""
        super().__init__(*args, **kwargs)
        self.fields["team"].asked = self.data.get("team", "")
