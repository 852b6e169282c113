"""The cast with something going on everywhere: a case in each state, a cycle, an inbox, imports."""

from __future__ import annotations

import copy
import datetime
from typing import Any

from django.utils import timezone

from assessments import beats
from assessments.actions import (
    cases,
    decisions,
    evidence,
    files,
    growth,
    handovers,
    happy_here,
    pulses,
)
from assessments.models import Evidence, Feedback, PromotionCase, Seat, TrackMove
from ladders.actions import drafts, intake, openings, placements, relevels
from ladders.actions import imports as ladder_files
from ladders.models import Ladder, Placement
from people.actions import delegations, imports, leaves, lines, people, tokens
from people.models import Person
from tests import cast as story
from tests.assessments import cycle_story, move_story, publishing_story
from tests.cast import Cast
from tests.ladders.conftest import SAMPLES

LONG = "Maximiliane-Alexandra von und zu Hohenstein-Wolfenbüttel-Lüne"  # 61 letters
STAGES = {
    **story.STAGES,
    "gathering": story.gathering_stage,
    "scheduled": lambda cast: story.told(cast, timezone.localdate() + datetime.timedelta(days=40)),
    "voted": story.voted,
    "declined": story.declined,
}
TWO_LEVELS = "left=software-engineering:senior-engineer&right=software-engineering:staff-engineer"
SPLIT = ("yes", "not_yet", "abstain")
LADDER = "Pillar,Competency,Engineer,Senior\nCraft,Code,Writes,Leads\n"
NAMELESS = "Pillar,Competency,Engineer,Senior\nCraft,,Writes,Leads\n"
FILE = """employee_number,name,email,title,manager,team,hired_on,status
900,Nina New,nina@example.com,Engineer,maya,Payments,2026-03-01,active
901,Bad Bernd,no-address,Engineer,nobody,Payments,01/02/03,active
"""


def fill(cast: Cast) -> dict[str, Any]:
    """Names of things → what stands for them in an address."""
    things: dict[str, Any] = {}
    for stage, build in STAGES.items():
        candidate = _hire(cast, stage, LONG if stage == "in_review" else "")
        things[stage] = build(_with(cast, candidate)).pk
    openings.open_to_public(Ladder.objects.get(slug="software-engineering"), by=cast.hana)
    things["split"] = story.voted(_with(cast, _hire(cast, "split")), SPLIT).pk
    things["no_seat"] = _without_a_seat(cast).pk
    cycle = cycle_story.running(cast, timezone.localdate() - datetime.timedelta(days=1))
    drafted = cycle_story.draft(
        cast, timezone.localdate() + datetime.timedelta(days=90), name="Spring 2027"
    )
    things["draft_of_carl"] = story.draft(cast, cycle=cycle).pk
    for stage in ("exploring", "discussed", "proposed", "in_trial", "returned"):
        mover = _with(cast, _hire(cast, f"move-{stage}", LONG if stage == "in_trial" else ""))
        things[f"move_{stage}"] = move_story.STAGES[stage](mover).pk
    things["pulse"] = _pulse(cast, things["move_in_trial"])
    things["move_of_carl"] = move_story.discussed(cast).pk
    _keep_more(cast)
    withdrawn = story.draft(_with(cast, _hire(cast, "gone")))
    cases.withdraw(withdrawn, by=cast.maya, reason="Later.")
    things["handed"], things["asked"] = _handed_over(cast)
    _delegations(cast)
    tokens.create(cast.carl, by=cast.carl, name="laptop", scopes=["read"])
    asked = Feedback.objects.filter(author=cast.stella, state="requested").first()
    looked = imports.preview(content=FILE.encode(), filename="people.csv", by=cast.hana)
    _another_ladder()
    text = drafts.copy_of(withdrawn.pinned_version, by=cast.hana)
    drafts.add(text, "competencies", {"name": "Reach", "pillar": None}, by=cast.hana)
    keeps, reviewed = publishing_story.second_text(cast)
    ladder = intake.preview(content=LADDER.encode(), filename="ladder.csv", by=cast.hana)
    harmed = intake.preview(content=NAMELESS.encode(), filename="nameless.csv", by=cast.hana)
    beats.beat()
    return things | {
        "moving": _moving(cast, "moving").pk,
        "keeps": keeps.pk,
        "reviewed": reviewed.number,
        "cycle": cycle.pk,
        "drafted": drafted.pk,
        "feedback": asked.pk if asked else 0,
        "answered": Feedback.objects.filter(author=cast.stella, state="submitted")[0].pk,
        "piece": Evidence.objects.filter(person=cast.carl)[0].pk,
        "import": looked.pk,
        "ladder_import": ladder.pk,
        "ladder_refused": harmed.pk,
        "part": withdrawn.pinned_version.competencies.order_by("position")[0].pk,
        "seat": _seat(things["in_review"]),
        "carl": cast.carl.pk,
        **_corrected(cast),
        "leave": _leave(cast).pk,
        "maya": cast.maya.pk,
        "fred": cast.fred.pk,
        "two_levels": TWO_LEVELS,
        "edit_level": "view=levels&edit=levels%3Astaff-engineer",
        "add_link": "view=level_links&add=level_links",
        "add_meaning": "view=proficiency_statements&add=proficiency_statements",
        "remove_level": "view=levels&remove=levels%3Astaff-engineer",
    }


