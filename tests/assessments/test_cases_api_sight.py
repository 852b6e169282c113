"""What each reader finds in the payload of a case, and what stays behind its seal."""

import pytest

from assessments import dossiers
from assessments.actions import cases, evidence, gathering, panels, texts
from assessments.models import Feedback
from assessments.serializers import feedback as shown
from people.actions import people
from people.refusals import Forbidden
from tests import cast as story
from tests.assessments.calls import Caller
from tests.cast import Cast


def read(person, case):
    """The case as the API shows it to somebody."""
    answer = Caller(person).get(f"cases/{case.pk}/")
    assert answer.status_code == 200
    return answer.json()


def test_a_manager_ties_only_what_the_candidate_attached_to_other_parts(cast: Cast):
    case = story.draft(cast)
    parts = list(case.pinned_version.competencies.order_by("position"))
    private = evidence.add(
        by=cast.carl,
        what="Private so far",
        happened_on=case.opened_at.date(),
        competencies=[parts[0].key],
    )
    shared = case.attachments.first().evidence
    maya, here = Caller(cast.maya), f"cases/{case.pk}/"

    offered = {piece["id"] for piece in read(cast.maya, case)["attachable"]}
    assert private.pk not in offered
    assert shared.pk in offered
    assert private.pk in {piece["id"] for piece in read(cast.carl, case)["attachable"]}
    unknown = maya.post(f"{here}evidence/", {"evidence": private.pk})
    nowhere = maya.post(f"{here}evidence/", {"evidence": 999_999})
    assert unknown.status_code == nowhere.status_code == 400
    assert unknown.json() == nowhere.json()
    with pytest.raises(Forbidden, match="candidate attaches"):
        texts.attach(case, private, by=cast.maya)

    tied = maya.post(f"{here}evidence/", {"evidence": shared.pk, "competency": parts[4].pk})
    assert tied.status_code == 201
    [row] = [row for row in tied.json()["attachments"] if row["competency"] == parts[4].pk]
    again = maya.post(f"{here}evidence/", {"evidence": shared.pk, "competency": parts[4].pk})
    assert again.status_code == 409
    gone = maya.delete(row["url"].removeprefix("/api/v1/"))
    assert row["id"] not in {row["id"] for row in gone.json()["attachments"]}


def test_ballots_are_sealed_until_they_are_closed(cast: Cast):
    case = story.in_review(cast)
    answer = Caller(cast.paul).post(
        f"cases/{case.pk}/ballots/", {"vote": "not_yet", "reason": "Not convinced yet."}
    )
    assert answer.json()["ballot"]["own"]["reason"] == "Not convinced yet."

    for person in (cast.petra, cast.pia, cast.vera, cast.hana):
        payload = read(person, case)
        assert payload["ballot"]["waiting"] == "Waiting for 2 of 3 ballots"
        assert payload["ballot"]["tally"] is None
        assert payload["ballot"]["own"] is None
        assert "Not convinced yet." not in str(payload)
    for person in (cast.petra, cast.pia):
        panels.vote(case, by=person, vote="yes", reason=f"{person.name} says yes.")
    panels.close_ballot(case, by=cast.petra)

    shown = {person.pk: read(person, case)["ballot"] for person in (cast.petra, cast.hana)}
    assert all(len(ballot["ballots"]) == 3 for ballot in shown.values())
    for person in (cast.paul, cast.pia, cast.vera):
        payload = read(person, case)
        assert payload["ballot"]["tally"]["yes"] == 2
        assert payload["ballot"]["ballots"] is None
        assert "Petra Panel says yes." not in str(payload)
    for person in (cast.carl, cast.maya, cast.sam, cast.noor):
        payload = read(person, case)
        assert payload["panel"] is None
        assert payload["ballot"] is None


