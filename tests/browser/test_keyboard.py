"""The main steps by keyboard alone: every stop shows where the focus is and nothing hides it."""

from __future__ import annotations

import pytest

from assessments.models import Ballot
from assessments.states import State
from tests import cast as story
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser


def test_a_manager_submits_a_case_by_keyboard(cast, sit_down):
    case = story.draft(cast)
    maya = sit_down()
    maya.go("/account/login/")
    keys = Keyboard(maya)
    keys.type_into("Email", cast.maya.email)
    keys.type_into("Password", "twintrack-demo")
    keys.enter()
    keys.open("Open the case")
    keys.open("Submit case")
    keys.press("Submit case", 422)
    assert keys.stands_in() == "error-summary"
    keys.open("Why can it not wait", leaves=False)
    assert keys.stands_in() == "textarea"
    keys.type("A seat opened.")
    keys.press("Submit case")
    maya.reads("Sam Skip")
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def test_a_panel_member_casts_a_ballot_by_keyboard_on_a_phone(cast, sit_down):
    story.in_review(cast)
    petra = sit_down(viewport={"width": 390, "height": 844}).sign_in(cast.petra)
    keys = Keyboard(petra)
    keys.open("Read and vote")
    if "panel-view" not in petra.path:
        keys.open("Reading view")
    keys.open("Cast your ballot")
    keys.choose("Not yet")
    keys.type_into("Why", "Growing others is not shown yet.")
    keys.press("Cast ballot")
    petra.reads("Your ballot: not yet")
    assert Ballot.objects.get().vote == Ballot.Vote.NOT_YET


def test_the_skip_link_jumps_over_the_column(cast, sit_down):
    maya = sit_down().sign_in(cast.maya)
    maya.go("/cases/")
    maya.page.keyboard.press("Tab")
    maya.page.keyboard.press("Enter")
    maya.page.keyboard.press("Tab")
    assert maya.page.evaluate("() => document.activeElement.closest('main') !== null")


def test_the_palette_finds_a_page_and_goes_there(cast, sit_down):
    maya = sit_down().sign_in(cast.maya)
    maya.page.keyboard.press("Control+k")
    box = maya.page.get_by_role("searchbox")
    box.wait_for()
    maya.page.keyboard.type("My tr")
    maya.page.get_by_role("dialog").get_by_role("link", name="My track").wait_for()
    with maya.page.expect_navigation():
        maya.page.keyboard.press("Enter")
    assert maya.path == "/track/"
