"""When each move of a case is open: every state against every move, every edge in the database."""

import itertools

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from assessments import states
from assessments.models import PromotionCase
from assessments.states import MOVES, Preset, State
from people.refusals import Conflict
from tests import cast as story

COLUMNS = [
    State.DRAFT,
    State.SUBMITTED,
    State.GATHERING,
    State.FROZEN,
    State.IN_REVIEW,
    State.RECOMMENDED,
    State.DECIDED,
    State.COMMUNICATED,
    State.SCHEDULED,
]

# x: open in that state under the committee preset; l: only under lightweight; b: under both.
# Order: draft submitted gathering frozen in_review recommended decided communicated scheduled
TABLE = """
edit               b . . . . . . . .
write_own_section  b b b . . . . . .
attach             b b b . . . . . .
submit             b . . . . . . . .
send_back          . b b . . . . . .
repin              b b b . . . . . .
hand_over          b b b b b b b . .
ask_handover       b b b . . . . . .
write_handover     b b b . . . . . .
gather             . x . . . . . . .
ask_another        . . x . . . . . .
endorse            . x x . . . . . .
sponsor            . b b . . . . . .
freeze             . . x . . . . . .
assign_panel       . . . x x . . . .
declare_conflict   . . . . x . . . .
rule_on_conflict   . . . . x x . . .
vote               . . . . x . . . .
close_ballot       . . . . x . . . .
reopen_ballot      . . . . x . . . .
vote_again         . . . . . x . . .
recommend          . . . . x . . . .
approve            . l . . . x . . .
approve_no_seat    . l . . . x . . .
defer              . l . . . x . . .
decline            . l . . . x . . .
communicate        . . . . . . b . .
schedule           . . . . . . . b .
close              . . . . . . . b .
make_effective     . . . . . . . . b
withdraw           b b b b b b b . .
retract            b b b . . . . . .
lapse              b b b . . . . . .
cancel             b b b b b b b b b
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}
OPEN_UNDER = {".": "", "x": "c", "l": "l", "b": "cl"}


def test_the_table_names_every_move():
    assert set(ROWS) == set(MOVES)


@pytest.mark.parametrize("preset", Preset)
@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_open_in_the_states_of_the_table_and_in_no_other(name, preset):
    wanted = {
        state
        for state, cell in zip(COLUMNS, ROWS[name], strict=True)
        if preset[0] in OPEN_UNDER[cell]
    }

    assert {state for state in State if _is_open(state, name, preset)} == wanted


def _is_open(state, name, preset):
    try:
        states.check(state, name, preset)
    except Conflict:
        return False
    return True


def test_a_wrong_moment_is_explained_with_the_state_and_the_state_it_is_for():
    with pytest.raises(
        Conflict, match="This case is frozen; this step is for a case that is draft"
    ):
        states.check(State.FROZEN, "submit")


@pytest.mark.django_db
def test_the_database_refuses_every_edge_that_no_move_draws(cast):
    case = story.draft(cast)
    rows = PromotionCase.objects.filter(pk=case.pk)
    with pgtrigger.ignore(f"{PromotionCase._meta.label}:life_of_a_case"):
        rows.update(placement=cast.carl.placements.get())
    passed = {
        (start.value, end.value)
        for start, end in itertools.permutations(State, 2)
        if _database_accepts(rows, start, end)
    }

    assert passed == set(states.edges())


def _database_accepts(rows, start, end):
    """Put the case into `start` behind the trigger's back, then ask for the edge."""
    with pgtrigger.ignore(f"{PromotionCase._meta.label}:life_of_a_case"):
        rows.update(state=start)
    try:
        with transaction.atomic():
            rows.update(state=end)
    except DatabaseError:
        return False
    return True


@pytest.mark.django_db
def test_the_database_refuses_an_illegal_edge_in_raw_sql_too(cast):
    case = story.draft(cast)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE assessments_promotioncase SET state = 'decided' WHERE id = %s", [case.pk]
        )


@pytest.mark.django_db
def test_nothing_deletes_a_case(cast):
    case = story.draft(cast)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessments_promotioncase WHERE id = %s", [case.pk])
