"""Placements over time: nothing overlaps, nothing is lost, both truths stay readable."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ladders.actions import placements
from ladders.models import Level, Placement
from people.actions import people
from people.models import Event, Person, Role
from people.refusals import Conflict, Forbidden, Invalid
from tests.ladders.conftest import bring_in

pytestmark = pytest.mark.django_db
DAY = datetime.date
A_DAY = datetime.timedelta(days=1)
BEGIN = DAY(2020, 1, 1)


@pytest.fixture
def levels(starter) -> list[Level]:
    """The levels of the starter ladder in the order of the document."""
    return list(bring_in(starter).levels.order_by("position"))


@pytest.fixture
def carl(db) -> Person:
    """Somebody to place."""
    return people.add(by=None, name="Carl Candidate", email="carl@example.com")


@pytest.fixture
def hana(db) -> Person:
    """HR."""
    hana = people.add(by=None, name="Hana HR", email="hana@example.com")
    return people.set_roles(hana, by=None, roles=[Role.HR])


def standing(person: Person) -> list[tuple]:
    """(from, to, level, kind) of what stands, in order."""
    rows = Placement.objects.known_at().filter(person=person).order_by("valid")
    return [(row.since, row.until, row.level_id, row.kind) for row in rows]


@pytest.mark.parametrize("rewritten", [None, timezone.now() + A_DAY])
def test_what_was_superseded_stays_so_and_since_when(carl, hana, levels, rewritten):
    placements.place(carl, levels[0], by=hana, on=DAY(2020, 1, 1), kind="hire")
    placements.place(carl, levels[1], by=hana, on=DAY(2022, 5, 1), kind="promotion")
    gone = Placement.objects.filter(superseded_at__isnull=False)

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        gone.update(superseded_at=rewritten)
    assert gone.count() == 1


def test_a_placement_closes_the_one_before_it_on_its_first_day(carl, hana, levels):
    placements.place(carl, levels[0], by=hana, on=DAY(2020, 1, 1), kind="hire")
    placements.place(carl, levels[1], by=hana, on=DAY(2022, 5, 1), kind="promotion")

    assert standing(carl) == [
        (DAY(2020, 1, 1), DAY(2022, 5, 1), levels[0].pk, "hire"),
        (DAY(2022, 5, 1), None, levels[1].pk, "promotion"),
    ]


def test_what_was_known_before_can_still_be_asked(carl, hana, levels):
    placements.place(carl, levels[0], by=hana, on=DAY(2020, 1, 1), kind="hire")
    then = timezone.now()
    placements.place(carl, levels[1], by=hana, on=DAY(2021, 1, 1), kind="promotion")

    of_carl = Placement.objects.filter(person=carl)
    assert of_carl.as_of(DAY(2023, 1, 1)).get().level == levels[1]
    assert of_carl.as_of(DAY(2023, 1, 1), known_at=then).get().level == levels[0]


def test_the_same_placement_twice_is_one(carl, hana, levels):
    first = placements.place(carl, levels[0], by=hana, on=BEGIN, kind="hire")
    again = placements.place(carl, levels[0], by=hana, on=BEGIN, kind="hire")

    assert again == first
    assert Placement.objects.count() == 1
    assert Event.objects.filter(verb="placement.place").count() == 1


def test_an_effective_date_that_comes_by_twice_does_not_undo_what_came_after(carl, hana, levels):
    placements.place(carl, levels[0], by=hana, on=BEGIN, kind="hire")
    promoted = placements.place(carl, levels[1], by=hana, on=DAY(2021, 1, 1), kind="promotion")
    placements.place(carl, levels[2], by=hana, on=DAY(2022, 1, 1), kind="promotion")
    before = standing(carl)

    placements.place(carl, levels[1], by=hana, on=promoted.since, kind="promotion")

    assert standing(carl) == before


def test_a_trial_in_the_middle_returns_to_the_level_and_counts_no_second_promotion(
    carl, hana, levels
):
    placements.place(carl, levels[1], by=hana, on=BEGIN, kind="promotion")
    placements.place(
        carl, levels[2], by=hana, on=DAY(2021, 1, 1), until=DAY(2021, 4, 1), kind="trial"
    )

    assert standing(carl) == [
        (BEGIN, DAY(2021, 1, 1), levels[1].pk, "promotion"),
        (DAY(2021, 1, 1), DAY(2021, 4, 1), levels[2].pk, "trial"),
        (DAY(2021, 4, 1), None, levels[1].pk, "return"),
    ]


def test_the_same_level_from_another_day_is_another_placement(carl, hana, levels):
    placements.place(carl, levels[0], by=hana, on=BEGIN, kind="hire")
    placements.place(carl, levels[0], by=hana, on=DAY(2021, 1, 1), kind="hire")

    assert [row[:2] for row in standing(carl)] == [
        (BEGIN, DAY(2021, 1, 1)),
        (DAY(2021, 1, 1), None),
    ]


def test_what_goes_on_after_anything_but_a_trial_is_no_return(carl, hana, levels):
    between = {"on": DAY(2021, 1, 1), "until": DAY(2021, 4, 1)}
    placements.place(carl, levels[1], by=hana, on=BEGIN, kind="promotion")
    placements.place(carl, levels[2], by=hana, kind="import", **between)

    assert standing(carl)[2] == (DAY(2021, 4, 1), None, levels[1].pk, "correction")


def test_a_correction_supersedes_the_wrong_row_and_is_no_promotion(carl, hana, levels):
    wrong = placements.place(carl, levels[3], by=hana, on=BEGIN, kind="import")

    right = placements.correct(wrong, by=hana, level=levels[2], reason="Typing error in the file.")

    assert standing(carl) == [(BEGIN, None, levels[2].pk, "correction")]
    assert right.reason == "Typing error in the file."
    wrong.refresh_from_db()
    assert wrong.superseded_at is not None
    assert wrong.level == levels[3]


def test_at_the_very_instant_of_a_correction_what_is_right_is_known_and_nothing_else(
    carl, hana, levels
):
    wrong = placements.place(carl, levels[3], by=hana, on=BEGIN, kind="import")
    right = placements.correct(wrong, by=hana, level=levels[2], reason="Typing error.")

    rows = Placement.objects.filter(person=carl)
    instant = right.recorded_at
    assert rows.known_at(instant).get() == right
    assert rows.known_at(instant - datetime.timedelta(microseconds=1)).get() == wrong


def test_a_corrected_date_keeps_the_kind(carl, hana, levels):
    placements.place(carl, levels[0], by=hana, on=BEGIN, kind="hire")
    late = placements.place(carl, levels[1], by=hana, on=DAY(2021, 3, 1), kind="promotion")

    placements.correct(late, by=hana, on=DAY(2021, 1, 1), reason="Letter.")

    assert standing(carl) == [
        (BEGIN, DAY(2021, 1, 1), levels[0].pk, "hire"),
        (DAY(2021, 1, 1), None, levels[1].pk, "promotion"),
    ]


def test_a_correction_begins_before_the_placement_ended_and_keeps_what_was_right(
    carl, hana, levels
):
    words = {"kind": "hire", "archetype": "solver", "credited": True}
    placements.place(carl, levels[0], by=hana, on=BEGIN, **words)
    placements.place(carl, levels[1], by=hana, on=DAY(2021, 3, 1), kind="promotion")
    first = Placement.objects.known_at().get(person=carl, kind="hire")
    with pytest.raises(Invalid, match="ended on 1 March 2021"):
        placements.correct(first, by=hana, on=DAY(2021, 3, 1), reason="Letter.")
    with pytest.raises(Forbidden):
        placements.correct(first, by=carl, on=DAY(2020, 2, 1), reason="I know better.")
    assert placements.correct(first, by=hana, on=BEGIN, level=levels[0], reason="Same.") == first

    right = placements.correct(first, by=hana, on=DAY(2020, 2, 1), reason="Letter.")

    assert (right.archetype, right.credited, right.kind) == ("solver", True, "hire")
    assert not placements.correct(right, by=hana, credited=False, reason="Not so.").credited


def test_what_is_corrected_already_cannot_be_corrected_again(carl, hana, levels):
    wrong = placements.place(carl, levels[3], by=hana, on=BEGIN, kind="import")
    placements.correct(wrong, by=hana, level=levels[2], reason="First.")

    with pytest.raises(Conflict, match="already corrected"):
        placements.correct(wrong, by=hana, level=levels[1], reason="Second.")


def test_a_correction_says_why(carl, hana, levels):
    wrong = placements.place(carl, levels[3], by=hana, on=BEGIN, kind="import")

    with pytest.raises(Invalid):
        placements.correct(wrong, by=hana, level=levels[2], reason=" ")


def test_only_hr_places_and_nobody_places_themselves(carl, hana, levels):
    with pytest.raises(Forbidden, match="Only HR"):
        placements.place(hana, levels[0], by=carl, on=BEGIN, kind="hire")
    with pytest.raises(Forbidden, match="themselves"):
        placements.place(hana, levels[0], by=hana, on=BEGIN, kind="hire")
    assert not Placement.objects.exists()


def test_nobody_is_placed_after_they_left(carl, hana, levels):
    people.leave(carl, by=hana, on=DAY(2025, 3, 31))

    placements.place(carl, levels[0], by=hana, on=DAY(2025, 3, 31), kind="hire")
    with pytest.raises(Conflict, match="left on 31 March 2025"):
        placements.place(carl, levels[1], by=hana, on=DAY(2025, 4, 1), kind="promotion")


def test_a_placement_covers_at_least_a_day(carl, hana, levels):
    with pytest.raises(Invalid):
        placements.place(carl, levels[0], by=hana, on=BEGIN, until=BEGIN, kind="hire")


def test_the_database_refuses_an_overlap_a_rewrite_and_a_delete(carl, levels):
    row = placements.place(carl, levels[0], by=None, on=BEGIN, kind="hire")

    with (
        pytest.raises(IntegrityError, match="a person stands on one level at a time"),
        transaction.atomic(),
    ):
        Placement.objects.create(
            person=carl, level=levels[1], valid=DateRange(DAY(2021, 1, 1), None), kind="hire"
        )
    for change in (
        lambda: Placement.objects.filter(pk=row.pk).update(level=levels[1]),
        lambda: Placement.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(Exception, match="trigger"), transaction.atomic():
            change()


DAYS = st.integers(0, 40).map(lambda days: BEGIN + days * A_DAY)
HISTORIES = st.lists(
    st.tuples(DAYS, st.one_of(st.none(), st.integers(1, 15)), st.integers(0, 3)),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=HISTORIES)
def test_any_history_reads_as_a_calendar_filled_day_by_day(levels, history):
    person = Person.objects.create(name="Somebody")
    calendar: dict[datetime.date, int] = {}
    snapshots = []
    last = BEGIN + 80 * A_DAY
    for step, (on, length, level) in enumerate(history):
        until = on + length * A_DAY if length else None
        # Each step is another fact: saying the same one again would rightly change nothing.
        words = {"kind": "import", "archetype": f"step {step}"}
        placements.place(person, levels[level], by=None, on=on, until=until, **words)
        day = on
        while day < (until or last):
            calendar[day] = levels[level].pk
            day += A_DAY
        snapshots.append((timezone.now(), dict(calendar)))
    for at, expected in snapshots:
        rows = Placement.objects.known_at(at).filter(person=person)
        assert _filled(rows, last) == expected
    assert _filled(Placement.objects.known_at().filter(person=person), last) == calendar


def _filled(rows, last: datetime.date) -> dict[datetime.date, int]:
    filled = {}
    for row in rows:
        day = row.since
        while day < (row.until or last):
            assert day not in filled
            filled[day] = row.level_id
            day += A_DAY
    return filled


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_leave_one_standing_row(starter):
    levels = list(bring_in(starter).levels.order_by("position"))
    person = people.add(by=None, name="Carl Candidate")

    def place(_: int) -> None:
        try:
            placements.place(person, levels[0], by=None, on=BEGIN, kind="hire")
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(place, range(10)))

    assert Placement.objects.filter(person=person).count() == 1
