"""A draft is written through both doors: cells, parts, their order; nobody overwrites anybody."""

import json
from urllib.parse import urlencode

import pytest

from ladders import edits
from ladders.actions import drafts
from ladders.models import LadderVersion
from ladders.models.document import document
from people.actions import people
from people.models import Person, Role
from tests.ladders.conftest import bring_in
from tests.ladders.small import small

pytestmark = pytest.mark.django_db
API = "/api/v1/ladders/small/versions/draft-2/"
PAGE = "/ladders/small/versions/draft-2/edit/"


def somebody(name, *roles):
    person = people.add(by=None, name=name, email=f"{name.lower()}@example.com")
    return people.set_roles(person, by=None, roles=list(roles))


@pytest.fixture
def edda(client):
    person = somebody("Edda", Role.LADDER_EDITOR)
    client.force_login(person)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def draft(edda):
    return drafts.copy_of(bring_in(small()), by=edda)


def text(draft) -> dict:
    return document(LadderVersion.objects.select_related("ladder").get(pk=draft.pk))


def expectation(draft, name) -> dict:
    return next(row for row in text(draft)["expectations"] if row["id"] == name)


class Api:
    """A program."""

    def __init__(self, client):
        self.client = client

    def call(self, method, path, body=None, **headers):
        more = {} if body is None else {"data": json.dumps(body)}
        send = getattr(self.client, method)
        return send(f"{API}{path}", content_type="application/json", headers=headers, **more)

    def write(self, cell, summary):
        return self.call("put", f"cells/?{where(cell)}", {"entries": [{"summary": summary}]})

    def rename(self, part, field, value):
        section, _, key = part.partition(":")
        return self.call("patch", f"parts/{section}/{key}/", {field: value})

    def add(self, section, values):
        return self.call("post", f"parts/{section}/", values)

    def remove(self, part):
        section, _, key = part.partition(":")
        return self.call("delete", f"parts/{section}/{key}/")

    def down(self, part):
        section, _, key = part.partition(":")
        return self.call("post", "positions/", {"section": section, "key": key, "steps": 1})

    def mark(self, competency):
        return self.call("post", "gaps/", {"competency": competency})


class Page:
    """A person in front of a browser, without scripts."""

    def __init__(self, client):
        self.client = client

    def press(self, query, do, data):
        return self.client.post(f"{PAGE}?{urlencode(query)}", {"do": do, **data})

    def write(self, cell, summary):
        return self.press({"cell": cell}, "cell", {"e0-summary": summary, "e0-s0-text": ""})

    def rename(self, part, field, value):
        section = part.partition(":")[0]
        asked = {"view": section} | ({} if section == "framework" else {"edit": part})
        return self.press(asked, "part", self._form(asked, field, value))

    def _form(self, asked, field, value):
        form = self.client.get(f"{PAGE}?{urlencode(asked)}").context["form"]
        return {one.name: one.value() or "" for one in form} | {field: value}

    def add(self, section, values):
        return self.press({"view": section, "add": section}, "part", values)

    def remove(self, part):
        section = part.partition(":")[0]
        return self.press({"view": section, "remove": part}, "remove", {})

    def down(self, part):
        return self.press({"view": part.partition(":")[0]}, "shift", {"down": part})

    def mark(self, competency):
        return self.press({"view": "readiness", "gaps": competency or "all"}, "gaps", {})


def where(cell):
    competency, _, level = cell.partition(":")
    return urlencode({"competency": competency, "level": level})


@pytest.fixture(params=[Api, Page], ids=["api", "page"])
def door(request, client, draft):
    return request.param(client)


def done(response):
    return response.status_code in (200, 201, 204, 302)


def test_a_cell_is_written(door, draft):
    assert done(door.write("care:senior", "Teaches."))

    entries = drafts.cells.read(text(draft), "care", "senior")
    assert [row["summary"] for row in entries] == ["Teaches."]
    others = drafts.cells.read(text(draft), "care", "staff-1")
    assert [row["summary"] for row in others] == ["Helps others grow."]


def test_a_part_is_renamed(door, draft):
    assert done(door.rename("competencies:craft", "name", "Making"))

    assert text(draft)["competencies"][0]["name"] == "Making"


