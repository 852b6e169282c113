"""The same import through both doors: look, confirm once, and only for HR and administrators."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.actions import imports, people, tokens
from people.imports import files
from people.models import Event, ImportRun, Person, Role
from people.refusals import Conflict
from tests.people.conftest import HEADING, STAFF

pytestmark = pytest.mark.django_db
BAD = STAFF + "4,Dora,not-an-address,,2,,,\n"


@dataclass
class Door:
    """One way to knock: the page or the API."""

    client: Any
    api: bool

    def look(self, content: bytes | str, name: str = "people.csv", **more: Any) -> Any:
        """Send a file to be looked at."""
        content = content.encode() if isinstance(content, str) else content
        data = {"file": SimpleUploadedFile(name, content), **more}
        return self.client.post(f"{'/api/v1' * self.api}/people/imports/", data)

    def confirm(self, run: ImportRun, *, skip: bool = False) -> Any:
        """Do what it says."""
        if self.api:
            url = f"/api/v1/people/imports/{run.pk}/confirmation/"
            given = {"skip_problem_rows": skip}
            return self.client.post(url, given, content_type="application/json")
        data = {"skip_problem_rows": "on"} if skip else {}
        return self.client.post(f"/people/imports/{run.pk}/", data)


@pytest.fixture(params=["page", "api"])
def door(request, client, hana) -> Door:
    """HR at either door."""
    client.force_login(hana)
    return Door(client, request.param == "api")


def in_file() -> int:
    """How many people came from a file."""
    return Person.objects.filter(employee_number__isnull=False).count()


def test_looking_writes_nobody_and_confirming_writes_everybody(door):
    seen = door.look(STAFF)
    assert seen.status_code == (201 if door.api else 302)
    assert in_file() == 0

    run = ImportRun.objects.get()
    assert run.report["counts"]["created"] == 3
    assert door.confirm(run).status_code == (200 if door.api else 302)
    assert in_file() == 3
    run.refresh_from_db()
    assert run.state == ImportRun.State.CONFIRMED


def test_confirming_twice_is_a_conflict(door):
    door.look(STAFF)
    run = ImportRun.objects.get()
    door.confirm(run)

    again = door.confirm(run)

    assert again.status_code == 409
    assert "cannot be done again" in again.content.decode()


def test_a_file_with_problems_is_imported_only_without_those_rows(door):
    door.look(BAD)
    run = ImportRun.objects.get()

    refused = door.confirm(run)
    assert refused.status_code == 409
    assert in_file() == 0

    door.confirm(run, skip=True)
    assert in_file() == 3


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "people.csv"),
        (b"x" * (files.MOST_BYTES + 1), "people.csv"),
        (STAFF.encode(), "people.exe"),
        (b"PK\x03\x04nonsense", "people.xlsx"),
    ],
    ids=["picture", "too large", "program", "no workbook"],
)
def test_what_is_no_file_of_people_is_refused_at_the_field(door, content, name):
    answer = door.look(content, name)

    assert answer.status_code == (400 if door.api else 422)
    assert not ImportRun.objects.exists()
    if door.api:
        assert list(answer.json()["errors"]) == ["file"]
    else:
        assert answer.context["form"].errors["file"]


@pytest.mark.parametrize("role", [None, Role.ANALYST, Role.LADDER_EDITOR])
def test_others_may_not_import(door, role):
    stella = people.add(by=None, name="Stella", email="stella@example.com")
    people.set_roles(stella, by=None, roles=[role] if role else [])
    door.look(STAFF)
    run = ImportRun.objects.get()
    door.client.force_login(stella)

    prefix = "/api/v1" * door.api
    answers = [
        door.look(STAFF),
        door.confirm(run),
        door.client.get(f"{prefix}/people/imports/"),
        door.client.get(f"{prefix}/people/imports/{run.pk}/"),
        door.client.get(f"/people/imports/{run.pk}/problems.csv"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert in_file() == 0
    assert ImportRun.objects.count() == 1


def test_administrators_may_import(door):
    ada = people.add(by=None, name="Ada", email="ada@example.com")
    door.client.force_login(people.set_roles(ada, by=None, roles=[Role.ADMIN]))

    door.look(STAFF)
    door.confirm(ImportRun.objects.get())

    assert in_file() == 3


def test_the_page_shows_what_the_api_answers(client, hana):
    client.force_login(hana)
    Door(client, api=False).look(BAD)
    run = ImportRun.objects.get()

    page = client.get(f"/people/imports/{run.pk}/")
    answer = client.get(f"/api/v1/people/imports/{run.pk}/").json()

    assert page.context["run"]["report"] == answer["report"]
    assert page.context["run"]["actions"] == answer["actions"]
    text = page.content.decode()
    assert "1 row has a problem" in text
    assert "This is not an e-mail address." in text
    listed = client.get("/api/v1/people/imports/").json()["results"]
    assert [row["id"] for row in listed] == [run.pk]


def test_the_problems_can_be_taken_along_and_run_nothing(client, hana):
    client.force_login(hana)
    Door(client, api=False).look(STAFF + '4,"=HYPERLINK(1)",,,,,,\n')
    run = ImportRun.objects.get()

    answer = client.get(f"/people/imports/{run.pk}/problems.csv")

    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["line"], row["column"], row["value"]) for row in rows] == [
        ("5", "name", "'=HYPERLINK(1)")
    ]
    assert "attachment" in answer["Content-Disposition"]


def test_a_mapping_comes_as_a_file_or_as_text(client, hana):
    client.force_login(hana)
    door = Door(client, api=True)
    text = "Nr,Wer\n1,Anna\n"
    mapping = "columns: {employee_number: Nr, name: Wer}\n"

    as_text = door.look(text, mapping=mapping)
    as_file = door.look(text, mapping_file=SimpleUploadedFile("m.yaml", mapping.encode()))
    broken = door.look(text, mapping="columns: [")
    binary = door.look(text, mapping=r'constants: {title: "a\0"}')
    half = door.look(text, mapping=r'constants: {title: "\ud800"}')
    deep = door.look(text, mapping="columns: " + "[" * 20_000)
    alias = door.look(text, mapping="columns: &a {name: *a}")
    unknown = door.look(text, mapping="columns: {salary: Nr}")

    for answer in (as_text, as_file):
        assert answer.json()["report"]["counts"]["created"] == 1
    for answer in (broken, binary, half, deep, alias, unknown):
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["mapping"])


def test_unknown_fields_are_named(client, hana):
    client.force_login(hana)
    door = Door(client, api=True)

    assert list(door.look(STAFF, colour="blue").json()["errors"]) == ["colour"]
    run = ImportRun.objects.get_or_create(filename="x", content=b"", report={"counts": {}})[0]
    answer = client.post(
        f"/api/v1/people/imports/{run.pk}/confirmation/",
        {"sure": True},
        content_type="application/json",
    )
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["sure"])


def test_a_token_needs_the_scope(client, hana):
    _, reading = tokens.create(hana, by=hana, name="r", scopes=["read"])
    _, writing = tokens.create(hana, by=hana, name="w", scopes=["people:write"])

    def post(plain: str) -> int:
        data = {"file": SimpleUploadedFile("people.csv", STAFF.encode())}
        headers = {"Authorization": f"Bearer {plain}"}
        return client.post("/api/v1/people/imports/", data, headers=headers).status_code

    assert (post(reading), post(writing)) == (403, 201)


def test_a_key_makes_a_preview_once(client, hana):
    client.force_login(hana)
    for _ in range(2):
        client.post(
            "/api/v1/people/imports/",
            {"file": SimpleUploadedFile("people.csv", STAFF.encode())},
            headers={"Idempotency-Key": "monday"},
        )

    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize("url", ["/people/imports/", "/api/v1/people/imports/"])
def test_the_list_costs_the_same_for_any_number_of_imports(client, hana, url):
    client.force_login(hana)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    def add(count: int) -> None:
        for _ in range(count):
            Door(client, api=True).look(f"{HEADING}\n1,Anna,,,,,,\n")

    add(2)
    few = queries()
    add(40)
    assert queries() == few <= (6 if "api" in url else 12)


@pytest.mark.django_db(transaction=True)
def test_ten_who_confirm_at_once_import_once():
    hana = people.set_roles(
        people.add(by=None, name="Hana", email="hana@example.com"), by=None, roles=[Role.HR]
    )
    run = imports.preview(by=hana, content=STAFF.encode(), filename="people.csv")

    def confirm(_: int) -> bool:
        try:
            imports.confirm(run, by=hana)
        except Conflict:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        won = list(threads.map(confirm, range(10)))

    assert won.count(True) == 1
    assert Event.objects.filter(verb="import.confirm").count() == 1
    assert in_file() == 3
