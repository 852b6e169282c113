"""A move between the tracks, as it changes where somebody stands."""

from __future__ import annotations

import pytest

from assessments.actions import cases, facts, track_moves, track_trials
from assessments.models import PromotionCase
from assessments.reports import promotion_rate
from assessments.reports.audience import Reach
from assessments.reports.parameters import parse
from ladders import ways
from ladders.actions import placements
from ladders.models import Placement
from people.actions import people
from people.models import Event
from people.refusals import Conflict, Invalid
from tests import cast as story
from tests.assessments import move_story
from tests.assessments.move_story import DAY, WEEK, today

RUNGS = [
    ways.Rung("senior", "eng", "shared", 3),
    ways.Rung("staff", "staff", "staff", 4),
    ways.Rung("lead", "lead", "manager", 4),
]
LINKS = [
    ("senior", "branches_to", "staff"),
    ("senior", "branches_to", "lead"),
    ("staff", "equivalent", "lead"),
    ("lead", "rejoins", "senior"),
]


# --- Pure: where a change of job leads ---------------------------------------------------------


def test_a_change_of_job_follows_links_and_is_never_the_promotion_to_staff():
    found = [ways.crossings(rung, RUNGS, LINKS) for rung in RUNGS]

    assert found == [
        [("lead", "branch")],
        [("lead", "across")],
        [("senior", "back"), ("staff", "across")],
    ]


def test_across_and_back_nobody_rises_and_without_grades_the_link_is_enough():
    assert not ways.keeps_grade(3, 4, ways.ACROSS)
    assert ways.keeps_grade(4, 4, ways.ACROSS)
    assert ways.keeps_grade(4, 3, ways.BACK)
    assert ways.keeps_grade(3, 4, ways.BRANCH)
    assert ways.keeps_grade(None, 4, ways.ACROSS)


# --- Weighing and planning ---------------------------------------------------------------------


def test_what_is_explored_leaves_no_trace_until_it_is_shared(cast):
    before = Event.objects.count()
    move = move_story.exploring(cast)
    track_moves.edit(move, by=cast.carl, note="Perhaps.")
    assert Event.objects.count() == before

    track_moves.share(move, by=cast.carl)

    assert Event.objects.about(move).values_list("verb", flat=True).get() == "track_move.share"


def test_a_person_has_one_open_move_and_only_along_a_link(cast):
    with pytest.raises(Invalid, match="No link of the ladder"):
        move_story.exploring(cast, to_level=cast.levels["staff-engineer"])
    move = move_story.exploring(cast)
    with pytest.raises(Conflict, match="an open move already"):
        move_story.exploring(cast)

    track_moves.stop(move, by=cast.carl)

    assert move_story.exploring(cast).state == "exploring"


def wrong(cast, **plan):
    move = move_story.discussed(cast)
    with pytest.raises(Invalid) as refusal:
        track_moves.propose(
            move,
            by=cast.carl,
            **{
                "receiving_manager": cast.sam,
                "mentor": cast.petra,
                "starts_on": today(),
                **plan,
            },
        )
    track_moves.stop(move, by=cast.carl)
    return set(refusal.value.errors)


def test_a_plan_names_people_dates_and_checkpoints_that_can_be(cast):
    assert wrong(cast, receiving_manager=cast.carl) == {"receiving_manager"}
    assert wrong(cast, mentor=cast.sam) == wrong(cast, mentor=cast.maya) == {"mentor"}
    assert wrong(cast, mentor=None) == {"mentor"}
    assert wrong(cast, ends_on=today() + 26 * WEEK + DAY) == {"ends_on"}
    assert wrong(cast, starts_on=today() - 20 * WEEK, ends_on=today()) == {"ends_on"}
    assert wrong(cast, checkpoints=[today() + DAY]) == {"checkpoints"}
    assert wrong(cast, checkpoints=[today() + DAY, today() + 14 * WEEK]) == {"checkpoints"}
    assert wrong(cast, direct=True) == {"direct"}


def test_a_plan_has_thirteen_weeks_two_checkpoints_and_a_seat_at_home(cast):
    move = move_story.proposed(cast)

    assert move.ends_on == today() + 13 * WEEK
    assert move.home_until == move.ends_on + 90 * DAY
    assert len(move.checkpoints.all()) == 2


def test_hr_approves_after_both_have_said_yes(cast):
    move = move_story.proposed(cast, by=cast.maya)
    with pytest.raises(Conflict, match="has not agreed"):
        track_moves.approve(move, by=cast.hana)
    track_moves.agree(move, by=cast.carl)
    with pytest.raises(Conflict, match="has not welcomed"):
        track_moves.approve(move, by=cast.hana)
    track_moves.receive(move, by=cast.sam)
    track_moves.approve(move, by=cast.hana)

    again = track_moves.send_back(move, by=cast.hana, reason="The team changes.")

    assert (again.state, again.agreed_at, again.received_at) == ("discussed", None, None)