def test_the_candidate_hears_nothing_of_the_outcome_before_being_told(cast: Cast):
    case = story.approved(cast)

    payload = read(cast.carl, case)

    hidden = ("outcome", "decision", "recommendation", "panel", "ballot", "statement")
    assert {name: payload[name] for name in hidden} == dict.fromkeys(hidden)
    assert payload["endorsements"] is None
    assert payload["feedback"] is None
    assert payload["packet"]["content"]["statement"] is None
    assert payload["effective_on"] is None
    verbs = {entry["verb"] for entry in payload["history"]}
    assert not verbs & {"approve", "recommend", "assign_panel", "vote", "endorse", "gather"}


def test_unnamed_feedback_reaches_the_candidate_without_name_and_only_from_three_on(cast: Cast):
    case = story.submitted(cast)
    authors = [cast.fred, cast.stella, cast.otto]
    unnamed = Feedback.Visibility.SUBJECT_UNNAMED
    asked = [gathering.Request(author, unnamed) for author in authors]
    gathering.gather(case, by=cast.hana, requests=asked)
    for count, feedback in enumerate(case.feedback.order_by("pk"), start=1):
        gathering.give(feedback, by=feedback.author, text=f"{9 - count} strong months.")
    seen = dossiers.read(story.fresh(case), cast.carl)
    seen.sight.update(feedback_unnamed=True)  # as once told
    answers = shown.of_case(seen)["answers"]
    assert [answer["text"] for answer in answers] == [f"{n} strong months." for n in (6, 7, 8)]
    assert {answer["author"] for answer in answers} == {None}
    assert "Fred" not in str(answers)

    seen.feedback = seen.feedback[:2]
    assert shown.of_case(seen) == {"wanted": None, "given": 0, "requests": None, "answers": []}


def test_the_reason_for_sending_back_is_for_the_manager_and_not_for_the_candidate(cast: Cast):
    case = story.submitted(cast)
    cases.send_back(case, by=cast.sam, reason="Too thin on direction.")

    for person in (cast.maya, cast.sam, cast.hana, cast.noor):
        assert "Too thin on direction." in str(read(person, case)["history"])
    [entry] = [one for one in read(cast.carl, case)["history"] if one["verb"] == "send_back"]
    assert (entry["who"], entry["why"]) == ("Sam Skip", "")
    listed = Caller(cast.carl).get(f"cases/{case.pk}/history/").json()["results"]
    assert "Too thin" not in str(listed)
    assert listed == read(cast.carl, case)["history"]


def test_ones_own_reason_stays_readable(cast: Cast):
    case = story.submitted(cast)
    Caller(cast.carl).post(f"cases/{case.pk}/withdrawal/", {"reason": "I would rather wait."})

    assert read(cast.carl, case)["history"][0]["why"] == "I would rather wait."
    assert read(cast.maya, case)["history"][0]["why"] == "I would rather wait."


def test_an_hr_person_has_no_special_sight_of_their_own_case(cast: Cast):
    carl = people.set_roles(cast.carl, by=None, roles=["hr"])
    case = story.recommended(cast)

    payload = read(carl, case)

    assert payload["relations"] == ["candidate"]
    assert payload["recommendation"] is None
    assert payload["panel"] is None
    answer = Caller(carl).post(f"cases/{case.pk}/cancellation/")
    assert answer.status_code == 403


def test_feedback_is_asked_and_answered_by_its_author_alone(cast: Cast):
    story.gathering_stage(cast)
    fred = Caller(cast.fred)
    [wanted] = fred.get("feedback/").json()["results"]
    path = f"feedback/{wanted['id']}/"

    assert Caller(cast.stella).get(path).status_code == 404
    assert Caller(cast.hana).post(f"{path}answer/", {"text": "x"}).status_code == 404
    assert set(fred.post(f"{path}answer/", {"text": " "}).json()["errors"]) == {"text"}
    assert set(fred.post(f"{path}answer/", {"words": "x"}).json()["errors"]) == {"words"}
    given = fred.post(f"{path}answer/", {"text": "Strong."}).json()
    assert not any(action["allowed"] for action in given["actions"])
    assert fred.post(f"{path}refusal/").status_code == 409

    [other] = Caller(cast.stella).get("feedback/").json()["results"]
    declined = Caller(cast.stella).post(f"feedback/{other['id']}/refusal/")
    assert declined.json()["state"] == "declined"