def test_the_ladder_itself_is_renamed(door, draft):
    assert done(door.rename("framework:framework", "title", "Tiny"))

    assert text(draft)["framework"]["title"] == "Tiny"


def test_a_part_is_added_with_an_id_of_its_name(door, draft):
    assert done(door.add("competencies", {"name": "Reach", "pillar": "people"}))

    assert text(draft)["competencies"][-1] == {"id": "reach", "pillar": "people", "name": "Reach"}


def test_a_grade_is_added_by_its_rank(door, draft):
    assert done(door.add("grades", {"rank": 3, "name": "Grade 3"}))

    assert text(draft)["grades"][-1] == {"id": "grade-3", "rank": 3, "name": "Grade 3"}


def test_a_link_is_added_once(door, draft):
    link = {"from": "junior", "to": "staff-1", "type": "not_equivalent"}
    assert done(door.add("level_links", link))
    assert text(draft)["level_links"][-1] == link

    assert door.add("level_links", link).status_code == 409
    assert len(text(draft)["level_links"]) == 4


def test_a_part_is_removed_with_what_is_said_of_it_alone(door, draft):
    assert done(door.remove("competencies:care"))

    left = text(draft)
    assert [row["id"] for row in left["competencies"]] == ["craft"]
    assert {row["competency"] for row in left["expectations"]} == {"craft"}


def test_a_part_that_holds_others_stays(door, draft):
    assert door.remove("pillars:work").status_code == 409
    assert len(text(draft)["pillars"]) == 2


def test_a_part_moves_behind_its_neighbour(door, draft):
    assert done(door.down("pillars:work"))

    assert [row["id"] for row in text(draft)["pillars"]] == ["people", "work"]


def test_empty_cells_are_marked_at_once(door, draft, edda):
    drafts.add(draft, "competencies", {"name": "Reach"}, by=edda)
    drafts.add(draft, "competencies", {"name": "Craftiness"}, by=edda)
    assert done(door.mark("reach"))
    assert len(drafts.readiness.gaps(text(draft))) == 4
    assert done(door.mark(""))
    assert drafts.readiness.gaps(text(draft)) == []


def test_bad_input_is_refused_by_name_and_nothing_is_written(door, draft):
    before = text(draft)
    link = {"from": "junior", "to": "", "type": "equivalent"}
    refused = {
        "name": door.rename("competencies:craft", "name", "x" * 301),
        "summary": door.write("craft:junior", "x" * 20_001),
        "to": door.add("level_links", link),
    }
    for field, response in refused.items():
        assert response.status_code in (400, 422)
        assert field in _wrong(response)
    assert text(draft) == before


def _wrong(response) -> str:
    """What is named, by name or by the address of the field."""
    if response.status_code == 400:
        return " ".join(response.json()["errors"])
    return " ".join(row["url"] for row in response.context["wrong"])


def test_the_api_names_fields_it_does_not_know(client, draft):
    api = Api(client)
    for path, body, name in (
        ("parts/levels/", {"track": "staff", "colour": "red"}, "colour"),
        ("parts/levels/", {"titles": ["Track is missing"]}, "track"),
        ("parts/levels/", {"track": "staff", "titles": 5}, "titles"),
        ("parts/levels/", {"track": "staff", "order": "high"}, "order"),
        ("positions/", {"section": "levels", "key": "junior", "steps": 7}, "steps"),
        ("positions/", {"section": "colours", "key": "junior", "steps": 1}, "section"),
        ("gaps/", {"level": "junior"}, "level"),
        ("copy/", {"number": "2"}, "number"),
    ):
        answer = api.call("post", path, body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [name]), body
    cell = {"entries": [{"summary": "A", "colour": "red"}]}
    answer = api.call("put", f"cells/?{where('craft:junior')}", cell)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["entries.0.colour"])


def test_the_same_key_adds_once(client, draft):
    api, body = Api(client), {"name": "Reach"}
    for _ in range(2):
        answer = api.call("post", "parts/competencies/", body, idempotency_key="once")
        assert answer.status_code == 201
    assert [row["id"] for row in text(draft)["competencies"]] == ["craft", "care", "reach"]