# --- Trial -------------------------------------------------------------------------------------


def way(person):
    rows = Placement.objects.known_at().filter(person=person).order_by("valid")
    return [(row.level.key, row.kind, row.since, row.until) for row in rows]


def test_a_trial_writes_its_way_back_as_it_begins_and_the_clock_counts_on(cast):
    move = move_story.in_trial(cast)

    assert way(cast.carl) == [
        ("senior-engineer", "hire", story.LONG_AGO, today()),
        ("engineering-manager", "trial", today(), move.ends_on),
        ("senior-engineer", "return", move.ends_on, None),
    ]
    months = facts.months_in_level(cast.carl, move.ends_on + DAY)
    assert months == pytest.approx((move.ends_on + DAY - story.LONG_AGO).days / 30.44, rel=0.01)


def test_a_beat_begins_what_is_due_and_any_number_of_beats_places_once(cast):
    move = move_story.approved(cast)
    assert [track_trials.keep_time(today()) for _ in range(3)] == [1, 0, 0]

    assert move_story.fresh(move).state == "in_trial"
    assert cast.carl.placements.filter(kind="trial").count() == 1


def test_a_start_to_come_waits_and_one_that_passed_counts_from_its_day(cast):
    later = move_story.approved(cast, starts_on=today() + DAY)
    assert track_trials.keep_time(today()) == 0
    with pytest.raises(Conflict, match="has not come yet"):
        track_trials.begin(later)
    track_moves.stop(later, by=cast.carl)

    move_story.approved(cast, starts_on=today() - WEEK)
    track_trials.keep_time(today())

    assert way(cast.carl)[1][2] == today() - WEEK


def test_who_goes_back_is_back_from_that_day(cast):
    move = move_story.returned(cast)

    assert (move.state, move.ended_on) == ("returned", today())
    assert way(cast.carl) == [
        ("senior-engineer", "hire", story.LONG_AGO, today() - 8 * WEEK),
        ("engineering-manager", "trial", today() - 8 * WEEK, today()),
        ("senior-engineer", "return", today(), None),
    ]


def test_who_goes_back_on_the_first_day_was_never_away(cast):
    track_trials.end(move_story.in_trial(cast), by=cast.sam)

    assert [row[:2] for row in way(cast.carl)] == [
        ("senior-engineer", "hire"),
        ("senior-engineer", "return"),
    ]


def test_a_trial_is_confirmed_with_the_yes_of_the_person_and_is_no_promotion(cast):
    move = move_story.in_trial(cast, starts_on=today() - 8 * WEEK)
    with pytest.raises(Conflict, match="want to stay"):
        track_trials.confirm(move, by=cast.hana)
    said_at = track_trials.stay(move, by=cast.carl).stays_at
    assert track_trials.stay(move, by=cast.carl).stays_at == said_at
    move = track_trials.confirm(move, by=cast.hana)

    assert move.home_until == today() + 90 * DAY
    assert [row[1] for row in way(cast.carl)] == ["hire", "trial", "track_move"]
    assert way(cast.carl)[-1][2:] == (today(), None)
    assert not cast.carl.placements.filter(kind="promotion").exists()


def test_a_trial_is_extended_once_and_never_beyond_26_weeks(cast):
    move = move_story.in_trial(cast)
    with pytest.raises(Invalid):
        track_trials.extend(move, by=cast.sam, ends_on=today() + 27 * WEEK, reason="More.")
    later = move.ends_on + 4 * WEEK
    move = track_trials.extend(move, by=cast.sam, ends_on=later, reason="A launch.")
    with pytest.raises(Conflict, match="extended"):
        track_trials.extend(move, by=cast.sam, ends_on=later + WEEK, reason="Again.")

    assert way(cast.carl)[1:] == [
        ("engineering-manager", "trial", today(), later),
        ("senior-engineer", "return", later, None),
    ]


def test_a_trial_nobody_decides_on_ends_with_its_last_day_and_nobody_is_stuck(cast):
    move = move_story.in_trial(cast, starts_on=today() - 8 * WEEK, ends_on=today() + DAY)
    assert track_trials.keep_time(today()) == 0
    type(move).objects.filter(pk=move.pk).update(ends_on=today())  # as if a day went by

    assert track_trials.keep_time(today()) == 1

    assert move_story.fresh(move).state == "returned"
    assert way(cast.carl)[-1][:2] == ("senior-engineer", "return")


