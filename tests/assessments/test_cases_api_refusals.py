"""How the API of cases says no: 404, 403, 409, 412 and 400, each for its own reason."""

import pytest
from django.test import Client

from assessments.models import PromotionCase
from people.models import Event
from tests import cast as story
from tests.assessments.calls import Caller
from tests.cast import Cast


def refused(response, status):
    """The problem of an answer that must be a refusal of this kind."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    return response.json()


@pytest.fixture
def draft(cast: Cast) -> PromotionCase:
    """Carl's case, ready to be submitted."""
    return story.draft(cast)


def test_what_you_may_not_see_does_not_exist(cast: Cast, draft):
    for who in ("stella", "ada", "anna", "otto", "petra", "fred"):
        caller = Caller(getattr(cast, who))
        for path in ("", "history/", "submission/", "ballots/", "decision/"):
            here = f"cases/{draft.pk}/{path}"
            call = caller.get if path in ("", "history/") else caller.post
            assert "Carl" not in str(refused(call(here), 404))
        assert caller.get("cases/").json()["results"] == []


def test_seen_but_not_allowed_is_403_with_the_reason_and_the_wrong_moment_409(cast: Cast, draft):
    here = f"cases/{draft.pk}/"

    problem = refused(Caller(cast.carl).post(f"{here}submission/"), 403)
    assert problem["detail"] == "Only the candidate's manager may submit the case."

    problem = refused(Caller(cast.hana).post(f"{here}freeze/"), 409)
    assert problem["detail"].startswith("This case is draft;")
    assert story.fresh(draft).state == "draft"


def test_the_same_verdict_refuses_the_call_and_explains_the_button(cast: Cast, draft):
    shown = Caller(cast.sam).get(f"cases/{draft.pk}/").json()
    [submit] = [action for action in shown["actions"] if action["name"] == "submit"]

    problem = refused(Caller(cast.sam).post(f"cases/{draft.pk}/submission/"), 403)

    assert not submit["allowed"]
    assert submit["reason"] == problem["detail"]


NOT_UNDERSTOOD = [
    ("post", "submission/", {"reason": "x", "sudo": True}, {"reason", "sudo"}),
    ("post", "withdrawal/", {"state": "effective"}, {"state"}),
    ("patch", "", {"state": "effective", "outcome": "approved"}, {"state", "outcome"}),
    ("patch", "", {"sections": [{"competency": 1, "text": "x", "by": 2}]}, {"sections.0.by"}),
    ("post", "ballot-closure/", {"force": True}, {"force"}),
    ("post", "evidence/", {"evidence": 1, "person": 2}, {"person"}),
    ("post", "requests/", {"author": 0, "visibility": "all"}, {"author", "visibility"}),
    ("post", "panel/", {"voters": ["x"], "chair": 2**70}, {"voters.0", "chair"}),
    ("post", "decision/", {"outcome": "approved"}, {"effective_on"}),
    ("post", "decision/", {"outcome": "maybe"}, {"outcome"}),
    (
        "post",
        "decision/",
        {"outcome": "deferred", "effective_on": "2026-01-01"},
        {"effective_on", "reasons", "look_again_on"},
    ),
]


def test_bad_input_is_400_and_names_every_field(cast: Cast, draft):
    caller = Caller(cast.maya)
    for method, path, body, fields in NOT_UNDERSTOOD:
        problem = refused(getattr(caller, method)(f"cases/{draft.pk}/{path}", body), 400)
        assert set(problem["errors"]) == fields, (path, body)

    assert story.fresh(draft).state == "draft"


def test_a_list_refuses_filters_that_it_does_not_know(cast: Cast, draft):
    problem = refused(Caller(cast.maya).get("cases/", state="draft", outcome="approved"), 400)
    assert set(problem["errors"]) == {"outcome"}
    refused(Caller(cast.maya).get("cases/", state="nowhere"), 400)
    refused(Caller(cast.maya).get("cases/", cycle="x"), 400)
    refused(Caller(cast.maya).get("cases/candidates/", name="Carl"), 400)


def test_text_that_is_too_long_or_no_text_is_refused_by_name(cast: Cast, draft):
    maya, carl, here = Caller(cast.maya), Caller(cast.carl), f"cases/{draft.pk}/"
    part = draft.pinned_version.competencies.first()
    for text in ("x" * 200_000, "a\x00b", "a\x07b", "\x1b[31mred"):
        assert set(refused(maya.patch(here, {"statement": text}), 400)["errors"]) == {"statement"}
        problem = refused(carl.patch(here, {"own_section": text}), 400)
        assert set(problem["errors"]) == {"own_section"}
        problem = refused(maya.patch(f"{here}sections/{part.pk}/", {"text": text}), 400)
        assert set(problem["errors"]) == {"text"}

    assert story.fresh(draft).statement == "Carl leads the work on payouts."


