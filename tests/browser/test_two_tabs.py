"""Two tabs in the case editor: whoever saves second sees both texts, and chooses."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests import cast as story

pytestmark = pytest.mark.browser
FIELD = "Why Carl Candidate is ready"
SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.fixture
def tabs(cast, sit_down):
    """Two tabs with the statement of the same case; the first has saved, the second has typed."""
    case = story.draft(cast)
    first = sit_down().sign_in(cast.maya)
    second = first.another_tab()
    for tab in (first, second):
        tab.go(f"/cases/{case.pk}/edit/?part=statement")
    first.writes(FIELD, "What the first tab says.").blur()
    expect(first.page.locator("[data-saved]")).to_have_text(SAVED)
    second.awaited = 412
    second.writes(FIELD, "What the second tab says.").blur()
    return case, first, second


def test_both_texts_stand_side_by_side_and_nothing_is_overwritten(tabs, axe):
    case, _, second = tabs
    conflict = second.page.get_by_role("region", name="Somebody else changed this text")
    expect(conflict).to_contain_text("What the first tab says.")
    expect(conflict).to_contain_text("What the second tab says.")
    expect(second.field(FIELD)).to_have_value("What the second tab says.")
    case.refresh_from_db()
    assert case.statement == "What the first tab says."
    second.axe = axe
    second.look()


def test_keeping_mine_saves_mine(tabs):
    case, _, second = tabs
    second.page.get_by_role("button", name="Keep mine").click()
    expect(second.page.locator("[data-saved]")).to_have_text(SAVED)
    case.refresh_from_db()
    assert case.statement == "What the second tab says."


def test_taking_theirs_shows_theirs_and_typing_goes_on(tabs):
    case, _, second = tabs
    second.page.get_by_role("button", name="Take theirs").click()
    expect(second.field(FIELD)).to_have_value("What the first tab says.")
    second.writes(FIELD, "What the first tab says, and more.").blur()
    expect(second.page.locator("[data-saved]")).to_have_text(SAVED)
    case.refresh_from_db()
    assert case.statement == "What the first tab says, and more."


def test_two_tabs_that_write_different_parts_do_not_get_in_each_others_way(cast, sit_down):
    case = story.draft(cast)
    part = case.pinned_version.competencies.order_by("position").first()
    first = sit_down().sign_in(cast.maya)
    second = first.another_tab()
    first.go(f"/cases/{case.pk}/edit/?part=statement")
    second.go(f"/cases/{case.pk}/edit/?part={part.pk}")
    for tab, field, text in (
        (first, FIELD, "A new statement."),
        (second, "What you have seen", "A new part."),
    ):
        tab.writes(field, text).blur()
        expect(tab.page.locator("[data-saved]")).to_have_text(SAVED)
    case.refresh_from_db()
    assert case.statement == "A new statement."
    assert case.sections.get(competency=part).text == "A new part."


def test_a_lost_connection_is_said_and_the_text_is_saved_once_it_is_back(cast, sit_down):
    case = story.draft(cast)
    maya = sit_down().sign_in(cast.maya)
    maya.go(f"/cases/{case.pk}/edit/?part=statement")
    maya.page.context.set_offline(True)
    maya.writes(FIELD, "Typed in a tunnel.").blur()
    saved = maya.page.locator("[data-saved]")
    expect(saved).to_contain_text("no connection")
    maya.page.context.set_offline(False)
    expect(saved).to_have_text(SAVED)
    case.refresh_from_db()
    assert case.statement == "Typed in a tunnel."
