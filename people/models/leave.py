"""A leave: days on which somebody is away, and what that means for their clock."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from people.clocks import Interval
from people.models.person import Person, Role
from people.models.temporal import (
    Temporal,
    TemporalQuerySet,
    never_rewritten,
    one_at_a_time,
)

ONE_AT_A_TIME = "a person is on one leave at a time"


class LeaveQuerySet(TemporalQuerySet):
    """Which leaves."""

    def stopping(self) -> Self:
        """Standing leaves that stop the clock."""
        return self.known_at().filter(stops_clock=True)

    def visible_to(self, reader: Person) -> Self:
        """One's own; HR sees all. A manager learns only that somebody is away, and until when."""
        return self if reader.has_role(Role.HR) else self.filter(person=reader)

    def beside(self, person: str = "pk") -> ArraySubquery:
        """All rows of the person in column `person`, as one value; read it with `intervals`."""
        rows = self.filter(person=OuterRef(person)).order_by("valid")
        return ArraySubquery(
            rows.values(json=JSONObject(since="valid__startswith", until="valid__endswith"))
        )


class Leave(Temporal):
    """An interval away. What applies is fixed when it is recorded, by the rules of its kind."""

    class Kind(models.TextChoices):
        PARENTAL = "parental", "Parental leave"
        SICK = "sick", "Sick leave"
        CARE = "care", "Care leave"
        SABBATICAL = "sabbatical", "Sabbatical"
        HOLIDAY = "holiday", "Holiday"
        REDUCED = "reduced", "Reduced hours"
        OTHER = "other", "Other leave"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="leaves")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.OTHER)
    stops_clock = models.BooleanField(
        default=True, help_text="Time in level is counted net of this leave."
    )
    pauses_reminders = models.BooleanField(
        default=True, help_text="The person is away, and no reminder goes out."
    )

    objects = LeaveQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time(ONE_AT_A_TIME),
            models.CheckConstraint(
                name="a leave lasts at least a day", condition=Q(valid__isempty=False)
            ),
        ]
        triggers = never_rewritten(except_for=["superseded_at"])

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.person_id}"


def intervals(rows: list[dict[str, Any]]) -> list[Interval]:
    """What `LeaveQuerySet.beside` fetched, as plain dates."""
    day = datetime.date.fromisoformat
    return [(day(row["since"]), row["until"] and day(row["until"])) for row in rows]
