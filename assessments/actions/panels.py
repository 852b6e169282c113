"""How a panel is named, recuses, votes behind seals, and recommends."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from assessments import panels
from assessments.actions import composition
from assessments.actions.moves import move, optional, required
from assessments.actions.reasons import Reason, check_reasons
from assessments.models import (
    Ballot,
    Panel,
    PromotionCase,
    Recommendation,
    RecommendationReason,
    Seat,
)
from assessments.states import State
from people.models import Person
from people.refusals import Conflict, Invalid


def assign(
    case: PromotionCase,
    *,
    by: Person,
    chair: Person,
    voters: Sequence[Person],
    alternates: Sequence[Person] = (),
    approver: Person | None = None,
    note: str = "",
) -> Panel:
    """Name the panel; a former one is dissolved. `voters` includes the chair.

    Conflicts and size are refused by name; exceptions of composition need `note`.
    """
    optional(note=note)
    with move("assign_panel", case, by, reason=note, chair=chair.name) as case:
        if chair not in voters:
            raise Invalid({"chair": ["The chair is one of the voters."]})
        composition.check(case, voters, alternates, note)
        if approver is not None:
            _change_approver(case, approver)
        if case.approver_id in {person.pk for person in (*voters, *alternates)}:
            raise Invalid({"voters": ["The approver does not sit on the panel."]})
        return _seat(case, by, chair, voters, alternates, note)


def _change_approver(case: PromotionCase, approver: Person) -> None:
    if approver.pk in (case.candidate_id, case.nominator_id, case.owner_id):
        raise Invalid({"approver": ["The approver is neither the candidate nor the nominator."]})
    case.approver = approver


def _seat(
    case: PromotionCase,
    by: Person,
    chair: Person,
    voters: Sequence[Person],
    alternates: Sequence[Person],
    note: str,
) -> Panel:
    case.panels.filter(dissolved_at=None).update(dissolved_at=timezone.now())
    days = datetime.timedelta(days=case.procedure.preread_days)
    panel = Panel.objects.create(
        case=case,
        preread_until=timezone.localdate() + days,
        composition_note=note,
        named_by=by,
    )
    Seat.objects.bulk_create(
        Seat(
            panel=panel,
            person=person,
            chair=person == chair,
            alternate=person in alternates,
        )
        for person in dict.fromkeys([*voters, *alternates])
    )
    return panel


def declare_conflict(case: PromotionCase, *, by: Person, reason: str) -> Seat:
    """A member names their own conflict; the chair rules on it. It stays between chair and HR."""
    required(reason=reason)
    with move("declare_conflict", case, by) as case:
        seat = standing_panel(case).seats.get(person=by)
        if seat.conflict_declared_at and not seat.ruled_at:
            raise Conflict("You have declared this already; the chair has yet to rule.")
        seat.conflict = reason
        seat.conflict_declared_at = timezone.now()
        seat.ruled_at = None
        seat.save()
    return seat


def rule_on_conflict(
    case: PromotionCase, seat: Seat, *, by: Person, recuse: bool, reason: str
) -> Seat:
    """The ruling. A recusal voids the ballot; if the result falls, the panel votes again."""
    required(reason=reason)
    with transaction.atomic():
        with move("rule_on_conflict", case, by, recuse=recuse, reason=reason) as locked:
            panel = standing_panel(locked)
            seat = panel.seats.select_for_update().get(pk=seat.pk)
            if seat.person_id == by.pk:
                raise Invalid({"seat": ["Somebody else rules on your own conflict; ask HR."]})
            _rule(panel, seat, reason if recuse else "")
        if recuse and _result_falls(panel):
            vote_anew(case, panel, by)
    return seat


def _rule(panel: Panel, seat: Seat, because: str) -> None:
    """Recuse a member `because` of something, or not. The chair passes on to the next voter."""
    led, seat.ruled_at = seat.chair, timezone.now()
    if because:
        seat.recused_at, seat.recused_because, seat.chair = seat.ruled_at, because, False
        seat.ballots.filter(void_at=None).update(void_at=seat.ruled_at)
    seat.save()
    if because:
        _take_a_seat(panel)
    if because and led and (heir := voters(panel).order_by("pk").first()):
        heir.chair = True
        heir.save(update_fields=["chair"])


def _take_a_seat(panel: Panel) -> None:
    """An alternate steps in when fewer than three voters are left."""
    if voters(panel).count() < panels.SMALLEST:
        stand_in = panel.seats.filter(alternate=True, recused_at=None).order_by("pk").first()
        if stand_in:
            stand_in.alternate = False
            stand_in.save(update_fields=["alternate"])


def _result_falls(panel: Panel) -> bool:
    return panel.closed_at is not None and count(panel).result != panel.result


def vote_anew(case: PromotionCase, panel: Panel, by: Person | None) -> None:
    """Open the vote again after a result fell; a recommendation that stood on it is void."""
    panel.closed_at, panel.result = None, ""
    panel.save()
    case.refresh_from_db(fields=["state"])
    if case.state == State.RECOMMENDED:
        with move("vote_again", case, by, reason="A ballot fell after a conflict was found."):
            case.recommendations.filter(void_at=None).update(void_at=timezone.now())


def step_down(case: PromotionCase, person: Person, *, because: str) -> Panel | None:
    """Recuse who came to lead the candidate.

    Returns the panel where its result falls with that: `vote_anew` follows.
    """
    seats = Seat.objects.filter(panel__case=case, panel__dissolved_at=None, person=person)
    seat = seats.filter(recused_at=None).select_for_update().first()
    if seat is None:
        return None
    panel = standing_panel(case)
    _rule(panel, seat, because)
    return panel if _result_falls(panel) else None


def standing_panel(case: PromotionCase) -> Panel:
    """The panel that sits now, locked."""
    return case.panels.select_for_update(no_key=True).get(dissolved_at=None)


def voters(panel: Panel):
    """Seats that vote: neither recused nor alternates."""
    return panel.seats.filter(recused_at=None, alternate=False)


def count(panel: Panel) -> panels.Tally:
    """The standing votes of the round."""
    cast = Ballot.objects.filter(seat__panel=panel, round=panel.round, void_at=None)
    return panels.tally(voters(panel).count(), cast.values_list("vote", flat=True))


def vote(case: PromotionCase, *, by: Person, vote: str, reason: str = "") -> Ballot:
    """Cast one's ballot, or change it while the round is open; it is sealed until then."""
    optional(reason=reason)
    if vote not in Ballot.Vote.values:
        raise Invalid({"vote": ["Choose yes, not yet or abstain."]})
    if vote == Ballot.Vote.ABSTAIN and not reason.strip():
        raise Invalid({"reason": ["Say why you abstain."]})
    with move("vote", case, by) as case:
        panel = standing_panel(case)
        if panel.closed_at:
            raise Conflict("The ballot is closed.")
        seat = panel.seats.get(person=by)
        if seat.conflict_declared_at and not seat.ruled_at:
            raise Conflict("You declared a conflict; the chair rules on it before you vote.")
        if found := composition.conflicts(case, [by])[by.pk]:
            raise Conflict(f"You cannot vote on this case: {found[0]}. Ask HR for a recusal.")
        ballot, _ = Ballot.objects.update_or_create(
            seat=seat,
            round=panel.round,
            defaults={
                "vote": vote,
                "reason": reason,
                "cast_at": timezone.now(),
                "void_at": None,
            },
        )
    return ballot


