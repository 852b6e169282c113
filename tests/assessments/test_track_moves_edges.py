"""The edges of a move between the tracks: first and last days, a plan made anew, what follows."""

from __future__ import annotations

import pytest

from assessments.actions import cases, track_moves, track_trials
from assessments.models import TrackMove
from ladders.actions import placements
from ladders.models import Placement
from people.actions import people
from people.refusals import Conflict, Invalid
from tests import cast as story
from tests.assessments import move_story
from tests.assessments.move_story import DAY, WEEK, fresh, today


def way(person):
    rows = Placement.objects.known_at().filter(person=person).order_by("valid")
    return [(row.level.key, row.kind, row.since, row.until) for row in rows]


def plan(cast, **other):
    return {
        "receiving_manager": cast.sam,
        "mentor": cast.petra,
        "starts_on": today(),
        **other,
    }


def test_a_trial_of_26_weeks_with_a_checkpoint_on_its_first_day_can_be_planned(cast):
    move = move_story.discussed(cast)
    start, end = today() + WEEK, today() + 27 * WEEK
    edges = {"starts_on": start, "ends_on": end}
    for wrong, field in [
        ({"ends_on": start}, "ends_on"),
        ({"mentor": cast.carl}, "mentor"),
        ({"checkpoints": [start, end]}, "checkpoints"),
        ({"checkpoints": [start, start]}, "checkpoints"),
    ]:
        with pytest.raises(Invalid) as refusal:
            track_moves.propose(move, by=cast.carl, **plan(cast, **(edges | wrong)))
        assert field in refusal.value.errors, wrong

    last = end - DAY
    track_moves.propose(move, by=cast.carl, **plan(cast, checkpoints=[last, start], **edges))

    assert [row.on for row in fresh(move).checkpoints.all()] == [start, last]


def test_a_plan_that_is_made_anew_keeps_nothing_of_the_one_before(cast):
    move = move_story.proposed(cast, checkpoints=[today() + DAY, today() + 2 * DAY])
    first = move.proposed_at
    welcomed = track_moves.receive(move, by=cast.sam).received_at
    assert track_moves.receive(move, by=cast.sam).received_at == welcomed
    with pytest.raises(Invalid):
        track_moves.send_back(move, by=cast.sam, reason=" ")
    track_moves.send_back(move, by=cast.sam, reason="Later.")
    later = [today() + 3 * DAY, today() + 4 * DAY]
    track_moves.propose(
        move, by=cast.maya, **plan(cast, receiving_manager=cast.maya, checkpoints=later)
    )

    move = fresh(move)
    assert [row.on for row in move.checkpoints.all()] == later
    assert (move.agreed_at, move.proposed_at) == (None, first)
    assert move.received_at is not None  # who proposes to lead the person welcomes them with it


def test_a_change_without_a_trial_has_neither_end_nor_mentor(cast):
    otto = cast.otto
    move = track_moves.explore(by=otto, to_level=cast.levels["engineering-manager"])
    track_moves.share(move, by=otto)
    asked = plan(cast, direct=True, ends_on=today() + WEEK, checkpoints=[today(), today() + DAY])
    move = fresh(track_moves.propose(move, by=otto, **asked))

    assert (move.ends_on, move.mentor, list(move.checkpoints.all())) == (None, None, [])
    assert move.home_until is None


def test_a_case_that_was_handed_in_since_holds_the_yes_of_hr(cast):
    case = story.draft(cast)
    move = move_story.proposed(cast)
    track_moves.receive(move, by=cast.sam)
    type(case).objects.filter(pk=case.pk).update(state="submitted")

    with pytest.raises(Conflict, match="do not run at once"):
        track_moves.approve(move, by=cast.hana)
    cases.withdraw(case, by=cast.carl)
    assert track_moves.approve(move, by=cast.hana).state == "approved"


def test_a_trial_is_extended_to_a_later_day_and_to_26_weeks_at_most(cast):
    move = move_story.in_trial(cast)
    with pytest.raises(Invalid):
        track_trials.extend(move, by=cast.sam, ends_on=move.ends_on, reason="No more.")
    longest = move.starts_on + 26 * WEEK

    assert track_trials.extend(move, by=cast.sam, ends_on=longest, reason="All.").ends_on == longest


@pytest.mark.parametrize("ends", ["end", "confirm"])
def test_what_was_planned_for_after_the_trial_stays_when_it_ends_early(cast, ends):
    move = move_story.in_trial(cast, starts_on=today() - 8 * WEEK)
    raised = move.ends_on + 4 * WEEK
    staff = cast.levels["staff-engineer"]
    placements.place(cast.carl, staff, by=None, on=raised, kind="promotion")
    track_trials.stay(move, by=cast.carl)
    if ends == "end":
        track_trials.end(move, by=cast.carl)
    else:
        track_trials.confirm(move, by=cast.hana)

    level, kind = {
        "end": ("senior-engineer", "return"),
        "confirm": ("engineering-manager", "track_move"),
    }[ends]
    assert way(cast.carl)[2:] == [
        (level, kind, today(), raised),
        ("staff-engineer", "promotion", raised, None),
    ]


def test_who_ends_a_trial_after_its_last_day_changes_nothing_any_more(cast):
    move = move_story.in_trial(cast, starts_on=today() - 8 * WEEK, ends_on=today() + DAY)
    yesterday = today() - DAY
    TrackMove.objects.filter(pk=move.pk).update(ends_on=yesterday)  # as if days went by
    before = way(cast.carl)

    assert track_trials.end(move, by=cast.carl).ended_on == yesterday
    assert way(cast.carl) == before


def test_the_clock_acts_once_and_not_before_its_day(cast):
    move = move_story.approved(cast, starts_on=today() - WEEK, ends_on=today() + DAY)
    assert track_trials.begin(track_trials.begin(move)).state == "in_trial"
    for too_early, says in [
        (track_trials.run_out, "not come to its end"),
        (track_trials.leave, "has not left"),
    ]:
        with pytest.raises(Conflict, match=says):
            too_early(move)
    TrackMove.objects.filter(pk=move.pk).update(ends_on=today())  # as if a day went by

    assert track_trials.run_out(move).ended_on == today()
    assert track_trials.run_out(move).state == "returned"
    assert track_trials.leave(move).state == "returned"


def test_a_move_of_who_left_ends_with_their_last_day(cast):
    move = move_story.discussed(cast)
    people.leave(cast.carl, by=None, on=today() - WEEK)
    track_trials.keep_time(today())

    assert (fresh(move).state, fresh(move).ended_on) == ("stopped", today() - WEEK)


def test_who_came_to_stand_on_the_level_after_the_start_waits_for_another_plan(cast):
    move = move_story.approved(cast, starts_on=today() - WEEK)
    senior = cast.levels["senior-engineer"]
    placements.place(cast.carl, senior, by=None, on=today() - DAY, kind="relevel")

    with pytest.raises(Conflict, match="placed anew"):
        track_trials.begin(move)


def test_words_at_a_checkpoint_are_of_one_move_and_of_one_side(cast):
    one = move_story.in_trial(cast)
    other = move_story.in_trial(move_story.of(cast, cast.stella), mentor=cast.petra)
    day = one.checkpoints.all()[0].on
    assert other.checkpoints.all()[0].on == day
    track_trials.check_in(other, by=cast.stella, on=day, text="Mine.")
    track_trials.check_in(one, by=cast.sam, on=day, text="His.")

    rows = [fresh(move).checkpoints.all()[0] for move in (one, other)]
    assert [(row.own_text, row.manager_text) for row in rows] == [("", "His."), ("Mine.", "")]
