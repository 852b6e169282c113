"""What HR saw of a relevel, said again when it is done: no database."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

from ladders.actions.relevels import Plan


def plan(*ids):
    return Plan(moves=[(SimpleNamespace(pk=pk), None) for pk in ids])


def test_what_was_seen_is_the_same_for_the_same_rows_in_any_order():
    assert plan(1, 5, 9).seen == plan(9, 1, 5).seen
    assert plan().seen == plan().seen


def test_another_row_one_more_or_one_less_is_something_else():
    plans = [plan(), plan(9), plan(1, 9), plan(5, 9), plan(1, 5, 9), plan(1, 5, 10)]

    assert all(one.seen != other.seen for one, other in itertools.combinations(plans, 2))
