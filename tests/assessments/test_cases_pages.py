"""The main job by pages, as each of the people who do it: from "New case" to the new level."""

import datetime

import pgtrigger
import pytest
from django.utils import timezone

from assessments.actions import decisions
from assessments.models import Feedback, PromotionCase
from ladders.models import Placement
from tests.assessments.pages import Browser, said
from tests.cast import STAGES, Cast, declined, fresh

TODAY = timezone.localdate


def part_of(case: PromotionCase, at: int = 0) -> int:
    """The id of a competency of the case's ladder."""
    return case.pinned_version.competencies.order_by("position")[at].pk


def reason_field(case: PromotionCase) -> str:
    """The field for the first expectation of the target level."""
    expectations = case.target_level.expectations.order_by("competency__position", "position")
    return f"reason_{expectations[0].pk}"


def test_a_case_goes_from_new_case_to_the_new_level_without_scripts(cast: Cast) -> None:
    maya, carl, sam, hana = (Browser(p) for p in (cast.maya, cast.carl, cast.sam, cast.hana))

    assert "New case" in said(maya.get("/cases/"))
    assert f"?candidate={cast.carl.pk}" in said(maya.get("/cases/new/"))
    here = f"/cases/new/?candidate={cast.carl.pk}"
    maya.get(here)
    onward = maya.post(here, target_level=cast.levels["staff-engineer"].pk, cycle="")
    case = PromotionCase.objects.for_display().get(candidate=cast.carl)
    here = f"/cases/{case.pk}/"
    assert onward.url == f"{here}edit/"

    evidence = "/evidence/"
    for number in range(3):
        key = case.pinned_version.competencies.order_by("position")[number].key
        carl.post(
            evidence,
            what=f"Split the ledger {number}",
            happened_on="2026-03-01",
            competency=key,
        )
    for number, piece in enumerate(cast.carl.evidence.order_by("pk")):
        carl.post(f"{here}edit/?part={part_of(case, number)}", attach=piece.pk)
    carl.post(f"{here}edit/?part=own", text="What I am proud of.", version="")
    maya.post(f"{here}edit/?part=statement", text="Carl leads payouts.", version="")
    maya.post(f"{here}edit/?part={part_of(case)}", text="Seen in May.", version="0")

    assert "Carl leads payouts." in said(maya.get(f"{here}preview/"))
    assert "Off-cycle: say why it cannot wait" in said(maya.get(f"{here}submission/"))
    maya.post(f"{here}submission/", off_cycle_reason="A seat opened.")

    hana.get(f"{here}gathering/")
    asked = {"author_1": "Fred Peer", "visibility_1": "subject_named"}
    asked |= {"author_2": "stella@example.com", "visibility_2": "panel_only"}
    rest = {f"visibility_{row}": "subject_named" for row in range(3, 7)}
    hana.post(f"{here}gathering/", **asked, **rest)
    for author in (cast.fred, cast.stella):
        request = Feedback.objects.get(author=author)
        assert f"/feedback/{request.pk}/" in said(Browser(author).get("/feedback/"))
        Browser(author).post(f"/feedback/{request.pk}/", text="I saw it too.")
    sam.get(f"{here}endorsement/")
    sam.post(f"{here}endorsement/", endorses="yes", text="I see the same.")
    hana.post(f"{here}freeze/", note="")

    assert "Petra Panel" in said(hana.get(f"{here}panel/"))
    seats = {"chair": "Petra Panel", "voter_2": "Paul Panel", "voter_3": "Pia Panel"}
    hana.post(f"{here}panel/", **seats, approver="Vera Top")
    for voter in (cast.petra, cast.paul, cast.pia):
        assert "Carl Candidate" in said(Browser(voter).get("/panels/"))
        Browser(voter).get(f"{here}panel-view/")
        Browser(voter).post(f"{here}ballot/", vote="yes", reason="It is all there.")
    petra, vera = Browser(cast.petra), Browser(cast.vera)
    petra.post(f"{here}ballot-closure/")
    petra.get(f"{here}recommendation/")
    petra.post(f"{here}recommendation/", text="Ready.", **{reason_field(case): "Shown twice."})

    vera.get(f"{here}decision/")
    vera.post(f"{here}decision/", outcome="approve", effective_on=TODAY().isoformat())
    letter = maya.get(f"{here}communication/").context["form"].initial["letter"]
    assert "Staff Engineer" in letter
    maya.post(f"{here}communication/", letter="Congratulations, Carl.")

    assert "Congratulations, Carl." in said(carl.get(here))
    assert decisions.make_due_effective(TODAY()) == 1
    assert fresh(case).state == "effective"
    standing = Placement.objects.as_of(TODAY()).get(person=cast.carl)
    assert (standing.level.key, standing.kind) == ("staff-engineer", "promotion")
    assert "Effective" in said(carl.get(here))


READERS = ("carl", "maya", "sam", "hana", "petra", "vera", "stella", "ada", "noor")


