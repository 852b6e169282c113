"""10,000 random histories: what the database answers, as of any day and as known at any time, is
what a calendar says that was filled day by day."""

import datetime
import random

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from ladders.actions import placements
from ladders.models import Placement
from people.actions import lines, teams
from people.models import Person, ReportingLine
from tests.ladders import oracle

pytestmark = pytest.mark.django_db
HISTORIES, LONGEST = 10_000, 5
FIRST = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
COPY = """COPY ladders_placement (person_id, level_id, archetype, kind, valid, recorded_at,
superseded_at, reason) FROM STDIN"""


def at(step: int) -> datetime.datetime:
    """The instant of a step, the same one in every history."""
    return FIRST + step * HOUR


def test_ten_thousand_histories_are_answered_as_the_calendars_say(cast, record_property):
    dice = random.Random(20260303)
    people = Person.objects.bulk_create(
        (Person(name=f"Somebody {number}") for number in range(HISTORIES)), batch_size=5_000
    )
    calendars = {person.pk: oracle.Calendar() for person in people}
    level = cast.levels["engineer"].pk
    rows = 0
    with connection.cursor() as cursor, cursor.copy(COPY) as table:
        for person, calendar in calendars.items():
            told = oracle.Rows()
            for number, step in enumerate(
                oracle.history(dice, dice.randrange(1, LONGEST + 1), calendar)
            ):
                oracle.play(told, step, number)
            rows += len(told.rows)
            for row in told.rows:
                gone = None if row.superseded is None else at(row.superseded)
                words = (person, level, str(row.fact), "hire", DateRange(*row.span))
                table.write_row((*words, at(row.recorded), gone, ""))

    answers = 0
    for step in range(LONGEST):
        for slot in dice.sample(range(oracle.SLOTS), 3):
            asked = oracle.day(slot) + datetime.timedelta(days=dice.randrange(30))
            known = at(step) + dice.random() * HOUR
            placed = Placement.objects.filter(person__gte=people[0].pk).as_of(asked, known)
            found = dict(placed.values_list("person", "archetype"))
            said = {
                person: str(fact)
                for person, calendar in calendars.items()
                if (fact := calendar.told[min(step, len(calendar.told) - 1)][slot]) is not None
            }
            assert found == said, (step, asked)
            answers += HISTORIES
    record_property("histories, rows, answers compared", [HISTORIES, rows, answers])


THROUGH_ACTIONS = 50


def test_placements_made_by_the_actions_are_answered_as_the_calendars_say(cast):
    level = cast.levels["engineer"]

    def play(person: Person, step: oracle.Step) -> None:
        if step.kind == "place":
            on, until = oracle.span(step.start, step.end)
            words = {"kind": "import", "archetype": str(step.fact)}
            placements.place(person, level, by=None, on=on, until=until, **words)
            return
        _, first, end = step.run
        wrong = Placement.objects.known_at().get(person=person, valid=oracle.span(first, end))
        on = oracle.day(step.start)
        placements.correct(wrong, by=None, reason=str(step.fact), level=other, on=on)

    other = cast.levels["senior-engineer"]
    for told, rows in _played(Placement, frozenset({"for a while"}), play):
        assert [(first, end) for _, first, end in told.runs()] == [
            (_slot(row.since), _slot(row.until)) for row in rows
        ]


def test_lines_made_by_the_actions_are_answered_as_the_calendars_say(cast):
    units = [teams.add(by=None, key=f"u{n}", name=f"Unit {n}") for n in range(LONGEST)]
    numbers = {unit.pk: number for number, unit in enumerate(units)}

    def play(person: Person, step: oracle.Step) -> None:
        words = {"manager": cast.sam if step.fact % 2 else None, "team": units[step.fact]}
        if step.kind == "place":
            lines.change(person, by=None, on=oracle.day(step.start), **words)
        elif step.kind == "leave":
            with transaction.atomic():
                lines.lock_hierarchy()
                lines.end(person, by=None, on=oracle.day(step.start))
        else:
            _, first, end = step.run
            standing = ReportingLine.objects.known_at().filter(person=person)
            wrong = standing.get(valid=oracle.span(first, end))
            on = oracle.day(step.start)
            lines.correct(wrong, by=None, reason="Wrong.", on=on, **words)

    for told, rows in _played(ReportingLine, frozenset({"leave"}), play):
        assert told.runs() == [
            (numbers[row.team_id], _slot(row.since), _slot(row.until)) for row in rows
        ]


def _played(table, also, play):
    """Histories through the actions: how each looked after each step, and what is answered."""
    dice = random.Random(7)
    for number in range(THROUGH_ACTIONS):
        person = Person.objects.create(name=f"Somebody {number}")
        calendar, instants = oracle.Calendar(), []
        for step in oracle.history(dice, dice.randrange(1, LONGEST + 1), calendar, also):
            play(person, step)
            instants.append(timezone.now())
        for cells, known in zip(calendar.told, instants, strict=True):
            rows = table.objects.known_at(known).filter(person=person).order_by("valid")
            yield oracle.Calendar(cells), list(rows)


def _slot(day: datetime.date | None) -> int:
    return oracle.SLOTS if day is None else (day - oracle.BEGIN) // oracle.STEP
