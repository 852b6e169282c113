"""Evidence from a spreadsheet: looked at first, added once, and wrong lines named."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments import evidence_rows
from assessments.actions import evidence, evidence_import
from assessments.models import Evidence
from people.imports import files
from people.models import Event, Person
from people.refusals import Invalid

KNOWN = {"architecture": "Architecture", "delivery": "Delivery"}
GOOD = """Date;What;Competencies;Links;Tags;Mood
2026-05-04;Split the ledger;Architecture; https://example.org/a https://example.org/b;Payouts;good
05.05.2026;Shipped it;delivery;;;
"""
BAD = """what,date,competencies,links
Fine,2026-05-04,delivery,
,2026-05-04,delivery,
No day,soon,delivery,
No such thing,2026-05-04,magic,
Nothing shown,2026-05-04,,
A bad link,2026-05-04,delivery,javascript:x
"""


def table(text):
    return files.read(text.encode(), "evidence.csv", evidence_rows.likeness)


def test_columns_are_found_by_their_usual_names_and_the_others_are_named():
    report = evidence_rows.understand(table(GOOD), KNOWN, ())
    first, second = report.new
    assert (first.happened_on, second.happened_on) == (
        datetime.date(2026, 5, 4),
        datetime.date(2026, 5, 5),
    )
    assert first.competencies == ["architecture"]
    assert first.links == ["https://example.org/a", "https://example.org/b"]
    assert first.tags == ["payouts"]
    assert report.unused == ["Mood"]
    assert report.problems == []


def test_every_problem_is_named_by_line_and_column():
    report = evidence_rows.understand(table(BAD), KNOWN, ())
    assert [row.line for row in report.new] == [2]
    assert [(problem.line, problem.column) for problem in report.problems] == [
        (3, "what"),
        (4, "happened_on"),
        (5, "competencies"),
        (6, "competencies"),
        (7, "links"),
    ]


def test_what_is_there_or_twice_in_the_file_is_no_news():
    there = {evidence_rows.key_of(datetime.date(2026, 5, 4), "SPLIT  the ledger")}
    report = evidence_rows.understand(
        table(GOOD + "2026-05-05;shipped it;delivery;;;\n"), KNOWN, there
    )
    assert [row.what for row in report.new] == ["Shipped it"]
    assert report.there == 2


def test_a_row_may_end_early_and_words_are_kept_as_they_were_meant():
    text = """Date;What;Competencies;Links;Tags
