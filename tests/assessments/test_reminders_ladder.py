"""Who is told what on which day: the exact list of messages."""

from __future__ import annotations

import datetime

import pytest

from assessments import duties, reminders
from assessments.actions import cases, cycles
from assessments.models import Reminder
from people.actions import leaves
from people.models import Leave, Person
from tests.assessments import cycle_story as story

D = datetime.date
DUE = D(2026, 10, 14)  # a Wednesday


@pytest.fixture
def autumn(cast, time_machine):
    """A running cycle whose nominations are due on 14 October, seen from 21 September."""
    time_machine.move_to(datetime.datetime(2026, 9, 21, 6, tzinfo=story.UTC), tick=False)
    return story.running(cast, DUE)


def _open(cast, cycle, candidate="carl", by="maya", level="staff-engineer"):
    person = getattr(cast, candidate)
    return cases.open_case(person, cast.levels[level], by=getattr(cast, by), cycle=cycle)


def _live(first, last, time_machine):
    for now in story.beats(first, last):
        time_machine.move_to(now, tick=False)


def test_one_due_date_reaches_people_at_both_ends_of_the_earth_at_their_own_nine_oclock(
    cast, autumn, time_machine
):
    Person.objects.filter(pk=cast.maya.pk).update(time_zone="Pacific/Tongatapu")  # UTC+13
    Person.objects.filter(pk=cast.paul.pk).update(time_zone="Pacific/Pago_Pago")  # UTC-11
    _open(cast, autumn)
    _open(cast, autumn, "otto", "paul", "senior-staff-engineer")

    _live(D(2026, 9, 22), D(2026, 10, 23), time_machine)

    assert story.sent(cast.maya) == [
        ("submit", -14, "Tue 29 Sep 20:00"),
        ("submit", -7, "Tue 06 Oct 20:00"),
        ("submit", -3, "Thu 08 Oct 20:00"),  # Sunday, so Friday there
        ("submit", -1, "Mon 12 Oct 20:00"),
        ("submit", 0, "Tue 13 Oct 20:00"),
        ("submit", 1, "Wed 14 Oct 20:00"),
        ("submit", 5, "Sun 18 Oct 20:00"),  # Monday there; +3 was Saturday and falls together
        ("submit", 7, "Tue 20 Oct 20:00"),
    ]
    assert story.sent(cast.paul) == [
        ("submit", -14, "Wed 30 Sep 20:00"),
        ("submit", -7, "Wed 07 Oct 20:00"),
        ("submit", -3, "Fri 09 Oct 20:00"),
        ("submit", -1, "Tue 13 Oct 20:00"),
        ("submit", 0, "Wed 14 Oct 20:00"),
        ("submit", 1, "Thu 15 Oct 20:00"),
        ("submit", 5, "Mon 19 Oct 20:00"),
        ("submit", 7, "Wed 21 Oct 20:00"),
    ]


def test_what_stays_undone_climbs_to_the_manager_and_to_hr_who_may_see_the_case(
    cast, autumn, time_machine
):
    _open(cast, autumn)

    _live(D(2026, 9, 22), D(2026, 10, 23), time_machine)

    assert story.sent(cast.sam) == [("submit", 3, "Mon 19 Oct 12:00")]
    assert story.sent(cast.hana) == story.sent(cast.henry) == [("submit", 7, "Wed 21 Oct 12:00")]
    assert story.sent(cast.vera) == []  # her skip-level may not see Carl's case
    assert Reminder.objects.get(person=cast.vera).state == Reminder.State.DROPPED
    for stranger in (cast.carl, cast.ada, cast.noor, cast.stella, cast.petra):
        assert story.sent(stranger) == []


def test_a_clock_change_inside_the_ladder_keeps_nine_oclock(cast, time_machine):
    time_machine.move_to(datetime.datetime(2026, 10, 1, 6, tzinfo=story.UTC), tick=False)
    Person.objects.filter(pk=cast.maya.pk).update(time_zone="Europe/Berlin")
    cycle = story.running(cast, D(2026, 10, 28))  # clocks go back on Sunday 25 October
    _open(cast, cycle)

    for now in story.beats(D(2026, 10, 13), D(2026, 10, 28), every=1):
        time_machine.move_to(now, tick=False)

    assert story.sent(cast.maya) == [
        ("submit", -14, "Wed 14 Oct 07:00"),
        ("submit", -7, "Wed 21 Oct 07:00"),
        ("submit", -3, "Fri 23 Oct 07:00"),
        ("submit", -1, "Tue 27 Oct 08:00"),
        ("submit", 0, "Wed 28 Oct 08:00"),
    ]


def test_leave_in_the_middle_is_left_in_peace(cast, autumn, time_machine):
    Leave.objects.create(person=cast.maya, valid=(D(2026, 10, 6), D(2026, 10, 14)))
    _open(cast, autumn)

    _live(D(2026, 9, 22), D(2026, 10, 15), time_machine)

    assert story.sent(cast.maya) == [
        ("submit", -14, "Wed 30 Sep 12:00"),
        ("submit", 0, "Wed 14 Oct 12:00"),
        ("submit", 1, "Thu 15 Oct 12:00"),
    ]


def test_what_fell_due_on_leave_is_told_once_on_the_first_working_day_back(
    cast, autumn, time_machine
):
    leaves.record(cast.maya, by=None, kind="sick", since=D(2026, 10, 6), back_on=D(2026, 10, 10))
    leaves.record(cast.maya, by=None, kind="care", since=D(2026, 10, 10), back_on=D(2026, 11, 7))
    leaves.record(cast.maya, by=None, kind="reduced", since=D(2026, 9, 1), back_on=D(2026, 10, 6))
    _open(cast, autumn)

    _live(D(2026, 9, 22), D(2026, 11, 13), time_machine)

    assert story.sent(cast.maya) == [
        ("submit", -14, "Wed 30 Sep 12:00"),
        ("submit", 7, "Mon 09 Nov 12:00"),  # back on a Saturday
    ]


