"""The tree of people opens in place, and is open again when one comes back."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ladders.actions import headcounts
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser


def test_somebody_is_found_by_opening_one_after_the_other(cast, sit_down, axe):
    headcounts.recount(timezone.localdate())
    vera = sit_down(axe).is_signed_in_as(cast.vera)
    vera.looks = False
    vera.go("/organisation/?page_size=1")
    keys = Keyboard(vera)

    vera.named("link", "Show more").focus()
    vera.page.keyboard.press("Enter")
    expect(vera.named("button", "Reports to Vera Top")).to_be_focused()
    for name in ("Sam Skip", "Maya Manager"):
        vera.page.keyboard.press("ArrowRight")
        vera.named("button", f"Reports to {name}").wait_for()
        keys.walk_to(f"Reports to {name}", "button")
    vera.page.keyboard.press("Space")
    carl = vera.named("link", "Carl Candidate")
    carl.wait_for()
    vera.look(closely=True)
    vera.page.keyboard.press("ArrowLeft")
    expect(carl).not_to_be_visible()
    vera.page.keyboard.press("ArrowLeft")
    assert keys.stop()["name"] == "Reports to Sam Skip"

    vera.go("/organisation/")
    vera.named("button", "Reports to Vera Top").click()
    vera.named("button", "Reports to Sam Skip").click()
    vera.follow("Maya Manager")
    vera.reads("Reports to Sam Skip.")
    vera.page.go_back()
    expect(vera.named("link", "Maya Manager")).to_be_visible()
