"""How promotion works here: the page says what the settings say, and changes with them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessments import guide, steps, visibility
from assessments.models import Procedure
from assessments.states import MOVES, Preset
from ladders.models import Grade, Ladder, LadderVersion
from tests.cast import Cast

COMMITTEE = {
    "preset": "committee",
    "self_nomination": False,
    "minimum_evidence": 3,
    "minimum_feedback": 2,
    "outside_feedback": 1,
    "usual_months": 12,
    "endorsement": True,
    "panel_size": 3,
    "preread_days": 3,
    "days_to_communicate": 7,
}


def told(**changes) -> str:
    """The steps of a procedure as one text."""
    procedure = Procedure(**(COMMITTEE | changes))
    return "\n".join(
        line for step in guide.steps(procedure) for line in (step["title"], *step["needs"])
    )


# --- Sentences ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"self_nomination": True}, "The manager, HR or the candidate themselves opens the case"),
        ({"minimum_evidence": 11}, "At least 11 pieces of evidence"),
        ({"minimum_feedback": 6}, "At least 6 people are asked"),
        ({"minimum_feedback": 6}, "6 answers are in"),
        ({"outside_feedback": 4}, "4 of them from outside the team"),
        ({"usual_months": 17}, "17 months in level are usual"),
        ({"panel_size": 7}, "5 of 7"),
        ({"preread_days": 9}, "9 days to read before the vote"),
        ({"days_to_communicate": 21}, "Within 21 days of the decision"),
    ],
)
def test_every_number_of_a_procedure_is_told(change, said):
    assert said in told(**change)
    assert said not in told()


def test_no_number_of_a_procedure_is_forgotten():
    """Whoever adds a setting says on this page what it does, or here why not."""
    silent = {"id", "ladder", "grade", "approver", "days_to_appeal"}
    settings = {field.name for field in Procedure._meta.get_fields() if field.concrete}

    assert settings - silent == set(COMMITTEE)


def test_steps_that_the_table_of_states_closes_are_not_told():
    procedure = Procedure(**COMMITTEE | {"preset": "lightweight"})
    light = [step["title"] for step in guide.steps(procedure)]

    assert light == ["Open", "Submit", "Decide", "Tell the candidate", "Take effect"]
    assert not MOVES["vote"].starts_from(Preset.LIGHTWEIGHT)


def test_without_endorsement_nobody_endorses():
    assert "Endorse" not in told(endorsement=False)
    assert "Endorse" in told()


def test_the_table_of_sight_names_every_artefact_and_reader():
    assert set(guide.ARTEFACTS) == set(visibility.SIGHT)
    assert set(guide.READERS) == set(visibility.RELATIONS)
    rows = {row["artefact"]: row["cells"] for row in guide.sight()}
    readers = list(guide.READERS.values())
    statement = dict(zip(readers, rows["The manager’s statement"], strict=True))
    ballots = dict(zip(readers, rows["Single ballots"], strict=True))

    assert (statement["Candidate"], statement["Manager"]) == ("Once told", "Yes")
    assert [reader for reader, cell in ballots.items() if cell == "Yes"] == ["Chair", "HR"]


def test_reminders_are_told_step_by_step():
    lines = guide.reminders(steps.STEPS, steps.HOUR.hour)

    assert lines[0].startswith("14, 7, 3 and 1 days before the date, and on the day, at 09:00")
    assert lines[1:5] == [
        "1 day after: again.",
        "3 days after: again, and the manager hears of it too.",
        "5 days after: again, and so does the manager’s manager.",
        "7 days after: again, and so does HR.",
    ]
    assert len([day for day in steps.STEPS if day > 0]) == 4


# --- The page ----------------------------------------------------------------------------------
@pytest.fixture
def page(cast: Cast):
    """`page()`: what it says now, to somebody without any role."""
    client = Client()
    client.force_login(cast.stella)
    return lambda: client.get(reverse("assessments:how"))


@pytest.mark.django_db
def test_a_changed_procedure_changes_the_page(page):
    assert "At least 9 pieces" not in page().content.decode()

    Procedure.objects.filter(preset="committee", ladder=None).update(minimum_evidence=9)

    assert "At least 9 pieces" in page().content.decode()


@pytest.mark.django_db
def test_a_ladder_with_a_procedure_of_its_own_says_so(page):
    ladder, grade = Ladder.objects.get(slug="software-engineering"), Grade.objects.get(rank=4)
    own = Procedure.objects.create(ladder=ladder, grade=grade, preset="lightweight", usual_months=5)

    (shown,) = page().context["guide"]["ladders"]
    ways = {
        group["procedure"]["name"]: [level["title"] for level in group["levels"]]
        for group in shown["groups"]
    }

    assert ways["Lightweight, as Software Engineering has it"] == [
        "Staff Engineer",
        "Engineering Manager",
    ]
    assert "Staff Engineer" not in ways["Committee"]
    assert f"procedure-{own.pk}" in page().content.decode()
    assert "5 months in level are usual" in page().content.decode()


@pytest.mark.django_db
def test_ladders_cases_and_my_track_lead_to_it(cast: Cast, client):
    client.force_login(cast.carl)
    for address in ("/ladders/", "/cases/", "/track/"):
        assert client.get(address).content.decode().count('href="/how-promotion-works/"') == 2


@pytest.mark.django_db
def test_without_any_ladder_it_tells_the_usual_ways(page):
    LadderVersion.objects.update(state="retired")

    names = [one["name"] for one in page().context["guide"]["procedures"]]

    assert sorted(names) == ["Committee", "Lightweight"]
