"""Messages people are owed: reminders of a task at a step, and what stands in the inbox."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Func, Q
from django.db.models.lookups import Exact
from django.utils import timezone

from people.models import Person

ABOUT = ("case", "move", "pulse", "delegation")
"""What a task can be about."""


def _beside(model: str) -> models.ForeignKey:
    """What a task is about where it is no case; nobody looks reminders up by it."""
    return models.ForeignKey(
        model, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )


class Reminder(models.Model):
    """One message that one person is owed about one task at one step."""

    class Task(models.TextChoices):
        SUBMIT = "submit", "Submit the case"
        WRITE_HANDOVER = "write_handover", "Write a handover statement"
        ENDORSE = "endorse", "Endorse the case"
        VOTE = "vote", "Cast your ballot"
        DECIDE = "decide", "Decide the case"
        COMMUNICATE = "communicate", "Tell the candidate"
        AGREE = "agree", "Agree to the plan of a move"
        RECEIVE = "receive", "Welcome a move"
        CHECK_IN = "check_in", "Write how a trial is going"
        DECIDE_TRIAL = "decide_trial", "Decide how a trial ends"
        CONFIRM_MOVE = "confirm_move", "Confirm a move"
        ANSWER_PULSE = "answer_pulse", "Answer a pulse"
        STAND_IN = "stand_in", "Accept or decline a delegation"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        CLAIMED = "claimed", "Being sent"
        SENT = "sent", "Sent"
        DROPPED = "dropped", "No longer needed"
        SET_ASIDE = "set_aside", "Set aside after failures"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="reminders")
    case = models.ForeignKey(
        "assessments.PromotionCase", null=True, on_delete=models.PROTECT, related_name="reminders"
    )
    move = _beside("assessments.TrackMove")
    pulse = _beside("assessments.Pulse")
    delegation = _beside("people.Delegation")
    phase = models.ForeignKey(
        "assessments.Phase",
        null=True,
        on_delete=models.CASCADE,
        related_name="reminders",
    )
    task = models.CharField(max_length=16, choices=Task)
    step = models.SmallIntegerField(help_text="Days from the due date: -14 is two weeks before.")
    role = models.CharField(
        max_length=16,
        blank=True,
        help_text="Why this person: doer, asked, delegate, manager, skip_level, hr.",
    )
    due_on = models.DateField(help_text="When the task itself is due.")
    send_on = models.DateField(help_text="The local day of the message.")
    send_at = models.DateTimeField(help_text="That day, 09:00 in the person's own time zone.")
    time_zone = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    claimed_until = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person",
                *ABOUT,
                "task",
                "step",
                "due_on",
                name="one reminder a task and step",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="a reminder is about one thing",
                condition=Exact(Func(*ABOUT, function="num_nonnulls"), 1),
            ),
            models.CheckConstraint(
                name="a sent reminder says when",
                condition=~Q(state="sent") | ~Q(sent_at=None),
            ),
        ]
        indexes = [
            models.Index(
                "send_at",
                name="reminders_due",
                condition=Q(state__in=["waiting", "claimed"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.step:+d} for {self.person_id}"

    @property
    def about(self) -> tuple[str, int]:
        """What the task is about: the kind and the id."""
        found = ((kind, getattr(self, f"{kind}_id")) for kind in ABOUT)
        return next((kind, pk) for kind, pk in found if pk is not None)


class NotificationQuerySet(models.QuerySet):
    """Which notifications."""

    def visible_to(self, person: Person) -> Self:
        """One's own."""
        return self.filter(person=person)

    def unread(self) -> Self:
        """Not opened yet."""
        return self.filter(read_at=None)


class Notification(models.Model):
    """One line in somebody's inbox: what to do or what happened, and a link. No case content."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="notifications"
    )
    event = models.ForeignKey("people.Event", null=True, on_delete=models.PROTECT, related_name="+")
    reminder = models.ForeignKey(
        "assessments.Reminder", null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(max_length=300)
    case = models.ForeignKey(
        "assessments.PromotionCase",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    path = models.CharField(max_length=200, help_text="Where the link leads.")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "event", name="an event is told once to a person"),
            models.UniqueConstraint("person", "reminder", name="a reminder is shown once"),
        ]
        indexes = [models.Index(fields=["person", "-created_at", "-id"], name="inbox_newest")]

    def __str__(self) -> str:
        return f"Notification {self.pk}"
