"""What a page costs: the same number of queries for 2 rows and for 200, and few of them."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import (
    Access,
    Checkpoint,
    Cycle,
    Evidence,
    Feedback,
    GrowthTalk,
    Notification,
    Panel,
    Phase,
    Procedure,
    PromotionCase,
    Pulse,
    PulseAnswer,
    Seat,
    TrackMove,
)
from ladders.actions import intake
from ladders.models import Placement
from people.actions import imports
from people.models import ApiToken, Delegation, ImportRun, Leave, Person, ReportingLine
from tests import cast as story

MOST_FOR_A_PAGE, MOST_FOR_AN_ENDPOINT = 12, 6

# address → who looks. Session and person are counted in.
LISTS = {
    "/": "maya",
    "/cases/": "maya",
    "/cases/?mine=panel": "petra",
    "/cases/new/": "maya",
    "/team/": "maya",
    "/inbox/": "maya",
    "/cycles/": "hana",
    "/ladders/": "carl",
    "/ladders/software-engineering/": "carl",
    "/ladders/software-engineering/versions/": "carl",
    "/ladders/software-engineering/versions/1.0.0/changes/": "carl",
    "/ladders/drafts/": "hana",
    "/api/v1/ladders/drafts/": "hana",
    "/people/": "hana",
    "/organisation/": "hana",
    "/people/imports/": "hana",
    "/ladders/imports/": "hana",
    "/reports/": "hana",
    "/reports/promotion-rate/": "hana",
    "/reports/level-distribution/": "hana",
    "/reports/orphans/": "hana",
    "/evidence/": "carl",
    "/track/": "carl",
    "/track/weigh/": "carl",
    "/moves/": "hana",
    "/account/privacy/": "carl",
    "/account/delegations/": "maya",
    "/api/v1/delegations/": "maya",
    "/api/v1/me/privacy/": "carl",
    "/feedback/": "fred",
    "/ladders/software-engineering/?q=incident": "carl",
    "/how-promotion-works/": "carl",
    "/search/?q=crowd": "maya",
    "/account/": "maya",
    "/account/tokens/": "maya",
    "/api/v1/": "maya",
    "/api/v1/me/": "hana",
    "/api/v1/moves/": "hana",
    "/api/v1/cases/": "maya",
    "/api/v1/cases/candidates/": "maya",
    "/api/v1/people/": "maya",
    "/api/v1/organisation/": "hana",
    "/api/v1/organisation/orphans/": "hana",
    "/api/v1/people/{carl}/evidence/": "carl",
    "/api/v1/people/{carl}/placements/": "carl",
    "/api/v1/people/{carl}/lines/": "carl",
    "/api/v1/relevels/": "hana",
    "/people/relevels/": "hana",
    "/api/v1/people/{carl}/records/": "hana",
    "/people/{carl}/records/": "hana",
    "/people/{carl}/records/line/": "hana",
    "/people/{carl}/records/placement/": "hana",
    "/people/{carl}/leave/": "hana",
    "/people/{carl}/growth-talks/": "maya",
    "/api/v1/people/{carl}/growth-talks/": "maya",
    "/api/v1/people/{carl}/leaves/": "hana",
    "/people/{maya}/team/team.csv": "maya",
    "/api/v1/people/{maya}/team/": "maya",
    "/api/v1/people/imports/": "hana",
    "/api/v1/ladders/imports/": "hana",
    "/api/v1/teams/": "maya",
    "/api/v1/ladders/": "maya",
    "/api/v1/ladders/software-engineering/versions/": "maya",
    "/api/v1/ladders/software-engineering/versions/1.0.0/diff/": "maya",
    "/api/v1/cycles/": "hana",
    "/api/v1/notifications/": "maya",
    "/api/v1/feedback/": "fred",
    "/api/v1/reports/": "hana",
    "/api/v1/reports/promotion-rate/": "hana",
    "/api/v1/reports/level-distribution/": "hana",
    "/api/v1/search/?q=crowd": "maya",
}
WITH_CYCLE = {
    "/cycles/{cycle}/": "hana",
    "/cases/{case}/accesses/": "hana",
    "/api/v1/cases/{case}/accesses/": "hana",
    "/api/v1/cycles/{cycle}/": "hana",
    "/api/v1/cycles/{cycle}/progress/": "hana",
}


def crowd(cast: story.Cast, first: int, last: int) -> None:
    """Give every list rows from `first` up to but not including `last`."""
    numbers = range(first, last)
    people = Person.objects.bulk_create(
        Person(
            name=f"Crowd {number}",
            email=f"crowd{number}@example.com",
            employee_number=f"C{number}",
            search_key=f"crowd {number}",
        )
        for number in numbers
    )
    Delegation.objects.bulk_create(
        Delegation(
            delegator=cast.maya,
            delegate=person,
            kinds=["submit"],
            days=(story.LONG_AGO, story.LONG_AGO + datetime.timedelta(days=9)),
            state="declined",
        )
        for person in people
    )
    since = (story.LONG_AGO, None)
    ReportingLine.objects.bulk_create(
        ReportingLine(person=person, manager=cast.maya, team=cast.teams["payments"], valid=since)
        for person in people
    )
    level = cast.levels["senior-engineer"]
    Placement.objects.bulk_create(
        Placement(person=person, level=level, kind="hire", valid=since) for person in people
    )
    cycle = a_cycle()
    _cases(cast, people, cycle)
    _moves(cast, people)
    _papers(cast, numbers)


def a_cycle():
    today = timezone.localdate()
    cycle, _ = Cycle.objects.get_or_create(
        name="Crowded",
        defaults={"period": (today - datetime.timedelta(days=90), today), "state": "announced"},
    )
    days = {"opens_on": today, "due_on": today, "grace_until": today}
    for kind in Phase.Kind.values:
        Phase.objects.get_or_create(cycle=cycle, kind=kind, defaults=days)
    return cycle


def _cases(cast, people, cycle):
    target = cast.levels["staff-engineer"]
    made = PromotionCase.objects.bulk_create(
        PromotionCase(
            candidate=person,
            owner=cast.maya,
            nominator=cast.maya,
            approver=cast.vera,
            from_level=cast.levels["senior-engineer"],
            target_level=target,
            pinned_version=target.version,
            procedure=Procedure.objects.get(preset="committee", ladder=None),
            cycle=cycle,
            state=["in_review", "draft", "submitted"][place % 3],
        )
        for place, person in enumerate(people)
    )
    today = timezone.localdate()
    Access.objects.bulk_create(
        Access(case=made[0], person=person, door="page", standing=["manager"], on=today)
        for person in people
    )
    panels = Panel.objects.bulk_create(
        Panel(case=case, preread_until=today, named_by=cast.hana)
        for case in made
        if case.state == "in_review"
    )
    Seat.objects.bulk_create(
        Seat(panel=panel, person=person, chair=person == cast.petra)
        for panel in panels
        for person in (cast.petra, cast.paul, cast.pia)
    )
    Feedback.objects.bulk_create(
        Feedback(
            case=case,
            author=cast.fred,
            requested_by=cast.hana,
            visibility="panel_only",
            outside_team=False,
        )
        for case in made
    )


def _moves(cast, people):
    now, today = timezone.now(), timezone.localdate()
    made = TrackMove.objects.bulk_create(
        TrackMove(
            person=person,
            from_level=cast.levels["senior-engineer"],
            to_level=cast.levels["engineering-manager"],
            how="branch",
            state="in_trial",
            receiving_manager=cast.sam,
            mentor=cast.petra,
            starts_on=today,
            ends_on=today + datetime.timedelta(days=10),
            shared_at=now,
            proposed_at=now,
        )
        for person in people
    )
    Checkpoint.objects.bulk_create(Checkpoint(move=move, on=today) for move in made)
    later = today + datetime.timedelta(days=14)
    asked = Pulse.objects.bulk_create(
        Pulse(move=move, asked_by=cast.sam, closes_on=later, days=(today, later)) for move in made
    )
    PulseAnswer.objects.bulk_create(PulseAnswer(pulse=one, person=cast.hana) for one in asked)


def _papers(cast, numbers):
    competency = cast.levels["staff-engineer"].version.competencies.first()
    pieces = Evidence.objects.bulk_create(
        Evidence(person=cast.carl, what=f"Piece {number}", happened_on=story.LONG_AGO)
        for number in numbers
    )
    for piece in pieces:
        piece.competencies.add(competency)
    a_day = datetime.timedelta(days=1)
    first = story.LONG_AGO - 400 * a_day
    Leave.objects.bulk_create(
        Leave(person=cast.carl, recorded_by=cast.hana, valid=(day, day + a_day))
        for day in (first + number * a_day for number in numbers)
    )
    GrowthTalk.objects.bulk_create(
        GrowthTalk(person=cast.carl, recorded_by=cast.maya, held_on=first + number * a_day)
        for number in numbers
    )
    Notification.objects.bulk_create(
        Notification(person=cast.maya, text=f"Something {number}", path="/cases/")
        for number in numbers
    )
    ApiToken.objects.bulk_create(
        ApiToken(
            person=cast.maya, name=f"T{number}", prefix="tt_x", digest=f"{number:064}", scopes=[]
        )
        for number in numbers
    )
    preview = imports.preview(by=cast.hana, content=b"employee_number,name\n1,A", filename="a.csv")
    ImportRun.objects.bulk_create(
        ImportRun(filename="b.csv", content=b"", report=preview.report, uploaded_by=cast.hana)
        for _ in numbers
    )
    read = intake.preview(by=cast.hana, content=b"Skill,L1,L2\nCode,a,b", filename="l.csv")
    ImportRun.objects.bulk_create(
        ImportRun(
            kind="ladder", filename="l.csv", content=b"", report=read.report, uploaded_by=cast.hana
        )
        for _ in numbers
    )
    Cycle.objects.bulk_create(
        Cycle(name=f"Cycle {number}", period=(story.LONG_AGO, timezone.localdate()))
        for number in numbers
    )


@pytest.mark.django_db
def test_every_list_costs_the_same_for_2_rows_and_for_200_and_little(cast, record_property):
    crowd(cast, 0, 2)
    before = _costs(cast)

    crowd(cast, 2, 200)
    after = _costs(cast)

    record_property("lists with constant queries", len(after))
    assert after == before
    too_dear = {
        address: cost
        for address, cost in after.items()
        if cost > (MOST_FOR_AN_ENDPOINT if address.startswith("/api/") else MOST_FOR_A_PAGE)
    }
    assert too_dear == {}


def _costs(cast):
    cycle = Cycle.objects.get(name="Crowded")
    case = PromotionCase.objects.order_by("pk").values_list("pk", flat=True)[0]
    costs = {}
    for address, who in (LISTS | WITH_CYCLE).items():
        client = Client()
        client.force_login(getattr(cast, who))
        path = address.format(carl=cast.carl.pk, maya=cast.maya.pk, cycle=cycle.pk, case=case)
        client.get(path)  # what is cached for everybody is cached now
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        costs[address] = len(queries)
    return costs
