"""How somebody stands to a case, read off plain facts: the rule behind every door, without any."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from assessments import visibility
from assessments.states import APPROVER_SEES, TOLD, State

CARL, MAYA, NINA, SAM, VERA, PAUL, PETRA, HANA, NOOR, DORA = range(1, 11)
"""Candidate, owner, nominator, skip-level, approver, panel, chair, HR, partner, delegate."""
UNDECIDED = sorted(set(State) - APPROVER_SEES)
LEADS_NOW = 20


def person(pk, *roles, path=None):
    team = SimpleNamespace(path=path) if path else None
    return SimpleNamespace(pk=pk, roles=list(roles), partner_team=team)


def seat(pk, *, chair=False, recused=False):
    return SimpleNamespace(person_id=pk, chair=chair, recused_at="then" if recused else None)


def a_case(*seats, stand_ins=(), state=State.RECOMMENDED, **others):
    panel = SimpleNamespace(seats=SimpleNamespace(all=lambda: seats))
    facts = {
        "candidate_id": CARL,
        "owner_id": MAYA,
        "nominator_id": NINA,
        "approver_id": VERA,
        "_manager_id": LEADS_NOW,
        "_skip_level_id": SAM,
        "_unit_path": "1.2.3.",
        "_stand_ins": list(stand_ins),
        "standing_panels": [panel] if seats else [],
        "state": state,
    }
    return SimpleNamespace(**(facts | others))


def for_whom(delegator, *kinds, gave_feedback=False):
    return {
        "delegate": DORA,
        "delegator": delegator,
        "kinds": list(kinds),
        "gave_feedback": gave_feedback,
    }


@pytest.mark.parametrize(
    ("who", "stands"),
    [
        (person(CARL), {"candidate"}),
        (person(MAYA), {"manager"}),
        (person(LEADS_NOW), {"manager"}),
        (person(NINA), set()),
        (person(SAM), {"skip_level"}),
        (person(VERA), {"approver"}),
        (person(PAUL), {"panel"}),
        (person(PETRA), {"panel", "chair"}),
        (person(HANA, "hr"), {"hr"}),
        (person(NOOR, "hr_partner", path="1.2."), {"hr_partner"}),
        (person(NOOR, "hr_partner", path="1.3."), set()),
        (person(NOOR, "hr_partner"), set()),
        (person(NOOR, path="1.2."), set()),
        (person(DORA, "admin"), set()),
    ],
)
def test_each_stands_to_a_case_as_the_facts_say(who, stands):
    assert visibility.relations(who, a_case(seat(PAUL), seat(PETRA, chair=True))) == stands


def test_a_candidate_is_nothing_else_whatever_they_are_elsewhere():
    case = a_case(
        seat(CARL, chair=True),
        owner_id=CARL,
        approver_id=CARL,
    )

    carl = person(CARL, "hr", "hr_partner", path="1.")
    assert visibility.relations(carl, case) == {"candidate"}
    handed = a_case(stand_ins=[for_whom(MAYA, "submit") | {"delegate": CARL}])
    assert visibility.handed_over(carl, handed, "submit") is None


def test_who_was_recused_sits_there_no_more():
    case = a_case(seat(PAUL, recused=True), seat(PETRA, chair=True, recused=True))

    assert not visibility.relations(person(PAUL), case)
    assert not visibility.relations(person(PETRA), case)


@pytest.mark.parametrize("state", UNDECIDED)
def test_an_approver_and_who_stands_in_for_them_wait_until_there_is_something_to_decide(state):
    case = a_case(state=state, stand_ins=[for_whom(VERA, "decide")])

    assert not visibility.relations(person(VERA), case)
    assert not visibility.relations(person(DORA), case)


@pytest.mark.parametrize(
    ("kind", "delegator", "stands"),
    [
        ("submit", MAYA, "for_manager"),
        ("submit", LEADS_NOW, "for_manager"),
        ("communicate", MAYA, "for_manager"),
        ("endorse", SAM, "for_skip_level"),
        ("decide", VERA, "for_approver"),
    ],
)
def test_a_delegate_stands_in_for_whose_task_it_is_and_for_nobody_else(kind, delegator, stands):
    dora = person(DORA)
    case = a_case(stand_ins=[for_whom(delegator, kind)])
    assert visibility.relations(dora, case) == {stands}
    assert visibility.stands_in(dora, case, kind)["delegator"] == delegator

    others = set(visibility.HANDED_OVER) - {kind}
    assert not any(visibility.stands_in(dora, case, other) for other in others)
    assert not visibility.relations(person(NINA), case)
    elsewhere = a_case(stand_ins=[for_whom(HANA, kind)])
    assert not visibility.relations(dora, elsewhere)


@pytest.mark.parametrize("recused", [False, True])
@pytest.mark.parametrize("kind", visibility.HANDED_OVER)
def test_a_member_of_the_panel_stands_in_for_nobody_also_once_recused(kind, recused):
    rows = [for_whom(pk, kind) for pk in (MAYA, SAM, VERA)]

    case = a_case(seat(DORA, recused=recused), stand_ins=rows)
    assert not any(one.startswith("for_") for one in visibility.relations(person(DORA), case))


@pytest.mark.parametrize("near", ["owner_id", "nominator_id", "_manager_id", "gave_feedback"])
@pytest.mark.parametrize(
    ("kind", "delegator", "may"),
    [("endorse", SAM, False), ("decide", VERA, False), ("communicate", MAYA, True)],
)
def test_who_spoke_for_the_candidate_tells_for_another_but_does_not_judge(
    near, kind, delegator, may
):
    gave = near == "gave_feedback"
    whose = {"owner_id": DORA, "_manager_id": delegator} if near == "owner_id" else {near: DORA}
    case = a_case(
        stand_ins=[for_whom(delegator, kind, gave_feedback=gave)], **({} if gave else whose)
    )

    assert bool(visibility.stands_in(person(DORA), case, kind)) is may


@pytest.mark.parametrize("state", State)
def test_a_date_that_is_set_is_told_to_the_candidate_with_the_outcome_and_not_before(state):
    tells = visibility.sees_event("case.schedule", frozenset({"candidate"}), state)

    assert tells == (state in TOLD)
    assert visibility.sees_event("case.schedule", frozenset({"hr"}), state)


@pytest.mark.parametrize(
    ("verb", "hidden"),
    [
        ("ask_handover", {"candidate"}),
        ("write_handover", {"candidate"}),
        ("endorse", {"candidate"}),
        ("gather", {"candidate"}),
        ("vote", {"candidate", "manager", "skip_level", "panel", "approver", "hr_partner"}),
        ("recommend", {"candidate", "manager", "skip_level", "hr_partner"}),
        ("approve", {"candidate", "manager", "skip_level", "hr_partner", "hr"}),
        ("submit", set()),
    ],
)
def test_an_event_is_told_to_who_reads_what_it_gives_away(verb, hidden):
    told = {
        one
        for one in visibility.RELATIONS
        if visibility.sees_event(f"case.{verb}", frozenset({one}), State.RECOMMENDED)
    }

    assert set(visibility.RELATIONS) - told == hidden


@pytest.mark.parametrize(
    ("verb", "hidden"),
    [
        ("send_back", {"candidate", "panel", "chair"}),
        ("rule_on_conflict", set(visibility.RELATIONS) - {"chair", "hr"}),
        ("close", set()),
        ("withdraw", {"candidate"}),
    ],
)
def test_why_somebody_did_something_is_for_those_of_the_table(verb, hidden):
    told = {
        one for one in visibility.RELATIONS if visibility.sees_why(f"case.{verb}", frozenset({one}))
    }

    assert set(visibility.RELATIONS) - told == hidden
    assert visibility.sees_why("case.send_back", frozenset({"for_manager"}))


@pytest.mark.parametrize(
    ("opened_as", "named"),
    [(["manager"], True), (["hr"], True), (["panel"], False), (["chair", "panel", "hr"], False)],
)
def test_to_the_candidate_the_panel_stays_unnamed_in_the_trail(opened_as, named):
    assert visibility.names_who_opened(opened_as, frozenset({"candidate"})) is named
    assert visibility.names_who_opened(opened_as, frozenset({"hr"}))