def test_a_move_at_equal_height_needs_no_trial(cast):
    otto = cast.otto
    move = track_moves.explore(by=otto, to_level=cast.levels["engineering-manager"])
    track_moves.share(move, by=otto)
    plan = {"receiving_manager": cast.sam, "starts_on": today(), "direct": True}
    track_moves.propose(move, by=otto, **plan)
    track_moves.receive(move, by=cast.sam)
    track_moves.approve(move, by=cast.hana)
    track_trials.keep_time(today())

    assert move_story.fresh(move).state == "confirmed"
    assert way(otto)[-1] == ("engineering-manager", "track_move", today(), None)


def test_who_leaves_stops_the_move(cast):
    move = move_story.in_trial(cast)
    people.leave(cast.carl, by=None, on=today())

    assert track_trials.keep_time(today()) == 1
    assert move_story.fresh(move).state == "stopped"


# --- With a promotion case ---------------------------------------------------------------------


def test_a_case_past_its_draft_keeps_a_plan_waiting(cast):
    story.submitted(cast)

    with pytest.raises(Conflict, match="do not run at once"):
        move_story.proposed(cast)


def test_a_draft_lets_the_plan_be_made_and_holds_its_beginning(cast):
    case = story.draft(cast)
    move = move_story.approved(cast)
    assert track_trials.keep_time(today()) == 0
    cases.withdraw(case, by=cast.carl)

    assert track_trials.keep_time(today()) == 1
    assert move_story.fresh(move).state == "in_trial"


def experience(client, reader, address):
    client.force_login(reader)
    return [one["text"] for one in client.get(address).json()["experience"]]


def test_nobody_on_trial_gets_a_case_and_who_came_back_is_promoted_to_staff(cast, client):
    """An engineer tries management, comes back, and is promoted with all of that time counted."""
    move = move_story.in_trial(cast, starts_on=today() - 8 * WEEK)
    with pytest.raises(Conflict, match="is on trial"):
        story.draft(cast)
    track_trials.end(move, by=cast.carl)
    counted = facts.months_in_level(cast.carl, today())
    assert counted == pytest.approx((today() - story.LONG_AGO).days / 30.44, rel=0.01)

    case = story.effective(cast)

    kinds = [row[1] for row in way(cast.carl)]
    assert kinds == ["hire", "trial", "promotion"]
    assert PromotionCase.objects.get().state == "effective"
    start, last = (today() - 8 * WEEK).year, (today() - DAY).year
    years = start if start == last else f"{start} to {last}"
    fact = [f"8 weeks as Engineering Manager, {years}"]
    for reader in (cast.carl, cast.maya, cast.sam, cast.hana):  # Sam is not told how it ended
        assert experience(client, reader, f"/api/v1/people/{cast.carl.pk}/track/") == fact
        assert experience(client, reader, f"/api/v1/cases/{case.pk}/") == fact
    packet = client.get(f"/api/v1/cases/{case.pk}/").json()["packet"]["content"]
    assert packet["experience"] == fact
    for page in ("", "preview/"):
        assert fact[0] in client.get(f"/cases/{case.pk}/{page}").content.decode()
    assert fact[0] in client.get(f"/people/{cast.carl.pk}/track/").content.decode()


def test_trials_returns_and_confirmed_moves_are_no_promotions_to_the_rate(cast, settings):
    settings.SMALLEST_CELL = 0
    move_story.returned(cast)
    move_story.confirmed(move_story.of(cast, cast.stella))
    asked = {"from": str(today() - 9 * WEEK), "to": str(today())}
    reach = Reach(guarded=False)
    found = promotion_rate.run(parse(asked, reach, group_bys=("level",), takes_period=True))

    assert found.total["promotions"] == found.total["rate"] == 0
    left_out = {row["what"]: row["count"] for row in found.excluded}
    assert left_out == {"trials": 2, "returns": 1, "changes of track": 1}


def test_who_was_placed_anew_since_does_not_begin_a_plan_of_before(cast):
    move = move_story.approved(cast)
    placements.place(
        cast.carl, cast.levels["staff-engineer"], by=None, on=today(), kind="promotion"
    )

    with pytest.raises(Conflict, match="placed anew"):
        track_trials.begin(move)


def test_both_sides_say_at_a_checkpoint_how_it_is_going(cast):
    move = move_story.in_trial(cast)
    day = move.checkpoints.all()[0].on
    track_trials.check_in(move, by=cast.carl, on=day, text="Harder than I thought.")
    track_trials.check_in(move, by=cast.sam, on=day, text="Good first weeks.")
    with pytest.raises(Invalid, match="one of the checkpoints"):
        track_trials.check_in(move, by=cast.sam, on=day + DAY, text="No such day.")

    row = move_story.fresh(move).checkpoints.all()[0]
    assert (row.own_text, row.manager_text) == ("Harder than I thought.", "Good first weeks.")
