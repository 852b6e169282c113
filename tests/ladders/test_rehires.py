"""Somebody comes back: a new employment, nothing lost, and earlier time is a decision of HR."""

import datetime

import pytest

from assessments import beats
from assessments.actions.facts import months_in_level
from ladders import standing
from ladders.actions import placements, rehires
from ladders.models import Placement
from people.actions import imports, people
from people.models import Employment, Person
from people.refusals import Conflict, Forbidden, Invalid

DAY = datetime.date
LEFT, BACK, NOW = DAY(2024, 3, 31), DAY(2025, 4, 1), DAY(2026, 4, 1)


@pytest.fixture
def gone(cast):
    """Carl came in January 2023, as a senior engineer, and left at the end of March 2024."""
    people.edit(cast.carl, by=None, hired_on=DAY(2023, 1, 1))
    hire = Placement.objects.get(person=cast.carl)
    people.leave(cast.carl, by=cast.hana, on=LEFT)
    return hire


def stood(person: Person) -> list[tuple]:
    """(from, to, level, kind) of what stands, in order."""
    rows = Placement.objects.known_at().for_display().filter(person=person).order_by("valid")
    return [(row.since, row.until, row.level.key, row.kind) for row in rows]


@pytest.mark.django_db
def test_the_clock_starts_anew_and_the_earlier_employment_stays(cast, gone):
    carl = rehires.rehire(cast.carl, by=cast.hana, on=BACK, manager=cast.maya)

    assert (carl.hired_on, carl.left_on, carl.is_active) == (BACK, None, True)
    earlier = Employment.objects.get(person=carl)
    assert (earlier.hired_on, earlier.left_on, earlier.again_on) == (DAY(2023, 1, 1), LEFT, BACK)
    assert stood(carl) == [
        (gone.since, DAY(2024, 4, 1), "senior-engineer", "hire"),
        (BACK, None, "senior-engineer", "hire"),
    ]
    assert months_in_level(carl, NOW) == pytest.approx(12, abs=0.1)


@pytest.mark.django_db
def test_earlier_time_on_the_rung_counts_when_hr_says_so_and_why(cast, gone):
    with pytest.raises(Invalid, match="Say why"):
        rehires.rehire(cast.carl, by=cast.hana, on=BACK, credited=True, reason=" ")

    rehires.rehire(cast.carl, by=cast.hana, on=BACK, credited=True, reason="Same work.")

    before = (DAY(2024, 4, 1) - gone.since).days
    days = (NOW - BACK).days + before
    assert months_in_level(cast.carl, NOW) == pytest.approx(days / 30.44, abs=0.1)


@pytest.mark.django_db
def test_who_is_away_once_more_is_hired_anew_and_credit_is_decided_anew(cast, gone):
    rehires.rehire(cast.carl, by=cast.hana, on=BACK, credited=True, reason="Same work.")
    people.leave(cast.carl, by=None, on=DAY(2025, 12, 31))
    people.come_back(cast.carl, by=None, on=DAY(2026, 2, 1))

    assert [rehires.settle(), rehires.settle()] == [1, 0]
    rows = Placement.objects.known_at().filter(person=cast.carl).order_by("valid")
    assert [(row.since, row.until, row.kind, row.credited) for row in rows][1:] == [
        (BACK, DAY(2026, 1, 1), "hire", True),
        (DAY(2026, 2, 1), None, "hire", False),
    ]


@pytest.mark.django_db
def test_on_another_rung_there_is_nothing_to_credit(cast, gone):
    words = {"level": cast.levels["staff-engineer"], "credited": True, "reason": "Grown elsewhere."}
    rehires.rehire(cast.carl, by=cast.hana, on=BACK, **words)

    assert stood(cast.carl)[-1] == (BACK, None, "staff-engineer", "hire")
    assert months_in_level(cast.carl, NOW) == pytest.approx(12, abs=0.1)


@pytest.mark.django_db
def test_only_who_left_comes_back_after_that_day_and_not_by_their_own_hand(cast, gone):
    with pytest.raises(Invalid, match="last day was 31 March 2024"):
        rehires.rehire(cast.carl, by=cast.hana, on=LEFT)
    with pytest.raises(Conflict, match="works here"):
        rehires.rehire(cast.fred, by=cast.hana, on=BACK)
    with pytest.raises(Forbidden, match="Only HR"):
        rehires.rehire(cast.carl, by=cast.maya, on=BACK)
    with pytest.raises(Forbidden, match="their own"):
        rehires.rehire(cast.hana, by=cast.hana, on=BACK)


@pytest.mark.django_db
def test_an_import_that_hires_again_says_the_same_at_the_next_beat(cast, gone):
    head = "employee_number,name,hired_on,left_on,status\n"
    run = imports.preview(
        content=f"{head}carl,Carl Candidate,{BACK},,active\n".encode(),
        filename="back.csv",
        by=cast.hana,
    )
    imports.confirm(run, by=cast.hana)

    beats.beat()
    beats.beat()

    carl = Person.objects.get(pk=cast.carl.pk)
    assert (carl.left_on, carl.is_active) == (None, True)
    assert Employment.objects.get(person=carl).again_on == BACK
    assert stood(carl)[1:] == [(BACK, None, "senior-engineer", "hire")]
    assert stood(carl)[0][1] == DAY(2024, 4, 1)


@pytest.mark.django_db
def test_a_last_day_that_was_wrong_is_no_employment(cast, gone):
    head = "employee_number,name,left_on,status\n"
    run = imports.preview(
        content=f"{head}carl,Carl Candidate,,active\n".encode(), filename="back.csv", by=cast.hana
    )
    imports.confirm(run, by=cast.hana)

    assert not Employment.objects.exists()
    assert Person.objects.get(pk=cast.carl.pk).left_on is None


def test_a_time_without_a_placement_starts_the_clock_anew():
    rung = (1, "senior")
    first = standing.Stand(rung, "hire", DAY(2020, 1, 1), DAY(2021, 1, 1))
    later = standing.Stand(rung, "correction", DAY(2022, 1, 1), None)
    kept = standing.Stand(rung, "correction", DAY(2022, 1, 1), None, credited=True)

    assert standing.on([first, later], DAY(2023, 1, 1)).clock == (1,)
    assert standing.on([first, kept], DAY(2023, 1, 1)).clock == (0, 1)


@pytest.mark.django_db
def test_a_later_decision_about_credit_is_a_correction(cast, gone):
    rehires.rehire(cast.carl, by=cast.hana, on=BACK)
    back = Placement.objects.known_at().get(person=cast.carl, valid__startswith=BACK)

    placements.correct(back, by=cast.hana, credited=True, reason="It was promised.")

    assert stood(cast.carl)[-1][3] == "hire"
    assert months_in_level(cast.carl, NOW) > 20
