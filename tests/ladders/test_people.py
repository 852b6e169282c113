"""Who works here, and where they stand for those it concerns: by page and by API."""

import datetime

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ladders.actions import headcounts, placements
from ladders.models import Placement
from people.actions import lines, people
from people.models import Person, ReportingLine
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.fixture
def ask(client):
    """`ask(person, url)`: the JSON that somebody is answered."""

    def ask(person: Person, url: str):
        client.force_login(person)
        return client.get(f"/api/v1/{url}")

    return ask


def names(answer) -> list[str]:
    """Whom a list holds, by first name."""
    return [row["name"].split()[0] for row in answer.json()["results"]]


def test_everybody_is_listed_by_name(cast, ask):
    listed = names(ask(cast.stella, "people/"))

    assert listed == sorted(person.name.split()[0] for person in cast.everybody().values())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=carl", ["Carl"]),
        ("q=CANDI", ["Carl"]),
        ("q=otto%40example.com", ["Otto"]),
        ("q=petra", ["Petra"]),
        ("q=nobody", []),
        ("level=principal-engineer", ["Petra"]),
        ("level=senior-engineer", ["Carl", "Stella"]),
        ("level=senior-engineer&track=manager", []),
        ("track=staff", ["Otto", "Petra", "Pia"]),
    ],
)
def test_hr_finds_people(cast, ask, query, found):
    assert names(ask(cast.hana, f"people/?{query}")) == found


def test_people_are_found_by_team_manager_and_everybody_below(cast, ask):
    team, sam, maya = cast.teams["engineering"].pk, cast.sam.pk, cast.maya.pk

    assert names(ask(cast.hana, f"people/?manager={maya}")) == ["Carl", "Fred"]
    assert names(ask(cast.hana, f"people/?below={sam}")) == ["Carl", "Fred", "Maya"]
    assert "Carl" in names(ask(cast.hana, f"people/?team={team}"))
    assert "Hana" not in names(ask(cast.hana, f"people/?team={team}"))


def test_those_below_come_by_name_page_by_page_whether_counted_or_not(cast, ask):
    today = timezone.localdate()
    tomorrow = today + datetime.timedelta(days=1)
    headcounts.recount(today)
    people.edit(cast.maya, by=None, name="Bella Manager")
    Person.objects.filter(pk=cast.paul.pk).update(name="Zora Panel")
    below = f"people/?below={cast.vera.pk}&page_size=5"

    for address in (below, f"{below}&as_of={tomorrow}"):
        first = ask(cast.hana, address)
        second = ask(cast.hana, first.json()["next"].split("/api/v1/")[1])
        listed = [*names(first), *names(second)]
        assert listed == sorted(listed)
        assert "Bella" in names(first)
        assert len(listed) == len(set(listed)) == 10
        third = ask(cast.hana, second.json()["next"].split("/api/v1/")[1])
        assert names(third)[-1] == "Zora"


def test_the_list_can_be_asked_as_of_a_day(cast, ask):
    lines.change(cast.carl, by=None, on=DAY(2025, 1, 1), manager=cast.paul)
    placements.place(
        cast.carl,
        cast.levels["staff-engineer"],
        by=None,
        on=DAY(2025, 1, 1),
        kind=Placement.Kind.PROMOTION,
    )

    def carl(query: str) -> tuple[str, str]:
        row = ask(cast.hana, f"people/?q=carl&{query}").json()["results"][0]
        return row["manager"]["name"], row["placement"]["level"]["key"]

    assert carl("as_of=2024-06-01") == ("Maya Manager", "senior-engineer")
    assert carl("as_of=2025-06-01") == ("Paul Panel", "staff-engineer")


def test_who_left_is_found_by_hr_on_the_day_and_by_nobody_else(cast, ask):
    people.leave(cast.fred, by=None, on=DAY(2025, 3, 31))

    assert names(ask(cast.hana, "people/?q=fred")) == []
    assert names(ask(cast.hana, "people/?q=fred&as_of=2025-03-01")) == ["Fred"]
    assert names(ask(cast.stella, "people/?q=fred&as_of=2025-03-01")) == []
    assert ask(cast.stella, f"people/{cast.fred.pk}/").status_code == 404
    assert ask(cast.hana, f"people/{cast.fred.pk}/").status_code == 200


@pytest.mark.parametrize("query", ["as_of=x", "team=x", "track=x", "manager=x", "below=-1"])
def test_a_filter_that_is_not_understood_is_named(cast, ask, query):
    answer = ask(cast.hana, f"people/?{query}")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.split("=")[0]])


SEES = {  # who reads where Carl stands, and why he came to stand there
    "carl": (True, True),
    "maya": (True, True),
    "sam": (True, False),
    "hana": (True, True),
    "noor": (True, False),
    "vera": (False, False),
    "fred": (False, False),
    "stella": (False, False),
    "anna": (False, False),
    "ada": (False, False),
}


