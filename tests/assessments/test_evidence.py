"""Evidence: added in two fields and a date, seen by its owner alone, through both doors."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments import spreadsheets
from assessments.actions import evidence, texts
from assessments.models import Evidence
from assessments.pieces import MOST
from people.models import Event
from people.refusals import Forbidden, Invalid
from tests import cast as story

WHAT = "Split the ledger, so that two teams can deploy on their own"
DAY = datetime.date(2026, 5, 4)


def by_page(client, person, **fields):
    """Press the button on the page."""
    form = {"what": WHAT, "competency": "architecture", "happened_on": DAY.isoformat(), **fields}
    client.force_login(person)
    return client.post(reverse("assessments:evidence"), form)


def by_api(client, person, **fields):
    """Make the call."""
    key = fields.pop("competency", "architecture")
    body = {"what": WHAT, "happened_on": DAY.isoformat(), "competencies": [key], **fields}
    client.force_login(person)
    address = reverse("api-assessments:evidence", args=[person.pk])
    return client.post(address, body, content_type="application/json")


@pytest.fixture(params=[by_page, by_api], ids=["page", "api"])
def add(request, client):
    """The same button, by page and by API."""

    def press(person, **fields):
        return request.param(client, person, **fields)

    press.refused = 422 if request.param is by_page else 400
    return press


def piece_of(person, what=WHAT, keys=("architecture",), on=DAY):
    return evidence.add(by=person, what=what, happened_on=on, competencies=list(keys))


def test_it_is_added_and_recorded(cast, add):
    assert add(cast.carl).status_code in (201, 302)
    piece = Evidence.objects.get()
    assert (piece.person, piece.what, piece.happened_on) == (cast.carl, WHAT, DAY)
    assert [competency.key for competency in piece.competencies.all()] == ["architecture"]
    event = Event.objects.about(piece).get()
    assert (event.verb, event.actor, event.data) == ("evidence.add", cast.carl, {})


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"what": "   "}, "what"),
        ({"what": "x" * 200_000}, "what"),
        ({"what": "a\x07bell"}, "what"),
        ({"happened_on": "2199-01-01"}, "happened_on"),
        ({"happened_on": "the other day"}, "happened_on"),
        ({"competency": "magic"}, "compet"),
    ],
)
def test_bad_input_is_refused_by_name_and_nothing_is_written(cast, add, fields, named):
    answer = add(cast.carl, **fields)
    assert answer.status_code == add.refused
    errors = answer.json()["errors"] if add.refused == 400 else answer.context["form"].errors
    assert any(name.startswith(named) for name in errors), errors
    assert not Evidence.objects.exists()


def test_the_page_keeps_what_was_typed(client, cast):
    answer = by_page(client, cast.carl, what=WHAT, happened_on="")
    assert WHAT in answer.content.decode()
    assert "error-summary" in answer.content.decode()


def test_tomorrow_is_allowed_because_it_may_be_tomorrow_elsewhere(cast):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert piece_of(cast.carl, on=tomorrow)
    with pytest.raises(Invalid):
        piece_of(cast.carl, on=tomorrow + datetime.timedelta(days=1))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x", "not a link"])
def test_only_web_links_are_links(cast, link):
    with pytest.raises(Invalid) as refused:
        evidence.add(
            by=cast.carl,
            what=WHAT,
            happened_on=DAY,
            competencies=["architecture"],
            links=["https://example.org", link],
        )
    assert list(refused.value.errors) == ["links"]


def test_the_api_names_fields_it_does_not_know(client, cast):
    answer = by_api(client, cast.carl, pay=1, owner=cast.maya.pk)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"pay", "owner"}


def test_a_piece_may_show_several_competencies(client, cast):
    by_page(client, cast.carl, also=["delivery", "architecture"])
    piece = Evidence.objects.for_display().get()
    assert [shown["key"] for shown in piece.shows] == ["architecture", "delivery"]


def test_somebody_without_a_level_is_told_what_to_do(cast):
    with pytest.raises(Invalid, match="Ask HR"):
        piece_of(cast.hana)


@pytest.mark.parametrize("reader", ["maya", "sam", "hana", "noor", "ada", "stella"])
def test_nobody_else_sees_it(client, cast, reader):
    piece = piece_of(cast.carl)
    client.force_login(getattr(cast, reader))
    addresses = [
        reverse("api-assessments:evidence", args=[cast.carl.pk]),
        reverse("api-assessments:evidence-piece", args=[piece.pk]),
        reverse("assessments:evidence-piece", args=[piece.pk]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    for address in (reverse("assessments:evidence"), reverse("assessments:evidence-download")):
        answer = client.get(address)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert WHAT not in text.decode()


def test_nobody_adds_for_somebody_else(client, cast):
    client.force_login(cast.maya)
    body = {"what": WHAT, "happened_on": "2026-05-04", "competencies": ["architecture"]}
    address = reverse("api-assessments:evidence", args=[cast.carl.pk])
    assert client.post(address, body, content_type="application/json").status_code == 404


def test_a_piece_shows_twenty_competencies_at_most(cast):
    piece_of(cast.carl, keys=["architecture"] * MOST)
    with pytest.raises(Invalid, match="at most 20"):
        piece_of(cast.carl, keys=["architecture"] * (MOST + 1))


def test_nobody_changes_somebody_elses(cast):
    piece = piece_of(cast.carl)
    with pytest.raises(Forbidden):
        evidence.change(piece, by=cast.maya, what="I did it")
    piece.refresh_from_db()
    assert piece.what == WHAT


def test_it_is_changed_on_its_page(client, cast):
    piece = piece_of(cast.carl)
    client.force_login(cast.carl)
    address = reverse("assessments:evidence-piece", args=[piece.pk])
    assert WHAT in client.get(address).content.decode()
    form = {
        "what": "Split it in three",
        "links": "https://example.org/ledger\r\nhttp://example.org/plan",
        "tags": "Café, Release 2, cafe",
        "happened_on": "2026-05-05",
        "competencies": ["delivery", "craft"],
    }
    assert client.post(address, form).status_code == 302
    changed = Evidence.objects.for_display().get(pk=piece.pk)
    assert changed.what == form["what"]
    assert changed.links == ["https://example.org/ledger", "http://example.org/plan"]
    assert changed.tags == ["cafe", "release 2"]
    assert sorted(shown["key"] for shown in changed.shows) == ["craft", "delivery"]
    assert client.post(address, {**form, "competencies": []}).status_code == 422


def test_a_patch_changes_only_what_it_names(client, cast):
    piece = piece_of(cast.carl)
    client.force_login(cast.carl)
    address = reverse("api-assessments:evidence-piece", args=[piece.pk])
    answer = client.patch(address, {"happened_on": "2026-01-02"}, content_type="application/json")
    assert answer.status_code == 200
    assert (answer.json()["what"], answer.json()["happened_on"]) == (WHAT, "2026-01-02")
    assert [shown["key"] for shown in answer.json()["competencies"]] == ["architecture"]


def test_it_says_when_a_case_holds_it(client, cast):
    piece = piece_of(cast.carl)
    case = story.cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya)
    client.force_login(cast.carl)
    address = reverse("api-assessments:evidence-piece", args=[piece.pk])
    assert client.get(address).json()["attached"] is False
    texts.attach(case, piece, by=cast.carl, competency=None)
    assert client.get(address).json()["attached"] is True


def test_page_and_api_say_the_same(client, cast):
    piece_of(cast.carl)
    client.force_login(cast.carl)
    page = client.get(reverse("assessments:evidence"))
    api = client.get(reverse("api-assessments:evidence", args=[cast.carl.pk]))
    assert api.data["results"] == page.context["evidence"]


def test_scripts_in_it_are_only_words(client, cast):
    piece_of(cast.carl, "<script>alert(1)</script> see https://example.org/?a=1&b=2")
    client.force_login(cast.carl)
    for address in (reverse("assessments:evidence"), reverse("assessments:my-track")):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text
        assert '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow">' in text


def test_twenty_pieces_take_as_many_queries_as_two(client, cast, count_queries):
    client.force_login(cast.carl)
    counts = []
    for number in (2, 18):
        for at in range(number):
            piece_of(cast.carl, f"Piece {at}", ["architecture", "delivery"])
        pages = [
            reverse("assessments:evidence"),
            reverse("api-assessments:evidence", args=[cast.carl.pk]),
        ]
        counts.append([count_queries(client, address) for address in pages])
    assert counts[0] == counts[1]
    page, api = counts[0]
    assert page <= 12
    assert api <= 6


def test_the_file_holds_everything_and_runs_nothing(client, cast):
    piece_of(cast.carl, "=HYPERLINK(A1)")
    client.force_login(cast.carl)
    answer = client.get(reverse("assessments:evidence-download"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["what"] == "'=HYPERLINK(A1)"
    assert rows[0]["competencies"] == "Architecture"
    assert answer["Content-Disposition"] == 'attachment; filename="evidence.csv"'


@given(st.text())
def test_no_cell_begins_as_a_formula(text):
    cell = spreadsheets.cell(text)
    assert not str(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert str(cell).endswith(text)
