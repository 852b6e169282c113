"""How a case goes from one manager to the next, and what the former one says about it."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from assessments import states
from assessments.actions import facts, panels
from assessments.actions.moves import each, lock, move, near, optional, required
from assessments.models import Feedback, Handover, PromotionCase
from assessments.states import State
from people import audit
from people.models import Person, ReportingLine
from people.models.person import still_here
from people.refusals import Conflict, Invalid

USUAL = datetime.timedelta(days=7)
NOBODY = "Nobody else has led this case."
LEADS = "Leads the candidate now."


def hand_over(case: PromotionCase, *, by: Person | None, reason: str = "") -> Handover:
    """Give the case to who leads the candidate today, with every word under its writer's name.

    A successor who would decide passes the decision on, one on the panel is recused, and one who
    was asked for feedback is asked no longer. Raises Forbidden or Conflict.
    """
    optional(reason=reason)
    with transaction.atomic():
        held = lock(case)
        names = {"former": held.owner.name, "successor": held._manager_name}
        with move("hand_over", held, by, reason=reason, **names) as locked:
            successor = successor_of(locked)
            row = Handover.objects.create(
                case=locked, former=locked.owner, successor=successor, words=_words(locked)
            )
            locked.owner = successor
            _pass_on(locked)
            _ask_no_longer(locked)
            falls = panels.step_down(locked, successor, because=LEADS) if _sits(locked) else None
        if falls:
            panels.vote_anew(locked, falls, None)
    return row


def successor_of(case: PromotionCase) -> Person:
    """Who leads the candidate today; Conflict where that is nobody, or who owns the case."""
    if case._manager_here is None:
        raise Conflict(f"Nobody leads {case.candidate.name} today; HR names a manager first.")
    if case._manager_here == case.owner_id:
        raise Conflict(f"{case.owner.name} leads {case.candidate.name} and owns the case already.")
    return Person.objects.get(pk=case._manager_here)


def _words(case: PromotionCase) -> dict[str, Any]:
    """What managers had written so far: plain JSON, each text with who wrote it and when."""
    parts = case.sections.exclude(text="").select_related("saved_by", "competency")
    return {
        "statement": _said(case.statement, case.statement_by or case.owner, case.statement_at),
        "parts": [
            {
                "competency": str(row.competency),
                "competency_id": row.competency_id,
                **_said(row.text, row.saved_by, row.saved_at),
            }
            for row in parts.order_by("competency__position")
        ],
    }


def _said(text: str, by: Person, at: datetime.datetime | None) -> dict[str, Any]:
    writer = {"id": by.pk, "name": by.name}
    return {"text": text, "by": writer, "at": at.isoformat() if at else None}


def _pass_on(case: PromotionCase) -> None:
    """Whoever makes the case does not decide it; where nobody else is found, HR decides."""
    if case.approver_id != case.owner_id or case.state == State.DECIDED:
        return
    case.approver_id = facts.usual_approver(case)
    audit.record("case.pass_on", case, by=None, reason=f"{case.owner.name} makes the case now.")


def _ask_no_longer(case: PromotionCase) -> None:
    asked = Feedback.objects.filter(case=case, author=case.owner_id, state=Feedback.State.REQUESTED)
    for feedback in asked:
        feedback.state, feedback.answered_at = Feedback.State.DECLINED, timezone.now()
        feedback.save()
        audit.record("feedback.declined", feedback, by=None, reason=LEADS)


def _sits(case: PromotionCase) -> bool:
    return case.state in (State.IN_REVIEW, State.RECOMMENDED)


def ask(
    case: PromotionCase, *, by: Person, question: str = "", due_on: datetime.date | None = None
) -> Handover:
    """Ask the former manager for a statement, within a week unless said otherwise."""
    optional(question=question)
    due_on = due_on or timezone.localdate() + USUAL
    near(due_on=due_on)
    if due_on < timezone.localdate():
        raise Invalid({"due_on": ["Choose a day to come."]})
    with move("ask_handover", case, by) as case:
        rows = case.handovers.select_related("former").order_by("-handed_at", "-pk")
        found = rows.first()
        if found is None or (refusal := why_not_asked(found)):
            raise Conflict(refusal if found else NOBODY)
        found.asked_at, found.asked_by = timezone.now(), by
        found.question, found.due_on = question, due_on
        found.save()
    return found


def why_not_asked(row: Handover) -> str:
    """Why the former manager is not asked now; empty when they can be."""
    if row.asked_at:
        return f"{row.former.name} has been asked already."
    if not row.former.is_here(timezone.localdate()):
        return f"{row.former.name} has left. What they wrote stays."
    return ""


def write(case: PromotionCase, *, by: Person, statement: str) -> Handover:
    """The former manager's statement; once it is written it stays as it is."""
    required(statement=statement)
    with move("write_handover", case, by) as case:
        rows = case.handovers.filter(former=by).order_by("-handed_at", "-pk")
        row = rows.open().first()
        if row is None:
            raise Conflict(why_not_written(rows.first(), case))
        row.statement, row.written_at = statement, timezone.now()
        row.save()
    return row


def why_not_written(row: Handover | None, case: PromotionCase) -> str:
    """Why the former manager writes nothing now; empty while their statement is waited for."""
    if row and row.written_at:
        return "Your handover statement is written; it stays as it is."
    if case.state not in states.BEFORE_FREEZE:
        return "The packet is frozen, or the case has ended; nothing is added to it any more."
    if row is None or row.asked_at is None or row.former_id == case.owner_id:
        return "Nobody waits for a handover statement from you."
    return ""


def follow_lines() -> int:
    """What the clock does: every case goes to who leads its candidate today, if they are here."""
    lines = ReportingLine.objects.as_of(timezone.localdate()).filter(still_here("manager__"))
    led = lines.filter(person=OuterRef("candidate")).exclude(manager=OuterRef("owner"))
    cases = PromotionCase.objects.filter(state__in=states.MOVES["hand_over"].sources)
    return each(cases.filter(Exists(led)).order_by("pk"), _follow)


def _follow(case: PromotionCase) -> bool:
    with transaction.atomic():
        held = lock(case)
        if held._manager_here in (None, held.owner_id):
            return False
        hand_over(held, by=None, reason="The reporting line changed.")
    return True