def test_what_is_not_in_a_draft_is_not_found(client, draft):
    api = Api(client)
    for path in (
        "parts/levels/nobody/",
        "parts/expectations/craft-shared/",
        "cells/?competency=craft&level=nobody",
    ):
        assert api.call("get", path).status_code == 404
    assert api.call("delete", "parts/framework/framework/").status_code == 404
    assert api.call("post", "parts/expectations/", {"summary": "A"}).status_code == 404


def test_a_draft_in_review_is_not_written(door, draft, edda):
    drafts.write_cell(draft, "craft", "junior", [{"summary": "Else."}], by=edda)
    drafts.versions.review(draft, by=edda)

    assert door.write("care:senior", "Teaches.").status_code == 409


# --- Who saved first ---------------------------------------------------------------------------
def test_through_the_api_the_second_to_save_gets_what_stands_there(client, draft):
    api, address = Api(client), f"cells/?{where('care:senior')}"
    seen = api.call("get", address)["ETag"]
    first = api.call("put", address, {"entries": [{"summary": "One."}]}, if_match=seen)
    second = api.call("put", address, {"entries": [{"summary": "Two."}]}, if_match=seen)

    assert (first.status_code, second.status_code) == (200, 412)
    current = second.json()["current"]
    assert current["entries"][0]["summary"] == "One."
    assert f'"{current["mark"]}"' == first["ETag"]
    third = api.call(
        "put", address, {"entries": [{"summary": "Two."}]}, if_match=f'"{current["mark"]}"'
    )
    assert third.status_code == 200


def test_on_the_page_both_texts_stand_side_by_side(client, draft, edda):
    query = urlencode({"cell": "care:senior"})
    page = client.get(f"{PAGE}?{query}")
    seen = _opened(page)["seen"]
    drafts.write_cell(draft, "care", "senior", [{"summary": "Theirs."}], by=edda)
    mine = {"do": "cell", "seen": seen, "e0-summary": "Mine.", "e0-s0-text": ""}
    slip = client.post(f"{PAGE}?{query}", mine | {"e0-s0-counter": "Belongs to nothing."})
    assert slip.status_code == 422
    assert _opened(slip)["seen"] == seen, "a slip does not hide what others did"

    refused = client.post(f"{PAGE}?{query}", mine)
    assert refused.status_code == 409
    assert b"Theirs." in refused.content
    assert b"Mine." in refused.content
    again = client.post(f"{PAGE}?{query}", mine | {"seen": _opened(refused)["seen"]})
    assert again.status_code == 302
    assert drafts.cells.read(text(draft), "care", "senior")[0]["summary"] == "Mine."


def test_a_form_of_a_part_that_changed_meanwhile_shows_both(client, draft, edda):
    query = urlencode({"view": "levels", "edit": "levels:senior"})
    form = client.get(f"{PAGE}?{query}").context["form"]
    sent = {one.name: one.value() or "" for one in form}
    sent |= {"do": "part", "titles": "Senior Engineer"}
    drafts.edit(draft, "levels", "senior", {"titles": ["Experienced"]}, by=edda)

    refused = client.post(f"{PAGE}?{query}", sent)
    assert refused.status_code == 409
    assert refused.context["conflict"]["differs"] == [
        {"label": "Titles, one a line", "mine": "Senior Engineer", "theirs": "Experienced"}
    ]
    again = client.post(f"{PAGE}?{query}", sent | {"seen": refused.context["form"].data["seen"]})
    assert again.status_code == 302
    assert text(draft)["levels"][1]["titles"] == ["Senior Engineer"]


def _opened(page) -> dict:
    rows = [row for pillar in page.context["matrix"]["pillars"] for row in pillar["rows"]]
    return next(row["detail"] for row in rows if row["detail"])


def test_a_missing_link_is_one_click_away(client, draft, edda):
    drafts.remove(draft, "level_links", "staff-1 equivalent lead-1", by=edda)
    finding = Api(client).call("get", "readiness/").json()["blocks"][0]
    form = client.get(finding["page_url"]).context["form"]

    assert (form["from"].value(), form["to"].value()) == ("staff-1", "lead-1")