@pytest.mark.parametrize("reader", SEES)
def test_where_somebody_stands_is_shown_to_those_it_concerns(cast, ask, client, reader):
    stands, why = SEES[reader]
    person = getattr(cast, reader)
    placements.place(
        cast.carl,
        cast.levels["engineering-manager"],
        by=None,
        on=DAY(2024, 1, 1),
        until=DAY(2024, 4, 1),
        kind=Placement.Kind.TRIAL,
        reason="A quarter as a manager.",
    )

    row = ask(person, "people/?q=carl").json()["results"][0]
    profile = ask(person, f"people/{cast.carl.pk}/").json()
    history = ask(person, f"people/{cast.carl.pk}/placements/")
    page = client.get(f"/people/{cast.carl.pk}/")

    assert (row["placement"] is not None) == stands
    assert (profile["placements"] is not None) == stands
    assert history.status_code == (200 if stands else 404)
    assert ("Senior Engineer" in page.content.decode()) == stands
    told = "A quarter as a manager." in page.content.decode()
    assert told == ("A quarter as a manager." in str(profile)) == why
    assert ("Return" in page.content.decode()) == why
    assert (names(ask(person, "people/?level=senior-engineer")).count("Carl") == 1) == stands
    if stands:
        kinds = [row["kind"] for row in history.json()["results"]]
        assert kinds == (["return" if why else None, "trial", "hire"])


def test_the_page_shows_what_the_api_answers(cast, client):
    client.force_login(cast.maya)
    page = client.get(f"/people/{cast.carl.pk}/")
    listed = client.get("/people/")

    def plain(answer) -> dict:
        return client.get(answer).json()

    api = plain(f"/api/v1/people/{cast.carl.pk}/")
    shown = page.context["person"]
    assert shown.keys() == api.keys()
    assert {key: shown[key] for key in ("id", "name", "manager", "team", "audience")} == {
        key: api[key] for key in ("id", "name", "manager", "team", "audience")
    }
    assert [row["id"] for row in listed.context["people"]["results"]] == [
        row["id"] for row in plain("/api/v1/people/")["results"]
    ]


def test_the_past_can_be_asked_as_it_was_known(cast, ask):
    then = timezone.now()
    wrong = Placement.objects.get(person=cast.carl)
    placements.correct(wrong, by=cast.hana, level=cast.levels["engineer"], reason="A slip.")
    url = f"people/{cast.carl.pk}/placements/?as_of=2024-01-01"

    def stood(query: str = "") -> list[str]:
        rows = ask(cast.hana, url + query).json()["results"]
        return [row["level"]["key"] for row in rows]

    assert stood() == ["engineer"]
    known = then.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert stood(f"&known_at={known}") == ["senior-engineer"]


def test_numbers_and_days_are_for_hr_and_oneself(cast, ask):
    def number(reader: Person) -> str | None:
        return ask(reader, f"people/{cast.carl.pk}/").json()["employee_number"]

    assert (number(cast.hana), number(cast.carl)) == ("carl", "carl")
    assert (number(cast.stella), number(cast.maya)) == (None, None)


def test_the_page_pages_on_and_says_when_nobody_fits(cast, client):
    for n in range(60):
        people.add(by=None, name=f"Extra {n:02}")
    client.force_login(cast.stella)

    first = client.get("/people/")
    second = client.get(first.context["people"]["next"])
    nobody = client.get("/people/?q=nobody")
    odd = client.get("/people/?track=sideways")

    assert len(first.context["people"]["results"]) == 50
    assert len(second.context["people"]["results"]) == Person.objects.count() - 50
    assert b"Nobody here fits this search" in nobody.content
    assert odd.status_code == 422


URLS = [
    ("/people/", 12),
    ("/api/v1/people/", 6),
    ("/people/{maya}/", 12),
    ("/api/v1/people/{maya}/", 6),
]


@pytest.mark.parametrize("reader", ["hana", "maya", "noor", "stella"])
@pytest.mark.parametrize(("url", "most"), URLS)
def test_any_number_of_people_costs_the_same(cast, client, url, most, reader):
    client.force_login(getattr(cast, reader))
    url = url.format(maya=cast.maya.pk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    few = queries()
    _hire(cast, 200)
    assert queries() == few <= most


def _hire(cast: Cast, count: int) -> None:
    """Straight into the tables: it is the reading that is measured."""
    names = (f"Extra {n:03}" for n in range(count))
    hired = Person.objects.bulk_create(Person(name=name) for name in names)
    valid, team = DateRange(DAY(2020, 1, 1), None), cast.teams["payments"]
    ReportingLine.objects.bulk_create(
        ReportingLine(person=person, manager=cast.maya, team=team, valid=valid) for person in hired
    )
    level = cast.levels["engineer"]
    Placement.objects.bulk_create(
        Placement(person=person, level=level, valid=valid, kind="hire") for person in hired
    )