def test_a_script_in_markdown_is_kept_as_typed_and_shown_harmlessly(cast: Cast, draft):
    attack = "<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror=alert(3)>"
    answer = Caller(cast.maya).patch(f"cases/{draft.pk}/", {"statement": attack})

    assert answer.json()["statement"] == attack
    assert answer["Content-Type"].startswith("application/json")
    browser = Client()
    browser.force_login(cast.sam)
    page = browser.get(f"/cases/{draft.pk}/").content.decode()
    assert "alert(1)" in page
    for harm in ("<script>alert", 'href="javascript', "<img src=x"):
        assert harm not in page


def test_a_text_that_somebody_else_saved_is_412_with_what_stands(cast: Cast, draft):
    maya, here = Caller(cast.maya), f"cases/{draft.pk}/"
    opened = maya.get(here)
    tag = opened["ETag"]
    assert tag == f'"{opened.json()["version"]}"'

    saved = maya.patch(here, {"statement": "From the train."}, **{"If-Match": tag})
    assert saved.status_code == 200
    assert saved["ETag"] != tag
    stale = maya.patch(here, {"statement": "From the desk."}, **{"If-Match": tag})

    problem = refused(stale, 412)
    assert problem["current"]["statement"] == "From the train."
    assert f'"{problem["current"]["version"]}"' == saved["ETag"]
    assert story.fresh(draft).statement == "From the train."


def test_a_stale_save_of_what_one_may_not_write_gives_nothing_away(cast: Cast, draft):
    answer = Caller(cast.carl).patch(
        f"cases/{draft.pk}/", {"statement": "Mine."}, **{"If-Match": '"0"'}
    )

    assert "payouts" not in str(refused(answer, 403))


def test_a_section_has_its_own_revision_by_list_and_by_address(cast: Cast, draft):
    maya, here = Caller(cast.maya), f"cases/{draft.pk}/"
    part = maya.get(here).json()["parts"][0]
    mine = {"competency": part["competency"]["id"], "revision": part["revision"]}

    assert maya.patch(here, {"sections": [{**mine, "text": "One."}]}).status_code == 200
    problem = refused(maya.patch(here, {"sections": [{**mine, "text": "Two."}]}), 412)
    assert problem["current"] == {"version": part["revision"] + 1, "text": "One."}

    path = part["url"].removeprefix("/api/v1/")
    stale = {"If-Match": f'"{part["revision"]}"'}
    refused(maya.patch(path, {"text": "Three."}, **stale), 412)
    fresh = {"If-Match": f'"{part["revision"] + 1}"'}
    assert maya.patch(path, {"text": "Three."}, **fresh)["ETag"] == f'"{part["revision"] + 2}"'


def test_several_texts_are_saved_together_or_not_at_all(cast: Cast, draft):
    body = {"statement": "New.", "sections": [{"competency": 999_999, "text": "x"}]}
    refused(Caller(cast.maya).patch(f"cases/{draft.pk}/", body), 400)
    both = {"statement": "New.", "own_section": "Not hers to write."}
    refused(Caller(cast.maya).patch(f"cases/{draft.pk}/", both), 403)

    assert story.fresh(draft).statement == "Carl leads the work on payouts."


def test_the_same_key_makes_a_move_once_and_answers_the_same(cast: Cast, draft):
    maya, path = Caller(cast.maya), f"cases/{draft.pk}/submission/"
    body, key = {"off_cycle_reason": "A seat opened."}, {"Idempotency-Key": "one"}

    first, second = maya.post(path, body, **key), maya.post(path, body, **key)

    assert first.status_code == second.status_code == 200
    assert second["Idempotency-Replayed"] == "true"
    assert second.json() == first.json()
    assert Event.objects.filter(verb="case.submit", subject_id=draft.pk).count() == 1
    refused(maya.post(path, {}, **key), 409)


def test_a_token_without_the_scope_reads_and_does_not_write(cast: Cast, draft):
    reader = Caller(cast.maya, "read")

    assert reader.get(f"cases/{draft.pk}/").status_code == 200
    assert "cases:write" in refused(reader.patch(f"cases/{draft.pk}/", {}), 403)["detail"]


def test_whose_move_ends_their_sight_gets_no_content(cast: Cast):
    case = story.submitted(cast)
    assert case.approver == cast.vera

    answer = Caller(cast.vera).post(f"cases/{case.pk}/return/", {"reason": "Say more."})

    assert answer.status_code == 204
    refused(Caller(cast.vera).get(f"cases/{case.pk}/"), 404)
