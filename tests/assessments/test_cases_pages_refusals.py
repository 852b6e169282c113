"""What the pages of a case refuse: with the reason, and with everything that was typed."""

import pytest

from assessments.actions import cases, texts
from assessments.serializers import reading
from assessments.serializers.case import Case
from tests.assessments.pages import Browser, said
from tests.cast import STAGES, Cast, fresh

NOUNS = {
    # noun: the stage at which it is open, who makes it
    "submission": ("draft", "maya"),
    "return": ("submitted", "sam"),
    "gathering": ("submitted", "hana"),
    "requests": ("gathering", "hana"),
    "endorsement": ("submitted", "sam"),
    "sponsorship": ("submitted", "hana"),
    "freeze": ("gathering", "hana"),
    "panel": ("frozen", "hana"),
    "ballot": ("in_review", "pia"),
    "conflict": ("in_review", "pia"),
    "ballot-closure": ("in_review", "petra"),
    "second-ballot": ("in_review", "petra"),
    "recommendation": ("in_review", "petra"),
    "decision": ("recommended", "vera"),
    "communication": ("decided", "maya"),
    "withdrawal": ("draft", "carl"),
    "cancellation": ("draft", "hana"),
    "edit": ("draft", "maya"),
}


@pytest.mark.parametrize(("noun", "stage", "who"), [(n, *rest) for n, rest in NOUNS.items()])
def test_a_page_of_a_move_is_open_to_one_closed_to_another_and_nothing_to_a_stranger(
    cast: Cast, noun, stage, who
) -> None:
    case = STAGES[stage](cast)
    here = f"/cases/{case.pk}/{noun}/"
    other = {"hana": "maya", "pia": "paul", "petra": "paul"}.get(who, "hana")
    other = "petra" if noun == "communication" else other

    Browser(getattr(cast, who)).get(here)
    Browser(cast.stella).get(here, 404)
    Browser(cast.stella).post(here, 404)
    if noun not in ("ballot", "conflict", "withdrawal", "return"):
        refused = Browser(getattr(cast, other)).get(here, 403)
        assert "You may not do this" in said(refused)
        Browser(getattr(cast, other)).post(here, 403)
    assert fresh(case).state == stage


@pytest.mark.parametrize(
    ("noun", "who", "fields"),
    [
        ("submission", "maya", {}),
        ("endorsement", "sam", {"endorses": "yes", "text": "Words worth keeping."}),
        ("freeze", "hana", {"note": "Words worth keeping."}),
        (
            "panel",
            "hana",
            {"chair": "Petra Panel", "voter_2": "Paul Panel", "voter_3": "Pia Panel"},
        ),
        ("communication", "maya", {"letter": "Words worth keeping."}),
    ],
)
def test_the_wrong_moment_is_409_with_the_reason_and_keeps_what_was_typed(
    cast: Cast, noun, who, fields
) -> None:
    case = STAGES["frozen"](cast) if noun != "panel" else STAGES["recommended"](cast)
    browser = Browser(getattr(cast, who))

    assert "this step is for a case that is" in said(browser.get(f"/cases/{case.pk}/{noun}/", 409))
    refused = said(browser.post(f"/cases/{case.pk}/{noun}/", 409, **fields))

    assert "This cannot be done now" in refused
    assert all(value in refused for value in fields.values() if value != "yes")


def test_a_submission_without_its_reason_names_the_field_and_keeps_the_other(cast: Cast) -> None:
    case = STAGES["draft"](cast)
    page = said(Browser(cast.maya).post(f"/cases/{case.pk}/submission/", 422))

    assert '<error-summary class="errors" role="alert" tabindex="-1">' in page
    assert 'href="#id_off_cycle_reason"' in page
    assert fresh(case).state == "draft"


def test_a_submission_without_evidence_links_to_where_it_is_attached(cast: Cast) -> None:
    case = STAGES["draft"](cast)
    case.attachments.all().delete()
    page = said(Browser(cast.maya).post(f"/cases/{case.pk}/submission/", 422, off_cycle_reason="S"))
    summary = page.split("</error-summary>")[0]

    assert "At least 3 pieces of evidence: 0 attached" in summary
    assert f'<a href="/cases/{case.pk}/edit/?part=' in summary


