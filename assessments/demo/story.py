"""The cases of the demo organisation: one in every state, each reached by running the actions."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import time_machine

from assessments.actions import (
    cases,
    cycles,
    decisions,
    evidence,
    facts,
    files,
    gathering,
    happy_here,
    panels,
    texts,
)
from assessments.actions.reasons import Reason
from assessments.demo import handing_over, moves, words
from assessments.models import Cycle, Evidence, PromotionCase
from assessments.states import Preset
from ladders.models import Level
from people.actions import people
from people.models import Person

STEPS = (
    "draft",
    "submitted",
    "gathering",
    "frozen",
    "in_review",
    "recommended",
    "decided",
    "told",
    "effective",
)


@dataclass(frozen=True)
class Plot:
    """How far one candidate's case goes, and how it ends. `began` is days before today."""

    who: str
    upto: str
    began: int = 34
    outcome: str = "approved"
    effective: int = 30
    in_cycle: bool = True
    chair: str = "petra"
    panel: tuple[str, ...] = ("arjun", "paul")
    ends: str = ""


COLLECTORS = ("carl", "stella", "jonas", "ines", "maya")
"""Who keeps evidence without having a case."""

PLOTS = (
    Plot("priya", "draft", 20),
    Plot("omar", "submitted", 12),
    Plot("fred", "submitted", 9),
    Plot("hugo", "gathering", 24),
    Plot("sofia", "frozen", 28, chair="arjun", panel=("petra", "sam")),
    Plot("grace", "in_review", 30, chair="arjun", panel=("petra", "sam")),
    Plot("victor", "in_review", 27, panel=("noemi", "paul")),
    Plot("astrid", "recommended", 31, panel=("arjun", "sam")),
    Plot("otto", "decided", 33, panel=("arjun", "sam")),
    Plot("marek", "decided", 32, outcome="deferred", panel=("arjun", "sam")),
    Plot("lena", "told", 200, effective=40, in_cycle=False),
    Plot("greta", "effective", 260, effective=-200, in_cycle=False),
    Plot("felix", "told", 150, outcome="deferred", in_cycle=False, panel=("arjun", "sam")),
    Plot("noemi", "told", 140, outcome="approved_no_seat", in_cycle=False, panel=("arjun", "sam")),
    Plot("anya", "submitted", 25, ends="withdrawn"),
    Plot("samir", "draft", 130, in_cycle=False, ends="lapsed"),
    Plot("gustav", "gathering", 60, in_cycle=False, ends="cancelled"),
)


