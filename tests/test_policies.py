"""Who may make which move: the permission matrix, as a product owner reads it."""

import pytest

from assessments import policies
from assessments.states import MOVES
from people.models import Role
from people.refusals import Denied
from tests import cast as story

pytestmark = pytest.mark.django_db

# y: may, as far as the person goes; the state of the case has its own table.
TABLE = """
                   candidate manager skip member chair approver hr own_hr partner admin author stranger
edit               .         y       .    .      .     .        .  .      .       .     .      .
write_own_section  y         .       .    .      .     .        .  y      .       .     .      .
attach             y         y       .    .      .     .        .  y      .       .     .      .
submit             .         y       .    .      .     .        .  .      .       .     .      .
send_back          .         .       y    .      .     y        y  .      .       .     .      .
repin              .         .       .    .      .     .        y  .      .       .     .      .
hand_over          .         y       .    .      .     .        y  .      .       .     .      .
ask_handover       .         y       .    .      .     .        .  .      .       .     .      .
write_handover     .         .       .    .      .     .        .  .      .       .     .      .
gather             .         .       .    .      .     .        y  .      .       .     .      .
ask_another        .         .       .    .      .     .        y  .      .       .     .      .
endorse            .         .       y    .      .     .        .  .      .       .     .      .
sponsor            .         .       .    .      .     .        y  .      .       .     .      .
freeze             .         .       .    .      .     .        y  .      .       .     .      .
assign_panel       .         .       .    .      .     .        y  .      .       .     .      .
declare_conflict   .         .       .    y      y     .        .  .      .       .     .      .
rule_on_conflict   .         .       .    .      y     .        y  .      .       .     .      .
vote               .         .       .    y      y     .        .  .      .       .     .      .
close_ballot       .         .       .    .      y     .        .  .      .       .     .      .
reopen_ballot      .         .       .    .      y     .        .  .      .       .     .      .
vote_again         .         .       .    .      y     .        y  .      .       .     .      .
recommend          .         .       .    .      y     .        .  .      .       .     .      .
approve            .         .       .    .      .     y        .  .      .       .     .      .
approve_no_seat    .         .       .    .      .     y        .  .      .       .     .      .
defer              .         .       .    .      .     y        .  .      .       .     .      .
decline            .         .       .    .      .     y        .  .      .       .     .      .
communicate        .         y       .    .      .     .        y  .      .       .     .      .
schedule           .         .       .    .      .     .        y  .      .       .     .      .
close              .         .       .    .      .     .        y  .      .       .     .      .
make_effective     .         .       .    .      .     .        .  .      .       .     .      .
withdraw           y         .       .    .      .     .        .  y      .       .     .      .
retract            .         y       .    .      .     .        .  .      .       .     .      .
lapse              .         .       .    .      .     .        .  .      .       .     .      .
cancel             .         .       .    .      .     .        y  .      .       .     .      .
"""
HEAD, *LINES = TABLE.strip().splitlines()
COLUMNS = HEAD.split()
ROWS = {line.split()[0]: line.split()[1:] for line in LINES}


def test_the_table_names_every_move():
    assert set(ROWS) == set(MOVES) == set(policies.POLICIES)


def test_the_verdicts_are_those_of_the_table(cast):
    case = story.in_review(cast)
    people = {
        "candidate": cast.carl,
        "manager": cast.maya,
        "skip": cast.sam,
        "member": cast.paul,
        "chair": cast.petra,
        "approver": cast.vera,
        "hr": cast.hana,
        "own_hr": _candidate_who_is_hr(cast),
        "partner": cast.noor,
        "admin": cast.ada,
        "author": cast.fred,
        "stranger": cast.otto,
    }
    said = {
        name: ["y" if policies.may(name, people[column], case) else "." for column in COLUMNS]
        for name in MOVES
    }

    assert said == ROWS


def _candidate_who_is_hr(cast):
    """Carl, had he the keys of HR: his own case stays sealed from him all the same."""
    person = type(cast.carl).objects.for_session().get(pk=cast.carl.pk)
    person.roles = [Role.HR, Role.ADMIN]
    return person


def test_every_no_gives_a_reason_in_a_sentence(cast):
    case = story.in_review(cast)
    verdicts = [policies.may(name, cast.otto, case) for name in MOVES]

    assert all(isinstance(verdict, Denied) and verdict.reason.endswith(".") for verdict in verdicts)


def test_the_clock_makes_only_the_moves_of_the_clock(cast):
    case = story.submitted(cast)

    assert {name for name in MOVES if policies.may(name, None, case)} == policies.CLOCK


def test_hr_decides_where_no_approver_is_named_but_not_where_they_nominated(cast):
    case = story.draft(cast)
    assert policies.may("approve", cast.hana, case)

    case.nominator = cast.hana

    assert not policies.may("approve", cast.hana, case)


def test_hr_endorses_where_nobody_stands_above_the_manager(cast):
    case = story.submitted(cast)
    assert not policies.may("endorse", cast.hana, case)

    case.around_today["skip_level_id"] = None

    assert policies.may("endorse", cast.hana, case)