def test_too_few_colleagues_are_refused_and_the_named_one_stays(cast: Cast) -> None:
    case = STAGES["submitted"](cast)
    fields = {"author_1": "Fred Peer"} | {f"visibility_{n}": "panel_only" for n in range(1, 7)}

    page = said(Browser(cast.hana).post(f"/cases/{case.pk}/gathering/", 422, **fields))

    assert 'value="Fred Peer"' in page
    assert "Ask at least 2 people" in page
    assert 'value="panel_only" selected' in page


def test_a_name_that_fits_nobody_is_answered_with_those_it_could_mean(cast: Cast) -> None:
    case = STAGES["frozen"](cast)
    fields = {"chair": "petr", "voter_2": "Nobody", "voter_3": "PIA PANEL", "note": "Kept."}

    page = said(Browser(cast.hana).post(f"/cases/{case.pk}/panel/", 422, **fields))

    assert "Did you mean Petra Panel?" in page
    assert "Nobody here is called “Nobody”." in page
    assert 'value="PIA PANEL"' in page
    assert "Kept." in page


def test_two_people_of_one_name_are_told_apart_by_their_address(cast: Cast) -> None:
    type(cast.fred).objects.filter(pk=cast.otto.pk).update(
        name="Pia Panel", search_key="pia panel otto@example.com"
    )
    case = STAGES["frozen"](cast)
    fields = {"chair": "Petra Panel", "voter_2": "Paul Panel", "voter_3": "Pia Panel"}

    page = said(Browser(cast.hana).post(f"/cases/{case.pk}/panel/", 422, **fields))
    assert "Several people are called “Pia Panel”" in page
    fields["voter_3_id"] = cast.pia.pk
    Browser(cast.hana).post(f"/cases/{case.pk}/panel/", **fields)

    assert fresh(case).standing_panels[0].seats.filter(person=cast.pia).exists()


def test_a_barred_member_is_refused_by_name(cast: Cast) -> None:
    case = STAGES["frozen"](cast)
    fields = {"chair": "Petra Panel", "voter_2": "Paul Panel", "voter_3": "Maya Manager"}

    page = Browser(cast.hana).post(f"/cases/{case.pk}/panel/", 422, **fields)

    assert "Maya Manager: nominated the candidate" in said(page)
    assert '<a href="#id_voter_3">Voter 3: Maya Manager: nominated' in page.content.decode()


@pytest.mark.parametrize("outcome", ["defer", "decline"])
def test_a_no_without_gaps_or_date_is_refused_field_by_field(cast: Cast, outcome) -> None:
    case = STAGES["recommended"](cast)
    here, vera = f"/cases/{case.pk}/decision/", Browser(cast.vera)
    vera.get(f"{here}?outcome={outcome}")

    page = said(vera.post(here, 422, outcome=outcome, overturn_reason="Kept words."))
    assert 'href="#id_look_again_on"' in page
    assert "Kept words." in page
    fields = {"outcome": outcome, "look_again_on": "2031-01-01", "overturn_reason": "Kept."}
    page = said(vera.post(here, 422, **fields))
    assert "Name at least one expectation" in page
    assert 'value="2031-01-01"' in page


def test_an_abstention_without_a_reason_keeps_the_vote(cast: Cast) -> None:
    case = STAGES["in_review"](cast)

    page = said(Browser(cast.pia).post(f"/cases/{case.pk}/ballot/", 422, vote="abstain", reason=""))

    assert 'value="abstain"' in page
    assert "Say why you abstain." in page


def test_a_ballot_can_be_changed_until_the_vote_is_closed(cast: Cast) -> None:
    case = STAGES["in_review"](cast)
    here, pia = f"/cases/{case.pk}/ballot/", Browser(cast.pia)
    pia.post(here, vote="yes", reason="At first.")

    form = pia.get(here).context["form"]
    assert form.initial == {"vote": "yes", "reason": "At first."}
    pia.post(here, vote="not_yet", reason="Read again.")
    for person in (cast.petra, cast.paul):
        Browser(person).post(here, vote="not_yet", reason="So.")
    Browser(cast.petra).post(f"/cases/{case.pk}/ballot-closure/")

    assert "The ballot is closed." in said(pia.post(here, 409, vote="yes", reason="Late words."))


