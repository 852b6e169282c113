"""Who sees what: every artefact against every role, at every stage, through every door.

Each artefact of one case carries a word that occurs nowhere else; a door shows the artefact when
its answer holds the word.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from assessments import notifications, reminders
from assessments.actions import (
    cases,
    decisions,
    evidence,
    files,
    gathering,
    handovers,
    happy_here,
    panels,
    texts,
)
from assessments.models import Feedback, PromotionCase
from ladders.actions import placements
from people.actions import delegations, leaves, lines
from tests import cast as story
from tests.assessments import publishing_story

WORDS = {
    "case": "Zacharias Candidate",
    "placements": "1999-04-01",
    "own_section": "quokka-own-section",
    "evidence": "quokka-evidence",
    "file": "quokka-content",
    "tag": "quokka-tag",
    "happy": "2999-12-31",
    "statement": "quokka-statement",
    "handover": "quokka-handover",
    "section": "quokka-part",
    "waiver": "quokka-waiver",
    "feedback_named": "quokka-named",
    "feedback_unnamed": "quokka-unnamed",
    "unnamed_author": "Ulf Author",
    "feedback_panel_only": "quokka-panel-only",
    "endorsement": "quokka-endorsement",
    "ballot_chair": "quokka-ballot-of-petra",
    "ballot_member": "quokka-ballot-of-paul",
    "tally": "quokka-recommendation",
    "tally_reason": "quokka-why-so",
    "outcome": "quokka-gap",
    "overturn": "quokka-overturned",
    "letter": "quokka-letter",
    "leave": "quokka-leave",
    "leave_kind": "Parental leave",
}

# R read · – not · T once told · D once decided · M the member's own ballot only
# O outside of the case
TABLE = """
                    candidate manager skip member chair approver partner hr hr_else admin author stranger analyst  former