def test_leave_that_is_withdrawn_keeps_nobody_from_hearing(cast, autumn, time_machine):
    away = leaves.record(cast.maya, by=None, kind="sick", since=D(2026, 9, 28))
    leaves.withdraw(away, by=None, reason="Somebody else was meant.")
    _open(cast, autumn)

    _live(D(2026, 9, 29), D(2026, 9, 30), time_machine)

    assert story.sent(cast.maya) == [("submit", -14, "Wed 30 Sep 12:00")]


def test_leave_that_is_entered_late_still_stops_what_was_planned(cast, autumn, time_machine):
    _open(cast, autumn)
    now = datetime.datetime(2026, 10, 7, 6, tzinfo=story.UTC)
    time_machine.move_to(now, tick=False)
    assert reminders.plan(now)
    Leave.objects.create(person=cast.maya, valid=(D(2026, 10, 7), D(2026, 10, 9)))

    reminders.send_due(now.replace(hour=9))

    assert story.sent(cast.maya) == []
    assert Reminder.objects.get(step=-7).state == Reminder.State.DROPPED


def test_the_working_week_is_the_persons_own(cast, autumn, time_machine):
    Person.objects.filter(pk=cast.maya.pk).update(working_days=[6, 0, 1, 2])  # Sunday to Wednesday
    _open(cast, autumn)

    _live(D(2026, 10, 8), D(2026, 10, 19), time_machine)

    assert [(step, day[:6]) for _, step, day in story.sent(cast.maya)] == [
        (-3, "Sun 11"),
        (-1, "Tue 13"),
        (0, "Wed 14"),
        (3, "Sun 18"),  # +1 is a Thursday and +3 a Saturday: one message on Sunday
        (5, "Mon 19"),
    ]


def test_a_case_that_appears_late_gets_the_latest_missed_step_and_no_flood(
    cast, autumn, time_machine
):
    time_machine.move_to(datetime.datetime(2026, 10, 9, 15, tzinfo=story.UTC), tick=False)
    _open(cast, autumn)

    for now in story.beats(D(2026, 10, 9), D(2026, 10, 14), hour=16):
        time_machine.move_to(now, tick=False)

    assert story.sent(cast.maya) == [
        ("submit", -3, "Mon 12 Oct 12:00"),  # missed on Friday morning: the next nine o'clock
        ("submit", -1, "Tue 13 Oct 12:00"),
        ("submit", 0, "Wed 14 Oct 12:00"),
    ]


def test_a_missed_step_gives_way_to_one_that_is_due_on_the_same_day(cast, autumn, time_machine):
    time_machine.move_to(datetime.datetime(2026, 10, 12, 15, tzinfo=story.UTC), tick=False)
    _open(cast, autumn)

    for now in story.beats(D(2026, 10, 12), D(2026, 10, 14), hour=16):
        time_machine.move_to(now, tick=False)

    assert [step for _, step, _ in story.sent(cast.maya)] == [-1, 0]


def test_an_extension_moves_the_ladder_and_drops_what_was_planned_for_the_old_date(
    cast, autumn, time_machine
):
    _open(cast, autumn)
    now = datetime.datetime(2026, 10, 12, 12, tzinfo=story.UTC)
    time_machine.move_to(now, tick=False)
    reminders.plan(now)
    assert Reminder.objects.filter(step=-1, due_on=DUE, state="waiting").exists()
    cycles.extend(autumn, by=cast.hana, kind="nominations", due_on=D(2026, 10, 26), reason="Fair.")

    _live(D(2026, 10, 13), D(2026, 10, 16), time_machine)

    assert Reminder.objects.get(person=cast.maya, step=-1, due_on=DUE).state == "dropped"
    assert story.sent(cast.maya) == [("submit", -14, "Tue 13 Oct 12:00")]


def test_a_time_zone_nobody_knows_falls_back_to_utc_and_stops_no_other_message(
    cast, autumn, time_machine
):
    Person.objects.filter(pk=cast.maya.pk).update(time_zone="Mars/Olympus_Mons")
    _open(cast, autumn)
    _open(cast, autumn, "otto", "paul", "senior-staff-engineer")

    _live(D(2026, 9, 29), D(2026, 9, 30), time_machine)

    assert story.sent(cast.maya) == story.sent(cast.paul) == [("submit", -14, "Wed 30 Sep 12:00")]


def test_planning_again_writes_nothing_more(cast, autumn):
    _open(cast, autumn)
    now = datetime.datetime(2026, 10, 12, 12, tzinfo=story.UTC)

    assert reminders.plan(now) > 0
    assert reminders.plan(now) == 0


def test_planning_is_one_statement_however_many_cases_there_are(
    cast, autumn, django_assert_num_queries
):
    now = datetime.datetime(2026, 10, 12, 12, tzinfo=story.UTC)
    reminders.plan(now)  # learns the time zones
    _open(cast, autumn)
    _open(cast, autumn, "otto", "paul", "senior-staff-engineer")
    with django_assert_num_queries(5):  # savepoint, lock, setting, statement, release
        assert reminders.plan(now) > 0


def test_nobody_owes_anything_on_their_own_case(cast, autumn):
    _open(cast, autumn)
    assert not any(duty.candidate_id == duty.person_id for duty in duties.in_cycle(autumn))
    assert duties.owed_by(cast.carl) == []