def close_ballot(case: PromotionCase, *, by: Person) -> Panel:
    """Open the seals. Needs the quorum; a split calls for discussion and a second round."""
    with move("close_ballot", case, by) as case:
        panel = standing_panel(case)
        if panel.closed_at:
            raise Conflict("The ballot is closed already.")
        _nobody_waits(panel)
        tally = count(panel)
        if tally.voters < panels.SMALLEST:
            raise Conflict("Fewer than three voters are left; HR names a new panel.")
        if tally.result is None:
            raise Conflict(f"{tally.cast} of {tally.quorum} ballots that the quorum needs are in.")
        panel.closed_at, panel.result = timezone.now(), tally.result
        panel.save()
    return panel


def _nobody_waits(panel: Panel) -> None:
    """A vote counts once it is ruled on whether its voter has a conflict."""
    if voters(panel).filter(conflict_declared_at__isnull=False, ruled_at=None).exists():
        raise Conflict(panels.UNRULED)


def reopen_ballot(case: PromotionCase, *, by: Person) -> Panel:
    """Call the one second round after a split."""
    with move("reopen_ballot", case, by) as case:
        panel = standing_panel(case)
        if panel.result != Panel.Result.SPLIT or panel.closed_at is None:
            raise Conflict("A second ballot follows a split.")
        if panel.round > 1:
            raise Conflict("There is one second ballot; now the chair sums up.")
        panel.round, panel.closed_at, panel.result = 2, None, ""
        panel.save()
    return panel


def recommend(
    case: PromotionCase,
    *,
    by: Person,
    text: str,
    reasons: Iterable[Reason],
    result: str = "",
) -> Recommendation:
    """The panel's word with a reason for every expectation that decided it.

    `result` is the chair's synthesis and counts only after a second split.
    """
    required(text=text)
    with move("recommend", case, by) as case:
        panel = standing_panel(case)
        _nobody_waits(panel)
        wanted = check_reasons(case, reasons)
        recommendation = Recommendation.objects.create(
            case=case,
            panel=panel,
            result=_settled(panel, result),
            text=text,
            given_by=by,
        )
        RecommendationReason.objects.bulk_create(
            RecommendationReason(
                recommendation=recommendation,
                expectation_id=reason.expectation,
                text=reason.text,
            )
            for reason in wanted
        )
    return recommendation


def _settled(panel: Panel, synthesis: str) -> str:
    if panel.closed_at is None:
        raise Conflict("Close the ballot first.")
    if panel.result != Panel.Result.SPLIT:
        return panel.result
    if panel.round == 1:
        raise Conflict("The vote is split: discuss it, then call the second ballot.")
    if synthesis not in (Panel.Result.PROMOTE, Panel.Result.NOT_YET):
        raise Invalid({"result": ["The second ballot is split too: say what the panel's word is."]})
    return synthesis
