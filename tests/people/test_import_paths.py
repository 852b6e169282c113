"""A team that is named with everything above it becomes a team below those."""

from __future__ import annotations

import pytest

from people.actions import teams
from people.imports.paths import Path, split
from people.models import Team
from tests.people.conftest import bring_in

HEADING = "ID,Name,Department\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("HQ > Engineering > Payments", Path("HQ > Engineering", "Payments", sure=True)),
        ("/Staff/Engineering", Path("/Staff", "Engineering", sure=True)),
        ("HQ / R&D", Path("HQ", "R&D", sure=False)),
        ("IT/IS", None),
        ("/Staff", None),
        ("R&D", None),
    ],
)
def test_a_path_is_parted_before_its_last_name(text, path):
    assert split(text) == path


def tree() -> set[tuple[str, str | None]]:
    """(name, name of the team above) of every team."""
    return {(t.name, t.parent and t.parent.name) for t in Team.objects.select_related("parent")}


@pytest.mark.django_db
def test_teams_are_founded_along_the_path_once():
    text = f"{HEADING}1,Ann,HQ > Engineering > Payments\n2,Bo,HQ > Sales > Payments\n"
    bring_in(text)

    assert tree() == {
        ("HQ", None),
        ("Engineering", "HQ"),
        ("Sales", "HQ"),
        ("Payments", "Engineering"),
        ("Payments", "Sales"),
    }
    assert not bring_in(text).changes


@pytest.mark.django_db
def test_a_slash_parts_names_only_below_a_team_of_the_file():
    teams.add(by=None, key="sales", name="Sales")

    bring_in(f"{HEADING}1,Ann,HQ / R&D\n2,Bo,HQ\n3,Cy,Sales / Marketing\n4,Di,HQ - F\n")

    assert tree() >= {("R&D", "HQ"), ("Sales / Marketing", None), ("HQ - F", None)}
