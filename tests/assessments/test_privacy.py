"""What others can see of one is read off the rules themselves, and told through both doors."""

from __future__ import annotations

import pytest
from django.test import Client

from assessments import privacy, visibility
from ladders import directory
from tests import cast as story


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
