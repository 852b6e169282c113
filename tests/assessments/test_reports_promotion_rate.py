"""promotion-rate against a slow oracle that walks through every day, and against hard cases."""

from __future__ import annotations

import datetime
from collections import defaultdict
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.reports import promotion_rate
from assessments.reports.audience import Reach
from assessments.reports.parameters import Parameters, parse
from ladders.actions import placements
from ladders.models import Placement
from people.actions import teams
from people.models import Leave, Person, ReportingLine
from tests import cast as story

Kind = Placement.Kind
DAY = datetime.timedelta(days=1)
START = datetime.date(2024, 1, 1)
LEVELS = ("engineer", "senior-engineer", "staff-engineer", "engineering-manager")
ALL = Reach(guarded=False)


def ask(**asked) -> Parameters:
    asked = {name.rstrip("_"): str(value) for name, value in asked.items()}
    return parse(asked, ALL, group_bys=("level", "track", "unit"), takes_period=True)


def answer(**asked):
    return promotion_rate.run(ask(**asked))


def row_of(found, level):
    return next(row for row in found.rows if row["level"] == level)


@pytest.fixture
def levels(db, settings):
    settings.SMALLEST_CELL = 0  # what is counted; what is hidden is told elsewhere
    return story.starter_levels()


def somebody(name="P"):
    return Person.objects.create(name=name)


def stand(person, level, kind, since, until=None, **times):
    return Placement.objects.create(
        person=person, level=level, kind=kind, valid=DateRange(since, until), **times
    )


# --- The oracle --------------------------------------------------------------------------------


def held_on(history, day):
    """The level held on a day: on trial, the last one before it that was no trial."""
    held = None
    for spell in history:
        if spell.since > day:
            break
        if spell.kind != Kind.TRIAL:
            held = spell.level
        if spell.until is None or day < spell.until:
            return held
    return None


def level_before(history, spell):
    earlier = [other for other in history if other.since < spell.since]
    held = [other.level for other in earlier if other.kind != Kind.TRIAL]
    return held[-1] if held else None


def walk(histories, first, last, unit_on):
    """(unit, level) → promotions and person-days, day by day and person by person."""
    found = defaultdict(lambda: SimpleNamespace(promotions=0, days=0, opening=0))
    for who, history in enumerate(histories):
        day = first - DAY
        while day <= last:
            level = held_on(history, day)
            if level and day == first - DAY:
                found[unit_on(who, day), level].opening += 1
            elif level:
                found[unit_on(who, day), level].days += 1
            day += DAY
        for spell in history:
            if spell.kind == Kind.PROMOTION and first <= spell.since <= last:
                source = level_before(history, spell)
                if source:
                    found[unit_on(who, spell.since - DAY), source].promotions += 1
    return found


spells = st.lists(
    st.tuples(
        st.sampled_from(LEVELS),
        st.sampled_from([Kind.PROMOTION, Kind.PROMOTION, Kind.TRIAL, Kind.TRACK_MOVE, Kind.RETURN]),
        st.integers(1, 120),  # days it lasts
        st.integers(0, 1).map(lambda gap: gap * 9),  # days of nothing after it
    ),
    min_size=1,
    max_size=5,
)


def told(history):
    """A random history as spells; the first is a hire, the last stays open."""
    spell_list, day = [], START
    for at, (level, kind, days, gap) in enumerate(history):
        until = day + DAY * days if at < len(history) - 1 else None
        spell_list.append(
            SimpleNamespace(level=level, kind=kind if at else Kind.HIRE, since=day, until=until)
        )
        day = (until or day) + DAY * gap
    return spell_list


