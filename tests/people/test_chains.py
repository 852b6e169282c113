"""The stored ways up say what the reporting lines say, whatever happened and in which order."""

import datetime
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from people.actions import chains, headcounts, lines, people
from people.models import Census, Chain, Headcount, Person, Position, ReportingLine
from people.models.hierarchy import all_below, way_up
from people.refusals import Conflict

DAY = datetime.date
BEGIN = DAY(2020, 1, 1)
TODAY = DAY(2024, 7, 1)
DAYS = [BEGIN + datetime.timedelta(days=100 * step) for step in range(40)]


def walked(on: datetime.date) -> dict[int, str]:
    """The ways up of those who have a line on a day, by walking the lines one by one."""
    above = dict(ReportingLine.objects.as_of(on).values_list("person", "manager"))

    def walk(person: int) -> str:
        boss = above.get(person)
        return f"{walk(boss) if boss else '/'}{person}/"

    return {person: walk(person) for person in above}


def stored() -> set[tuple]:
    """All rows, as plain values."""
    rows = Chain.objects.values_list("person", "path", "valid")
    return {(person, path, valid.lower, valid.upper) for person, path, valid in rows}


def counted() -> dict[tuple, int]:
    """People below each leader, of each kind, by the rows that were added up."""
    found: dict[tuple, int] = {}
    for leader, kind, number in Headcount.objects.values_list("leader", "kind", "people"):
        found[leader, kind] = found.get((leader, kind), 0) + number
    return {key: number for key, number in found.items() if number}


def nobody_is_of_a_kind() -> headcounts.Kinds:
    return Person.objects.filter(pk=0).values_list("pk", "title")


def by_title() -> headcounts.Kinds:
    return Person.objects.exclude(title="").values_list("pk", "title")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_every_day_says_what_the_lines_say(seed):
    chance = random.Random(seed)
    titles = ["", "staff", "manager"]
    everybody = [people.add(by=None, name=str(n), title=titles[n % 3]) for n in range(12)]
    headcounts.recount(TODAY, by_title())
    for _ in range(30):
        person, boss = chance.sample(everybody, 2)
        try:
            with transaction.atomic():
                manager = boss if chance.random() < 0.9 else None
                lines.change(person, by=None, on=chance.choice(DAYS), manager=manager)
        except Conflict:
            continue
    people.leave(everybody[0], by=None, on=DAYS[30])

    for on in (*DAYS, TODAY):
        assert dict(Chain.objects.as_of(on).values_list("person", "path")) == walked(on)
    kept, tallied = stored(), counted()
    chains.rebuild()
    assert stored() == kept
    headcounts.recount(TODAY, by_title())
    assert counted() == tallied
    assert tallied


@pytest.mark.django_db
def test_a_line_in_a_closed_period_moves_those_below_in_that_period_only():
    anna, bert, cleo, dora = (people.add(by=None, name=name) for name in "ABCD")
    lines.change(anna, by=None, on=BEGIN, manager=bert)
    lines.change(bert, by=None, on=BEGIN, manager=cleo)
    ReportingLine.objects.filter(person=bert).update(
        superseded_at=datetime.datetime.now(datetime.UTC)
    )
    spans = [(BEGIN, DAYS[5], cleo), (DAYS[5], DAYS[9], dora), (DAYS[9], None, cleo)]
    for since, until, manager in spans:
        ReportingLine.objects.create(person=bert, manager=manager, valid=DateRange(since, until))

    chains.follow([bert.pk], DateRange(DAYS[5], DAYS[9]))

    ways = [way_up(anna.pk, on) for on in (DAYS[4], DAYS[5], DAYS[8], DAYS[9])]
    usual, lent = f"/{cleo.pk}/{bert.pk}/{anna.pk}/", f"/{dora.pk}/{bert.pk}/{anna.pk}/"
    assert ways == [usual, lent, lent, usual]


@pytest.mark.django_db
def test_a_change_of_team_alone_writes_no_way_up_again():
    anna, bert = (people.add(by=None, name=name) for name in "AB")
    lines.change(anna, by=None, on=BEGIN, manager=bert)
    before = set(Chain.objects.values_list("pk", flat=True))

    lines.change(anna, by=None, on=TODAY, team=None, manager=bert)
    chains.follow([anna.pk, bert.pk])

    assert set(Chain.objects.values_list("pk", flat=True)) == before


@pytest.mark.django_db
def test_nobody_stands_more_than_a_hundred_layers_below_the_top():
    row = [Person(name=str(n)) for n in range(102)]
    Person.objects.bulk_create(row)
    spans = DateRange(BEGIN, None)
    pairs = list(zip(row[1:101], row[:100], strict=True))
    ReportingLine.objects.bulk_create(
        ReportingLine(person=person, manager=boss, valid=spans) for person, boss in pairs
    )
    chains.rebuild()
    assert all_below(row[0].pk, TODAY).count() == 100

    with pytest.raises(Conflict, match="100 layers"):
        lines.change(row[101], by=None, on=BEGIN, manager=row[100])
    assert not ReportingLine.objects.filter(person=row[101]).exists()


@pytest.mark.django_db
def test_what_somebody_counts_as_moves_the_headcounts_above():
    anna, bert, cleo = (people.add(by=None, name=name) for name in "ABC")
    lines.change(anna, by=None, on=BEGIN, manager=bert)
    lines.change(bert, by=None, on=BEGIN, manager=cleo)
    assert counted() == {}
    headcounts.recount(TODAY, nobody_is_of_a_kind())
    assert Census.taken_on() == TODAY

    Person.objects.filter(pk=anna.pk).update(title="staff")
    headcounts.regroup([anna.pk], by_title())

    assert counted() == {(bert.pk, "staff"): 1, (cleo.pk, "staff"): 1, (cleo.pk, ""): 1}
    people.leave(anna, by=None, on=TODAY - datetime.timedelta(days=1))
    assert counted() == {(cleo.pk, ""): 1}
    assert Position.objects.get(person=anna).path == ""


@pytest.mark.django_db
def test_a_position_has_the_name_and_the_last_day_of_its_person_whoever_writes_them():
    anna, bert = (people.add(by=None, name=name) for name in "AB")
    people.edit(anna, by=None, name="Anna")
    people.leave(bert, by=None, on=TODAY)
    Person.objects.filter(pk=bert.pk).update(name="Bert")

    kept = Position.objects.order_by("name").values_list("name", "left_on")

    assert list(kept) == [("Anna", None), ("Bert", TODAY)]


@pytest.mark.django_db(transaction=True)
def test_two_moves_and_a_new_kind_at_once_leave_true_counts():
    row = [people.add(by=None, name=str(n)) for n in range(8)]
    top, left, right, *rest = row
    for person, boss in [(left, top), (right, top), *((person, left) for person in rest)]:
        lines.change(person, by=None, on=BEGIN, manager=boss)
    headcounts.recount(TODAY, nobody_is_of_a_kind())
    Person.objects.update(title="staff")

    def act(number: int) -> None:
        try:
            if number % 2:
                headcounts.regroup([row[number].pk], by_title())
            else:
                lines.change(row[number], by=None, on=BEGIN, manager=right)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(act, [4, 3, 6, 5, 7]))

    tallied = counted()
    headcounts.recount(TODAY, by_title().filter(pk__in=[row[n].pk for n in (3, 5, 7)]))
    assert counted() == tallied
    assert stored()
