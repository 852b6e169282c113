"""The case editor without scripts: parts, evidence, and two versions of one text."""

import pytest

from tests.assessments.pages import Browser, said
from tests.cast import STAGES, Cast, fresh


def form_of(browser: Browser, here: str) -> dict:
    """What the form of a part carries."""
    page = browser.get(here)
    return {
        "version": page.context["form"].initial["version"],
        "started": page.context["started"],
    }


def test_the_desk_opens_at_the_first_part_that_is_not_complete(cast: Cast) -> None:
    case = STAGES["draft"](cast)
    context = Browser(cast.maya).get(f"/cases/{case.pk}/edit/").context

    assert context["part"]["number"] == 5  # the statement and three parts are complete
    assert context["progress"] == f"4 of {context['count']} parts complete"
    assert [task["mark"] for task in context["tasks"]][:5] == ["done"] * 4 + ["todo"]


def test_a_part_is_saved_and_the_next_one_opens(cast: Cast) -> None:
    case = STAGES["draft"](cast)
    maya, here = Browser(cast.maya), f"/cases/{case.pk}/edit/?part=statement"
    following = maya.get(here).context["following"]["key"]

    answer = maya.post(here, text="A\r\nnew text.", go=following, **form_of(maya, here))

    assert answer.url == f"/cases/{case.pk}/edit/?part={following}"
    assert fresh(case).statement == "A\nnew text."


@pytest.mark.parametrize("part", ["statement", "first", "own"])
def test_a_text_that_was_just_saved_by_itself_is_no_second_version(cast: Cast, part) -> None:
    case = STAGES["draft"](cast)
    first = case.pinned_version.competencies.order_by("position")[0]
    writer = Browser(cast.carl if part == "own" else cast.maya)
    here = f"/cases/{case.pk}/edit/?part={first.pk if part == 'first' else part}"
    form = form_of(writer, here)
    writer.post(here, text="One line.\r\nAnother.", **form)

    assert writer.post(here, text="One line.\r\nAnother.", **form).status_code == 302
    writer.post(here, 409, text="One line.\r\nYet another.", **form)


@pytest.mark.parametrize("part", ["statement", "first"])
def test_two_tabs_end_side_by_side_and_no_text_is_lost(cast: Cast, part) -> None:
    case = STAGES["draft"](cast)
    first = case.pinned_version.competencies.order_by("position")[0]
    key = "statement" if part == "statement" else first.pk
    maya, here = Browser(cast.maya), f"/cases/{case.pk}/edit/?part={key}"
    one, other = form_of(maya, here), form_of(maya, here)
    maya.post(here, text="Written in the first tab.", **one)

    conflict = maya.post(here, 409, text="Written in the second tab.", **other)
    page = said(conflict)
    assert "Written in the first tab." in page
    assert "Written in the second tab." in page
    again = {name: conflict.context[name] for name in ("version", "started")}
    maya.post(here, text="Both tabs, brought together.", **again)

    assert "Both tabs, brought together." in said(maya.get(here))


def test_a_writer_is_not_disturbed_when_somebody_saved_another_part(cast: Cast) -> None:
    case = STAGES["draft"](cast)
    carl, here = Browser(cast.carl), f"/cases/{case.pk}/edit/?part=own"
    mine = form_of(carl, here)
    maya, statement = Browser(cast.maya), f"/cases/{case.pk}/edit/?part=statement"
    maya.post(statement, text="Meanwhile.", **form_of(maya, statement))

    carl.post(here, text="My own words, longer.", **mine)

    assert fresh(case).own_section == "My own words, longer."


def test_a_text_that_did_not_change_is_not_saved_again(cast: Cast) -> None:
    case = STAGES["draft"](cast)
    maya, here = Browser(cast.maya), f"/cases/{case.pk}/edit/?part=statement"
    before = fresh(case).revision

    maya.post(here, text=case.statement, **form_of(maya, here))

    assert fresh(case).revision == before


def test_attaching_saves_the_text_that_stands_beside_it(cast: Cast) -> None:
    case = STAGES["draft"](cast)
    fourth = case.pinned_version.competencies.order_by("position")[3]
    carl, here = Browser(cast.carl), f"/cases/{case.pk}/edit/?part=own"
    piece = cast.carl.evidence.first()

    carl.post(here, text="Typed before attaching.", attach=piece.pk, **form_of(carl, here))
    carl.post(f"/cases/{case.pk}/edit/?part={fourth.pk}", attach=piece.pk)

    assert fresh(case).own_section == "Typed before attaching."
    assert case.attachments.filter(evidence=piece, competency=None).exists()
    assert case.attachments.filter(evidence=piece, competency=fourth).exists()
    attachment = case.attachments.get(evidence=piece, competency=fourth)
    carl.post(f"/cases/{case.pk}/edit/?part={fourth.pk}", detach=attachment.pk)
    assert not case.attachments.filter(pk=attachment.pk).exists()


def test_a_manager_attaches_only_what_the_candidate_shared(cast: Cast) -> None:
    case = STAGES["draft"](cast)
    hidden = cast.carl.evidence.create(what="Kept to himself", happened_on="2026-01-01")
    here = f"/cases/{case.pk}/edit/?part=statement"

    assert "Kept to himself" not in said(Browser(cast.maya).get(here))
    Browser(cast.maya).post(here, 409, attach=hidden.pk)


def test_a_candidate_sees_nothing_of_what_the_manager_writes(cast: Cast) -> None:
    case = STAGES["draft"](cast)
    carl = Browser(cast.carl)
    for part in (
        "own",
        "statement",
        *case.pinned_version.competencies.values_list("pk", flat=True),
    ):
        page = said(carl.get(f"/cases/{case.pk}/edit/?part={part}"))
        assert "Carl leads the work on payouts." not in page
        assert "What I saw of" not in page
    carl.post(f"/cases/{case.pk}/edit/?part=statement", 403, text="Mine now.", version="")


def test_after_submission_the_text_is_read_only_and_evidence_still_open(cast: Cast) -> None:
    case = STAGES["submitted"](cast)
    here, maya = f"/cases/{case.pk}/edit/?part=statement", Browser(cast.maya)

    page = said(maya.get(here))
    assert "Read only now" in page
    assert "Evidence to attach" in page
    refused = said(maya.post(here, 409, text="Too late, but kept.", version=""))
    assert "this step is for a case that is draft" in refused
    assert "Too late, but kept." in refused


def test_too_long_a_text_is_refused_and_stays_in_the_field(cast: Cast) -> None:
    case = STAGES["draft"](cast)
    maya, here = Browser(cast.maya), f"/cases/{case.pk}/edit/?part=statement"
    long = "word " * 4001

    page = maya.post(here, 422, text=long, **form_of(maya, here))

    assert "Keep this under 20,000 characters" in said(page)
    assert long.strip() in said(page)
    maya.post(here, text="word " * 3999, **form_of(maya, here))