def test_a_case_is_not_opened_twice_nor_for_anybody_else_s_report(cast: Cast) -> None:
    STAGES["draft"](cast)
    level = cast.levels["staff-engineer"].pk
    here = f"/cases/new/?candidate={cast.carl.pk}"

    page = said(Browser(cast.maya).post(here, 409, target_level=level, cycle=""))
    assert "Carl Candidate already has an open case." in page
    assert f'value="{level}" checked' in page or "checked" in page
    Browser(cast.paul).get(here, 403)
    Browser(cast.paul).post(here, 403, target_level=level)
    Browser(cast.maya).get("/cases/new/?candidate=999999", 404)
    Browser(cast.paul).get(f"/cases/new/?candidate={cast.anna.pk}", 403)
    Browser(cast.hana).get(f"/cases/new/?candidate={cast.anna.pk}", 409)


def test_hr_gives_a_reason_for_a_level_that_is_not_the_next_one(cast: Cast) -> None:
    here, hana = f"/cases/new/?candidate={cast.carl.pk}", Browser(cast.hana)
    level = cast.levels["senior-staff-engineer"].pk
    assert "Choose" in said(hana.get("/cases/new/?q=carl"))

    refused = hana.post(here, 422, target_level=level, cycle="")
    assert 'href="#id_level_reason"' in said(refused)
    hana.post(here, target_level=level, cycle="", level_reason="Held that level elsewhere.")


@pytest.mark.parametrize("noun", ["return", "withdrawal"])
def test_a_text_that_is_too_long_or_no_text_is_refused_by_field(cast: Cast, noun) -> None:
    case = STAGES["submitted"](cast)
    browser = Browser(cast.sam if noun == "return" else cast.carl)

    page = said(browser.post(f"/cases/{case.pk}/{noun}/", 422, reason="x" * 20_001))
    assert "Keep this under 20,000 characters" in page
    page = said(browser.post(f"/cases/{case.pk}/{noun}/", 422, reason="a\x07b"))
    assert "characters that cannot be shown" in page
    assert fresh(case).state == "submitted"


def test_scripts_and_markdown_in_a_case_are_shown_harmlessly(cast: Cast) -> None:
    case = STAGES["draft"](cast)
    text = "**Strong** <script>alert(1)</script> [x](javascript:alert(1))"
    Browser(cast.maya).post(f"/cases/{case.pk}/edit/?part=statement", text=text, version="")

    page = said(Browser(cast.maya).get(f"/cases/{case.pk}/"))

    assert "<strong>Strong</strong>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_draft_that_came_back_says_who_sent_it_and_why_on_page_and_desk(cast: Cast) -> None:
    case = STAGES["submitted"](cast)
    Browser(cast.sam).post(f"/cases/{case.pk}/return/", reason="Say more on reliability.")

    for path in ("", "edit/"):
        page = said(Browser(cast.maya).get(f"/cases/{case.pk}/{path}"))
        assert "Sam Skip sent this case back" in page
        assert "Say more on reliability." in page
    assert "Say more on reliability." not in said(Browser(cast.carl).get(f"/cases/{case.pk}/"))


def test_freezing_says_beforehand_what_is_missing(cast: Cast) -> None:
    case = STAGES["gathering"](cast)
    case.feedback.update(state="requested", text="")

    page = said(Browser(cast.hana).get(f"/cases/{case.pk}/freeze/"))

    assert "0 of 2 answers are in." in page
    assert "Why the case goes on all the same" in page


def test_without_a_committee_submitting_promises_no_panel(cast: Cast) -> None:
    case = cases.open_case(cast.fred, cast.levels["senior-engineer"], by=cast.maya)

    page = said(Browser(cast.maya).get(f"/cases/{case.pk}/submission/"))

    assert "The approver reads the case and decides." in page
    assert "endorsement" not in page


def test_work_of_one_sitting_is_one_line_of_the_history(cast: Cast) -> None:
    case = STAGES["draft"](cast)

    for part in case.pinned_version.competencies.order_by("position")[3:6]:
        texts.write_section(case, part, by=cast.maya, text="Seen.")

    newest = reading.timeline(Case(fresh(case), context={"person": cast.maya}).data)[0]

    assert (newest["what"], newest["who"]) == ("Text changed 3 times", "you")
    assert newest["why"].count("1 word.") == 3
