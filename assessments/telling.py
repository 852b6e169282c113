"""Which people an event of a case concerns, and what each of them is told. No case content."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from assessments import visibility, wording
from assessments.models import Feedback, Handover, Notification, PromotionCase
from assessments.states import MOVES, Preset, State
from people.models import Event, Person, Role


@dataclass(frozen=True, slots=True)
class Notice:
    """A text for some people by id, or for HR where none of them is there any more.

    Whoever may not see the case is left out.
    """

    text: str
    people: tuple[int | None, ...] = ()
    or_hr: bool = False


Teller = Callable[[Event, PromotionCase], list[Notice]]


OPENED = "A promotion case was opened for you. You add your own section and your evidence."
MOVE = {"decide": "approve"}  # where a task and the move that settles it have different names


def _task(name: str, who: Callable[[PromotionCase], Iterable[int | None]]) -> Teller:
    """Tell those who owe a task while it can still be done; where there is nobody, HR."""

    def tell(event: Event, case: PromotionCase) -> list[Notice]:
        if case.state not in MOVES[MOVE.get(name, name)].starts_from(case.procedure.preset):
            return []
        words = f"{wording.task(name, case.candidate.name)}."
        return [Notice(words, tuple(who(case)), or_hr=True)]

    return tell


def _news(text: str, who: Callable[[PromotionCase], Iterable[int | None]]) -> Teller:
    """Tell somebody that something happened; `{name}` is the candidate."""

    def tell(event: Event, case: PromotionCase) -> list[Notice]:
        return [Notice(text.format(name=case.candidate.name), tuple(who(case)))]

    return tell


def _submitted(event: Event, case: PromotionCase) -> list[Notice]:
    if case.procedure.preset == Preset.LIGHTWEIGHT:
        return _task("decide", _approver)(event, case)
    notices = _task("gather", _nobody)(event, case)
    if case.procedure.endorsement:
        notices += _task("endorse", _skip_level)(event, case)
    return notices


def _joined(*tellers: Teller) -> Teller:
    return lambda event, case: [notice for tell in tellers for notice in tell(event, case)]


def _nobody(case: PromotionCase) -> list[int | None]:
    return []


def _skip_level(case: PromotionCase) -> list[int | None]:
    return [case._skip_level_id]


def _owner(case: PromotionCase) -> list[int | None]:
    return [case.owner_id]


def _candidate(case: PromotionCase) -> list[int | None]:
    return [case.candidate_id]


def _approver(case: PromotionCase) -> list[int | None]:
    return [case.approver_id]


def _voters(case: PromotionCase) -> list[int | None]:
    return [
        seat.person_id
        for panel in case.standing_panels
        for seat in panel.seats.all()
        if seat.recused_at is None and not seat.alternate
    ]


def _chair(case: PromotionCase) -> list[int | None]:
    seats = [seat for panel in case.standing_panels for seat in panel.seats.all()]
    return [seat.person_id for seat in seats if seat.chair and seat.recused_at is None]


_decided = _task("communicate", _owner)
_CASES: dict[str, Teller] = {
    "case.open": _news(OPENED, _candidate),
    "case.submit": _submitted,
    "case.send_back": _news("{name}’s case came back to you, with a reason.", _owner),
    "case.repin": _joined(
        _news("{name}’s case now follows the published version of its ladder.", _owner),
        _news("Your case now follows the published version of its ladder.", _candidate),
    ),
    "case.hand_over": _joined(
        _news("{name}’s case is yours now. Every word that was written stayed.", _owner),
        _news("Another manager makes the case for you now; nothing was lost.", _candidate),
    ),
    "case.pass_on": _task("decide", _approver),
    "case.write_handover": _news("There is a handover statement on {name}’s case.", _owner),
    "case.endorse": _news("The skip-level has spoken on {name}’s case.", _owner),
    "case.assign_panel": _task("vote", _voters),
    "case.declare_conflict": _task("rule_on_conflict", _chair),
    "case.reopen_ballot": _task("vote", _voters),
    "case.vote_again": _task("vote", _voters),
    "case.recommend": _task("decide", _approver),
    "case.approve": _decided,
    "case.approve_no_seat": _decided,
    "case.defer": _decided,
    "case.decline": _decided,
    "case.communicate": _news("What was decided on your case is here to read.", _candidate),
    "case.make_effective": _joined(
        _news("Your new level is in effect.", _candidate),
        _news("{name}’s new level is in effect.", _owner),
    ),
    "case.withdraw": _news("{name}’s case was withdrawn.", _owner),
    "case.retract": _news("The case for you was withdrawn by your manager.", _candidate),
    "case.lapse": _joined(
        _news("{name}’s case has lapsed: nothing happened on it for 90 days.", _owner),
        _news("The case for you has lapsed: nothing happened on it for 90 days.", _candidate),
    ),
    "case.cancel": _news("{name}’s case was cancelled.", _owner),
}


def _about_case(event: Event) -> None:
    case = PromotionCase.objects.for_display().get(pk=event.subject_id)
    notices = _CASES[event.verb](event, case)
    ids = {pk for notice in notices for pk in notice.people if pk}
    there = Person.objects.for_session().filter(is_active=True, pk__in=ids)
    people = {person.pk: person for person in there}
    path = reverse("assessments:case", args=[case.pk])
    Notification.objects.bulk_create(
        (
            Notification(
                person=person,
                event=event,
                case=case,
                text=notice.text,
                path=path,
                created_at=event.at,
            )
            for notice in notices
            for person in _hearers(notice, people, case)
            if person.pk != event.actor_id and _sees(person, case)
        ),
        ignore_conflicts=True,
    )


def _hearers(notice: Notice, people: dict[int, Person], case: PromotionCase) -> Iterable[Person]:
    """Who is told. HR never stands in on a case of their own."""
    named = [people[pk] for pk in notice.people if pk in people]
    if named or not notice.or_hr:
        return named
    return Person.objects.for_session().employed().holding(Role.HR).exclude(pk=case.candidate_id)


def _sees(person: Person, case: PromotionCase) -> bool:
    standing = visibility.relations(person, case)
    return visibility.sees("case", standing, case.state)


def _asked(event: Event) -> None:
    """Feedback was asked for: its author does not see the case, only the request."""
    feedback = Feedback.objects.select_related("case__candidate").get(pk=event.subject_id)
    is_open = feedback.case.state == State.GATHERING
    if feedback.state != Feedback.State.REQUESTED or not is_open:
        return
    text = f"{wording.task('give_feedback', feedback.case.candidate.name)}."
    path = reverse("assessments:feedback", args=[feedback.pk])
    Notification.objects.bulk_create(
        [
            Notification(
                person_id=feedback.author_id,
                event=event,
                text=text,
                path=path,
                created_at=event.at,
            )
        ],
        ignore_conflicts=True,
    )


def _handed(event: Event) -> None:
    """The former manager hears of it too, without seeing the case."""
    _about_case(event)
    _former(event, "Somebody else owns {name}’s case now. What you wrote stays, with your name.")


def _asked_for_statement(event: Event) -> None:
    _former(event, f"{wording.TASKS['write_handover']}.")


def _former(event: Event, text: str) -> None:
    rows = Handover.objects.filter(case=event.subject_id, handed_at__lte=event.at)
    row = rows.select_related("former", "case__candidate").order_by("-handed_at").first()
    if row is None or not row.former.is_active or row.former_id == row.case.owner_id:
        return
    notice = Notification(
        person=row.former,
        event=event,
        text=text.format(name=row.case.candidate.name),
        path=reverse("assessments:case-handover-statement", args=[row.case_id]),
        created_at=event.at,
    )
    Notification.objects.bulk_create([notice], ignore_conflicts=True)


VERBS: dict[str, Callable[[Event], None]] = {
    **dict.fromkeys(_CASES, _about_case),
    "case.hand_over": _handed,
    "case.ask_handover": _asked_for_statement,
    "feedback.request": _asked,
}
