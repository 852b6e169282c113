"""A draft of a ladder is written by hand: by keyboard, in two tabs, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ladders import cells, readiness
from ladders.actions import drafts
from ladders.models import LadderVersion
from ladders.models.document import document

pytestmark = pytest.mark.browser
EDITOR = "/ladders/software-engineering/versions/draft-2/edit/"
CELL = "reach:engineer"
SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.fixture
def draft(cast):
    """The starter ladder with a new competency, of which no cell says anything."""
    published = LadderVersion.objects.select_related("ladder").get()
    draft = drafts.copy_of(published, by=cast.hana)
    drafts.add(draft, "competencies", {"name": "Reach"}, by=cast.hana)
    return draft


def text(draft) -> dict:
    return document(LadderVersion.objects.select_related("ladder").get(pk=draft.pk))


def summary(draft, level="engineer") -> str:
    return cells.read(text(draft), "reach", level)[0]["summary"]


def test_a_cell_is_written_and_a_row_is_moved_by_keyboard(draft, cast, sit_down):
    hana = sit_down().is_signed_in_as(cast.hana)
    hana.go(EDITOR)
    page, saved = hana.page, hana.page.locator("[data-saved]")
    page.locator(f'td > a[href*="{CELL.replace(":", "%3A")}#"]').focus()
    page.keyboard.press("Enter")
    expect(hana.field("In one or two sentences")).to_be_focused()
    page.keyboard.type("Helps the guys of two teams.")
    expect(saved).to_have_text(SAVED)
    expect(page.locator("[data-hints]")).to_contain_text("“guys” may not fit everybody")
    expect(page.locator("[data-left]")).to_contain_text("8 empty cells")
    expect(page.locator("td[aria-current]")).to_contain_text("Helps the guys of two teams.")
    page.keyboard.type(" And more.")
    hana.press("Save and open the next empty cell")
    expect(hana.field("In one or two sentences")).to_have_value("")
    hana.named("link", "Close").press("Enter")
    expect(page.locator("#open")).to_have_count(0)
    assert summary(draft) == "Helps the guys of two teams. And more."

    page.locator('[data-part="competencies:delivery"]').focus()
    page.keyboard.press("Alt+ArrowUp")
    told = page.locator("ladder-desk > [role=status]")
    expect(told).to_have_text("Delivery moved up.")
    expect(page.locator('[data-part="competencies:delivery"]')).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(told).to_have_text("Delivery is already at the end of its group.")
    names = [row["id"] for row in text(draft)["competencies"]]
    assert names[-3:-1] == ["delivery", "alignment-with-the-business"]


def test_in_two_tabs_the_second_sees_both_texts_and_chooses(draft, cast, sit_down, axe):
    first = sit_down().is_signed_in_as(cast.hana)
    second = first.another_tab()
    for tab in (first, second):
        tab.go(f"{EDITOR}?cell={CELL}")
    first.writes("In one or two sentences", "What the first says.").blur()
    expect(first.page.locator("[data-saved]")).to_have_text(SAVED)
    second.awaited = 412
    second.writes("In one or two sentences", "What the second says.").blur()
    conflict = second.page.get_by_role("region", name="Somebody else changed this text")
    expect(conflict).to_contain_text("What the first says.")
    expect(conflict).to_contain_text("What the second says.")
    assert summary(draft) == "What the first says."
    second.axe = axe
    second.look()
    second.page.get_by_role("button", name="Keep mine").click()
    expect(second.page.locator("[data-saved]")).to_have_text(SAVED)
    assert [row["summary"] for row in cells.read(text(draft), "reach", "engineer")] == [
        "What the second says."
    ]
    first.awaited = 412
    first.writes("In one or two sentences", "What nobody keeps.").blur()
    first.page.get_by_role("button", name="Take theirs").click()
    expect(first.field("In one or two sentences")).to_have_value("What the second says.")
    first.writes("In one or two sentences", "What the second says, and more.").blur()
    expect(first.page.locator("[data-saved]")).to_have_text(SAVED)
    assert summary(draft) == "What the second says, and more."


def test_all_of_it_works_without_scripts(draft, cast, sit_down):
    hana = sit_down(java_script_enabled=False).is_signed_in_as(cast.hana)
    hana.go(EDITOR)
    hana.follow("See what is left")
    hana.follow("Engineer")
    hana.writes("In one or two sentences", "Helps two teams.")
    hana.press("Save and open the next empty cell")
    assert summary(draft) == "Helps two teams."
    hana.choose("Nothing: not expected")
    hana.press("Save")
    hana.follow("Competencies")
    hana.press("Up: Delivery")
    hana.follow("Add a competency")
    hana.writes("Name", "Depth")
    hana.press("Add the competency")
    hana.follow("Remove: Depth")
    hana.press("Remove it")
    hana.follow("Before review")
    hana.follow("Mark 7 as not expected")
    hana.press("Mark 7 cells as not expected")
    hana.reads("Nothing keeps this draft from review.")
    assert readiness.look(text(draft)).ready