def test_a_conflict_is_declared_ruled_on_and_told_to_chair_and_hr_alone(cast: Cast):
    case = story.in_review(cast)
    Caller(cast.pia).post(f"cases/{case.pk}/conflicts/", {"reason": "We share a flat."})

    chair = read(cast.petra, case)
    [rule] = [action for action in chair["actions"] if action["name"] == "rule_on_conflict"]
    assert "We share a flat." in str(chair["panel"])
    assert "We share a flat." not in str(read(cast.paul, case))
    [vote] = [one for one in read(cast.pia, case)["actions"] if one["name"] == "vote"]
    assert not vote["allowed"]

    path = rule["url"].removeprefix("/api/v1/")
    body = {"recuse": True, "reason": "Too close."}
    assert Caller(cast.pia).post(path, body).status_code == 403
    assert Caller(cast.petra).post(path, body).status_code == 200
    assert Caller(cast.pia).get(f"cases/{case.pk}/").status_code == 404
    assert "Too close." not in str(read(cast.paul, case))
    unknown = f"cases/{case.pk}/conflicts/999999/ruling/"
    assert Caller(cast.petra).post(unknown, body).status_code == 404


def test_who_was_asked_stays_asked_when_a_case_comes_back_and_goes_on_again(cast: Cast):
    case = story.gathering_stage(cast)
    cases.send_back(case, by=cast.sam, reason="One more decision, please.")
    maya, hana, here = Caller(cast.maya), Caller(cast.hana), f"cases/{case.pk}/"
    maya.post(f"{here}submission/", {"off_cycle_reason": "A seat opened."})

    answer = hana.post(f"{here}gathering/", {"requests": []})

    assert answer.status_code == 200
    assert answer.json()["state"]["value"] == "gathering"
    assert len(answer.json()["feedback"]["requests"]) == 2


def test_the_list_is_narrowed_by_its_filters(cast: Cast):
    case = story.in_review(cast)
    hana = Caller(cast.hana)

    def ids(caller, **query):
        return [row["id"] for row in caller.get("cases/", **query).json()["results"]]

    for fits in (
        {"state": ["draft", "in_review"]},
        {"candidate": cast.carl.pk},
        {"owner": cast.maya.pk},
        {"below": cast.sam.pk},
        {"target_level": case.target_level_id},
        {"ladder": "software-engineering"},
        {"off_cycle": "true"},
        {"q": "CARL cand"},
    ):
        assert ids(hana, **fits) == [case.pk], fits
    for misses in (
        {"state": "draft"},
        {"candidate": cast.maya.pk},
        {"below": cast.carl.pk},
        {"ladder": "law"},
        {"cycle": 1},
        {"q": "nobody"},
        {"mine": "owner"},
    ):
        assert ids(hana, **misses) == [], misses
    assert ids(Caller(cast.petra), mine="panel") == [case.pk]
    assert ids(Caller(cast.vera), mine="approver") == [case.pk]
    assert ids(Caller(cast.carl), mine="candidate") == [case.pk]
    assert ids(Caller(cast.petra), mine="approver") == []


def test_evidence_that_is_changed_after_the_freeze_is_read_as_it_was_frozen(cast: Cast):
    case = story.in_review(cast)
    piece = case.attachments.order_by("evidence__happened_on").first().evidence
    before = piece.what
    evidence.change(piece, by=cast.carl, what="Rewrote the whole company.")

    for person in (cast.petra, cast.carl, cast.hana):
        payload = read(person, case)
        assert before in str(payload["attachments"])
        assert "whole company" not in str(payload)
