"""Pages of those who are asked: who will read it stands there first, and it is given once."""

import pytest

from assessments.models import Feedback
from tests.assessments.calls import Caller
from tests.assessments.pages import Browser, said
from tests.cast import STAGES, Cast


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("subject_named", "reads it with your name, once the outcome is told"),
        ("subject_unnamed", "reads it without your name, once the outcome is told and if 3"),
        ("panel_only", "never reads it"),
    ],
)
def test_the_page_says_exactly_who_will_read_the_answer(cast: Cast, kind, words) -> None:
    STAGES["gathering"](cast)
    Feedback.objects.filter(author=cast.fred).update(visibility=kind)
    request = Feedback.objects.get(author=cast.fred)
    page = Browser(cast.fred).get(f"/feedback/{request.pk}/")
    readers = " ".join(page.context["feedback"]["readers"])

    assert f"Carl Candidate {words}" in readers
    assert ("the manager" in readers.lower()) is (kind != "panel_only")
    assert readers.split(". ")[0] in said(page)
    api = Caller(cast.fred).get(f"feedback/{request.pk}/").json()
    assert api["readers"] == page.context["feedback"]["readers"]


def test_an_answer_is_given_once_and_a_refused_one_keeps_its_words(cast: Cast) -> None:
    STAGES["gathering"](cast)
    request = Feedback.objects.get(author=cast.fred)
    fred, here = Browser(cast.fred), f"/feedback/{request.pk}/"

    assert 'href="#id_text"' in said(fred.post(here, 422, text="  "))
    assert "y" * 20_001 in said(fred.post(here, 422, text="y" * 20_001))
    fred.post(here, text="I saw the ledger split.")
    again = said(fred.post(here, 409, text="One more thought."))

    assert "answered already" in again
    assert "One more thought." in again
    assert "I saw the ledger split." in said(fred.get(here))


def test_a_request_is_nothing_to_anybody_else(cast: Cast) -> None:
    STAGES["gathering"](cast)
    request = Feedback.objects.get(author=cast.fred)
    for person in (cast.stella, cast.maya, cast.hana, cast.carl, cast.ada):
        Browser(person).get(f"/feedback/{request.pk}/", 404)
        Browser(person).post(f"/feedback/{request.pk}/", 404, text="Mine.")
        Browser(person).post(f"/feedback/{request.pk}/refusal/", 404)


def test_a_no_is_asked_once_more_and_then_taken(cast: Cast) -> None:
    STAGES["gathering"](cast)
    request = Feedback.objects.get(author=cast.stella)
    stella, here = Browser(cast.stella), f"/feedback/{request.pk}/refusal/"

    assert "A no needs no reason" in said(stella.get(here))
    stella.post(here)

    request.refresh_from_db()
    assert request.state == "declined"
    stella.get(here, 409)
    assert "Declined" in said(stella.get("/feedback/"))


def test_feedback_is_closed_with_the_freeze(cast: Cast) -> None:
    STAGES["frozen"](cast)
    request = Feedback.objects.get(author=cast.fred)
    Feedback.objects.filter(pk=request.pk).update(state="requested", text="", answered_at=None)

    assert "Feedback is closed" in said(Browser(cast.fred).get(f"/feedback/{request.pk}/"))
