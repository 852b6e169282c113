"""Lists of cases take the same few queries for 2 and for 200 rows; one case a fixed number."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import CaseEvidence, Cycle, Feedback, Panel, Procedure, PromotionCase, Seat
from ladders.models import Placement
from people.audit import record
from people.models import Person, ReportingLine
from tests import cast as story

SINCE = (datetime.date(2022, 1, 1), None)


def many(cast, count, state="in_review"):
    """`count` candidates of Maya with a case each, a panel and placements, written in bulk."""
    people = Person.objects.bulk_create(
        Person(name=f"Candidate {n}", email=f"c{n}@example.com", search_key=f"candidate {n}")
        for n in range(count)
    )
    ReportingLine.objects.bulk_create(
        ReportingLine(person=p, manager=cast.maya, team=cast.teams["payments"], valid=SINCE)
        for p in people
    )
    here, target = cast.levels["senior-engineer"], cast.levels["staff-engineer"]
    Placement.objects.bulk_create(
        Placement(person=p, level=here, valid=SINCE, kind=Placement.Kind.HIRE) for p in people
    )
    cycle, _ = Cycle.objects.get_or_create(
        name="Autumn", defaults={"period": SINCE, "state": Cycle.State.ANNOUNCED}
    )
    procedure = Procedure.objects.for_level(target)
    cases = PromotionCase.objects.bulk_create(
        PromotionCase(
            candidate=p,
            owner=cast.maya,
            nominator=cast.maya,
            approver=cast.vera,
            from_level=here,
            target_level=target,
            pinned_version=target.version,
            procedure=procedure,
            cycle=cycle,
            state=state,
            statement="Long. " * 500,
        )
        for p in people
    )
    today = timezone.localdate()
    rows = Panel.objects.bulk_create(
        Panel(case=case, preread_until=today, named_by=cast.hana) for case in cases
    )
    Seat.objects.bulk_create(
        Seat(panel=panel, person=person, chair=person == cast.petra)
        for panel in rows
        for person in (cast.petra, cast.paul, cast.pia)
    )
    return cases


def queries(client, path):
    """How many queries a GET takes, session and user included, and its answer."""
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(path)
    assert answer.status_code == 200, answer.content
    return len(caught.captured_queries), answer


@pytest.fixture
def browser(cast):
    """A signed-in session of somebody."""

    def sign_in(person):
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.mark.parametrize("who", ["maya", "hana", "petra", "sam", "noor", "vera"])
def test_the_list_takes_the_same_queries_for_2_and_200_rows(cast, browser, who):
    client = browser(getattr(cast, who))
    many(cast, 2)
    few, answer = queries(client, "/api/v1/cases/?page_size=200")
    assert len(answer.json()["results"]) == 2
    Person.objects.filter(email__startswith="c").update(email=None)
    many(cast, 198)
    lots, answer = queries(client, "/api/v1/cases/?page_size=200")

    assert len(answer.json()["results"]) == 200
    assert few == lots
    assert lots <= 6


def test_candidates_take_the_same_queries_for_2_and_200_rows(cast, browser):
    client = browser(cast.maya)
    many(cast, 2)
    few, _ = queries(client, "/api/v1/cases/candidates/?page_size=200")
    Person.objects.filter(email__startswith="c").update(email=None)
    many(cast, 198)
    lots, answer = queries(client, "/api/v1/cases/candidates/?page_size=200")

    assert len(answer.json()["results"]) == 200
    assert few == lots
    assert lots <= 6


def test_the_history_takes_the_same_queries_for_2_and_200_rows(cast, browser):
    case = story.draft(cast)
    client = browser(cast.maya)
    path = f"/api/v1/cases/{case.pk}/history/?page_size=200"
    few, answer = queries(client, path)
    for number in range(200 - len(answer.json()["results"])):
        record("case.edit", case, by=cast.maya, part="statement", words=number)
    lots, answer = queries(client, path)

    assert len(answer.json()["results"]) == 200
    assert few == lots
    assert lots <= 6


def test_feedback_takes_the_same_queries_for_2_and_200_rows(cast, browser):
    def ask(cases):
        Feedback.objects.bulk_create(
            Feedback(
                case=case,
                author=cast.fred,
                requested_by=cast.hana,
                visibility=Feedback.Visibility.SUBJECT_NAMED,
                outside_team=False,
            )
            for case in cases
        )

    client = browser(cast.fred)
    ask(many(cast, 2, "gathering"))
    few, _ = queries(client, "/api/v1/feedback/?page_size=200")
    Person.objects.filter(email__startswith="c").update(email=None)
    ask(many(cast, 198, "gathering"))
    lots, answer = queries(client, "/api/v1/feedback/?page_size=200")

    assert len(answer.json()["results"]) == 200
    assert few == lots
    assert lots <= 6


@pytest.mark.parametrize("stage", ["draft", "recommended", "effective"])
def test_one_case_takes_a_fixed_number_of_queries(cast, browser, stage):
    case = story.STAGES[stage](cast)
    for person in (cast.maya, cast.carl, cast.petra, cast.hana):
        if not PromotionCase.objects.visible_to(person).filter(pk=case.pk).exists():
            continue
        client = browser(person)
        few, _ = queries(client, f"/api/v1/cases/{case.pk}/")
        pieces = [
            piece.evidence
            for piece in CaseEvidence.objects.filter(case=case).select_related("evidence")
        ]
        parts = list(case.pinned_version.competencies.all())
        CaseEvidence.objects.bulk_create(
            [
                CaseEvidence(case=case, evidence=piece, competency=part, attached_by=cast.carl)
                for piece in pieces
                for part in parts
            ],
            ignore_conflicts=True,
        )
        lots, _ = queries(client, f"/api/v1/cases/{case.pk}/")
        assert few == lots
        assert lots <= 18, lots
