"""A manager sees their team: level, net time in it, open case, freshness of evidence, span."""

import datetime

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import spans
from assessments.actions import evidence
from ladders.actions import placements
from ladders.models import Placement
from people.actions import lines
from people.models import Leave, Person, ReportingLine
from tests import cast as story

pytestmark = pytest.mark.django_db
DAY = datetime.date
A_DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("directs", "managers", "name"),
    [
        (0, 0, "tech-lead manager"),
        (3, 0, "tech-lead manager"),
        (4, 0, "between the two"),
        (6, 0, "healthy"),
        (8, 2, "healthy"),
        (9, 0, "coach"),
        (3, 3, "narrow"),
        (6, 6, "healthy"),
        (9, 5, "wide"),
    ],
)
def test_a_span_lies_in_a_band(directs, managers, name):
    assert spans.band(directs, managers).name == name


@pytest.fixture
def team(client):
    """`team(person)`: the reports they see on their page, by first name."""

    def team(person) -> dict[str, dict]:
        client.force_login(person)
        page = client.get("/team/")
        return {row["name"].split()[0]: row for row in page.context["team"]["reports"]}

    return team


def test_the_team_is_who_reports_today(cast, team):
    lines.change(cast.fred, by=None, on=timezone.localdate(), manager=cast.paul)

    assert set(team(cast.maya)) == {"Carl"}
    assert set(team(cast.paul)) >= {"Fred", "Otto", "Pia", "Stella"}
    assert team(cast.stella) == {}


def test_time_in_level_is_net_of_leave(cast, team):
    before = team(cast.maya)["Carl"]["net_months"]
    Leave.objects.create(person=cast.carl, valid=DateRange(DAY(2023, 1, 1), DAY(2023, 7, 1)))

    row = team(cast.maya)["Carl"]

    assert round(before - row["net_months"], 1) == pytest.approx(5.9, abs=0.1)
    assert row["since"] == story.LONG_AGO
    assert row["level"]["title"] == "Senior Engineer"


def test_a_trial_counts_for_the_level_held(cast, team):
    today = timezone.localdate()
    placements.place(
        cast.carl,
        cast.levels["engineering-manager"],
        by=None,
        on=today - 30 * A_DAY,
        until=today + 60 * A_DAY,
        kind="trial",
    )

    row = team(cast.maya)["Carl"]

    assert row["level"]["title"] == "Senior Engineer"
    assert row["trial"] == {"title": "Engineering Manager", "until": today + 60 * A_DAY}


def test_an_open_case_is_linked(cast, team):
    case = story.draft(cast)

    row = team(cast.maya)["Carl"]["open_case"]

    assert (row["id"], row["target_title"], row["state"]) == (case.pk, "Staff Engineer", "draft")


def test_of_evidence_only_the_day_is_shown(cast, team, client):
    today = timezone.localdate()
    competency = cast.levels["engineer"].version.competencies.first()
    for days, words in ((400, "An old secret."), (10, "A new secret.")):
        evidence.add(
            by=cast.carl,
            what=words,
            happened_on=today - days * A_DAY,
            competencies=[competency.key],
        )

    row = team(cast.maya)["Carl"]

    assert (row["evidence_on"], row["evidence_fresh"]) == (today - 10 * A_DAY, True)
    assert "secret" not in client.get("/team/").content.decode()


def test_the_page_shows_what_the_api_answers(cast, client):
    client.force_login(cast.maya)
    page = client.get("/team/").context["team"]
    api = client.get(f"/api/v1/people/{cast.maya.pk}/team/").json()

    assert page.keys() == api.keys()
    assert page["span"] == api["span"]
    assert [row["name"] for row in page["reports"]] == [row["name"] for row in api["reports"]]


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        ("maya", True),
        ("sam", True),
        ("hana", True),
        ("vera", False),
        ("paul", False),
        ("carl", False),
        ("ada", False),
        ("noor", False),
    ],
)
def test_a_team_is_seen_by_its_manager_their_manager_and_hr(cast, client, reader, sees):
    client.force_login(getattr(cast, reader))

    for url in (f"/people/{cast.maya.pk}/team/", f"/api/v1/people/{cast.maya.pk}/team/"):
        assert client.get(url).status_code == (200 if sees else 404)


@pytest.mark.parametrize(("url", "most"), [("/team/", 12), ("/api/v1/people/{}/team/", 6)])
def test_a_team_of_any_size_costs_the_same(cast, client, url, most):
    client.force_login(cast.maya)
    url = url.format(cast.maya.pk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    few = queries()
    valid, level = DateRange(DAY(2020, 1, 1), None), cast.levels["engineer"]
    hired = Person.objects.bulk_create(Person(name=f"Extra {n}") for n in range(200))
    ReportingLine.objects.bulk_create(
        ReportingLine(person=person, manager=cast.maya, valid=valid) for person in hired
    )
    Placement.objects.bulk_create(
        Placement(person=person, level=level, valid=valid, kind="hire") for person in hired
    )
    assert queries() == few <= most
