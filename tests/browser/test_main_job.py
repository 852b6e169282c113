"""The main job in the browser, as each of the people who do it: from New case to the new level."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments import beats
from ladders.models import Placement

pytestmark = pytest.mark.browser


@pytest.mark.long
def test_a_case_goes_from_new_case_to_the_new_level(cast, axe, sit_down):
    def arrives(person):
        return sit_down(axe).sign_in(person)

    maya, carl = arrives(cast.maya), arrives(cast.carl)
    opens_a_case_and_writes(maya)
    collects_and_attaches(carl)
    submits(maya)
    hana = arrives(cast.hana)
    asks_for_feedback(hana)
    for author in (cast.fred, cast.stella):
        gives_feedback(arrives(author))
    endorses(arrives(cast.sam))
    freezes_and_names_the_panel(hana)
    petra = arrives(cast.petra)
    for member in (petra, arrives(cast.paul), arrives(cast.pia)):
        votes(member)
    closes_and_recommends(petra)
    approves(arrives(cast.vera))

    carl.go("/track/")
    carl.reads("Your case to Staff Engineer")
    assert "approved" not in carl.page.inner_text("main").lower()
    tells(maya)
    assert beats.beat()["made_effective"] == 1
    stands_on_the_new_level(carl)
    placement = Placement.objects.as_of(timezone.localdate()).get(person=cast.carl)
    assert placement.kind == Placement.Kind.PROMOTION


def opens_a_case_and_writes(maya):
    maya.follow("Cases")
    maya.follow("New case")
    maya.follow("Choose Carl Candidate")
    maya.choose("Staff Engineer")
    maya.press("Open case")
    maya.writes("Why Carl Candidate is ready", "Carl leads the work **on payouts**, across teams.")
    saved = maya.page.locator("[data-saved]")
    expect(saved).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    maya.press("Save and go on: Engineering craft")
    maya.writes("What you have seen Carl Candidate do", "He split the ledger without a stop.")
    expect(saved).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    maya.press("Save and go on")
    maya.reads("1 of 10 parts complete")


def collects_and_attaches(carl):
    for number, shows in enumerate(("Engineering craft", "Architecture", "Delivery"), start=1):
        carl.follow("My track")
        carl.page.get_by_role("link", name="Add evidence").first.click()
        carl.writes("What did you do?", f"Split the ledger, part {number}")
        carl.field("It shows").select_option(label=shows)
        carl.writes("On", f"2026-03-0{number}")
        carl.press("Add evidence")
        carl.reads(f"Split the ledger, part {number}")
    carl.follow("My track")
    carl.follow("Your case to Staff Engineer")
    carl.reads("Maya Manager is making the case for you.")
    carl.follow("Write own section")
    carl.writes("In your own words", "What I am proud of.")
    carl.press("Save and go on: Engineering craft")
    carl.press("Attach: Split the ledger, part 1")
    carl.follow("Architecture")
    carl.press("Attach: Split the ledger, part 2")
    carl.follow("Delivery")
    carl.press("Attach: Split the ledger, part 3")
    carl.reads("Attached by Carl Candidate")


def submits(maya):
    maya.follow("Home")
    maya.follow("Open the case")
    maya.follow("Submit case")
    maya.press("Submit case", 422)
    expect(maya.page.locator("error-summary")).to_be_focused()
    maya.writes("Why can it not wait", "A seat opened.")
    maya.press("Submit case")
    maya.reads("Sam Skip")


def asks_for_feedback(hana):
    hana.follow("Choose whom to ask")
    if "gathering" not in hana.path:
        hana.follow("Ask for feedback")
    hana.field("Person 1").press_sequentially("Fred")
    hana.page.get_by_role("option", name="Fred Peer").click()
    hana.writes("Person 2", "Stella Stranger")
    hana.page.get_by_label("Who reads the answer").nth(1).select_option("panel_only")
    hana.press("Ask them")
    hana.reads("Fred Peer")


def gives_feedback(author):
    author.follow("Give feedback")
    author.writes("What you have seen", "I saw it too: no payout was late.")
    author.press("Give feedback")
    author.reads("Nobody waits for your feedback.")


def endorses(sam):
    sam.follow("Read and endorse")
    sam.follow("Endorse")
    sam.choose("I endorse this case")
    sam.writes("What you base it on", "I see the same.")
    sam.press("Give your word")


def freezes_and_names_the_panel(hana):
    hana.follow("Home")
    hana.follow("Review and freeze")
    hana.follow("Freeze the packet")
    hana.press("Freeze the packet")
    hana.follow("Name the panel")
    hana.writes("Chair", "Petra Panel")
    hana.writes("Voter 2", "Paul Panel")
    hana.writes("Voter 3", "Pia Panel")
    hana.writes("Approver", "Vera Top")
    hana.press("Name the panel")
    hana.reads("Petra Panel")


def votes(member):
    member.follow("Read and vote")
    if "panel-view" not in member.path:
        member.follow("Reading view")
    member.reads("on payouts")
    member.follow("Cast your ballot")
    member.choose("Yes")
    member.writes("Why", "It is all there.")
    member.press("Cast ballot")
    member.reads("Your ballot: yes")
    assert "3 yes" not in member.page.inner_text("main")


def closes_and_recommends(petra):
    petra.follow("Home")
    petra.follow("Close the ballot")
    if "ballot-closure" not in petra.path:
        petra.follow("Close the ballot")
    petra.press("Close the ballot")
    petra.reads("3 yes, 0 not yet")
    petra.follow("Recommend")
    petra.writes("Recommendation", "The panel is convinced.")
    petra.writes("Engineering craft", "Shown across two teams.")
    petra.press("Give the recommendation")


def approves(vera):
    vera.follow("Read and decide")
    vera.follow("Decide")
    vera.writes("Effective on", timezone.localdate().isoformat())
    vera.press("Approve")
    vera.reads("Approved")


def tells(maya):
    maya.follow("Home")
    maya.follow("Tell them")
    if "communication" not in maya.path:
        maya.follow("Tell the candidate")
    letter = maya.field("Letter")
    expect(letter).to_have_value(re.compile("Dear Carl Candidate"))
    maya.writes("Letter", "Dear Carl, congratulations.")
    maya.press("Send the letter")


def stands_on_the_new_level(carl):
    carl.go("/inbox/")
    carl.go("/cases/?mine=candidate&state=all")
    carl.follow("Carl Candidate")
    carl.reads("You are promoted to Staff Engineer")
    carl.reads("Dear Carl, congratulations.")
    carl.follow("My track")
    carl.reads("Staff Engineer")
    today = datetime.date.today()
    expect(carl.page.locator("h1")).to_contain_text("Staff Engineer")
    carl.reads(f"{today:%B %Y}")
