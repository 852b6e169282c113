"""Teams form a tree that can be moved about and asked for whole."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.actions import lines, people, teams
from people.models import Person, Team
from people.refusals import Conflict, Forbidden, Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(db) -> dict[str, Team]:
    """eng → pay → cards, and sales."""
    eng = teams.add(by=None, key="eng", name="Engineering")
    pay = teams.add(by=None, key="pay", name="Payments", parent=eng)
    cards = teams.add(by=None, key="cards", name="Cards", parent=pay)
    return {"eng": eng, "pay": pay, "cards": cards} | {
        "sales": teams.add(by=None, key="sales", name="Sales")
    }


def test_a_path_holds_the_ids_from_the_root(tree):
    assert tree["cards"].path == f"/{tree['eng'].pk}/{tree['pay'].pk}/{tree['cards'].pk}/"
    assert set(Team.objects.within(tree["pay"])) == {tree["pay"], tree["cards"]}


def test_a_team_moves_with_all_that_is_below_it(tree):
    teams.move(tree["pay"], by=None, parent=tree["sales"])

    tree["cards"].refresh_from_db()
    assert tree["cards"].path == f"/{tree['sales'].pk}/{tree['pay'].pk}/{tree['cards'].pk}/"


def test_a_team_cannot_hang_below_itself(tree):
    with pytest.raises(Conflict, match="Cards is part of Engineering"):
        teams.move(tree["eng"], by=None, parent=tree["cards"])


def test_a_key_is_used_once_and_a_name_is_needed(tree):
    with pytest.raises(Conflict, match="already a team"):
        teams.add(by=None, key="eng", name="Another")
    with pytest.raises(Invalid):
        teams.rename(tree["eng"], by=None, name=" ")


def test_only_hr_changes_teams(tree, hana):
    stranger = people.add(by=None, name="Stella")
    with pytest.raises(Forbidden):
        teams.rename(tree["eng"], by=stranger, name="Mine")

    assert teams.rename(tree["eng"], by=hana, name="Technology").name == "Technology"


def test_the_api_answers_the_tree_with_how_many_are_in_each(client, tree, hana):
    for name in ("Anna", "Bert"):
        person = people.add(by=None, name=name)
        lines.change(person, by=None, on=datetime.date(2020, 1, 1), team=tree["pay"])
    people.leave(Person.objects.get(name="Bert"), by=None, on=datetime.date(2024, 1, 1))
    client.force_login(hana)

    roots = client.get("/api/v1/teams/").json()["results"]

    assert [root["name"] for root in roots] == ["Engineering", "Sales"]
    pay = roots[0]["children"][0]
    assert (pay["key"], pay["people"]) == ("pay", 1)
    assert pay["children"][0]["name"] == "Cards"


def test_the_tree_costs_the_same_for_any_number_of_teams(client, hana):
    client.force_login(hana)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/api/v1/teams/").status_code == 200
        return len(captured)

    def found(first: int, count: int) -> None:
        for n in range(first, first + count):
            teams.add(by=None, key=str(n), name=f"Team {n}")

    found(0, 2)
    few = queries()
    found(10, 200)
    assert queries() == few <= 6
