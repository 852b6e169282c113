"""How others are heard before the freeze: feedback, endorsement, sponsor; and the freeze."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from assessments.actions import packets
from assessments.actions.moves import lock, move, optional, required
from assessments.models import Endorsement, Feedback, PromotionCase
from assessments.states import State
from ladders.models import Track
from people import audit
from people.models import Person, ReportingLine
from people.refusals import Conflict, Forbidden, Invalid


class Request(NamedTuple):
    """Who is asked, and who will read the answer."""

    author: Person
    visibility: str


def gather(case: PromotionCase, *, by: Person, requests: Iterable[Request]) -> PromotionCase:
    """Ask colleagues for feedback; at staff levels at least one from outside the team."""
    requests = list(requests)
    with move("gather", case, by, asked=len(requests)) as case:
        for request in requests:
            _ask(case, request, by, field="requests")
        _guard_enough(case)
    return case


def _guard_enough(case: PromotionCase) -> None:
    asked = case.feedback.exclude(state=Feedback.State.DECLINED)
    wanted = case.procedure.minimum_feedback
    if asked.count() < wanted:
        raise Invalid({"requests": [f"Ask at least {wanted} people; {asked.count()} are named."]})
    outside = case.procedure.outside_feedback
    needs_outside = case.target_level.track.kind == Track.Kind.STAFF
    if needs_outside and asked.filter(outside_team=True).count() < outside:
        raise Invalid({"requests": [f"Ask at least {outside} from outside the candidate's team."]})


def ask_another(case: PromotionCase, *, by: Person, request: Request) -> Feedback:
    """Ask one more person while feedback is gathered."""
    with move("ask_another", case, by) as case:
        return _ask(case, request, by, field="author")


def _ask(case: PromotionCase, request: Request, by: Person, *, field: str) -> Feedback:
    author = request.author
    if author.pk in (case.candidate_id, case.owner_id):
        raise Invalid({field: [f"{author.name} is the candidate or the manager."]})
    if request.visibility not in Feedback.Visibility.values:
        raise Invalid({"visibility": ["Choose who will read the answer."]})
    if Feedback.objects.filter(case=case, author=author).exists():
        raise Conflict(f"{author.name} has been asked already.")
    feedback = Feedback.objects.create(
        case=case,
        author=author,
        requested_by=by,
        visibility=request.visibility,
        outside_team=_is_outside(author, case.candidate),
    )
    audit.record("feedback.request", feedback, by=by)
    return feedback


def _is_outside(author: Person, candidate: Person) -> bool:
    lines = ReportingLine.objects.as_of(timezone.localdate())
    teams = dict(lines.filter(person__in=[author, candidate]).values_list("person", "team"))
    return teams.get(author.pk) != teams.get(candidate.pk)


def why_closed(feedback: Feedback, case: PromotionCase) -> str:
    """Why a request can no longer be answered; empty while it can."""
    if feedback.state != Feedback.State.REQUESTED:
        return "This request is answered already."
    if case.state != State.GATHERING:
        return "Feedback is closed for this case."
    return ""


def give(feedback: Feedback, *, by: Person, text: str) -> Feedback:
    """Answer a request. What was said cannot be taken back once it is given."""
    required(text=text)
    with _answer(feedback, by) as feedback:
        feedback.state = Feedback.State.SUBMITTED
        feedback.text = text
    return feedback


def decline_to_give(feedback: Feedback, *, by: Person) -> Feedback:
    """Say no to a request; HR may ask somebody else."""
    with _answer(feedback, by) as feedback:
        feedback.state = Feedback.State.DECLINED
    return feedback


@contextmanager
def _answer(feedback: Feedback, by: Person):
    with transaction.atomic():
        case = lock(feedback.case)
        feedback = Feedback.objects.select_for_update(no_key=True).get(pk=feedback.pk)
        if by.pk != feedback.author_id:
            raise Forbidden("Only the person who was asked may answer.")
        if closed := why_closed(feedback, case):
            raise Conflict(closed)
        yield feedback
        feedback.answered_at = timezone.now()
        feedback.save()
        PromotionCase.objects.filter(pk=case.pk).update(active_at=feedback.answered_at)
        audit.record(f"feedback.{feedback.state}", feedback, by=by)


def endorse(case: PromotionCase, *, by: Person, endorses: bool, text: str) -> Endorsement:
    """The skip-level's word, for or against."""
    required(text=text)
    with move("endorse", case, by) as case:
        return _say(case, by, Endorsement.Kind.SKIP_LEVEL, endorses, text)


def sponsor(case: PromotionCase, *, by: Person, person: Person, text: str) -> Endorsement:
    """Add what somebody senior says for the candidate, in their name."""
    required(text=text)
    with move("sponsor", case, by, sponsor=person.name) as case:
        if person.pk in (case.candidate_id, case.owner_id):
            raise Invalid({"person": ["A sponsor is neither the candidate nor the manager."]})
        return _say(case, person, Endorsement.Kind.SPONSOR, True, text)


def _say(case: PromotionCase, person: Person, kind: str, endorses: bool, text: str) -> Endorsement:
    taken = case.endorsements.filter(person=person)
    if kind == Endorsement.Kind.SKIP_LEVEL:
        taken = taken | case.endorsements.filter(kind=kind)
    if taken.exists():
        raise Conflict("This word has been given already.")
    return Endorsement.objects.create(
        case=case,
        person=person,
        given_for_id=case.acting_for_id,
        kind=kind,
        endorses=endorses,
        text=text,
    )


def freeze(case: PromotionCase, *, by: Person, note: str = "") -> PromotionCase:
    """Freeze the packet. Too little feedback or no endorsement needs a note."""
    optional(note=note)
    with move("freeze", case, by, reason=note) as case:
        if (missing := missing_of(case)) and not note.strip():
            raise Invalid({"note": [f"{missing} Say why the case goes on all the same."]})
        case.freeze_note = note
        packets.freeze(case, by=by)
    return case


def missing_of(case: PromotionCase) -> str:
    """What the packet still lacks, in sentences; empty when nothing is missing."""
    wanted = case.procedure.minimum_feedback
    given = Feedback.objects.given().filter(case=case).count()
    spoken = case.endorsements.filter(kind=Endorsement.Kind.SKIP_LEVEL).exists()
    said = [f"{given} of {wanted} answers are in."] if given < wanted else []
    if case.procedure.endorsement and not spoken:
        said.append("The skip-level has not spoken yet.")
    return " ".join(said)
