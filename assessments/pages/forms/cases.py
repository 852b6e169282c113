"""Forms that open a case, write its text, hand it on, send it back or end it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from assessments.models import Cycle
from assessments.pages.forms.base import MoveForm, Refusable, Text
from ladders.models import Level


class LevelField(forms.ModelChoiceField):
    """A level by title, track and grade."""

    def label_from_instance(self, level: Level) -> str:
        """ "Staff Engineer, staff track, grade 5"."""
        words = [level.title, level.track.get_kind_display().lower()]
        if level.grade:
            words.append(f"grade {level.grade.rank}")
        return ", ".join(words)


class Opening(Refusable):
    """What a new case is for: a level, in a cycle or on its own."""

    target_level = LevelField(
        queryset=Level.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        label="Target level",
        error_messages={"required": "Choose the level that the case is for."},
    )
    level_reason = Text(
        label="Why this level",
        required=False,
        help_text="Only where it is not the next level of the track. The panel reads it.",
    )
    cycle = forms.ModelChoiceField(
        queryset=Cycle.objects.none(),
        required=False,
        label="Review cycle",
        empty_label="None: an off-cycle case",
    )

    def __init__(
        self, levels: Any, cycles: Any, data: Any = None, *, any_level: bool = False
    ) -> None:
        first = cycles.first()
        only = levels[0] if len(levels) == 1 else None
        initial = {"cycle": first.pk if first else None, "target_level": only and only.pk}
        super().__init__(data, initial=initial)
        self.fields["target_level"].queryset = levels  # type: ignore[attr-defined]
        self.fields["cycle"].queryset = cycles  # type: ignore[attr-defined]
        if not any_level:
            del self.fields["level_reason"]


class Writing(Refusable):
    """One text of a case, and the version that the writer started from."""

    text = Text(long=True, required=False, label="Text")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    aliases: ClassVar[dict[str, str]] = {"statement": "text", "own_section": "text"}


class Submission(MoveForm):
    """The reasons that unmet guidelines ask for; a field stands here only while it is asked for."""

    waiver_reason = Text(label="Why now?", required=False, help_text="The panel reads your reason.")
    off_cycle_reason = Text(
        label="Why can it not wait for the next cycle?",
        required=False,
        help_text="The panel reads your reason.",
    )

    def ask_only(self, names: set[str]) -> None:
        """Keep the fields that the checklist asks for."""
        for name in set(self.fields) - names:
            del self.fields[name]


class Reason(MoveForm):
    """A move that needs a reason."""

    reason = Text(label="Reason", help_text="It stands in the history of the case.")


class Repin(MoveForm):
    """Why the case follows another text."""

    reason = Text(
        label="Why does it move?",
        help_text="It stands in the history of the case.",
    )


class Return(MoveForm):
    """What the manager should change."""

    reason = Text(
        label="What is missing",
        help_text="The manager reads it, and it stands in the history of the case.",
    )


class OptionalReason(MoveForm):
    """A move that may be explained."""

    reason = Text(label="Reason", required=False, help_text="It stands in the history of the case.")
