"""What each kind of leave means for the clock and for reminders."""

from __future__ import annotations

import pytest

from people.leaves import RULES
from people.models import Leave

# Columns: stops the clock, pauses reminders
TABLE = """
parental   yes yes
sick       yes yes
care       yes yes
sabbatical yes yes
other      yes yes
holiday    no  yes
reduced    no  no
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]


def test_every_kind_has_its_rule():
    assert set(RULES) == set(Leave.Kind.values) == {kind for kind, *_ in ROWS}


@pytest.mark.parametrize(("kind", "stops", "pauses"), ROWS)
def test_the_rules_are_those_of_the_table_and_people_read_what_they_mean(kind, stops, pauses):
    rule = RULES[kind]

    assert (rule.stops_clock, rule.pauses_reminders) == (stops == "yes", pauses == "yes")
    assert ("The clock goes on." in rule.means) == (kind == "holiday")
    assert ("neither for nor against" in rule.means) == rule.stops_clock
    assert ("so do reminders" in rule.means) == (kind == "reduced")