SLOW = {
    "deadline": None,
    "max_examples": 40,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@settings(**SLOW)
@given(st.lists(spells, min_size=1, max_size=4), st.integers(0, 200), st.integers(0, 200))
def test_it_finds_what_walking_through_every_day_finds(levels, histories, offset, length):
    first = START + DAY * offset
    last = first + DAY * length
    histories = [told(history) for history in histories]
    with undone():
        live(histories, levels)
        found = answer(from_=first, to=last)
        expected = walk(histories, first, last, lambda who, day: None)
        assert as_told(found.rows) == as_walked(expected, levels, length + 1)


@settings(**SLOW)
@given(st.lists(spells, min_size=1, max_size=3), st.integers(0, 150), st.integers(1, 200))
def test_days_are_spent_in_the_unit_of_the_day(levels, histories, change, length):
    """Somebody who moves from one team to the other counts in each for their days there."""
    first, last = START + DAY * 10, START + DAY * (10 + length)
    moved = START + DAY * change
    histories = [told(history) for history in histories]

    def unit_on(who, day):
        return "here" if day >= moved else None

    with undone():
        root = teams.add(by=None, key="root", name="Root")
        here = teams.add(by=None, key="here", name="Here", parent=root)
        for person in live(histories, levels):
            ReportingLine.objects.create(person=person, team=here, valid=DateRange(moved, None))
        walked = walk(histories, first, last, unit_on)
        found = answer(from_=first, to=last, group_by="unit")
        assert per_unit(found) == walked_per_unit(walked, length + 1)
        bounded = answer(from_=first, to=last, unit="here")
        inside = {cell: spent for cell, spent in walked.items() if cell[0] == "here"}
        assert as_told(bounded.rows) == as_walked(inside, levels, length + 1)


def live(histories, levels):
    """Give each history to somebody new."""
    everybody = [somebody() for _ in histories]
    for person, history in zip(everybody, histories, strict=True):
        for spell in history:
            stand(person, levels[spell.level], spell.kind, spell.since, spell.until)
    return everybody


def as_told(rows):
    return {
        row["level"]: (row["promotions"], row["average_headcount"], row["opening_headcount"])
        for row in rows
        if row["promotions"] or row["average_headcount"] or row["opening_headcount"]
    }


def as_walked(found, levels, days):
    return {
        levels[level].title: (cell.promotions, round(cell.days / days, 4), cell.opening)
        for (_, level), cell in found.items()
        if cell.promotions or cell.days or cell.opening
    }


def per_unit(found):
    shown = {row["unit"]: row for row in found.rows}
    return {unit: (row["promotions"], row["average_headcount"]) for unit, row in shown.items()}


def walked_per_unit(found, days):
    units = defaultdict(lambda: [0, 0])
    for (unit, _), cell in found.items():
        units[unit][0] += cell.promotions
        units[unit][1] += cell.days
        units[unit].append(cell.opening)
    return {
        unit: (promotions, round(spent / days, 4))
        for unit, (promotions, spent, *opening) in units.items()
        if promotions or spent or any(opening)
    }


@contextmanager
def undone():
    """Rows of the past cannot be deleted; between examples they never were."""
    here = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(here)


# --- Hard cases --------------------------------------------------------------------------------

YEAR = {"from_": "2025-01-01", "to": "2025-12-31"}
HIRED = datetime.date(2022, 3, 1)
SPRING = datetime.date(2025, 4, 1)


def test_a_promotion_counts_where_it_came_from(levels):
    anna, ben = somebody("Anna"), somebody("Ben")
    for person in (anna, ben):
        placements.place(person, levels["engineer"], by=None, on=HIRED, kind=Kind.HIRE)
    placements.place(anna, levels["senior-engineer"], by=None, on=SPRING, kind=Kind.PROMOTION)
    row = row_of(answer(**YEAR), "Engineer")
    assert (row["promotions"], row["opening_headcount"]) == (1, 2)
    assert row["average_headcount"] == round((365 + 90) / 365, 4)
    assert row["rate"] == round(1 / ((365 + 90) / 365), 4)
    assert row["rate_low"] < row["rate"] < row["rate_high"]


@pytest.mark.parametrize("kind", [Kind.TRACK_MOVE, Kind.RELEVEL, Kind.IMPORT, Kind.CORRECTION])
def test_nothing_else_is_a_promotion_and_it_says_what_was_left_out(levels, kind):
    person = somebody()
    placements.place(person, levels["senior-engineer"], by=None, on=HIRED, kind=Kind.HIRE)
    placements.place(person, levels["engineering-manager"], by=None, on=SPRING, kind=kind)
    found = answer(**YEAR)
    assert found.total["promotions"] == 0
    assert [each["count"] for each in found.excluded] == [1]


def test_on_trial_somebody_counts_at_the_level_they_hold(levels):
    person = somebody()
    placements.place(person, levels["senior-engineer"], by=None, on=HIRED, kind=Kind.HIRE)
    until = SPRING + 91 * DAY
    manager = levels["engineering-manager"]
    placements.place(person, manager, by=None, on=SPRING, kind=Kind.TRIAL, until=until)
    found = answer(**YEAR)
    assert [row["level"] for row in found.rows] == ["Senior Engineer"]
    assert row_of(found, "Senior Engineer")["average_headcount"] == 1


def test_a_correction_changes_the_report_but_not_what_was_known_before(levels):
    person = somebody()
    placements.place(person, levels["engineer"], by=None, on=HIRED, kind=Kind.HIRE)
    wrong = placements.place(
        person, levels["senior-engineer"], by=None, on=SPRING, kind=Kind.PROMOTION
    )
    known = timezone.now()
    assert answer(**YEAR).total["promotions"] == 1
    placements.correct(wrong, by=None, level=levels["engineer"], reason="A slip of the pen.")
    assert answer(**YEAR).total["promotions"] == 0
    assert answer(**YEAR, known_at=known.isoformat()).total["promotions"] == 1
    assert answer(**YEAR, known_at="2024-01-01").total["average_headcount"] == 0


def test_who_left_counts_until_the_last_day(levels):
    person = somebody()
    placements.place(person, levels["engineer"], by=None, on=HIRED, kind=Kind.HIRE)
    Person.objects.filter(pk=person.pk).update(left_on=datetime.date(2025, 6, 30))
    assert row_of(answer(**YEAR), "Engineer")["average_headcount"] == round(181 / 365, 4)


def test_leave_keeps_somebody_from_having_been_there_long_enough(levels):
    level = levels["engineer"]
    assert level.typical_months_min == 18
    quick, away = somebody("Quick"), somebody("Away")
    for person in (quick, away):
        placements.place(person, level, by=None, on=datetime.date(2024, 1, 1), kind=Kind.HIRE)
    year_off = DateRange(datetime.date(2024, 6, 1), datetime.date(2025, 6, 1))
    Leave.objects.create(person=away, valid=year_off, kind=Leave.Kind.PARENTAL)
    assert row_of(answer(**YEAR), "Engineer")["eligible_headcount"] == 1


def test_a_promotion_from_no_known_level_is_named_and_not_counted(levels):
    person = somebody()
    stand(person, levels["senior-engineer"], Kind.PROMOTION, SPRING)
    found = answer(**YEAR)
    assert found.total["promotions"] == 0
    assert {"what": "promotions from no known level", "count": 1}.items() <= found.excluded[
        0
    ].items()


def test_ladder_and_track_bound_it(levels):
    person = somebody()
    placements.place(person, levels["staff-engineer"], by=None, on=HIRED, kind=Kind.HIRE)
    assert answer(**YEAR, track="staff").total["average_headcount"] == 1
    assert answer(**YEAR, track="manager").rows == []
    assert answer(**YEAR, ladder="software-engineering").total["average_headcount"] == 1


def test_it_takes_one_statement(levels, django_assert_num_queries):
    parameters = ask(**YEAR, group_by="unit")
    with django_assert_num_queries(1):
        promotion_rate.run(parameters)


def test_an_empty_organisation_has_no_rate(db):
    found = answer(**YEAR)
    assert found.rows == []
    assert found.sentence.startswith("Nobody stood on these levels")