07.05.2026;"First line\r\nsecond line";Architecture
31.12.2025;'=SUM of work;architecture
"""
    multi, formula = evidence_rows.understand(table(text), KNOWN, ()).new

    assert multi.what == "First line\nsecond line"
    assert multi.happened_on == datetime.date(2026, 5, 7)
    assert (multi.links, multi.tags) == ([], [])
    assert formula.what == "=SUM of work"
    assert formula.happened_on == datetime.date(2025, 12, 31)


def test_competencies_are_named_by_name_or_key_each_once_and_twenty_at_most():
    known = {f"c-{n}": f"Competency {n}" for n in range(21)}
    cells = ["C-1; competency 1; Competency 2", "; ".join(list(known)[:20]), "; ".join(known)]
    rows = "".join(f"Done {n},2026-05-04,{cell}\n" for n, cell in enumerate(cells))
    report = evidence_rows.understand(table("what,date,competencies\n" + rows), known, ())

    assert [row.competencies for row in report.new] == [["c-1", "c-2"], list(known)[:20]]
    assert [(problem.line, problem.column) for problem in report.problems] == [(4, "competencies")]


def test_a_line_with_two_problems_is_one_line():
    report = evidence_rows.understand(table("what,date,competencies\n,soon,magic\n"), KNOWN, ())

    assert len(report.problems) == 3
    assert report.lines_with_problems == 1


def test_the_columns_that_are_needed_are_named_when_they_are_not_there():
    assert evidence_rows.missing(table("Title,Mood\nx,y\n")) == ["happened_on", "competencies"]
    assert evidence_rows.missing(table("Description,Day,Competency\nx,y,z\n")) == []


@pytest.mark.parametrize(
    ("size", "name", "says"),
    [
        (evidence_import.MOST_BYTES + 1, "notes.csv", "more than 1 MB"),
        (evidence_import.MOST_BYTES, "notes.xlsx", "Choose a .csv file"),
        (0, "notes.csv.exe", "Choose a .csv file"),
    ],
)
def test_a_file_too_large_or_of_another_kind_is_not_even_read(size, name, says):
    with pytest.raises(Invalid, match=says):
        evidence_import.preview(b"x" * size, name, by=Person())


def by_page(client, person, text, *, confirm=False):
    client.force_login(person)
    address = reverse("assessments:evidence-import")
    answer = client.post(address, {"file": SimpleUploadedFile("notes.csv", text.encode())})
    if not confirm or answer.status_code != 200:
        return answer
    return client.post(address, {"content": answer.context["content"]})


def by_api(client, person, text, *, confirm=False):
    client.force_login(person)
    body = {"file": SimpleUploadedFile("notes.csv", text.encode()), "confirm": confirm}
    address = reverse("api-assessments:evidence-import", args=[person.pk])
    return client.post(address, {**body, "skip_problem_rows": True})


@pytest.fixture(params=[by_page, by_api], ids=["page", "api"])
def bring(request, client):
    """The same file, by page and by API."""
    return lambda *given, **how: request.param(client, *given, **how)


def test_a_look_writes_nothing_and_a_second_import_changes_nothing(cast, bring):
    looked = bring(cast.carl, GOOD)
    assert looked.status_code == 200
    assert not Evidence.objects.exists()
    report = looked.json() if "json" in looked["Content-Type"] else looked.context["report"]
    assert len(report["new"]) == 2

    assert bring(cast.carl, GOOD, confirm=True).status_code in (200, 302)
    first = list(Evidence.objects.for_display().values_list("what", "links", "tags", "shows"))
    assert len(first) == 2
    assert Event.objects.get(verb="evidence.import").data == {"count": 2}
    assert bring(cast.carl, GOOD, confirm=True).status_code in (200, 302)
    again = list(Evidence.objects.for_display().values_list("what", "links", "tags", "shows"))
    assert again == first
    assert Event.objects.filter(verb="evidence.import").count() == 1


def test_what_somebody_else_did_is_news(cast, bring):
    evidence_import.confirm(GOOD.encode(), "notes.csv", by=cast.fred)
    assert bring(cast.carl, GOOD, confirm=True).status_code in (200, 302)
    assert Evidence.objects.filter(person=cast.carl).count() == 2


@pytest.mark.django_db
def test_a_file_has_so_many_lines_and_no_more(cast, monkeypatch):
    monkeypatch.setattr(evidence_import, "MOST_ROWS", 2)
    assert len(evidence_import.preview(GOOD.encode(), "notes.csv", by=cast.carl).new) == 2
    with pytest.raises(Invalid, match="more than 2 lines"):
        evidence_import.preview((GOOD + "2026-05-06;x;delivery\n").encode(), "n.csv", by=cast.carl)


@pytest.mark.parametrize("text", ["", "what,date\na,2026-01-01\n", "what\0", "a,b\n" * 3])
def test_a_file_that_cannot_be_read_is_refused_at_its_field(cast, bring, text):
    answer = bring(cast.carl, text, confirm=True)
    assert answer.status_code in (400, 422)
    api = answer.status_code == 400
    assert "file" in (answer.json()["errors"] if api else answer.context["form"].errors)


def test_lines_with_problems_stop_the_api_unless_they_may_stay_out(client, cast):
    client.force_login(cast.carl)
    address = reverse("api-assessments:evidence-import", args=[cast.carl.pk])
    body = {"file": SimpleUploadedFile("a.csv", BAD.encode()), "confirm": True}
    assert client.post(address, body).status_code == 409
    assert not Evidence.objects.exists()
    assert by_api(client, cast.carl, BAD, confirm=True).status_code == 200
    assert Evidence.objects.count() == 1


def test_nobody_brings_in_evidence_of_somebody_else(client, cast):
    client.force_login(cast.maya)
    address = reverse("api-assessments:evidence-import", args=[cast.carl.pk])
    assert client.post(address).status_code == 404


def test_the_download_of_ones_evidence_says_nothing_new(client, cast):
    for number, what in enumerate(["=Split it", "Ship, and\nmend it"]):
        evidence.add(
            by=cast.carl,
            what=what,
            happened_on=datetime.date(2026, 5, 1 + number),
            competencies=["architecture", "delivery"],
            tags=["a", "b"],
        )
    client.force_login(cast.carl)
    file = b"".join(client.get(reverse("assessments:evidence-download")).streaming_content)
    report = by_api(client, cast.carl, file.decode()).json()
    assert (report["new"], report["there"], report["problems"]) == ([], 2, [])
