"""How a pulse during a trial is asked for, and answered without names."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import track_move_policies as policies
from assessments.actions.track_moves import step
from assessments.models import Pulse, PulseAnswer, TrackMove
from assessments.models.pulse import APART, OPEN_FOR
from assessments.pulses import QUESTIONS, SCALE, TOO_SMALL
from assessments.visibility import UNNAMED_FROM
from people.models import Person, ReportingLine
from people.refusals import Conflict, Invalid, enforce
from people.wording import long_day

CLOSED = "This pulse is closed; what was answered is counted."
TWICE = "A pulse was asked for at the same moment."


def ask(move: TrackMove, *, by: Person) -> TrackMove:
    """Ask everybody who reports to the person today. Raises Conflict where they are fewer than
    three, and within 28 days of the last pulse."""
    today = timezone.localdate()
    try:
        with step("ask_pulse", move, by) as move:
            if refusal := too_early(move):
                raise Conflict(refusal)
            lines = ReportingLine.objects.as_of(today).filter(manager=move.person_id)
            reports = Person.objects.employed().filter(pk__in=lines.values("person"))
            if len(reports) < UNNAMED_FROM:
                raise Conflict(TOO_SMALL)
            pulse = Pulse.objects.create(
                move=move, asked_by=by, closes_on=today + OPEN_FOR, days=(today, today + APART)
            )
            PulseAnswer.objects.bulk_create(
                PulseAnswer(pulse=pulse, person=person) for person in reports
            )
    except IntegrityError:
        raise Conflict(TWICE) from None
    return move


def too_early(move: TrackMove) -> str:
    """Why no pulse is asked today; nothing when one can be."""
    pulses = Pulse.objects.filter(move=move, days__contains=timezone.localdate())
    days = pulses.values_list("days", flat=True)
    last = days.first()
    return f"The next pulse can be asked for from {long_day(last.upper)} on." if last else ""


def answer(row: PulseAnswer, *, by: Person, answers: Mapping[str, str]) -> PulseAnswer:
    """Answer, or change one's answers, until the pulse closes.

    That somebody answered, and what, is no event: nobody is to read it anywhere.
    """
    errors = {name: ["Choose one."] for name in QUESTIONS if answers.get(name) not in SCALE}
    if errors:
        raise Invalid(errors)
    with transaction.atomic():
        rows = PulseAnswer.objects.select_for_update(no_key=True, of=("self",)).for_display()
        row = rows.get(pk=row.pk)
        enforce(policies.answers(by, row))
        if row.pulse.closes_on <= timezone.localdate():
            raise Conflict(CLOSED)
        for name in QUESTIONS:
            setattr(row, name, answers[name])
        row.answered_at = timezone.now()
        row.save(update_fields=[*QUESTIONS, "answered_at"])
    return row
