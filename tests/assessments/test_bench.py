"""Measuring: what is counted is counted right, and nothing of it happens in the real database."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from assessments.bench import measuring
from assessments.bench.databases import NAME, own_database
from assessments.bench.doors import rows
from people.models import Person


@pytest.mark.django_db(transaction=True)
def test_the_database_of_a_measurement_is_empty_its_own_and_gone_afterwards():
    Person.objects.create_user("ada@example.com", name="Ada")
    (real,) = rows("SELECT current_database()")[0]

    with own_database() as name:
        assert name.startswith(NAME)
        assert rows("SELECT current_database()") == [(name,)]
        assert rows("SELECT to_regclass('people_person')") == [(None,)]

    assert rows("SELECT current_database()") == [(real,)]
    assert rows("SELECT count(*) FROM pg_database WHERE datname = %(name)s", name=name) == [(0,)]
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_an_operation_and_its_floor_take_turns_after_a_warm_up():
    told = []
    given = iter(range(100))

    def act(number):
        told.append(f"act {number}")
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.execute("SELECT 2")

    operation = measuring.Operation(
        "two", act, lambda _: told.append("floor"), ready=lambda: next(given), calls=2
    )
    found = measuring.measure(operation, rounds=2)

    assert found.statements == 2
    warm_up, rounds = told[:4], told[4:]
    assert warm_up == ["act 0", "act 1", "act 2", "floor"]
    assert rounds == ["act 3", "act 4", "floor", "floor", "act 5", "act 6", "floor", "floor"]
    assert found.kb is None
    line = measuring.table([found])[1]
    assert line.startswith("two")


@pytest.mark.django_db
def test_a_page_is_weighed(client):
    operation = measuring.Operation("sign in", lambda _: client.get("/account/login/"), lambda _: 0)

    found = measuring.measure(operation, rounds=1)

    assert 1 < found.kb < 100
    assert 10 < found.nodes < 1800


def test_too_small_an_organisation_is_not_measured():
    with pytest.raises(CommandError, match="At least"):
        call_command("bench", people=[10])
