"""Forms with which HR writes the records of people: types, lengths, presence."""

from __future__ import annotations

from typing import Any

from django import forms

from ladders import filters, level_names
from ladders.models import Level
from ladders.serializers.recording import BY_HAND
from people.models import Team
from people.pages.forms import Refusable
from people.pages.person_field import PersonField
from people.refusals import Invalid

LEVEL_NEEDED = {"required": "Choose a level."}


class Day(forms.DateField):
    """A date, picked with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"required": "Choose a day.", "invalid": "This is not a date."}


class Reason(forms.CharField):
    """Why, in a sentence or two."""

    def __init__(self, label: str = "Reason", **options: Any) -> None:
        options.setdefault("error_messages", {"required": "Say why."})
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": 3}), **options)


class LevelField(forms.ChoiceField):
    """One of the levels that stand in the ladders now, ladder by ladder."""

    def offer(self, present: Level | None = None, blank: str = "Choose a level") -> None:
        """Fetch the choices; the level of today is among them, even of an earlier version."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for level in Level.objects.to_choose_from():
            version = level.version
            name = level_names.LevelName(version.ladder.slug, "", level.key)
            groups.setdefault(version.ladder.title, []).append((str(name), level.title))
        if present is not None:
            version = present.version
            name = str(level_names.LevelName(version.ladder.slug, version.number, present.key))
            groups = {"As it is": [(name, present.title)], **groups}
            self.initial = name
        self.choices = [("", blank), *groups.items()]

    def clean(self, value: Any) -> Level | None:
        """The level of the name that was chosen."""
        text = super().clean(value)
        name = level_names.read(text) if text else None
        return Level.objects.named(name).first() if name else None


class Facts(Refusable):
    """A form about one person. `facts` are what stands now: level, manager, team, first day."""

    optional_level = "The level they left from"

    def __init__(self, facts: dict[str, Any], data: Any = None) -> None:
        initial = {name: facts.get(name) for name in ("manager", "team", "on")}
        super().__init__(data, initial=initial)
        if "level" in self.fields:
            needed = self.fields["level"].required
            blank = "Choose a level" if needed else self.optional_level
            self.fields["level"].offer(facts.get("level"), blank)
        if "team" in self.fields:
            asked = (data or {}).get("team") or (facts["team"].pk if facts.get("team") else "")
            self.fields["team"].asked = str(asked)

    def refuse(self, refusal: Invalid) -> None:
        """The domain says `on` or `left_on` where this form says `on`."""
        if "left_on" in refusal.errors:
            refusal.errors["on"] = refusal.errors.pop("left_on")
        super().refuse(refusal)


def _manager() -> PersonField:
    return PersonField(label="Manager", required=False, help_text="Empty: nobody, at the top.")


def _team() -> filters.TeamField:
    teams = Team.objects.order_by("path")
    return filters.TeamField(label="Team", queryset=teams, required=False, empty_label="No team")


class Placement(Facts):
    """From a day on, somebody stands on a level."""

    level = LevelField(label="Level", error_messages=LEVEL_NEEDED)
    on = Day(label="From", help_text="The first day, in the past or in the future.")
    kind = forms.ChoiceField(label="Kind", choices=[(kind.value, kind.label) for kind in BY_HAND])
    reason = Reason(required=False)


class Line(Facts):
    """From a day on, somebody reports to a manager in a team."""

    on = Day(label="From", help_text="The first day, in the past or in the future.")
    manager = _manager()
    team = _team()
    reason = Reason(required=False)


class Departure(Facts):
    """The last day."""

    on = Day(label="Last day")


class Rehire(Facts):
    """A new employment."""

    on = Day(label="First day")
    level = LevelField(label="Level", required=False)
    credited = forms.BooleanField(
        label="Earlier time on this rung counts for the time in level",
        required=False,
        help_text="Without this the clock starts anew. It needs a reason.",
    )
    manager = _manager()
    team = _team()
    reason = Reason(required=False)


class PlacementCorrection(Facts):
    """What was really true of a placement."""

    level = LevelField(label="Level", error_messages=LEVEL_NEEDED)
    on = Day(label="First day")
    reason = Reason("Why this is corrected", error_messages={"required": "Say why."})


class LineCorrection(Facts):
    """What was really true of a reporting line."""

    on = Day(label="First day")
    manager = _manager()
    team = _team()
    reason = Reason("Why this is corrected", error_messages={"required": "Say why."})
