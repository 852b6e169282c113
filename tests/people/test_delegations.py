"""Somebody hands over tasks for some days: offered, answered, ended; the rules of who and when."""

from __future__ import annotations

import datetime
import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from people.actions import delegations, people
from people.models import Delegation, Role
from people.refusals import Conflict, Forbidden, Invalid
from people.states import DELEGATION_MOVES, DelegationState

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def four():
    found = [people.add(by=None, name=name) for name in ("Maya", "Dora", "Hana", "Otto")]
    people.set_roles(found[2], by=None, roles=[Role.HR])
    for person in found:
        person.refresh_from_db()
    return found


def offered(maya, dora, *, by=None, kinds=("submit",), days=(0, 10), **more):
    first, last = (timezone.localdate() + A_DAY * number for number in days)
    return delegations.offer(
        maya, dora, by=by or maya, kinds=kinds, first_on=first, last_on=last, **more
    )


def test_it_counts_only_once_it_is_accepted_and_only_in_its_days(four):
    maya, dora, *_ = four
    row = offered(maya, dora, days=(1, 3))
    today = timezone.localdate()
    assert not Delegation.objects.in_force(today + A_DAY).exists()

    delegations.accept(row, by=dora)

    counted = [bool(Delegation.objects.in_force(today + A_DAY * day)) for day in range(5)]
    assert counted == [False, True, True, True, False]


def test_it_ends_at_once_when_either_side_says_so(four):
    maya, dora, hana, _ = four
    for who in (maya, dora, hana):
        row = delegations.accept(offered(maya, dora, reason=" Away. "), by=dora)
        ended = delegations.end(row, by=who)

        assert (ended.ended_by, ended.reason) == (who, "Away.")
        assert not Delegation.objects.in_force().exists()


def test_it_does_not_count_for_somebody_who_has_left(four):
    maya, dora, *_ = four
    delegations.accept(offered(maya, dora), by=dora)
    people.leave(maya, by=None, on=timezone.localdate())

    assert not Delegation.objects.in_force().exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kinds": ()}, "kinds"),
        ({"kinds": ("vote",)}, "kinds"),
        ({"days": (3, 2)}, "last_on"),
        ({"days": (0, 90)}, "last_on"),
        ({"days": (-9, -1)}, "last_on"),
    ],
)
def test_what_cannot_be_handed_over_is_refused_by_name(four, change, field):
    with pytest.raises(Invalid) as refusal:
        offered(four[0], four[1], **change)

    assert set(refusal.value.errors) == {field}
    assert not Delegation.objects.exists()


def test_nobody_stands_in_for_themselves_or_is_asked_once_they_left(four):
    maya, dora, *_ = four
    with pytest.raises(Invalid, match="Name somebody else"):
        offered(maya, maya)
    people.leave(dora, by=None, on=timezone.localdate())
    dora.refresh_from_db()
    with pytest.raises(Invalid, match="does not work here"):
        offered(maya, dora)


def test_ninety_days_are_the_most(four):
    row = offered(four[0], four[1], days=(0, 89))

    assert (row.last_on - row.first_on).days == 89


def test_two_people_never_do_the_same_kind_of_task_on_one_day(four):
    maya, dora, _, otto = four
    offered(maya, dora, kinds=("submit", "decide"), days=(0, 10))
    with pytest.raises(Conflict, match="already stands in"):
        offered(maya, otto, kinds=("decide", "endorse"), days=(10, 20))

    offered(maya, otto, kinds=("endorse",), days=(0, 10))
    offered(maya, otto, kinds=("submit",), days=(11, 20))
    assert Delegation.objects.count() == 3


def test_what_was_declined_leaves_room_for_another(four):
    maya, dora, _, otto = four
    delegations.decline(offered(maya, dora), by=dora)

    assert offered(maya, otto).state == "offered"


# who may: y
MAY = """
          delegator delegate hr stranger
offer     y         .        y  .
accept    .         y        .  .
decline   .         y        .  .
end       y         y        y  .
"""


@pytest.mark.parametrize("line", MAY.strip().splitlines()[1:])
def test_who_may_do_what_with_a_delegation(four, line):
    maya, dora, hana, otto = four
    name, *cells = line.split()
    for who, cell in zip((maya, dora, hana, otto), cells, strict=True):
        with transaction.atomic():
            if name == "offer":
                ok = _may(lambda who=who: offered(maya, otto, by=who, days=(40, 50)))
            else:
                row = offered(maya, dora)
                ok = _may(lambda who=who, row=row: getattr(delegations, name)(row, by=who))
            transaction.set_rollback(True)
        assert ok == (cell == "y"), (name, who.name)


def test_hr_does_not_hand_the_tasks_of_others_to_itself(four):
    maya, _, hana, _ = four
    with pytest.raises(Forbidden, match="Somebody else of HR"):
        offered(maya, hana, by=hana)


def _may(act):
    try:
        with transaction.atomic():
            act()
    except Forbidden:
        return False
    return True


@pytest.mark.parametrize(
    ("state", "name"), list(itertools.product(DelegationState.values, DELEGATION_MOVES))
)
def test_a_move_starts_where_the_table_says(four, state, name):
    maya, dora, *_ = four
    row = offered(maya, dora)
    for step in {"accepted": ["accept"], "declined": ["decline"], "ended": ["end"]}.get(state, []):
        row = getattr(delegations, step)(row, by=dora)
    sources, target = DELEGATION_MOVES[name]
    if state in sources:
        assert getattr(delegations, name)(row, by=dora).state == target
    else:
        with pytest.raises(Conflict, match="cannot change any more"):
            getattr(delegations, name)(row, by=dora)


def test_on_its_last_day_it_can_still_be_accepted(four):
    maya, dora, *_ = four

    delegations.accept(offered(maya, dora, days=(0, 0)), by=dora)

    assert Delegation.objects.in_force().exists()


def test_an_answer_after_its_days_comes_too_late(four):
    maya, dora, *_ = four
    row = offered(maya, dora, days=(0, 0))
    yesterday = timezone.localdate() - A_DAY
    Delegation.objects.filter(pk=row.pk).update(days=(yesterday - A_DAY, yesterday))

    with pytest.raises(Conflict, match="are over"):
        delegations.accept(row, by=dora)


def test_the_database_has_the_last_word(four):
    maya, dora, *_ = four
    row = offered(maya, dora)
    rows = Delegation.objects.filter(pk=row.pk)
    today = timezone.localdate()
    for words in (
        {"delegate": maya},
        {"kinds": []},
        {"kinds": ["vote"]},
        {"days": (today, today + A_DAY * 91)},
        {"days": (today, None)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**words)
    delegations.decline(row, by=dora)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(state="accepted")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_wins():
    maya, dora = (people.add(by=None, name=name) for name in ("Maya", "Dora"))
    row = offered(maya, dora)

    def answer(name):
        try:
            getattr(delegations, name)(row, by=dora)
        except Conflict:
            return "late"
        finally:
            connection.close()
        return name

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(answer, ["accept", "decline"] * 2))

    assert found.count("late") == 3
