"""What a list of people may be asked for, checked before it reaches the database."""

from __future__ import annotations

from django import forms

from ladders.models import Track
from people.models import Team

LARGEST = 2**63 - 1


class AsOf(forms.Form):
    """Which day, and as known when; shared by everything that looks at the past."""

    as_of = forms.DateField(required=False, label="As of")
    known_at = forms.DateTimeField(required=False, label="As known at")


class People(forms.Form):
    """The questions of `GET /people/`; `ladders.directory.narrowed` answers them."""

    q = forms.CharField(required=False, max_length=200, label="Name, e-mail or number")
    team = forms.ModelChoiceField(
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
