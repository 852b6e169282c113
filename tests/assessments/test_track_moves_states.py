"""When each step of a move between the tracks is open, and who may take it."""

import itertools

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from assessments import track_move_policies as policies
from assessments import track_move_states as states
from assessments.models import PulseAnswer, TrackMove
from assessments.track_move_states import MOVES, State
from people.models import Person, Role
from people.refusals import Conflict, Denied
from tests.assessments import move_story

# Columns: exploring discussed proposed approved in_trial extended
TABLE = """
edit        x . . . . .
share       x . . . . .
propose     . x . . . .
agree       . . x . . .
receive     . . x . . .
approve     . . x . . .
send_back   . . x x . .
begin       . . . x . .
make_direct . . . x . .
check_in    . . . . x x
ask_pulse   . . . . x x
stay        . . . . x x
confirm     . . . . x x
extend      . . . . x .
end         . . . . x x
run_out     . . . . x x
stop        x x x x . .
leave       x x x x x x
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}
COLUMNS = [state for state in State if state in states.OPEN]

WHO = """
            person manager receiving mentor hr own_hr partner admin stranger
edit        y      .       .         .      .  y      .       .     .
share       y      .       .         .      .  y      .       .     .
propose     y      y       .         .      .  y      .       .     .
agree       y      .       .         .      .  y      .       .     .
receive     .      .       y         .      .  .      .       .     .
approve     .      .       .         .      y  .      .       .     .
send_back   .      y       y         .      y  .      .       .     .
begin       .      .       .         .      .  .      .       .     .
make_direct .      .       .         .      .  .      .       .     .
check_in    y      .       y         .      .  y      .       .     .
ask_pulse   y      .       y         .      y  y      .       .     .
stay        y      .       .         .      .  y      .       .     .
confirm     .      .       .         .      y  .      .       .     .
extend      .      .       y         .      y  .      .       .     .
end         y      .       y         .      y  y      .       .     .
run_out     .      .       .         .      .  .      .       .     .
stop        y      y       .         .      y  y      .       .     .
leave       .      .       .         .      .  .      .       .     .
"""
HEAD, *LINES = WHO.strip().splitlines()
MAY = {line.split()[0]: line.split()[1:] for line in LINES}


def test_both_tables_name_every_step():
    assert set(ROWS) == set(MAY) == set(MOVES) == set(policies.STEPS)


@pytest.mark.parametrize("name", MOVES)
def test_a_step_is_open_in_the_states_of_the_table_and_in_no_other(name):
    wanted = {state for state, cell in zip(COLUMNS, ROWS[name], strict=True) if cell == "x"}

    assert {state for state in State if _is_open(state, name)} == wanted


def _is_open(state, name):
    try:
        states.check(state, name)
    except Conflict:
        return False
    return True


@pytest.mark.django_db
def test_the_database_refuses_every_edge_that_no_step_draws_and_every_deletion(cast):
    move = move_story.exploring(cast)
    rows = TrackMove.objects.filter(pk=move.pk)
    rows.update(shared_at=timezone.now())
    passed = {
        (start.value, end.value)
        for start, end in itertools.permutations(State, 2)
        if _database_accepts(rows, start, end)
    }

    assert passed == set(states.edges())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessments_trackmove WHERE id = %s", [move.pk])


def _database_accepts(rows, start, end):
    with pgtrigger.ignore(f"{TrackMove._meta.label}:life_of_a_move"):
        rows.update(state=start)
    try:
        with transaction.atomic():
            rows.update(state=end)
    except DatabaseError:
        return False
    return True


def test_the_verdicts_are_those_of_the_table_and_every_no_is_a_sentence():
    move = TrackMove(person_id=1, receiving_manager_id=9, mentor_id=4)
    move._manager_id, move._receives_id = 2, 3
    everywhere = [(1,), (2,), (3,), (4,), (5, Role.HR), (1, Role.HR)]
    everywhere += [(6, Role.HR_PARTNER), (7, Role.ADMIN), (8,)]
    people = [Person(pk=pk, roles=roles) for pk, *roles in everywhere]
    said = {name: [policies.may(name, person, move) for person in people] for name in MOVES}

    assert {n: ["y" if v else "." for v in row] for n, row in said.items()} == MAY
    noes = [verdict for row in said.values() for verdict in row if not verdict]
    assert all(isinstance(verdict, Denied) and verdict.reason.endswith(".") for verdict in noes)
    by_the_clock = {name for name in MOVES if policies.may(name, None, move)}
    assert by_the_clock == {"begin", "make_direct", "run_out", "leave"}


def test_a_pulse_is_answered_by_who_was_asked_and_by_nobody_else():
    asked = PulseAnswer(person_id=4)

    assert policies.answers(Person(pk=4), asked)
    assert not policies.answers(Person(pk=5, roles=[Role.HR]), asked)
