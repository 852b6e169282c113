"""A pulse: those who report to somebody on trial say how it is, without their names."""

from __future__ import annotations

import datetime
from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Count, F, Func, Q, Value
from django.utils import timezone

from assessments import pulses
from people.models import Person
from people.models.temporal import never_emptied, never_rewritten

OPEN_FOR = datetime.timedelta(days=14)
APART = datetime.timedelta(days=28)


class PulseQuerySet(models.QuerySet):
    """Which pulses."""

    def counted(self) -> Self:
        """With how many answered, and how many so, for pulses that are closed."""
        cells = {
            pulses.cell(question, value): Count(
                "answers", filter=Q(**{f"answers__{question}": value})
            )
            for question in pulses.QUESTIONS
            for value in pulses.SCALE
        }
        answered = Count("answers", filter=Q(answers__answered_at__isnull=False))
        return self.annotate(answered=answered, **cells)


class Pulse(models.Model):
    """It was asked once, and is open for some days; `days` keeps the next one away."""

    move = models.ForeignKey(
        "assessments.TrackMove", on_delete=models.PROTECT, related_name="pulses"
    )
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    closes_on = models.DateField(help_text="The first day on which nobody can answer.")
    days = DateRangeField(help_text="From the day it was asked; no other is asked in them.")

    objects = PulseQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a trial has one pulse in 28 days",
                expressions=[
                    (
                        Func(F("move"), F("move"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("days", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = never_rewritten(except_for=[])

    def __str__(self) -> str:
        return f"Pulse {self.pk}"


class PulseAnswerQuerySet(models.QuerySet):
    """Which answers."""

    def visible_to(self, person: Person) -> Self:
        """One's own, whoever one is."""
        return self.filter(person=person)

    def for_display(self) -> Self:
        """With the pulse and who is on trial."""
        return self.select_related("pulse__move__person", "pulse__move__to_level__track")


def _answer() -> models.CharField:
    return models.CharField(max_length=16, choices=list(pulses.SCALE.items()), blank=True)


class PulseAnswer(models.Model):
    """One person who was asked, and what they said; read by nobody but them, counted for others."""

    pulse = models.ForeignKey(Pulse, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    direction = _answer()
    support = _answer()
    fairness = _answer()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = PulseAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("pulse", "person", name="a person answers a pulse once"),
            models.CheckConstraint(
                name="an answer to a pulse is whole or not there",
                condition=Q(answered_at=None, direction="", support="", fairness="")
                | ~Q(answered_at=None) & ~Q(direction="") & ~Q(support="") & ~Q(fairness=""),
            ),
        ]
        indexes = [
            models.Index("person", name="pulse_to_answer", condition=Q(answered_at__isnull=True))
        ]
        triggers = [
            pgtrigger.Protect(name="answers_stay", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="those_asked_stay", fields=["pulse", "person"]),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
