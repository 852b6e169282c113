"""Who may make which move of a ladder version, as a product owner reads it."""

import pytest

from ladders import policies
from ladders.models import LadderVersion
from ladders.states import MOVES
from people.models import Person, Role
from people.refusals import Denied

# a: only as somebody who did not write the text
TABLE = """
              editor publisher hr  partner analyst admin nobody
edit          y      y         y   .       .       .     .
choose_class  y      y         y   .       .       .     .
review        y      y         y   .       .       .     .
return        y      y         y   .       .       .     .
approve       .      a         a   .       .       .     .
schedule      .      y         y   .       .       .     .
unschedule    .      y         y   .       .       .     .
publish       .      y         y   .       .       .     .
archive       .      y         y   .       .       .     .
supersede     .      y         y   .       .       .     .
retire        .      y         y   .       .       .     .
abandon       y      y         y   .       .       .     .
"""
HEAD, *LINES = TABLE.strip("\n").splitlines()
COLUMNS = HEAD.split()
ROWS = {line.split()[0]: line.split()[1:] for line in LINES}
ROLES = {
    "editor": [Role.LADDER_EDITOR],
    "publisher": [Role.LADDER_PUBLISHER],
    "hr": [Role.HR],
    "partner": [Role.HR_PARTNER],
    "analyst": [Role.ANALYST],
    "admin": [Role.ADMIN],
    "nobody": [],
}


def version_by(*authors: Person) -> LadderVersion:
    """A version that these people wrote, without a database."""
    version = LadderVersion(pk=1)
    version._prefetched_objects_cache = {"authors": list(authors)}
    return version


def test_the_table_names_every_move():
    assert set(ROWS) == set(MOVES) == set(policies.MOVES)


@pytest.mark.parametrize("column", COLUMNS)
def test_the_verdicts_are_those_of_the_table(column):
    person = Person(pk=7, roles=ROLES[column])
    for move, row in ROWS.items():
        wanted = row[COLUMNS.index(column)]
        verdict = policies.may(move, person, version_by(Person(pk=8)))
        own = policies.may(move, person, version_by(person))
        assert bool(verdict) == (wanted in "ya"), move
        assert bool(own) == (wanted == "y"), move
        if not verdict:
            assert isinstance(verdict, Denied)
            assert verdict.reason