def test_a_cell_that_expects_nothing_any_more_has_no_text(client, draft):
    page = Page(client)
    sent = {"e0-id": "care-high", "e0-summary": "Helps others grow.", "e0-state": "not_applicable"}
    assert done(page.press({"cell": "care:senior"}, "cell", sent))

    entry = drafts.cells.read(text(draft), "care", "senior")[0]
    assert (entry["state"], entry.get("summary")) == ("not_applicable", None)


def test_a_statement_moves_up_by_its_button(client, draft, edda):
    said = [{"text": words} for words in ("One.", "Two.", "Three.")]
    drafts.write_cell(draft, "care", "senior", [{"statements": said}], by=edda)
    page = f"{PAGE}?cell=care:senior"
    shown = client.get(page).content.decode()
    assert shown.count("Save and move up") == 2, "the first one and the empty one stay"
    typed = {"do": "cell", "go": "", "raise": "e0-s2", "e0-summary": "", "e0-id": ""}
    for place, words in enumerate(("One.", "Two.", "Three.", "")):
        typed |= {f"e0-s{place}-{name}": "" for name in ("id", "kind", "counter", "examples")}
        typed |= {f"e0-s{place}-text": words}

    assert client.post(page, typed).status_code == 302

    [entry] = drafts.cells.read(text(draft), "care", "senior")
    assert [one["text"] for one in entry["statements"]] == ["One.", "Three.", "Two."]


def test_what_a_step_means_is_written_in_the_browser(client, corner, edda):
    draft = drafts.copy_of(bring_in(corner), by=edda)
    page = f"/ladders/{draft.ladder.slug}/versions/{draft.number}/edit/?view=proficiency_statements"
    first = text(draft)["proficiency_statements"][0]
    name = edits.identity("proficiency_statements", first)
    assert "Craft: Second" in client.get(page).content.decode()

    answer = client.post(
        f"{page}&{urlencode({'edit': f'proficiency_statements:{name}'})}",
        {"do": "part", "competency": first["competency"], "proficiency": first["proficiency"],
         "summary": "Asks first.", "statements": "Asks why.\nWrites it down."},
    )  # fmt: skip

    assert answer.status_code == 302
    said = text(draft)["proficiency_statements"][0]
    assert said["summary"] == "Asks first."
    assert [one["text"] for one in said["statements"]] == ["Asks why.", "Writes it down."]


# --- What a form leaves alone --------------------------------------------------------------------
SECTIONS = (*"levels competencies pillars tracks grades proficiency_scales".split(),
            "proficiency_statements")  # fmt: skip


def test_a_form_that_is_sent_as_it_came_changes_nothing(client, corner, edda):
    draft = drafts.copy_of(bring_in(corner), by=edda)
    slug, number = draft.ladder.slug, draft.number
    page = f"/ladders/{slug}/versions/{number}/edit/"
    before = text(draft)
    for section in SECTIONS:
        for row in before.get(section) or []:
            part = f"{section}:{edits.identity(section, row)}"
            query = urlencode({"view": section, "edit": part})
            form = client.get(f"{page}?{query}").context["form"]
            sent = {one.name: one.form[one.name].value() for one in form}
            sent = {name: _typed(form, name, value) for name, value in sent.items()}
            answer = client.post(
                f"{page}?{query}", {"do": "part", **{k: v for k, v in sent.items() if v}}
            )
            assert answer.status_code == 302, (part, answer.context["wrong"])
    assert text(draft) == before


def _typed(form, name, value):
    shown = form.fields[name].prepare_value(value)
    return "" if shown in (None, False) else str(shown).replace("\n", "\r\n")


def test_a_cell_that_is_sent_as_it_came_changes_nothing(client, starter, edda):
    draft = drafts.copy_of(bring_in(starter), by=edda)
    page = f"/ladders/{draft.ladder.slug}/versions/{draft.number}/edit/"
    query = urlencode({"cell": "delivery:staff-engineer"})
    before = text(draft)
    opened = _opened(client.get(f"{page}?{query}"))
    sent = {"do": "cell", "seen": opened["seen"]}
    for form in opened["form"].forms():
        for field in form:
            sent[field.html_name] = _typed(form, field.name, field.value())

    assert client.post(f"{page}?{query}", sent).status_code == 302
    assert text(draft) == before
