"""The report of orphans: what waits for nobody who is here. It is empty while all is well."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from django.test import Client
from django.utils import timezone

from assessments import beats
from assessments.actions import handovers
from people.actions import lines, people
from people.models import Delegation, Leave, Person, Role
from tests import cast as story
from tests.assessments import move_story
from tests.test_queries import a_cycle

ADDRESS = "/api/v1/reports/orphans/"


def today():
    return timezone.localdate()


def client(person):
    browser = Client()
    browser.force_login(person)
    return browser


def found(person, **asked):
    answer = client(person).get(ADDRESS, asked)
    assert answer.status_code == 200, answer.content
    return {(row["what"], row["about"], row["who"]) for row in answer.json()["rows"]}


def leave(*who):
    for person in who:
        people.leave(person, by=None, on=today())


def test_it_is_empty_while_everybody_is_there_and_says_so(cast):
    story.in_review(cast)

    answer = client(cast.hana).get(ADDRESS).json()

    assert answer["rows"] == []
    assert answer["sentence"].startswith("Nothing is orphaned")
    page = client(cast.hana).get("/reports/orphans/")
    assert "Nothing is orphaned" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("hana", 200), ("noor", 200), ("anna", 403), ("sam", 403), ("carl", 403)]
)
def test_it_names_people_and_is_for_hr_alone(cast, who, status):
    browser = client(getattr(cast, who))
    assert browser.get(ADDRESS).status_code == status
    assert browser.get("/reports/orphans/").status_code == status
    listed = [one["id"] for one in browser.get("/api/v1/reports/").json()["results"]]
    assert ("orphans" in listed) == (status == 200)


def test_it_is_about_today_and_takes_a_unit_only(cast):
    browser = client(cast.hana)
    assert browser.get(ADDRESS, {"unit": "payments"}).status_code == 200
    assert browser.get(ADDRESS, {"as_of": "2025-01-01"}).status_code == 400
    assert client(cast.noor).get(ADDRESS, {"unit": "hr"}).status_code == 403


def test_people_whose_manager_left_and_people_without_one_are_there(cast):
    lines.change(cast.otto, by=None, on=today(), manager=None)
    leave(cast.maya)

    assert found(cast.hana) == {
        ("Reports to nobody", "Otto Other", None),
        ("Reports to somebody who left", "Carl Candidate", "Maya Manager"),
        ("Reports to somebody who left", "Fred Peer", "Maya Manager"),
    }
    assert {row[1] for row in found(cast.hana, unit="payments")} == {"Carl Candidate", "Fred Peer"}
    rows = client(cast.hana).get(ADDRESS).json()["rows"]
    for row in rows:
        assert client(cast.hana).get(row["page_url"]).status_code == 200


def test_a_case_is_there_until_somebody_who_leads_the_candidate_owns_it(cast):
    case = story.draft(cast)
    leave(cast.maya)
    assert ("Case of a manager who left", "Carl Candidate", "Maya Manager") in found(cast.hana)

    lines.change(cast.carl, by=None, on=today(), manager=cast.paul)
    [row] = [one for one in client(cast.hana).get(ADDRESS).json()["rows"] if "Case" in one["what"]]
    assert row["todo"] == "Hand it to Paul Panel."
    assert client(cast.hana).get(row["page_url"]).status_code == 200
    beats.beat()

    assert not [one for one in found(cast.hana) if "Case" in one[0]]
    assert story.fresh(case).owner == cast.paul


def test_those_asked_and_those_who_would_decide_are_there_once_they_left(cast):
    case = story.gathering_stage(cast)
    lines.change(cast.carl, by=None, on=today(), manager=cast.paul)
    handovers.hand_over(case, by=cast.hana)
    handovers.ask(case, by=cast.paul)
    leave(cast.fred, cast.stella, cast.maya, case.approver)

    about_carl = {(row[0], row[2]) for row in found(cast.hana) if row[1] == "Carl Candidate"}

    assert about_carl == {
        ("Request for feedback to somebody who left", "Fred Peer"),
        ("Request for feedback to somebody who left", "Stella Stranger"),
        ("Case whose approver left", "Vera Top"),
        ("Handover statement asked of somebody who left", "Maya Manager"),
    }
    for_the_partner = {row[2] for row in found(cast.noor) if row[1] == "Carl Candidate"}
    assert for_the_partner == {"Fred Peer", "Vera Top", "Maya Manager"}  # not who answers in secret


def test_a_seat_of_somebody_who_left_is_told_to_central_hr_alone(cast):
    story.in_review(cast)
    leave(cast.pia)

    assert ("Seat of somebody who left", "Carl Candidate", "Pia Panel") in found(cast.hana)
    assert not [row for row in found(cast.noor) if row[0].startswith("Seat")]


def test_a_task_that_falls_due_while_its_doer_is_away_is_there(cast):
    story.draft(cast, cycle=a_cycle())
    back = today() + datetime.timedelta(days=9)
    Leave.objects.create(person=cast.maya, kind="sick", valid=(today(), back))

    assert found(cast.hana) == {
        ("Submit Carl Candidate’s case", "Carl Candidate", "Maya Manager"),
    }


def test_a_delegation_takes_it_off_the_report_once_it_is_accepted(cast):
    story.draft(cast, cycle=a_cycle())
    back = today() + datetime.timedelta(days=9)
    Leave.objects.create(person=cast.maya, kind="sick", valid=(today(), back))
    row = Delegation.objects.create(
        delegator=cast.maya, delegate=cast.otto, kinds=["submit"], days=(today(), back)
    )
    assert {one[0] for one in found(cast.hana)} == {
        "Delegation that nobody has accepted, although it has begun",
        "Submit Carl Candidate’s case",
    }

    Delegation.objects.filter(pk=row.pk).update(state="accepted")

    assert found(cast.hana) == set()


def test_a_move_is_there_once_who_receives_or_mentors_it_left_and_for_central_hr_alone(cast):
    days = [today(), today() + datetime.timedelta(days=30)]
    move = move_story.in_trial(cast, checkpoints=days)
    Leave.objects.create(person=cast.carl, kind="sick", valid=(today(), days[1]))
    assert found(cast.hana) == {
        ("Write how Carl Candidate’s trial is going", *["Carl Candidate"] * 2)
    }

    leave(cast.sam, cast.petra)

    rows = client(cast.hana).get(ADDRESS).json()["rows"]
    assert {row["who"] for row in rows if row["page_url"] == f"/moves/{move.pk}/"} == {
        "Sam Skip",
        "Petra Panel",
        "Carl Candidate",
    }
    assert not [row for row in found(cast.noor) if "ove" in row[0] or "rial" in row[0]]


def test_nobody_reads_of_their_own_case(cast):
    story.draft(cast)
    people.set_roles(cast.carl, by=None, roles=[Role.HR])
    leave(cast.maya)

    carl = Person.objects.for_session().get(pk=cast.carl.pk)

    assert {row[1] for row in found(carl)} == {"Fred Peer"}


def test_it_can_be_taken_along(cast):
    leave(cast.maya)

    answer = client(cast.hana).get(ADDRESS, {"format": "csv"})

    rows = list(csv.DictReader(io.StringIO(answer.content.decode().lstrip("\ufeff"))))
    assert {row["about"] for row in rows} == {"Carl Candidate", "Fred Peer"}
    assert client(cast.hana).get(ADDRESS, {"format": "xlsx"}).status_code == 200
    shown = client(cast.hana).get("/reports/orphans/").content.decode()
    assert "Give them a manager: in the HR system" in shown
