"""Ten people press the same button at once: one wins, and the history says so once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assessments.models import Decision, Packet
from people.models import Event
from tests import cast as story
from tests.assessments.calls import Caller

THREADS = 10
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(person, path, body, **headers):
    """The statuses of ten equal calls that start together."""
    start = Barrier(THREADS)
    callers = [Caller(person) for _ in range(THREADS)]

    def call(caller):
        start.wait()
        try:
            return caller.post(path, body, **headers).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return sorted(pool.map(call, callers))


def test_ten_threads_making_the_same_move_leave_one_winner_and_one_row():
    cast = story.assemble()
    case = story.draft(cast)
    body = {"off_cycle_reason": "A seat opened."}

    statuses = at_once(cast.maya, f"cases/{case.pk}/submission/", body)

    assert statuses == [200] + [409] * 9
    assert Event.objects.about(case).filter(verb="case.submit").count() == 1


def test_ten_decisions_at_once_are_one_decision_on_one_packet():
    cast = story.assemble()
    case = story.recommended(cast)
    body = {"outcome": "approved", "effective_on": "2026-01-01"}

    statuses = at_once(cast.vera, f"cases/{case.pk}/decision/", body)

    assert statuses == [200] + [409] * 9
    assert Decision.objects.filter(case=case).count() == 1
    assert Packet.objects.filter(case=case).count() == 1
    assert Event.objects.about(case).filter(verb="case.approve").count() == 1


def test_ten_calls_with_one_key_are_one_opening_and_ten_equal_answers():
    cast = story.assemble()
    body = {"candidate": cast.carl.pk, "target_level": cast.levels["staff-engineer"].pk}

    statuses = at_once(cast.maya, "cases/", body, **{"Idempotency-Key": "open-carl"})

    assert statuses == [201] * 10
    assert Event.objects.filter(verb="case.open").count() == 1


def test_ten_openings_without_a_key_are_one_case_and_nine_conflicts():
    cast = story.assemble()
    body = {"candidate": cast.carl.pk, "target_level": cast.levels["staff-engineer"].pk}

    statuses = at_once(cast.maya, "cases/", body)

    assert statuses == [201] + [409] * 9
    assert cast.carl.cases.count() == 1
