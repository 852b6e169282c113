"""Home: what needs me at each stage of a case, what I wait for, and nothing of anybody else."""

from __future__ import annotations

import datetime
import json

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from rest_framework.renderers import JSONRenderer

from assessments import duties
from assessments.actions import cases, panels
from assessments.models import PromotionCase
from people.actions import lines
from people.models import Person, Role
from tests import cast as stages
from tests.assessments import cycle_story as story


def _owed(cast) -> dict[str, list[str]]:
    """Who owes what, by first name, over the whole cast."""
    found = {key: [duty.task for duty in duties.owed_by(p)] for key, p in cast.everybody().items()}
    return {key: tasks for key, tasks in found.items() if tasks}


def _page(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.get("/").content.decode()


STAGES = {
    "draft": {"maya": ["submit"]},
    "submitted": {"sam": ["endorse"], "hana": ["gather"], "henry": ["gather"]},
    "gathering": {"fred": ["give_feedback"], "stella": ["give_feedback"]},
    "frozen": {"hana": ["assign_panel"], "henry": ["assign_panel"]},
    "in_review": {"petra": ["vote"], "paul": ["vote"], "pia": ["vote"]},
    "recommended": {"vera": ["decide"]},
    "decided": {"maya": ["communicate"]},
    "scheduled": {},
    "effective": {},
}


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_asks_something_of_exactly_these_people(cast, stage):
    stages.STAGES[stage](cast)
    assert _owed(cast) == STAGES[stage]


@pytest.mark.parametrize("stage", STAGES)
def test_looking_near_a_person_finds_what_looking_everywhere_finds(cast, stage):
    stages.STAGES[stage](cast)
    with connection.cursor() as cursor:
        cursor.execute(duties.owed(duties.EVERYWHERE), duties.parameters())
        names = [column.name for column in cursor.description]
        everywhere = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for person in Person.objects.for_session():
        near = {(duty.case_id, duty.task) for duty in duties.owed_by(person)}
        wanted = {(d["case_id"], d["task"]) for d in everywhere if d["person_id"] == person.pk}
        assert near == wanted, person


def test_the_chair_closes_when_all_have_voted_and_then_recommends(cast):
    case = stages.in_review(cast)
    for person in (cast.petra, cast.paul, cast.pia):
        panels.vote(case, by=person, vote="yes", reason="Yes.")
    assert _owed(cast) == {"petra": ["close_ballot"]}
    panels.close_ballot(case, by=cast.petra)
    assert _owed(cast) == {"petra": ["recommend"]}


def test_a_split_asks_the_chair_for_a_second_ballot_and_everybody_to_vote_again(cast):
    case = stages.voted(cast, ("yes", "yes", "not_yet"))
    assert _owed(cast) == {"petra": ["reopen_ballot"]}
    panels.reopen_ballot(case, by=cast.petra)
    assert _owed(cast) == {"petra": ["vote"], "paul": ["vote"], "pia": ["vote"]}


def test_a_declared_conflict_asks_the_chair_and_not_the_one_who_declared_it(cast):
    case = stages.in_review(cast)
    panels.declare_conflict(case, by=cast.pia, reason="We share a flat.")
    assert _owed(cast) == {"petra": ["rule_on_conflict", "vote"], "paul": ["vote"]}


def test_a_conflict_of_the_chair_goes_to_hr(cast):
    case = stages.in_review(cast)
    panels.declare_conflict(case, by=cast.petra, reason="We share a flat.")
    assert _owed(cast)["hana"] == ["rule_on_conflict"]
    assert "petra" not in _owed(cast)


def test_where_nobody_stands_above_the_manager_hr_endorses(cast):
    lines.change(cast.maya, by=None, on=timezone.localdate(), manager=None)
    stages.submitted(cast)
    assert _owed(cast) == {"hana": ["endorse", "gather"], "henry": ["endorse", "gather"]}


def test_when_the_manager_has_left_the_skip_level_carries_on_and_then_hr(cast):
    stages.draft(cast)
    Person.objects.filter(pk=cast.maya.pk).update(left_on=timezone.localdate())
    assert _owed(cast) == {"sam": ["submit"]}
    Person.objects.filter(pk=cast.sam.pk).update(left_on=timezone.localdate())
    assert _owed(cast) == {"hana": ["submit"], "henry": ["submit"]}
    assert "Find a manager for Carl Candidate’s case" in _page(cast.hana)


def test_a_candidate_who_is_hr_owes_nothing_on_their_own_case(cast):
    Person.objects.filter(pk=cast.carl.pk).update(roles=[Role.HR])
    for stage in ("submitted", "frozen"):
        stages.STAGES[stage](cast)
        assert "carl" not in _owed(cast)
        PromotionCase.objects.update(state="withdrawn")


def test_due_dates_come_from_the_phases_of_the_cycle(cast):
    today = timezone.localdate()
    cycle = story.running(cast, today + datetime.timedelta(days=3))
    stages.draft(cast, cycle=cycle)
    (duty,) = duties.owed_by(cast.maya)
    assert (duty.due_on, duty.reminded) == (today + datetime.timedelta(days=3), True)
    assert "in 3 days" in _page(cast.maya)


def test_off_cycle_only_telling_the_candidate_has_a_date(cast):
    stages.approved(cast)
    (duty,) = duties.owed_by(cast.maya)
    assert duty.due_on == timezone.now().date() + datetime.timedelta(days=7)


def test_home_says_what_needs_me_with_one_button_each(cast):
    case = stages.submitted(cast)
    page = _page(cast.sam)
    assert "1 task needs you" in page
    assert "Endorse Carl Candidate’s case, or say why not" in page
    assert f'href="/cases/{case.pk}/"' in page


def test_home_says_what_i_wait_for_and_names_no_panel_and_no_author(cast):
    stages.submitted(cast)
    assert "Sam Skip to endorse the case" in _page(cast.maya)
    PromotionCase.objects.update(state="withdrawn")
    stages.gathering_stage(cast)
    page = _page(cast.maya)
    assert "2 colleagues to give feedback" in page
    assert "Stella" not in page
    PromotionCase.objects.update(state="withdrawn")
    stages.in_review(cast)
    page = _page(cast.maya)
    assert "3 panel members to vote" in page
    assert "Petra" not in page


@pytest.mark.parametrize("stage", ["frozen", "in_review", "recommended", "decided"])
def test_the_candidate_reads_the_same_words_from_the_freeze_until_they_are_told(cast, stage):
    stages.STAGES[stage](cast)
    page = _page(cast.carl)
    assert "Your case is being reviewed." in page
    assert "Petra" not in page
    assert "Vera" not in page


def test_a_quiet_day_says_so(cast):
    page = _page(cast.stella)
    assert "Nothing needs you today" in page
    assert "You wait for nobody." in page


@pytest.mark.parametrize("who", ["maya", "sam", "hana", "carl", "stella"])
def test_the_page_is_the_payload_of_the_api(cast, who):
    stages.submitted(cast)
    client = Client()
    client.force_login(getattr(cast, who))
    page = json.loads(JSONRenderer().render(client.get("/").context["home"]))
    assert page == client.get("/api/v1/me/").json()
    assert page["name"] == getattr(cast, who).name


def test_home_stays_readable_when_very_much_is_due(cast, monkeypatch):
    monkeypatch.setattr("assessments.serializers.me.SHOWN", 1)
    stages.submitted(cast)
    target = cast.levels["senior-staff-engineer"]
    case = cases.open_case(cast.otto, target, by=cast.paul)
    PromotionCase.objects.filter(pk=case.pk).update(state="submitted")
    page = _page(cast.hana)
    assert "2 tasks need you" in page
    assert "The first 1 of 2" in page
