"""A manager sees their team: level, net time in it, open case, freshness of evidence, span."""

import datetime

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.actions import evidence
from ladders.actions import placements
from ladders.models import Placement
from people.actions import leaves, lines
from people.models import Leave, Person, ReportingLine
from tests import cast as story

pytestmark = pytest.mark.django_db
DAY = datetime.date
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def team(client):
    """`team(person)`: the reports they see on their page, by first name."""

    def team(person) -> dict[str, dict]:
        client.force_login(person)
        page = client.get("/team/")
        return {row["name"].split()[0]: row for row in page.context["team"]["reports"]["results"]}

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


@pytest.mark.parametrize(("kind", "shown"), [("sick", True), ("holiday", True), ("reduced", False)])
def test_a_manager_learns_only_that_somebody_is_away_and_when_they_are_back(
    cast, team, client, kind, shown
):
    today = timezone.localdate()
    back_on = today + 9 * A_DAY
    leaves.record(cast.carl, by=cast.hana, kind=kind, since=today, back_on=back_on, reason="Quokka")

    assert team(cast.maya)["Carl"]["away"] == ({"back_on": back_on} if shown else None)
    page = client.get("/team/").content.decode()
    assert ("away, back on" in page) == shown
    assert not any(word in page for word in ("Quokka", "Sick", "Holiday", "Reduced"))
    client.force_login(cast.sam)
    report = client.get(f"/people/{cast.maya.pk}/team/").context["team"]["reports"]["results"][0]
    assert report["away"] is None


def test_evidence_does_not_grow_old_while_somebody_is_away(cast, team):
    today = timezone.localdate()
    key = cast.levels["engineer"].version.competencies.first().key
    piece = {"what": "A design.", "happened_on": today - 300 * A_DAY, "competencies": [key]}
    evidence.add(by=cast.carl, **piece)
    assert not team(cast.maya)["Carl"]["evidence_fresh"]

    since = today - 290 * A_DAY
    leaves.record(cast.carl, by=None, kind="care", since=since, back_on=since + 150 * A_DAY)

    assert team(cast.maya)["Carl"]["evidence_fresh"]


def test_years_since_hands_on_are_told_to_the_manager_and_hr_alone(cast, client):
    today = timezone.localdate()
    on = today - 4 * 365 * A_DAY
    placements.place(
        cast.maya,
        cast.levels["senior-engineer"],
        by=None,
        on=DAY(2015, 1, 1),
        until=on,
        kind="hire",
    )
    placements.place(
        cast.maya, cast.levels["engineering-manager"], by=None, on=on, kind="track_move"
    )
    for reader, told in ((cast.maya, True), (cast.hana, True), (cast.sam, False)):
        client.force_login(reader)
        page = client.get(f"/people/{cast.maya.pk}/team/")
        assert ("years since hands-on" in page.content.decode()) == told
        assert bool(page.context["team"]["hands_on"]) == told


def test_the_table_can_be_taken_along(cast, client):
    client.force_login(cast.maya)
    file = b"".join(client.get(f"/people/{cast.maya.pk}/team/team.csv")).decode("utf-8-sig")

    head, *rows = file.splitlines()
    assert head.startswith("Name,Level,Months in level,Since,Open case,Newest evidence,Last growth")
    assert any(row.startswith("Carl Candidate,Senior Engineer,") for row in rows)


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
    assert [row["name"] for row in page["reports"]["results"]] == [
        row["name"] for row in api["reports"]["results"]
    ]


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

    first = client.get(f"/api/v1/people/{cast.maya.pk}/team/").json()
    assert (len(first["reports"]["results"]), first["span"]["directs"]) == (50, 202)
    assert first["reports"]["next"]
    file = b"".join(client.get(f"/people/{cast.maya.pk}/team/team.csv"))
    assert len(file.splitlines()) == 203
