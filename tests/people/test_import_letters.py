"""Letters whose encoding a file does not say are asked about, never guessed silently."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from people.imports.report import Report
from people.models import ImportRun
from people.tables.encodings import Doubt, doubt, foreign
from tests.people.test_import_shapes import read

GERMAN = "Personalnummer;Vorname;Nachname;Abteilung\n1;Jörg;Groß;Büro\n2;Zoé;Müller;Büro\n"
POLISH = "Nr pracownika;Imię;Nazwisko\n1;Łukasz;Żółć\n"
READ = {"unknown_manager": "refuse", "missing": "keep"}


def asked(text: str, codec: str) -> Doubt | None:
    """What is asked about a text of some encoding that is read as Windows-1252."""
    return doubt(foreign(text.encode(codec).splitlines()))


@pytest.mark.parametrize(
    ("text", "codec", "better"),
    [
        (GERMAN, "mac-roman", "Mac Roman"),
        (POLISH, "windows-1250", "Windows-1250"),
        ("Табельный номер;Фамилия\n1;Иванов\n", "windows-1251", "Windows-1251"),
        ("社員番号,氏名\n1,山田 太郎\n", "shift-jis", "Shift JIS"),
    ],
)
def test_letters_that_look_wrong_come_with_what_they_could_be(text, codec, better):
    found = asked(text, codec)

    assert found
    assert not found.likely
    assert found.better.startswith(better)
    assert found.instead in text


def test_letters_that_look_right_are_told_and_plain_ones_are_not():
    assert asked(GERMAN, "cp1252") == Doubt("Jörg", likely=True)
    assert asked("ID;Name\n1;Ann\n", "cp1252") is None


def problems(report: Report) -> list[tuple[int, str, str]]:
    """(line, severity, code) of every problem."""
    return [(p.line, p.severity, p.code) for p in report.problems]


def test_a_file_of_doubtful_letters_waits_until_somebody_chooses():
    _, waiting = read(GERMAN.encode("mac-roman"))
    _, noted = read(GERMAN.encode("cp1252"))

    assert problems(waiting) == [(0, "error", "encoding")]
    assert waiting.stopped
    assert problems(noted) == [(0, "warning", "encoding")]


@pytest.fixture
def look(client, hana) -> Any:
    """Look at a file on the page; the import that comes of it."""
    client.force_login(hana)

    def send(content: bytes, **more: Any) -> ImportRun:
        upload = SimpleUploadedFile("people.csv", content)
        client.post("/people/imports/", {"file": upload, **more})
        return ImportRun.objects.latest("pk")

    return send


@pytest.mark.django_db
def test_letters_chosen_once_are_kept_for_the_next_file(client, look):
    run = look(POLISH.encode("cp1250"))
    assert run.report["stopped"]

    again = {**READ, "encoding": "windows-1250", "name": "Kadry"}
    client.post(f"/people/imports/{run.pk}/reading/", again)
    run.refresh_from_db()
    assert [person["name"] for person in run.report["created"]] == ["Łukasz Żółć"]

    following = look(POLISH.replace("1;", "2;").encode("cp1250"))
    assert (following.mapping_name, following.report["stopped"]) == ("Kadry", False)
    assert [person["name"] for person in following.report["created"]] == ["Łukasz Żółć"]


@pytest.mark.django_db
def test_letters_may_be_chosen_with_the_file(look):
    run = look(GERMAN.encode("mac-roman"), encoding="mac-roman")

    assert [p["name"] for p in run.report["created"]] == ["Jörg Groß", "Zoé Müller"]
    assert run.report["problems"] == []


@pytest.mark.django_db
def test_a_word_for_a_status_is_taught_on_the_page_and_stays(client, look):
    run = look(b"ID,Name,Status\n1,Ann,Active\n2,Bo,Suspended\n")
    assert run.report["columns"][2]["asked"] == ["Suspended"]
    page = client.get(f"/people/imports/{run.pk}/").content.decode()
    assert "The status “Suspended” means" in page

    columns = {"column_0": "employee_number", "column_1": "name", "column_2": "status"}
    client.post(f"/people/imports/{run.pk}/reading/", {**READ, **columns, "status_0": "left"})
    run.refresh_from_db()
    assert run.mapping["values"] == {"status": {"Suspended": "left"}}
    assert run.report["counts"]["errors"] == 0

    client.post(f"/people/imports/{run.pk}/reading/", {**READ, **columns, "status_0": ""})
    run.refresh_from_db()
    assert "values" not in run.mapping
    assert run.report["counts"]["errors"] == 1