case                R         R       R    R      R     R        R       R  R       –     –      –        –        –
placements          R         R       R    R      R     R        R       R  R       –     –      –        –        –
own_section         R         R       R    R      R     R        R       R  R       –     –      –        –        –
evidence            R         R       R    R      R     R        R       R  R       –     –      –        –        –
file                R         R       R    R      R     R        R       R  R       –     –      –        –        –
tag                 O         –       –    –      –     –        –       –  –       –     –      –        –        –
happy               O         O       O    –      –     –        –       O  O       –     –      –        –        –
statement           T         R       R    R      R     R        R       R  R       –     –      –        –        –
handover            T         R       R    R      R     R        R       R  R       –     –      –        –        –
section             T         R       R    R      R     R        R       R  R       –     –      –        –        –
waiver              T         R       R    R      R     R        R       R  R       –     –      –        –        –
feedback_named      T         R       R    R      R     R        R       R  R       –     –      –        –        –
feedback_unnamed    T         R       R    R      R     R        R       R  R       –     –      –        –        –
unnamed_author      –         R       R    R      R     R        R       R  R       –     –      –        –        –
feedback_panel_only –         –       –    R      R     R        –       R  R       –     –      –        –        –
endorsement         –         R       R    R      R     R        R       R  R       –     –      –        –        –
ballot_chair        –         –       –    –      R     –        –       R  R       –     –      –        –        –
ballot_member       –         –       –    M      R     –        –       R  R       –     –      –        –        –
tally               –         –       –    R      R     R        –       R  R       –     –      –        –        –
tally_reason        –         –       –    R      R     R        –       R  R       –     –      –        –        –
outcome             T         D       D    R      R     R        D       R  R       –     –      –        –        –
overturn            –         D       D    R      R     R        D       R  R       –     –      –        –        –
letter              T         D       D    R      R     R        D       R  R       –     –      –        –        –
leave               R         –       –    –      –     –        –       R  R       –     –      –        –        –
leave_kind          R         –       –    –      –     –        –       R  R       –     –      –        –        –
"""
HEAD, *LINES = TABLE.strip().splitlines()
ROLES = HEAD.split()
RULES = {line.split()[0]: dict(zip(ROLES, line.split()[1:], strict=True)) for line in LINES}
PEOPLE = {
    "candidate": "carl",
    "manager": "maya",
    "skip": "sam",
    "member": "paul",
    "chair": "petra",
    "approver": "vera",
    "partner": "noor",
    "hr": "hana",
    "hr_else": "henry",
    "admin": "ada",
    "author": "fred",
    "stranger": "otto",
    "analyst": "anna",
    "former": "stella",
}
STAGES = [
    "draft",
    "submitted",
    "gathering",
    "frozen",
    "in_review",
    "recommended",
    "decided",
    "closed",
]
WRITTEN = {
    "case": "draft",
    "placements": "draft",
    "own_section": "draft",
    "evidence": "draft",
    "file": "draft",
    "tag": "draft",
    "happy": "draft",
    "statement": "draft",
    "handover": "draft",
    "section": "draft",
    "waiver": "submitted",
    "feedback_named": "frozen",
    "feedback_unnamed": "frozen",
    "unnamed_author": "gathering",
    "feedback_panel_only": "frozen",
    "endorsement": "frozen",
    "ballot_chair": "recommended",
    "ballot_member": "recommended",
    "tally": "recommended",
    "tally_reason": "recommended",
    "outcome": "decided",
    "overturn": "decided",
    "letter": "closed",
    "leave": "draft",
    "leave_kind": "draft",
}
"""The stage at which each word has been written into the case."""


def play(cast: story.Cast, upto: str) -> PromotionCase:
    """Bring a declined case to a stage, with its words."""
    type(cast.carl).objects.filter(pk=cast.carl.pk).update(name=WORDS["case"])
    placements.place(
        cast.carl,
        cast.levels["engineer"],
        by=None,
        on=datetime.date(1999, 4, 1),
        until=story.LONG_AGO,
        kind="import",
    )
    lines.change(cast.carl, by=None, on=story.LONG_AGO, manager=cast.stella)
    case = cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.stella)
    lines.change(cast.carl, by=None, on=timezone.localdate(), manager=cast.maya)
    handovers.hand_over(case, by=cast.maya)
    lately = timezone.localdate() - datetime.timedelta(days=5)
    leaves.record(cast.carl, by=None, kind="parental", since=lately, reason=WORDS["leave"])
    for name in STAGES[: STAGES.index(upto) + 1]:
        STEPS[name](cast, case)
    notifications.deliver()
    reminders.plan(timezone.now())
    return case


def _draft(cast, case):
    happy_here.say(cast.carl, by=cast.carl, look_again_on=datetime.date(2999, 12, 31))
    part = case.pinned_version.competencies.order_by("position").first()
    handovers.ask(case, by=cast.maya)
    handovers.write(case, by=cast.stella, statement=WORDS["handover"])
    texts.write_statement(case, by=cast.maya, text=WORDS["statement"])
    texts.write_section(case, part, by=cast.maya, text=WORDS["section"])
    texts.write_own_section(case, by=cast.carl, text=WORDS["own_section"])
    for number in range(3):
        piece = evidence.add(
            by=cast.carl,
            what=f"{WORDS['evidence']} {number}",
            happened_on=timezone.localdate(),
            competencies=[part.key],
            tags=[WORDS["tag"]],
        )
        content = f"{WORDS['file']} {number}".encode()
        files.add(piece, by=cast.carl, name="plan.txt", content=content)
        texts.attach(case, piece, by=cast.carl, competency=part)


def _submitted(cast, case):
    cases.submit(case, by=cast.maya, off_cycle_reason=WORDS["waiver"])


def _gathering(cast, case):
    unnamed = (cast.ulla, cast.ulf, cast.ute)
    asked = [
        gathering.Request(cast.fred, Feedback.Visibility.SUBJECT_NAMED),
        gathering.Request(cast.stella, Feedback.Visibility.PANEL_ONLY),
        *(gathering.Request(person, Feedback.Visibility.SUBJECT_UNNAMED) for person in unnamed),
    ]
    gathering.gather(case, by=cast.hana, requests=asked)


def _frozen(cast, case):
    words = {
        "subject_named": "feedback_named",
        "subject_unnamed": "feedback_unnamed",
        "panel_only": "feedback_panel_only",
    }
    for feedback in case.feedback.all():
        gathering.give(feedback, by=feedback.author, text=WORDS[words[feedback.visibility]])
    gathering.endorse(case, by=cast.sam, endorses=True, text=WORDS["endorsement"])
    gathering.freeze(case, by=cast.hana)


def _in_review(cast, case):
    voters = [cast.petra, cast.paul, cast.pia]
    panels.assign(case, by=cast.hana, chair=cast.petra, voters=voters, approver=cast.vera)


def _recommended(cast, case):
    panels.vote(case, by=cast.petra, vote="yes", reason=WORDS["ballot_chair"])
    panels.vote(case, by=cast.paul, vote="yes", reason=WORDS["ballot_member"])
    panels.vote(case, by=cast.pia, vote="yes")
    panels.close_ballot(case, by=cast.petra)
    why = [
        story.Reason(reason.expectation, WORDS["tally_reason"]) for reason in story.reasons(case)
    ]
    panels.recommend(case, by=cast.petra, text=WORDS["tally"], reasons=why)


def _decided(cast, case):
    why = [story.Reason(reason.expectation, WORDS["outcome"]) for reason in story.reasons(case)]
    decisions.defer(
        case,
        by=cast.vera,
        reasons=why,
        look_again_on=timezone.localdate() + datetime.timedelta(days=100),
        overturn_reason=WORDS["overturn"],
    )


def _closed(cast, case):
    decisions.communicate(case, by=cast.maya, letter=WORDS["letter"])


STEPS: dict[str, Callable] = {name: globals()[f"_{name}"] for name in STAGES}

# Doors that show a case, and doors that only know that there is one.
READING = {
    "page": "/cases/{id}/",
    "API": "/api/v1/cases/{id}/",
}
FILES = {
    "file": "/cases/{id}/files/{file}/",
    "API file": "/api/v1/cases/{id}/files/{file}/",
}
KNOWING = {
    "page list": "/cases/?state=all",
    "API list": "/api/v1/cases/",
    "search": "/search/?q=Zacharias",
    "API search": "/api/v1/search/?q=Zacharias",
}
OTHERS = {
    "history": "/api/v1/cases/{id}/history/",
    "list as CSV": "/cases/cases.csv?state=all",
    "Home": "/",
    "inbox": "/inbox/",
    "API inbox": "/api/v1/notifications/",
    "API me": "/api/v1/me/",
    "feedback page": "/feedback/",
    "API feedback": "/api/v1/feedback/",
    "Team": "/team/",
    "leave": "/people/{candidate}/leave/",
    "API leave": "/api/v1/people/{candidate}/leaves/",
    "track": "/people/{candidate}/track/",
    "API track": "/api/v1/people/{candidate}/track/",
    "profile": "/people/{candidate}/",
    "records": "/people/{candidate}/records/",
    "API records": "/api/v1/people/{candidate}/records/",
    "API evidence": "/api/v1/people/{candidate}/evidence/",
    "API own file": "/api/v1/evidence/{piece}/files/{file}/",
    "organisation": "/organisation/{candidate}/",
    "preview": "/cases/{id}/preview/",
    "handover page": "/cases/{id}/handover-statement/",
    "API handover": "/api/v1/cases/{id}/handover-statement/",
    "trail": "/cases/{id}/accesses/",
    "API trail": "/api/v1/cases/{id}/accesses/",
    "panel view": "/cases/{id}/panel-view/",
    "promotion rate": "/api/v1/reports/promotion-rate/",
    "orphans": "/api/v1/reports/orphans/",
    "level distribution": "/api/v1/reports/level-distribution/",
    "report as CSV": "/api/v1/reports/promotion-rate/?format=csv",
}
OWN_WORDS = {
    "API feedback": "feedback_panel_only",
    "handover page": "handover",
    "API handover": "handover",
}
"""Where the former manager reads what they wrote themselves."""
OWN_DOORS = {"file": FILES, "leave": {"leave", "API leave"}, "leave_kind": {"leave", "API leave"}}
MAY_NAME = {"case", "unnamed_author"}
"""Names of people occur on lists of people; everything else must not."""


def expected(artefact: str, role: str, stage: str) -> bool:
    """What the table says about one cell."""
    if STAGES.index(stage) < STAGES.index(WRITTEN[artefact]):
        return False
    since = {"R": "draft", "M": "draft", "D": "decided", "T": "closed", "–": None, "O": None}
    start = since[RULES[artefact][role]]
    if start is None or STAGES.index(stage) < STAGES.index(start):
        return False
    panel_sits = STAGES.index(stage) >= STAGES.index("in_review")
    if role in ("member", "chair"):
        return panel_sits
    if role == "approver":
        return panel_sits or stage in ("submitted", "frozen")
    return True


def ids(case: PromotionCase) -> dict[str, int]:
    """What stands in the addresses of doors."""
    piece = case.attachments.order_by("pk")[0].evidence
    ids = {"id": case.pk, "candidate": case.candidate_id, "piece": piece.pk}
    return ids | {"file": piece.files.get().pk}


def answer(client: Client, address: str) -> str:
    """The words that a door gives back; nothing when it stays shut."""
    response = client.get(address)
    assert response.status_code in (200, 302, 403, 404, 409), (address, response.status_code)
    if response.status_code != 200:
        return ""
    if response["Content-Type"].startswith("application/json"):
        return json.dumps(response.json(), ensure_ascii=False)
    return b"".join(response).decode()


@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_every_role_sees_what_the_table_says_and_nothing_else(cast, stage, record_property):
    case = ids(play(cast, stage))
    wrong, cells = [], 0
    for role, who in PEOPLE.items():
        client = Client()
        client.force_login(getattr(cast, who))
        for door, address in (READING | FILES | KNOWING | OTHERS).items():
            found = answer(client, address.format(**case))
            for artefact, word in WORDS.items():
                verdict = _verdict(door, artefact, role, stage, shown=word in found)
                cells += verdict is not None
                if verdict is False:
                    wrong.append(
                        f"{role} {door}: {artefact} {'shown' if word in found else 'hidden'}"
                    )
    record_property(f"visibility, {stage}", f"{cells} cells checked")

    assert wrong == []


def _verdict(door: str, artefact: str, role: str, stage: str, *, shown: bool) -> bool | None:
    """True or False for a cell of the table; None for a cell that has no rule."""
    wanted = expected(artefact, role, stage)
    if RULES[artefact][role] == "O" and door not in READING:
        return None
    if artefact in OWN_DOORS:
        return shown == wanted if door in OWN_DOORS[artefact] else wanted or not shown
    if door in READING or (door in KNOWING and artefact == "case"):
        if artefact == "case" and "search" in door:
            return None  # people are found by their name, whoever asks
        return shown == wanted
    if artefact in MAY_NAME:
        return None
    if (role, artefact, door) == ("author", "feedback_named", "API feedback"):
        return shown == (STAGES.index(stage) >= STAGES.index("frozen"))  # their own words
    if role == "former" and artefact == OWN_WORDS.get(door):
        return True
    return wanted or not shown


# The making of a ladder: s seen · r refused with the reason · – does not exist
MAKING = """
                            reader manager partner analyst admin editor publisher hr
