"""Everything works without scripts: forms post, links go somewhere, nothing typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from assessments.models import PromotionCase
from assessments.states import State
from tests import cast as story

pytestmark = pytest.mark.browser
DATE = "2026-03-01"


@pytest.fixture
def arrive(sit_down):
    """Somebody whose browser runs no scripts, signed in."""
    return lambda person: sit_down(java_script_enabled=False).sign_in(person)


def test_a_case_is_filed_and_submitted_without_scripts(cast, arrive):
    carl, maya = arrive(cast.carl), arrive(cast.maya)
    for number in range(3):
        carl.follow("My track")
        carl.writes("What did you do?", f"Split the ledger, part {number}")
        carl.field("It shows").select_option(label="Delivery")
        carl.writes("On", DATE)
        carl.press("Add evidence")

    maya.follow("Cases")
    maya.follow("New case")
    maya.follow("Choose Carl Candidate")
    maya.press("Open case")  # there is one next level, so it is chosen already
    maya.writes("Why Carl Candidate is ready", "Carl leads the work.")
    maya.press("Save and go on")

    carl.follow("My track")
    carl.follow("Your case to Staff Engineer")
    carl.follow("Write own section")
    for number in range(3):
        carl.press(f"Attach: Split the ledger, part {number}")

    maya.follow("Go to submit")
    maya.press("Submit case", 422)
    maya.writes("Why can it not wait", "A seat opened.")
    maya.press("Submit case")
    case = PromotionCase.objects.get()
    assert (case.state, case.statement) == (State.SUBMITTED, "Carl leads the work.")


def test_somebody_is_named_without_scripts_and_a_slip_keeps_what_was_typed(cast, arrive):
    case = story.submitted(cast)
    hana = arrive(cast.hana)
    hana.go(f"/cases/{case.pk}/gathering/")
    hana.writes("Person 1", "Fred Peer")
    hana.writes("Person 2", "Stela")
    hana.press("Ask them", 422)
    hana.reads("Nobody here is called “Stela”.")
    expect(hana.field("Person 1")).to_have_value("Fred Peer")
    hana.writes("Person 2", "stella@example.com")
    hana.press("Ask them")
    assert {one.author for one in case.feedback.all()} == {cast.fred, cast.stella}


def test_a_demo_account_signs_in_with_one_click(cast, sit_down):
    somebody = sit_down(java_script_enabled=False)
    somebody.go("/account/login/")
    somebody.press("Sign in as Maya Manager")
    expect(somebody.page.locator(".me")).to_contain_text("Maya Manager")


def test_the_text_of_two_writers_stands_side_by_side_without_scripts(cast, arrive):
    case = story.draft(cast)
    first, second = arrive(cast.maya), arrive(cast.maya)
    for tab in (first, second):
        tab.go(f"/cases/{case.pk}/edit/?part=statement")
    first.writes("Why Carl Candidate is ready", "What the first tab says.")
    first.press("Save")
    second.writes("Why Carl Candidate is ready", "What the second tab says.")
    second.press("Save", 409)
    second.reads("What the first tab says.")
    expect(second.page.get_by_text("What the second tab says.").first).to_be_visible()
