"""The main job through the API, as each of the people who do it: from opening to the new level."""

import datetime

from django.utils import timezone

from assessments.actions import decisions
from ladders.models import Placement
from tests.assessments.calls import Caller
from tests.cast import STAGES, Cast, fresh


def done(response, status=200):
    """The body of an answer that must have this status."""
    assert response.status_code == status, response.content
    return response.json() if response.content else None


def test_a_case_goes_from_opening_to_the_new_level_by_curl(cast: Cast) -> None:
    maya, carl, sam, hana = (Caller(p) for p in (cast.maya, cast.carl, cast.sam, cast.hana))
    fred, stella, vera = (Caller(p) for p in (cast.fred, cast.stella, cast.vera))
    petra, paul, pia = (Caller(p) for p in (cast.petra, cast.paul, cast.pia))

    offered = done(maya.get("cases/candidates/"))["results"]
    chosen = next(one for one in offered if one["name"] == "Carl Candidate")
    assert chosen["allowed"]
    assert [level["key"] for level in chosen["next_levels"]] == ["staff-engineer"]

    body = {"candidate": chosen["id"], "target_level": chosen["next_levels"][0]["id"]}
    case = done(maya.post("cases/", body), 201)
    here = f"cases/{case['id']}/"
    assert case["url"] == f"/api/v1/{here}"
    assert case["state"] == {"value": "draft", "label": "Draft"}

    parts = case["parts"]
    for number in range(3):
        piece = done(
            carl.post(
                f"people/{cast.carl.pk}/evidence/",
                {
                    "what": f"Split the ledger, part {number}",
                    "happened_on": "2026-03-01",
                    "competencies": [parts[number]["competency"]["key"]],
                },
            ),
            201,
        )
        attached = {"evidence": piece["id"], "competency": parts[number]["competency"]["id"]}
        done(carl.post(f"{here}evidence/", attached), 201)
    done(carl.patch(here, {"own_section": "What I am proud of."}))
    sections = [{"competency": parts[0]["competency"]["id"], "text": "Seen in May."}]
    case = done(maya.patch(here, {"statement": "Carl leads payouts.", "sections": sections}))
    assert case["statement"] == "Carl leads payouts."
    assert case["parts"][0]["text"] == "Seen in May."
    assert [item["key"] for item in case["checklist"] if not item["done"]] == ["parts", "cycle"]

    case = done(maya.post(f"{here}submission/", {"off_cycle_reason": "A seat opened."}))
    assert case["state"]["value"] == "submitted"
    asked = [
        {"author": cast.fred.pk, "visibility": "subject_named"},
        {"author": cast.stella.pk, "visibility": "panel_only"},
    ]
    done(hana.post(f"{here}gathering/", {"requests": asked}))
    for author in (fred, stella):
        [wanted] = done(author.get("feedback/"))["results"]
        done(author.post(f"feedback/{wanted['id']}/answer/", {"text": "I saw it too."}))
    done(sam.post(f"{here}endorsement/", {"endorses": True, "text": "I see the same."}))
    case = done(hana.post(f"{here}freeze/"))
    assert len(case["packet"]["digest"]) == 64

    seats = {"chair": cast.petra.pk, "voters": [cast.petra.pk, cast.paul.pk, cast.pia.pk]}
    done(hana.post(f"{here}panel/", {**seats, "approver": cast.vera.pk}))
    for voter in (petra, paul, pia):
        case = done(voter.post(f"{here}ballots/", {"vote": "yes", "reason": "It is all there."}))
    assert case["ballot"]["tally"] is None
    case = done(petra.post(f"{here}ballot-closure/"))
    assert case["ballot"]["tally"]["result"]["value"] == "promote"
    expectation = parts[0]["expectations"][0]["id"]
    word = {"text": "Ready.", "reasons": [{"expectation": expectation, "text": "Twice."}]}
    done(petra.post(f"{here}recommendation/", word))
    today = timezone.localdate()
    decided = {"outcome": "approved", "effective_on": today.isoformat()}
    case = done(vera.post(f"{here}decision/", decided))
    assert case["outcome"]["value"] == "approved"
    assert done(carl.get(here))["outcome"] is None

    done(maya.post(f"{here}communication/", {"letter": "Congratulations, Carl."}))
    told = done(carl.get(here))
    assert told["decision"]["letter"] == "Congratulations, Carl."
    assert told["state"]["value"] == "scheduled"
    assert decisions.make_due_effective(today) == 1
    told = done(carl.get(here))
    assert told["state"]["value"] == "effective"
    assert told["next_step"] is None
    placement = Placement.objects.as_of(today).for_display().get(person=cast.carl)
    assert (placement.kind, placement.level.key) == ("promotion", "staff-engineer")


def test_a_case_below_the_branch_goes_straight_to_its_approver(cast: Cast) -> None:
    maya, fred, sam = Caller(cast.maya), Caller(cast.fred), Caller(cast.sam)
    level = {"ladder": "software-engineering", "key": "senior-engineer"}
    body = {"candidate": cast.fred.pk, "target_level": level}
    case = done(maya.post("cases/", body), 201)
    here = f"cases/{case['id']}/"
    assert case["procedure"]["preset"] == "lightweight"
    assert [step["label"] for step in case["steps"]] == [
        *("Draft", "Submitted", "Decided", "Told", "Effective")
    ]
    part = case["parts"][0]["competency"]
    for number in range(3):
        given = {"what": f"Work {number}", "happened_on": "2026-03-01"}
        given["competencies"] = [part["key"]]
        piece = done(fred.post(f"people/{cast.fred.pk}/evidence/", given), 201)
        done(fred.post(f"{here}evidence/", {"evidence": piece["id"]}), 201)
    done(maya.patch(here, {"statement": "Fred is ready."}))
    done(maya.post(f"{here}submission/", {"off_cycle_reason": "It is time."}))

    case = done(sam.get(here))
    assert case["next_step"]["mine"]
    assert maya.post(f"{here}gathering/", {"requests": []}).status_code == 403
    refused = Caller(cast.hana).post(f"{here}gathering/", {"requests": []})
    assert refused.status_code == 409
    assert "lightweight" in refused.json()["detail"]

    day = (timezone.localdate() + datetime.timedelta(days=30)).isoformat()
    case = done(sam.post(f"{here}decision/", {"outcome": "approved", "effective_on": day}))
    assert case["packet"]["content"]["statement"] == "Fred is ready."
    done(maya.post(f"{here}communication/", {"letter": "Well done."}))
    assert done(fred.get(here))["effective_on"] == day


def test_every_stage_offers_each_person_only_moves_they_may_make(cast: Cast) -> None:
    """What `actions` allows is neither 403 nor a wrong moment by the table of states."""
    from assessments import policies, states
    from assessments.models import PromotionCase
    from assessments.serializers.case import Case

    case = STAGES["recommended"](cast)
    for name, person in cast.everybody().items():
        visible = PromotionCase.objects.visible_to(person).for_display().filter(pk=case.pk)
        for seen in visible:
            payload = Case(seen, context={"person": person}).data
            for action in payload["actions"]:
                may = bool(policies.may(action["name"], person, fresh(case)))
                open_now = seen.state in states.MOVES[action["name"]].starts_from("committee")
                assert open_now, (name, action)
                assert may or not action["allowed"], (name, action)
                assert bool(action["reason"]) != action["allowed"]