draft, page                 –      –       –       –       –     s      s         s
draft, API                  –      –       –       –       –     s      s         s
draft, impact               –      –       –       –       –     s      s         s
published, page             r      r       r       r       r     s      s         s
published, API              r      r       r       r       r     s      s         s
published, impact           r      r       r       r       r     s      s         s
"""


@pytest.mark.django_db
def test_the_making_of_a_ladder_is_for_those_who_work_on_it():
    cast = story.assemble()
    editor, publisher = publishing_story.writer(), publishing_story.publisher()
    draft = publishing_story.small_draft(editor)
    people = [cast.stella, cast.maya, cast.noor, cast.anna, cast.ada, editor, publisher, cast.hana]
    addresses = {"page": "/{}publishing/", "API": "/api/v1/{}publication/"}
    addresses["impact"] = "/api/v1/{}impact/"
    clients = []
    for person in people:
        client = Client()
        client.force_login(person)
        clients.append(client)
    for line in MAKING.strip("\n").splitlines()[1:]:
        which, door, *cells = line.replace(",", "").split()
        number = draft.number if which == "draft" else "1.0.0"
        address = addresses[door].format(f"ladders/small/versions/{number}/")
        found = [{200: "s", 403: "r", 404: "–"}[one.get(address).status_code] for one in clients]
        assert found == cells, line


# A delegate reads what whoever they stand in for reads, and only while it lasts.
STAND_INS = {"manager": ("submit", "communicate"), "skip": ("endorse",), "approver": ("decide",)}
PRINCIPALS = {"manager": "maya", "skip": "sam", "approver": "vera"}


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["draft", "frozen", "decided", "closed"])
def test_a_delegate_sees_what_the_other_sees_and_nothing_once_it_is_over(cast, stage):
    case = ids(play(cast, stage))
    today = timezone.localdate()
    client, other = Client(), Client()
    client.force_login(cast.otto)
    for role, who in PRINCIPALS.items():
        other.force_login(getattr(cast, who))
        for kind in STAND_INS[role]:
            row = delegations.offer(
                getattr(cast, who),
                cast.otto,
                by=getattr(cast, who),
                kinds=[kind],
                first_on=today,
                last_on=today,
            )
            assert _seen(client, case) == set(), (kind, "before it is accepted")
            delegations.accept(row, by=cast.otto)
            assert _seen(client, case) == _seen(other, case), (kind, stage)
            delegations.end(row, by=cast.otto)
            assert _seen(client, case) == set(), (kind, "after its end")


def _seen(client, case):
    """The artefacts that the doors of reading show, each at all of them or at none."""
    found = [answer(client, address.format(**case)) for address in READING.values()]
    shown = [{name for name, word in WORDS.items() if word in text} for text in found]
    assert shown[0] == shown[1]
    return shown[0]