def _pulse(cast: Cast, move: int) -> int:
    """Ulla, Ulf and Ute report to the one on trial, and are asked how it is."""
    row = TrackMove.objects.for_display().get(pk=move)
    move_story.led(_with(cast, row.person))
    pulses.ask(row, by=row.person)
    return row.pulses.get().pk


def _corrected(cast: Cast) -> dict[str, int]:
    """Carl's placement and line, with something that was said before."""
    wrong = Placement.objects.known_at().get(person=cast.carl, level=cast.levels["senior-engineer"])
    on = story.LONG_AGO + datetime.timedelta(days=30)
    placement = placements.correct(wrong, by=cast.hana, on=on, reason="The letter says so.")
    line = lines.change(cast.carl, by=cast.hana, on=on, manager=cast.maya, reason="The same day.")
    moved = relevels.relevel(
        by=cast.hana,
        on=timezone.localdate(),
        reason="The ladder changed.",
        people={cast.fred: cast.levels["associate-engineer"]},
    )
    text = placement.level.version_id
    return {"placement": placement.pk, "line": line.pk, "relevel": moved.pk, "text": text}


def _keep_more(cast: Cast) -> None:
    """Links, tags and a file on a piece of Carl's, who is happy where he is."""
    piece = Evidence.objects.filter(person=cast.carl)[0]
    links = ["https://example.org/plan", f"https://example.org/{'long' * 40}"]
    evidence.change(piece, by=cast.carl, links=links, tags=["payouts", "two words"])
    files.add(piece, by=cast.carl, name=f"{LONG}.txt", content=b"A plan.")
    soon = timezone.localdate() + datetime.timedelta(days=90)
    happy_here.say(cast.carl, by=cast.carl, look_again_on=soon)


def _another_ladder() -> None:
    """A ladder in two versions, on which nobody stands."""
    text = (SAMPLES / "every-corner.ladder.yaml").read_text()
    later = (("2.1.0", "3.0.0"), ("Finishes.", "Finishes early."), ("min: 24, max", "min: 36, max"))
    ladder_files.import_file(text.encode(), "first.yaml", by=None)
    for old, new in later:
        text = text.replace(old, new)
    ladder_files.import_file(text.encode(), "second.yaml", by=None)


def _delegations(cast: Cast) -> None:
    """One in force, one that waits for its answer."""
    today = timezone.localdate()
    days = {"first_on": today, "last_on": today + datetime.timedelta(days=20)}
    row = delegations.offer(cast.maya, cast.otto, by=cast.maya, kinds=["submit"], **days)
    delegations.accept(row, by=cast.otto)
    delegations.offer(
        cast.sam, cast.maya, by=cast.sam, kinds=["endorse", "decide"], reason="Away.", **days
    )


def _hire(cast: Cast, key: str, name: str = "", level: str = "senior-engineer") -> Person:
    name = name or f"Case {key.title()}"
    person = people.add(by=None, name=name, email=f"{key}@example.com", employee_number=key)
    team = cast.teams["payments"]
    lines.change(person, by=None, on=story.LONG_AGO, manager=cast.maya, team=team)
    hire = Placement.Kind.HIRE
    placements.place(person, cast.levels[level], by=None, on=story.LONG_AGO, kind=hire)
    return Person.objects.for_session().get(pk=person.pk)


def _with(cast: Cast, candidate: Person) -> Cast:
    """The same story, told of somebody else."""
    other = copy.copy(cast)
    other.carl = candidate
    return other


def _handed_over(cast: Cast) -> tuple[int, int]:
    """Two cases that went from Maya to Otto: he has asked her about the second."""
    handed, asked = _moving(cast, "handed"), _moving(cast, "asked")
    for case in (handed, asked):
        handovers.hand_over(case, by=cast.hana)
    handovers.ask(asked, by=cast.otto, question="What did you see of the outage?")
    return handed.pk, asked.pk


def _moving(cast: Cast, key: str) -> PromotionCase:
    """Maya's case for somebody who reports to Otto from today on."""
    candidate = _hire(cast, key)
    case = story.draft(_with(cast, candidate))
    lines.change(candidate, by=None, on=timezone.localdate(), manager=cast.otto)
    return case


def _without_a_seat(cast: Cast) -> PromotionCase:
    """Somebody is ready for a level on which seats are counted, and told that none is free."""
    other = _with(cast, _hire(cast, "seatless", level="staff-engineer"))
    vars(other)["levels"] = {**cast.levels, "staff-engineer": cast.levels["senior-staff-engineer"]}
    case = story.recommended(other)
    decisions.approve_no_seat(case, by=cast.vera)
    decisions.communicate(case, by=cast.maya, letter="You are ready; no seat is free.")
    return case


def _leave(cast: story.Cast) -> Any:
    """Maya and Carl talked. Carl was away, which was corrected; Fred is away, open-ended."""
    growth.note(cast.carl, by=cast.maya, held_on=datetime.date(2025, 9, 1))
    days = {"kind": "parental", "back_on": datetime.date(2025, 7, 1)}
    told = leaves.record(cast.carl, by=cast.hana, since=datetime.date(2025, 3, 1), **days)
    leaves.record(cast.fred, by=cast.hana, kind="sick", since=datetime.date(2026, 1, 5))
    since, why = datetime.date(2025, 3, 10), "It began ten days later."
    return leaves.correct(told, by=cast.hana, since=since, reason=why, **days)


def _seat(case: int) -> int:
    return Seat.objects.filter(panel__case=case, chair=False)[0].pk
