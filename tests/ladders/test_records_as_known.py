"""Which row of somebody's records held on a day, as it was known at an instant: no database."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest

from ladders.records import Records
from people.models import Person

UTC = datetime.UTC
DAY = datetime.date(2026, 5, 4)
A_DAY = datetime.timedelta(days=1)
SAID = datetime.datetime(2026, 3, 1, 9, tzinfo=UTC)
CORRECTED = datetime.datetime(2026, 4, 1, 9, tzinfo=UTC)
AN_INSTANT = datetime.timedelta(microseconds=1)


def row(since=None, until=None, *, superseded=None):
    return SimpleNamespace(since=since, until=until, recorded_at=SAID, superseded_at=superseded)


def records(known_at=None, relations=frozenset()):
    return Records(
        person=None,
        reader=Person(),
        today=DAY,
        on=DAY,
        known_at=known_at,
        relations=relations,
        placements=[],
        lines=[],
        employments=[],
    )


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (DAY, None, True),
        (DAY + A_DAY, None, False),
        (None, DAY + A_DAY, True),
        (None, DAY, False),
        (DAY - A_DAY, DAY + A_DAY, True),
        (None, None, True),
    ],
)
def test_a_row_holds_from_its_first_day_up_to_but_not_including_its_last(since, until, held):
    one = row(since, until)

    assert (records().stood([one]) is one) is held


@pytest.mark.parametrize(
    ("known_at", "known"),
    [
        (None, False),
        (SAID - AN_INSTANT, False),
        (SAID, True),
        (CORRECTED - AN_INSTANT, True),
        (CORRECTED, False),
    ],
)
def test_what_was_corrected_is_known_from_when_it_was_said_until_it_was_corrected(known_at, known):
    wrong = row(superseded=CORRECTED)

    assert (records(known_at).stood([wrong]) is wrong) is known


def test_what_was_never_corrected_is_known_ever_since():
    right = row()

    assert records().stood([row(superseded=CORRECTED), right]) is right
    assert records(CORRECTED).stood([right]) is right
    assert records(SAID - AN_INSTANT).stood([right]) is None


@pytest.mark.parametrize(
    ("relation", "whole"),
    [("oneself", True), ("hr", True), ("manager", False), ("skip_level", False)],
)
def test_what_was_said_before_is_for_the_person_and_hr(relation, whole):
    assert records(relations=frozenset({relation})).whole is whole
