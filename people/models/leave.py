"""A leave: days on which somebody's clocks stand still and no reminder goes out."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q


class Leave(models.Model):
    """An interval away. Protected kinds count neither for nor against the person."""

    class Kind(models.TextChoices):
        PARENTAL = "parental", "Parental leave"
        SICK = "sick", "Sick leave"
        CARE = "care", "Care leave"
        SABBATICAL = "sabbatical", "Sabbatical"
        HOLIDAY = "holiday", "Holiday"
        OTHER = "other", "Other leave"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="leaves")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.OTHER)
    days = DateRangeField()
    stops_clock = models.BooleanField(
        default=True, help_text="Time in level is counted net of this leave."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a leave lasts at least a day", condition=Q(days__isempty=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.person_id}"
