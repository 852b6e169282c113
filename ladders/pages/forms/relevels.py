"""The form that says which level becomes which: one choice for each level of the earlier text."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import Count, Q

from ladders.models import LadderVersion, Level
from ladders.pages.forms.records import Day, Reason
from people.pages.forms import Refusable

AS_IT_IS = "as it is"


class Between(forms.Form):
    """From which text of a ladder to which; both come from the address."""

    old = forms.ModelChoiceField(
        LadderVersion.objects.none(), label="Who stands in", empty_label="Choose a ladder"
    )
    new = forms.ModelChoiceField(
        LadderVersion.objects.none(), label="Comes to stand in", empty_label="Choose a ladder"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        texts = LadderVersion.objects.readable().select_related("ladder")
        texts = texts.order_by("title", "-published_at", "-pk")
        for name in ("old", "new"):
            field: Any = self.fields[name]
            field.queryset = texts
            field.label_from_instance = lambda version: f"{version.title} {version.number}"


class Mapping(Refusable):
    """What becomes of each level, from which day, and why."""

    on = Day(label="From")
    reason = Reason()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, old: LadderVersion, new: LadderVersion, today: datetime.date, *args: Any, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        standing = Count(
            "placements",
            filter=Q(placements__superseded_at=None, placements__valid__contains=today),
        )
        self.old = list(_levels(old).annotate(people=standing))
        self.new = {str(level.pk): level for level in _levels(new)}
        names = [(pk, f"{level.title} ({level.track})") for pk, level in self.new.items()]
        same = {level.key: pk for pk, level in self.new.items()}
        for level in self.old:
            self.fields[f"level_{level.pk}"] = forms.ChoiceField(
                label=level.title,
                choices=[("", AS_IT_IS), *names],
                required=False,
                initial=same.get(level.key, "") if old.pk != new.pk else "",
                help_text=f"{level.people} stand here today",
            )
        self.order_fields([*(f"level_{level.pk}" for level in self.old), "on", "reason"])

    def levels(self) -> dict[Level, Level]:
        """Each level with the one it becomes; those that stay are left out."""
        chosen = ((level, self.cleaned_data[f"level_{level.pk}"]) for level in self.old)
        return {level: self.new[pk] for level, pk in chosen if pk}


def _levels(version: LadderVersion) -> Any:
    rows = Level.objects.for_display().filter(version=version)
    return rows.order_by("track__order", "order", "position")