@dataclass
class Story:
    """The people by key, the day the story is told, and the running cycle."""

    people: dict[str, Person]
    today: datetime.date
    cycle: Cycle | None = None

    def tell(self) -> None:
        """Collect evidence, run the cycle, and bring every case to its state."""
        self._collect()
        self.cycle = self._announce()
        for plot in PLOTS:
            self._play(plot)
        moves.tell(self.people, self._at)
        handing_over.tell(self.people, self._at)

    def _at(self, days: float) -> time_machine.travel:
        """The morning that many days ago."""
        day = datetime.datetime.combine(self.today, datetime.time(8, 12), datetime.UTC)
        return time_machine.travel(day - datetime.timedelta(days=days), tick=False)

    # --- Before any case -----------------------------------------------------------------------

    def _collect(self) -> None:
        for number, who in enumerate([*COLLECTORS, *dict.fromkeys(plot.who for plot in PLOTS)]):
            for at, (key, pieces) in enumerate(words.EVIDENCE.items()):
                days = 300 + 20 * at - 13 * (number % 7)
                with self._at(days):
                    self._note(who, pieces[number % len(pieces)], key)
        with self._at(11):
            note = self._note("carl", words.EVIDENCE["architecture"][1], "architecture", "delivery")
            evidence.change(note, by=self.people["carl"], tags=["payouts"])
            happy_here.say(self.people["jonas"], by=self.people["jonas"])
            files.add(note, by=self.people["carl"], name="plan.md", content=words.PLAN.encode())

    def _note(self, who: str, what: str, *competencies: str) -> Evidence:
        day = datetime.datetime.now(datetime.UTC).date()
        return evidence.add(
            by=self.people[who], what=what, happened_on=day, competencies=competencies
        )

    def _announce(self) -> Cycle:
        def day(offset: int) -> datetime.date:
            return self.today + datetime.timedelta(days=offset)

        phases = [
            cycles.Dates("nominations", day(-35), day(-3), day(6)),
            cycles.Dates("endorsement", day(-30), day(4), day(9)),
            cycles.Dates("panel_review", day(-21), day(11), day(16)),
            cycles.Dates("decisions", day(-14), day(18), day(23)),
            cycles.Dates("communication", day(-7), day(25), day(32)),
        ]
        season = "Spring" if self.today.month < 7 else "Autumn"
        with self._at(42):
            hana = self.people["hana"]
            period = (day(-225), day(-45))
            cycle = cycles.create(
                f"{season} {self.today.year}", by=hana, period=period, phases=phases
            )
            return cycles.announce(cycle, by=hana)

    # --- One case ------------------------------------------------------------------------------

    def _play(self, plot: Plot) -> None:
        with self._at(plot.began):
            case = self._open(plot)
        path = self._path(case)
        last = STEPS.index(plot.upto)
        for number, (name, step) in enumerate(path):
            if STEPS.index(name) > last:
                break
            days = plot.began - (number + 1) * plot.began / 10
            with self._at(max(days, 0.02)):
                step(plot, case)
                case.refresh_from_db()
        self._end(plot, case)

    def _path(self, case: PromotionCase) -> list[tuple[str, Callable]]:
        steps = [
            ("draft", self._write),
            ("submitted", self._submit),
            ("gathering", self._gather),
            ("frozen", self._freeze),
            ("in_review", self._review),
            ("recommended", self._recommend),
            ("decided", self._decide),
            ("told", self._tell_candidate),
            ("effective", self._make_effective),
        ]
        lightweight = case.procedure.preset == Preset.LIGHTWEIGHT
        skipped = {"gathering", "frozen", "in_review", "recommended"} if lightweight else set()
        return [step for step in steps if step[0] not in skipped]

    def _open(self, plot: Plot) -> PromotionCase:
        candidate = self.people[plot.who]
        target = self._target(candidate)
        manager = Person.objects.for_session().get(pk=facts.manager_of(candidate))
        cycle = self.cycle if plot.in_cycle else None
        return cases.open_case(candidate, target, by=manager, cycle=cycle)

    def _target(self, candidate: Person) -> Level:
        standing = facts.standing(candidate)
        if standing is None:
            raise LookupError(f"{candidate} stands nowhere")
        return facts.next_levels(standing.level)[0]

    def _write(self, plot: Plot, case: PromotionCase) -> None:
        said = self._words(case)
        texts.write_statement(case, by=case.owner, text=words.STATEMENT.format(**said))
        texts.write_own_section(case, by=case.candidate, text=words.OWN_SECTION)
        pieces = Evidence.objects.filter(person=case.candidate).order_by("-happened_on")
        keys = {part.key: part for part in facts.expected_competencies(case)}
        shown = 6 if plot.upto == "draft" else len(keys)
        for piece in pieces[:shown]:
            part = keys.get(piece.competencies.first().key)
            texts.attach(case, piece, by=case.candidate, competency=part)
            if part:
                text = words.SECTION.format(evidence=piece.what[0].lower() + piece.what[1:], **said)
                texts.write_section(case, part, by=case.owner, text=text)

    def _submit(self, plot: Plot, case: PromotionCase) -> None:
        off_cycle = "" if case.cycle_id else "The seat opened between two cycles."
        waiver = "Has done the work of the level since joining the project."
        cases.submit(case, by=case.owner, off_cycle_reason=off_cycle, waiver_reason=waiver)

    def _gather(self, plot: Plot, case: PromotionCase) -> None:
        asked = [
            gathering.Request(self.people["ling"], "subject_named"),
            gathering.Request(self.people["stella"], "panel_only"),
        ]
        gathering.gather(case, by=self.people["hana"], requests=asked)
        if plot.upto == "gathering":
            first = case.feedback.order_by("pk").first()
            said = self._words(case)
            gathering.give(first, by=first.author, text=words.FEEDBACK[0].format(**said))

    def _freeze(self, plot: Plot, case: PromotionCase) -> None:
        said = self._words(case)
        for number, asked in enumerate(case.feedback.filter(state="requested").order_by("pk")):
            gathering.give(asked, by=asked.author, text=words.FEEDBACK[number].format(**said))
        above = Person.objects.for_session().get(pk=facts.manager_of(case.owner))
        gathering.endorse(case, by=above, endorses=True, text=words.ENDORSEMENT)
        gathering.freeze(case, by=self.people["hana"])

    def _review(self, plot: Plot, case: PromotionCase) -> None:
        voters = [self.people[key] for key in (plot.chair, *plot.panel)]
        approver = self.people["vera"]
        panels.assign(
            case,
            by=self.people["hana"],
            chair=voters[0],
            voters=voters,
            approver=None if approver.pk in (case.owner_id, case.nominator_id) else approver,
            note="The members with the right grade who know neither the team nor the project.",
        )
        panels.vote(case, by=voters[1], vote="yes", reason="Two teams rely on it.")

    def _recommend(self, plot: Plot, case: PromotionCase) -> None:
        no = plot.outcome == "deferred"
        for key in (plot.chair, *plot.panel):
            vote = "not_yet" if no else "yes"
            panels.vote(case, by=self.people[key], vote=vote, reason="As the packet shows.")
        panels.close_ballot(case, by=self.people[plot.chair])
        word = "not_yet" if no else "promote"
        panels.recommend(
            case,
            by=self.people[plot.chair],
            text=words.RECOMMENDATION[word],
            reasons=self._reasons(case, word),
        )

    def _decide(self, plot: Plot, case: PromotionCase) -> None:
        by = case.approver or self.people["hana"]
        if plot.outcome == "approved":
            day = self.today + datetime.timedelta(days=plot.effective)
            decisions.approve(case, by=by, effective_on=day)
        elif plot.outcome == "approved_no_seat":
            decisions.approve_no_seat(case, by=by)
        else:
            later = self.today + datetime.timedelta(days=150)
            reasons = self._reasons(case, "not_yet")
            decisions.defer(case, by=by, reasons=reasons, look_again_on=later)

    def _tell_candidate(self, plot: Plot, case: PromotionCase) -> None:
        letter = words.LETTER[plot.outcome].format(**self._words(case))
        decisions.communicate(case, by=case.owner, letter=letter)

    def _make_effective(self, plot: Plot, case: PromotionCase) -> None:
        decisions.make_effective(case)

    def _end(self, plot: Plot, case: PromotionCase) -> None:
        if plot.ends == "withdrawn":
            with self._at(3):
                cases.withdraw(case, by=case.candidate, reason="I would like to finish first.")
        elif plot.ends == "lapsed":
            cases.end_overdue(datetime.datetime.now(datetime.UTC))
        elif plot.ends == "cancelled":
            with self._at(5):
                people.leave(case.candidate, by=None, on=self.today - datetime.timedelta(days=5))
                cases.cancel(case, by=self.people["hana"], reason="The candidate left.")

    # --- Words ---------------------------------------------------------------------------------

    def _words(self, case: PromotionCase) -> dict[str, str]:
        name = case.candidate.name
        return {"name": name, "first": name.split()[0], "level": case.target_level.title}

    def _reasons(self, case: PromotionCase, word: str) -> list[Reason]:
        found = case.target_level.expectations.order_by("position").values_list("pk", flat=True)
        return [Reason(pk, words.REASON[word]) for pk in found[3:5]]
