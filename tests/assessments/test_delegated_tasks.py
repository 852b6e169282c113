"""Whoever stands in for somebody does that task, reads what it needs, and nothing more."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from assessments import duties, notifications, policies, visibility
from assessments.actions import cases, decisions, gathering, texts
from assessments.models import Notification, PromotionCase
from assessments.serializers.case import Case
from people.actions import delegations, people
from people.models import Delegation, Event, Role
from people.refusals import Forbidden
from tests import cast as story

A_DAY = datetime.timedelta(days=1)
DOORS = ("/cases/{}/", "/api/v1/cases/{}/")


def hand_over(whose, to, *kinds, team=None, days=(0, 30), accepted=True):
    first, last = (timezone.localdate() + A_DAY * number for number in days)
    row = delegations.offer(
        whose, to, by=whose, kinds=kinds, first_on=first, last_on=last, team=team
    )
    return delegations.accept(row, by=to) if accepted else row


def opens(person, case):
    client = Client()
    client.force_login(person)
    return {client.get(door.format(case.pk)).status_code for door in DOORS}


def tasks(person):
    return [(duty.task, duty.for_name) for duty in duties.owed_by(person)]


def test_the_delegate_of_the_manager_writes_and_submits_on_their_behalf(cast):
    case = story.draft(cast)
    hand_over(cast.maya, cast.otto, "submit")
    texts.write_statement(case, by=cast.otto, text="Carl leads.")

    assert tasks(cast.otto) == [("submit", "Maya Manager")]
    cases.submit(case, by=cast.otto, off_cycle_reason="Now.", waiver_reason="Now.")

    newest = Event.objects.about(case).filter(verb="case.submit").get()
    assert newest.actor == cast.otto
    assert newest.data["on_behalf_of"] == {"id": cast.maya.pk, "name": "Maya Manager"}
    shown = Case(_of(case), context={"person": cast.maya}).data["history"]
    assert "Otto Other on behalf of Maya Manager" in {entry["who"] for entry in shown}


def test_the_delegate_of_the_skip_level_endorses_and_both_names_are_read(cast):
    case = story.submitted(cast)
    hand_over(cast.sam, cast.otto, "endorse")
    gathering.endorse(case, by=cast.otto, endorses=True, text="Yes.")
    asked = [gathering.Request(author, "subject_named") for author in (cast.ulla, cast.ulf)]
    gathering.gather(case, by=cast.hana, requests=asked)
    gathering.freeze(case, by=cast.hana, note="Little feedback.")

    said = Case(_of(case), context={"person": cast.maya}).data["endorsements"][0]
    assert (said["person"]["name"], said["given_for"]["name"]) == ("Otto Other", "Sam Skip")
    assert case.packet.content["endorsements"][0]["person"] == "Otto Other on behalf of Sam Skip"


def test_the_delegate_of_the_approver_decides_and_of_the_manager_tells(cast):
    case = story.recommended(cast)
    hand_over(cast.vera, cast.otto, "decide")
    hand_over(cast.maya, cast.stella, "communicate")
    decisions.approve(case, by=cast.otto, effective_on=timezone.localdate())
    decisions.communicate(case, by=cast.stella, letter="Well done.")

    shown = Case(_of(case), context={"person": cast.carl}).data["decision"]
    names = [shown[name]["name"] for name in ("decided_by", "decided_for", "told_by", "told_for")]
    assert names == ["Otto Other", "Vera Top", "Stella Stranger", "Maya Manager"]


def test_what_was_not_handed_over_stays_closed(cast):
    case = story.draft(cast)
    hand_over(cast.maya, cast.otto, "communicate")

    assert opens(cast.otto, case) == {200}
    with pytest.raises(Forbidden, match="manager may submit"):
        cases.submit(case, by=cast.otto, off_cycle_reason="Now.")
    for name in set(policies.POLICIES) - {"communicate"}:
        assert not policies.may(name, cast.otto, _of(case)), name


@pytest.mark.parametrize("when", ["asked", "declined", "ended", "to come"])
def test_outside_of_its_time_a_delegation_opens_nothing(cast, when):
    case = story.draft(cast)
    row = hand_over(
        cast.maya,
        cast.otto,
        "submit",
        days=(5, 9) if when == "to come" else (0, 9),
        accepted=when in ("ended", "to come"),
    )
    if when == "declined":
        delegations.decline(row, by=cast.otto)
    if when == "ended":
        delegations.end(row, by=cast.maya)

    assert opens(cast.otto, case) == {404}
    assert tasks(cast.otto) == []


def test_a_unit_bounds_it(cast):
    case = story.draft(cast)
    row = hand_over(cast.maya, cast.otto, "submit", team=cast.teams["search"])
    assert visibility.relations(cast.otto, _of(case)) == frozenset()
    assert opens(cast.otto, case) == {404}
    assert tasks(cast.otto) == []
    delegations.end(row, by=cast.maya)

    hand_over(cast.maya, cast.otto, "submit", team=cast.teams["engineering"])
    assert opens(cast.otto, case) == {200}
    assert tasks(cast.otto) == [("submit", "Maya Manager")]


def test_nobody_comes_to_their_own_case_by_a_delegation(cast):
    case = story.recommended(cast)
    hand_over(cast.vera, cast.carl, "decide")
    hand_over(cast.maya, cast.carl, "communicate")

    assert visibility.relations(cast.carl, _of(case)) == {"candidate"}
    with pytest.raises(Forbidden):
        decisions.approve(case, by=cast.carl, effective_on=timezone.localdate())
    assert "decide" not in dict(tasks(cast.carl))


@pytest.mark.parametrize("who", ["maya", "paul", "fred"])
def test_whoever_speaks_on_a_case_does_not_decide_it_for_another_nor_reads_more(cast, who):
    case = story.recommended(cast)
    person = getattr(cast, who)
    before = visibility.relations(person, _of(case))
    hand_over(cast.vera, person, "decide")

    assert visibility.relations(person, _of(case)) == before
    assert "decide" not in dict(tasks(person))
    with pytest.raises(Forbidden, match=r"yourself|approver"):
        decisions.approve(case, by=person, effective_on=timezone.localdate())


def test_a_delegate_may_not_what_the_other_may_not(cast):
    case = story.recommended(cast)
    PromotionCase.objects.filter(pk=case.pk).update(nominator=cast.vera)
    hand_over(cast.vera, cast.otto, "decide")

    verdict = policies.may("approve", cast.otto, _of(case))
    assert "nominated" in verdict.reason


def test_tasks_that_came_by_delegation_are_not_handed_on(cast):
    case = story.draft(cast)
    hand_over(cast.maya, cast.otto, "submit")
    hand_over(cast.otto, cast.stella, "submit")

    assert opens(cast.stella, case) == {404}
    assert tasks(cast.stella) == []


def test_the_list_shows_what_one_may_open_and_no_other_case(cast):
    mine = story.draft(cast)
    cast.carl = cast.ulla
    other = cases.open_case(cast.ulla, cast.levels["senior-engineer"], by=cast.paul)
    hand_over(cast.maya, cast.otto, "submit")

    seen = PromotionCase.objects.visible_to(cast.otto)
    assert mine.pk in seen.values_list("pk", flat=True)
    assert other.pk not in seen.values_list("pk", flat=True)


def test_the_skip_level_of_somebody_who_left_hands_over_as_well(cast):
    case = story.submitted(cast)
    people.leave(cast.maya, by=None, on=timezone.localdate() - A_DAY)
    hand_over(cast.sam, cast.otto, "endorse")

    assert opens(cast.otto, case) == {200}
    assert ("endorse", "Sam Skip") in tasks(cast.otto)


def test_the_owner_still_waits_for_one_person_and_keeps_the_right(cast):
    case = story.submitted(cast)
    hand_over(cast.sam, cast.otto, "endorse")

    waits = [duty for duty in duties.awaited_by(cast.maya) if duty.task == "endorse"]
    assert [duty.person_name for duty in waits] == ["Sam Skip"]
    gathering.endorse(case, by=cast.sam, endorses=True, text="Yes.")
    assert (
        Event.objects.about(case).filter(verb="case.endorse").get().data.get("on_behalf_of") is None
    )


def test_home_says_for_whom(cast):
    story.draft(cast)
    hand_over(cast.maya, cast.otto, "submit")
    client = Client()
    client.force_login(cast.otto)

    assert "on behalf of Maya Manager" in client.get("/").content.decode()
    assert "on behalf of Maya Manager" in client.get("/api/v1/me/").json()["tasks"][0]["text"]


def test_each_side_is_told_what_the_other_did(cast):
    row = hand_over(cast.maya, cast.otto, "submit")
    delegations.end(row, by=cast.otto)
    notifications.deliver()

    told = list(Notification.objects.order_by("pk").values_list("person__name", "text"))
    assert [name for name, _ in told] == ["Otto Other", "Maya Manager", "Maya Manager"]
    assert told[0][1].startswith("Maya Manager asks you to do tasks for them")


def form(cast, **changed):
    today = timezone.localdate()
    words = {
        "delegate": "Otto Other",
        "kinds": ["submit", "communicate"],
        "first_on": today.isoformat(),
        "last_on": (today + A_DAY * 20).isoformat(),
    }
    return words | changed


def test_the_page_asks_and_the_other_accepts(cast):
    maya, otto = Client(), Client()
    maya.force_login(cast.maya)
    otto.force_login(cast.otto)
    assert maya.post("/account/delegations/", form(cast)).status_code == 302
    row = Delegation.objects.get()
    assert "Waiting for an answer" in maya.get("/account/delegations/").content.decode()
    assert otto.post(f"/account/delegations/{row.pk}/acceptance/").status_code == 302

    assert "In force" in otto.get("/account/delegations/").content.decode()
    assert maya.post("/account/delegations/", form(cast)).status_code == 409
    assert maya.post("/account/delegations/", form(cast, kinds=[])).status_code == 422
    assert maya.post(f"/account/delegations/{row.pk}/end/").status_code == 302
    assert maya.post(f"/account/delegations/{row.pk}/end/").status_code == 409


def test_the_api_does_the_same(cast):
    maya, otto, stella = (Client() for _ in range(3))
    maya.force_login(cast.maya)
    otto.force_login(cast.otto)
    stella.force_login(cast.stella)
    body = form(cast, delegate=cast.otto.pk)
    made = maya.post("/api/v1/delegations/", body, content_type="application/json")
    assert made.status_code == 201
    row = made.json()
    assert [action["name"] for action in row["actions"]] == ["end"]
    assert stella.get(row["url"]).status_code == 404
    assert stella.get("/api/v1/delegations/").json()["results"] == []
    answered = otto.post(f"{row['url']}acceptance/").json()
    assert (answered["state"], answered["in_force"]) == ("accepted", True)
    assert otto.post(f"{row['url']}acceptance/").status_code == 409
    assert maya.post(f"{row['url']}refusal/").status_code == 403
    assert maya.post(f"{row['url']}end/").json()["state"] == "ended"
    assert (
        maya.post(
            "/api/v1/delegations/", body | {"kinds": ["vote"]}, content_type="application/json"
        ).status_code
        == 400
    )


def test_hr_sees_all_of_them_and_asks_for_somebody_who_cannot(cast):
    hana = Client()
    hana.force_login(cast.hana)
    assert (
        hana.post("/account/delegations/", form(cast, delegator="Maya Manager")).status_code == 302
    )

    row = Delegation.objects.get()
    assert (row.delegator, row.delegate) == (cast.maya, cast.otto)


def test_an_administrator_gains_nothing_but_the_task(cast):
    case = story.draft(cast)
    assert Role.ADMIN in cast.ada.roles
    assert opens(cast.ada, case) == {404}


def _of(case):
    return PromotionCase.objects.for_display().get(pk=case.pk)
