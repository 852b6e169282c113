"""Imports over time: large ones are carried on by a worker, previews are read again or put away."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from people.actions import imports, mappings, people, runs
from people.imports.report import PAGE
from people.models import ImportMapping, ImportRun, Person, ReportingLine, Role
from people.refusals import Conflict
from people.serializers.imports import INTERRUPTED
from people.states import IMPORT_MOVES, ImportState, check_import
from tests.people.conftest import STAFF
from tests.people.test_import_doors import Door, door, in_file  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
State = ImportRun.State
FOREIGN = "Nr,Wer,Chef\n1,Vera Top,\n2,Sam Skip,1\n"
MEANS = {"employee_number": "Nr", "name": "Wer", "manager": "Chef"}


@pytest.fixture
def large(monkeypatch) -> None:
    """Every file is large: nothing is done in a request."""
    monkeypatch.setattr(imports, "SMALL", 0)


def only() -> ImportRun:
    return ImportRun.objects.get()


def test_a_large_file_is_read_and_written_by_whoever_looks(door, large):  # noqa: F811
    looked = door.look(STAFF)
    waiting = only()

    assert looked.status_code == (202 if door.api else 302)
    assert waiting.state == State.READING
    shown = door.client.get(f"/api/v1/people/imports/{waiting.pk}/").json()
    assert shown["progress"] == {"stage": "Waiting for a worker", "done": 0, "total": 0}
    page = door.client.get(f"/people/imports/{waiting.pk}/").content.decode()
    assert "<progress" in page
    assert "Being read" in door.client.get("/people/imports/").content.decode()

    assert runs.carry_on() == 1
    assert only().report["counts"]["created"] == 3
    assert in_file() == 0

    answer = door.confirm(only())
    assert answer.status_code == (202 if door.api else 302)
    assert (only().state, in_file()) == (State.WRITING, 0)
    assert (runs.carry_on(), runs.carry_on()) == (1, 0)
    assert (only().state, in_file()) == (State.CONFIRMED, 3)


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(hana, large):
    imports.preview(by=hana, content=b"\n\n\n", filename="people.csv")

    runs.carry_on()

    assert (only().state, only().message) == (State.REFUSED, "The file has no rows.")


def test_a_run_that_fell_silent_is_carried_on_once(hana, large):
    imports.preview(by=hana, content=STAFF.encode(), filename="people.csv")
    run = runs._claim()
    assert runs._claim() is None

    ImportRun.objects.update(heartbeat_at=timezone.now() - 2 * runs.SILENCE)
    assert runs.carry_on() == 1
    runs._work(run)  # who was thought to be gone comes back

    assert (only().state, only().attempts) == (State.PREVIEWED, 2)


def test_whoever_waits_is_told_that_the_work_was_interrupted_and_may_not_confirm_again(door, large):  # noqa: F811
    door.look(STAFF)
    runs.carry_on()
    door.confirm(only())
    ImportRun.objects.update(heartbeat_at=timezone.now() - runs.SILENCE / 2, stage="Adding people")

    shown = door.client.get(f"/api/v1/people/imports/{only().pk}/").json()
    page = door.client.get(f"/people/imports/{only().pk}/").content.decode()

    assert shown["progress"] == {"stage": INTERRUPTED, "done": 0, "total": 0}
    assert INTERRUPTED in page
    assert door.confirm(only()).status_code == 409
    assert (runs.carry_on(), in_file()) == (0, 0)
    ImportRun.objects.update(heartbeat_at=timezone.now() - 2 * runs.SILENCE)
    assert (runs.carry_on(), in_file()) == (1, 3)


def test_what_never_comes_to_its_end_is_given_up(hana, large):
    imports.preview(by=hana, content=STAFF.encode(), filename="people.csv")
    ImportRun.objects.update(attempts=runs.ATTEMPTS)

    runs.carry_on()

    assert (only().state, only().message) == (State.REFUSED, runs.GIVEN_UP)


def test_people_who_changed_meanwhile_give_the_preview_back(hana, large):
    run = imports.preview(by=hana, content=STAFF.encode(), filename="people.csv")
    runs.carry_on()
    imports.confirm(run, by=hana)
    people.add(by=hana, name="Vera", employee_number="1")

    runs.carry_on()

    assert (only().state, only().message) == (State.PREVIEWED, imports.CHANGED)
    assert only().report["counts"]["created"] == 2
    assert in_file() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_ten_confirmations_write_once(large):
    hana = people.add(by=None, name="Hana", email="hana@example.com")
    hana = people.set_roles(hana, by=None, roles=[Role.HR])
    run = imports.preview(by=hana, content=STAFF.encode(), filename="people.csv")

    def at_once(act: Any, count: int) -> list[Any]:
        def safely(_: int) -> Any:
            try:
                return act()
            except Conflict:
                return 0
            finally:
                connection.close()

        with ThreadPoolExecutor(count) as threads:
            return list(threads.map(safely, range(count)))

    assert sum(at_once(runs.carry_on, 2)) == 1
    assert sum(bool(done) for done in at_once(lambda: imports.confirm(run, by=hana), 5)) == 1
    assert sum(at_once(runs.carry_on, 2)) == 1
    assert ReportingLine.objects.count() == 3


def test_a_preview_can_be_put_away(door):  # noqa: F811
    door.look(STAFF)
    url = f"{'/api/v1' * door.api}/people/imports/{only().pk}/discarding/"

    first, again = door.client.post(url), door.client.post(url)

    assert (first.status_code, again.status_code) == (200 if door.api else 302, 409)
    assert (only().state, bytes(only().content)) == (State.DISCARDED, b"")
    assert door.confirm(only()).status_code == 409


def test_a_file_is_read_again_as_somebody_says_and_the_next_one_by_itself(door):  # noqa: F811
    door.look(FOREIGN)
    run = only()
    assert run.report["stopped"]
    wer, means = "Wer", MEANS
    mapping = {"columns": means, "others": "ignore"}
    if door.api:
        door.client.post(
            f"/api/v1/people/imports/{run.pk}/reading/",
            {"mapping": mapping, "effective_on": "2026-01-01"},
            content_type="application/json",
        )
        given = {"name": "Ours", "mapping": mapping, "headings": ["Nr", wer, "Chef"]}
        url = "/api/v1/people/import-mappings/"
        kept = door.client.post(url, given, content_type="application/json")
        assert kept.status_code == 201
        listed = door.client.get(url).json()["results"]
        assert [row["name"] for row in listed] == ["Ours"]
    else:
        columns = {f"column_{at}": name for at, name in enumerate(means)}
        rest = {"unknown_manager": "refuse", "missing": "keep", "name": "Ours"}
        rest |= {"effective_on": "2026-01-01"}
        door.client.post(f"/people/imports/{run.pk}/reading/", columns | rest)

    run.refresh_from_db()
    assert run.report["counts"]["created"] == 2
    assert run.report["on"] == "2026-01-01"
    door.look(FOREIGN.replace("Wer", wer).replace("Sam Skip", "Sam"))
    latest = ImportRun.objects.order_by("-pk")[0]
    assert (latest.mapping_name, latest.report["counts"]["created"]) == ("Ours", 2)
    pk = ImportMapping.objects.get().pk
    more = {"mapping": str(pk)} if door.api else {"saved": str(pk)}
    assert door.look(FOREIGN.replace("Wer", wer), **more).status_code in (201, 302)


def test_a_long_list_is_kept_whole_and_read_page_by_page(hana, client):
    client.force_login(hana)
    count = PAGE * 2 + 1
    text = "employee_number,name\n" + "".join(f"{n},Person {n}\n" for n in range(1, count + 1))
    run = imports.preview(by=hana, content=text.encode(), filename="people.csv")

    assert len(run.report["created"]) == 20
    url = f"/api/v1/people/imports/{run.pk}/created/"
    last = client.get(f"{url}?page=3").json()
    assert [entry["name"] for entry in last["results"]] == [f"Person {count}"]
    assert (last["pages"], last["next"], last["previous"]) == (3, None, f"{url}?page=2")
    assert client.get(f"/people/imports/{run.pk}/created/?page=2").context["list"] == (
        client.get(f"{url}?page=2").json()
    )
    sheet = client.get(f"/people/imports/{run.pk}/created.csv").getvalue().decode("utf-8-sig")
    assert len({line.split(",")[0] for line in sheet.splitlines()}) == count + 1
    assert client.get(f"/people/imports/{run.pk}/nothing/").status_code == 404


def test_a_mapping_is_for_files_with_the_same_headings_in_any_order():
    assert mappings.fingerprint(["Nr", "First Name"]) == mappings.fingerprint(["first_name", "NR"])
    assert mappings.fingerprint(["Nr"]) != mappings.fingerprint(["Nr", "Name"])


@pytest.mark.parametrize("move", IMPORT_MOVES)
def test_an_import_makes_a_move_in_the_states_of_the_table_and_in_no_other(move):
    open_ = set()
    for state in ImportState:
        try:
            check_import(state, move)
        except Conflict:
            continue
        open_.add(state)
    assert open_ == IMPORT_MOVES[move][0]


def test_nothing_left_under_way_can_be_confirmed_or_put_away():
    for state in (ImportState.WRITING, ImportState.CONFIRMED):
        with pytest.raises(Conflict):
            check_import(state, "discard")


def test_a_day_out_of_reason_is_named_at_its_field(door):  # noqa: F811
    answer = door.look(STAFF, effective_on=str(datetime.date(1990, 1, 1)))

    assert answer.status_code == (400 if door.api else 422)
    assert not Person.objects.filter(employee_number="1").exists()
    assert not ImportRun.objects.exists()
