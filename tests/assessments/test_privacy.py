"""What others can see of one is read off the rules themselves, and told through both doors."""

from __future__ import annotations

import pytest
from django.test import Client

from assessments import privacy, visibility
from ladders import directory
from tests import cast as story
from tests.assessments import move_story


def test_every_artefact_of_a_case_is_told_of_but_its_history_and_placements():
    assert set(visibility.SIGHT) - set(privacy.IN_A_CASE) == {"history", "placements"}


def test_a_line_names_every_relation_that_reads_the_artefact():
    for name, line in zip(privacy.IN_A_CASE, privacy.in_a_case(), strict=True):
        assert set(line.readers) == set(visibility.SIGHT[name]) - {"candidate"}, name


@pytest.mark.parametrize(
    ("artefact", "you"),
    [("own_section", "always"), ("statement", "once the outcome is told"), ("ballots", "never")],
)
def test_it_says_when_one_reads_it_oneself(artefact, you):
    lines = dict(zip(privacy.IN_A_CASE, privacy.in_a_case(), strict=True))

    assert lines[artefact].you == you


def test_reasons_of_placements_are_for_those_whom_the_directory_tells():
    lines = privacy.about(directory.TOLD_WHY)

    assert [line.readers for line in lines if line.what.startswith("why")] == [("manager", "hr")]
    assert [line.readers for line in lines if "part of no case" in line.what] == [()]


NEAR = {"manager": "maya", "skip_level": "sam", "hr_partner": "noor", "hr": "hana"}
"""Relation to Carl → who stands so."""


DOORS = {
    "your placements": "people/{person}/placements/",
    "your leave with its kind": "people/{person}/leaves/",
    "on which days you and your manager": "people/{person}/growth-talks/",
    "evidence that is part of no case": "people/{person}/evidence/",
    "a move to the other track that you explore": "moves/{move}/",
}
"""What the page says → the address that opens for those whom it names."""


def test_what_the_page_promises_is_what_the_doors_do(cast):
    move = move_story.exploring(cast)
    lines = privacy.about(directory.TOLD_WHY)
    clients = {relation: Client() for relation in NEAR}
    for relation, client in clients.items():
        client.force_login(getattr(cast, NEAR[relation]))

    for words, address in DOORS.items():
        address = address.format(person=cast.carl.pk, move=move.pk)
        [line] = [line for line in lines if line.what.startswith(words)]
        opens = {
            relation
            for relation, client in clients.items()
            if client.get(f"/api/v1/{address}").status_code == 200
        }
        assert opens == set(line.readers), words


def test_those_who_know_that_somebody_is_happy_here_are_those_of_the_rule():
    [line] = [line for line in privacy.about(()) if line.what.startswith("that you want no talk")]

    assert set(line.readers) == visibility.KNOW_HAPPY == {"manager", "skip_level", "hr"}


def test_that_somebody_is_away_is_for_the_manager_and_hr_and_an_answer_for_nobody():
    readers = {line.what: line.readers for line in privacy.about(())}

    assert readers["that you are away, and when you are back"] == ("manager", "hr")
    assert readers["what you answer about somebody on trial"] == ()


def test_the_page_names_who_stands_near_and_leads_to_who_opened_a_case(cast):
    case = story.draft(cast)
    client = Client()
    client.force_login(cast.carl)
    payload = client.get("/api/v1/me/privacy/").json()
    page = client.get("/account/privacy/").content.decode()

    assert {one["who"] for one in payload["near"]} >= {"Maya Manager", "Sam Skip"}
    assert payload["cases"][0]["accesses_page_url"] == f"/cases/{case.pk}/accesses/"
    for words in ("Maya Manager", "Single ballots", f"/cases/{case.pk}/accesses/"):
        assert words in page


def test_somebody_without_manager_or_case_reads_it_too(cast):
    client = Client()
    client.force_login(cast.vera)

    assert "There is no case about you." in client.get("/account/privacy/").content.decode()