@pytest.mark.parametrize("stage", STAGES)
def test_every_reader_finds_the_pages_of_every_stage_or_nothing(cast: Cast, stage) -> None:
    case = STAGES[stage](cast)
    for person in (getattr(cast, name) for name in READERS):
        browser = Browser(person)
        seen = PromotionCase.objects.visible_to(person).filter(pk=case.pk).exists()
        answer = browser.get(f"/cases/{case.pk}/", 200 if seen else 404)
        browser.get(f"/cases/{case.pk}/preview/", 200 if seen else 404)
        for action in answer.context["case"]["actions"] if seen else []:
            if action["allowed"]:
                where = browser.client.get(action["page_url"], follow=True)
                assert where.status_code == 200, (person, action["name"], action["page_url"])


def test_a_declined_candidate_reads_a_respectful_answer_with_gaps_and_a_date(cast: Cast) -> None:
    case = declined(cast)
    here, carl = f"/cases/{case.pk}/", Browser(cast.carl)

    before = said(carl.get(here))
    assert "Shown across two teams." not in before
    assert "not yet" not in before.split("<aside")[0].lower()
    begun = Browser(cast.maya).get(f"{here}communication/").context["form"].initial["letter"]
    assert "Shown across two teams." in begun
    Browser(cast.maya).post(f"{here}communication/", letter=begun)
    after = said(carl.get(here))

    assert "The answer this time is not yet" in after
    assert "Shown across two teams." in after


def test_a_split_vote_goes_to_a_second_ballot_and_then_to_the_chair(cast: Cast) -> None:
    case = STAGES["in_review"](cast)
    here = f"/cases/{case.pk}/"
    votes = zip((cast.petra, cast.paul, cast.pia), ("yes", "not_yet", "yes"), strict=True)
    for person, vote in votes:
        Browser(person).post(f"{here}ballot/", vote=vote, reason="So.")
    petra = Browser(cast.petra)
    petra.post(f"{here}ballot-closure/")
    petra.post(f"{here}second-ballot/")
    for person, vote in ((cast.petra, "yes"), (cast.paul, "not_yet"), (cast.pia, "yes")):
        Browser(person).post(f"{here}ballot/", vote=vote, reason="Still so.")
    petra.post(f"{here}ballot-closure/")
    word = {"text": "Close, yet ready.", reason_field(case): "Shown twice."}

    refused = petra.post(f"{here}recommendation/", 422, **word)
    assert "Close, yet ready." in said(refused)
    petra.post(f"{here}recommendation/", result="promote", **word)

    assert fresh(case).state == "recommended"


def test_a_conflict_is_declared_ruled_on_and_ends_the_sight_of_the_case(cast: Cast) -> None:
    case = STAGES["in_review"](cast)
    here = f"/cases/{case.pk}/"
    pia, petra = Browser(cast.pia), Browser(cast.petra)
    pia.post(f"{here}conflict/", reason="We share a flat.")
    assert "We share a flat." not in said(Browser(cast.paul).get(f"{here}panel-view/"))
    assert "We share a flat." in said(petra.get(f"{here}panel-view/"))
    seat = case.standing_panels[0].seats.get(person=cast.pia)

    assert "We share a flat." in said(petra.get(f"{here}ruling/{seat.pk}/"))
    petra.post(f"{here}ruling/{seat.pk}/", recuse="yes", reason="Too close.")

    pia.get(here, 404)


def test_a_promotion_without_a_seat_is_scheduled_or_closed_by_hr(cast: Cast) -> None:
    level = cast.levels["staff-engineer"]
    with pgtrigger.ignore("ladders.Level:published_text_stays"):
        type(level).objects.filter(pk=level.pk).update(seat_limited=True)
    case = STAGES["recommended"](cast)
    here, hana = f"/cases/{case.pk}/", Browser(cast.hana)
    assert "no seat yet" in said(Browser(cast.vera).get(f"{here}decision/?outcome=approve_no_seat"))
    Browser(cast.vera).post(f"{here}decision/", outcome="approve_no_seat")
    Browser(cast.maya).post(f"{here}communication/", letter="Ready, no seat yet.")
    later = TODAY() + datetime.timedelta(days=40)

    hana.get(f"{here}closure/")
    hana.post(f"{here}schedule/", effective_on=later.isoformat())

    assert fresh(case).effective_on == later


def test_hr_sends_back_sponsors_and_cancels_by_pages(cast: Cast) -> None:
    case = STAGES["submitted"](cast)
    here, hana = f"/cases/{case.pk}/", Browser(cast.hana)
    hana.post(f"{here}sponsorship/", person="Otto Other", text="I worked with Carl.")
    hana.post(f"{here}return/", reason="Show one decision outside payments.")
    assert "Show one decision outside payments." in said(Browser(cast.maya).get(here))
    assert fresh(case).state == "draft"
    hana.post(f"{here}cancellation/", reason="Leaves in May.")

    assert fresh(case).state == "cancelled"


@pytest.mark.parametrize("who", ["carl", "maya"])
def test_candidate_and_manager_withdraw_by_the_same_page(cast: Cast, who) -> None:
    case = STAGES["submitted"](cast)
    browser = Browser(getattr(cast, who))
    assert "never counts as declined" in said(browser.get(f"/cases/{case.pk}/withdrawal/"))

    browser.post(f"/cases/{case.pk}/withdrawal/", reason="Not now.")

    assert fresh(case).state == "withdrawn"
