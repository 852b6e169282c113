"""What is known of one person's way on a ladder, fetched in a fixed number of queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from assessments.models import Evidence, PromotionCase
from assessments.models.happy_here import word_of
from ladders import standing, ways
from ladders.comparison import Cell
from ladders.models import Competency, Expectation, Level, LevelLink, Placement, Statement
from ladders.states import VersionState
from people import clocks
from people.models import Leave, Person, ReportingLine, Role
from people.models.leave import intervals

ONESELF, MANAGER, SKIP_LEVEL = "oneself", "manager", "skip_level"
HR, HR_PARTNER = "hr", "hr_partner"


@dataclass
class Ladder:
    """The version somebody is read against: its levels, links, competencies and cells."""

    levels: list[Level] = field(default_factory=list)
    links: list[ways.Link] = field(default_factory=list)
    competencies: list[Competency] = field(default_factory=list)
    cells: dict[int, dict[str, Cell]] = field(default_factory=dict)

    def level(self, key: str) -> Level | None:
        """The level of this key."""
        return next((level for level in self.levels if level.key == key), None)


@dataclass
class Way:
    """Everything My track shows of `person`; `reader` is who asks."""

    person: Person
    reader: Person
    today: datetime.date
    placements: list[Placement]
    leave: list[clocks.Interval]
    ladder: Ladder
    evidence: list[Evidence]
    case: PromotionCase | None

    @cached_property
    def relations(self) -> frozenset[str]:
        """How the reader stands to the person."""
        return relations(self.reader, self.person)

    @cached_property
    def stands(self) -> list[standing.Stand]:
        """The placements as plain values."""
        return [stand_of(placement) for placement in self.placements]

    @cached_property
    def standing(self) -> standing.Standing | None:
        """Where they stand today."""
        return standing.on(self.stands, self.today)

    @cached_property
    def held(self) -> Placement | None:
        """The placement whose level is held today."""
        return self.placements[self.standing.held] if self.standing else None

    @cached_property
    def level(self) -> Level | None:
        """The level held, in the words of the version in force."""
        return (self.ladder.level(self.held.level.key) or self.held.level) if self.held else None

    @cached_property
    def onward(self) -> list[tuple[Level, str]]:
        """The next levels and how one comes there; staff before manager."""
        if self.level is None:
            return []
        rungs = [_rung(level) for level in self.ladder.levels]
        found = ways.onward(_rung(self.level), rungs, self.ladder.links)
        return [(self.ladder.level(key), how) for key, how in found]

    @cached_property
    def tally(self) -> dict[str, tuple[int, datetime.date]]:
        """By competency: how many pieces of evidence, and the day of the newest."""
        counted: dict[str, tuple[int, datetime.date]] = {}
        for piece in self.evidence:
            for shown in piece.shows:
                count, newest = counted.get(shown["key"], (0, piece.happened_on))
                counted[shown["key"]] = (count + 1, max(newest, piece.happened_on))
        return counted


def relations(reader: Person, person: Person) -> frozenset[str]:
    """How `reader` stands to `person`, who comes from `find`."""
    if reader.pk == person.pk:
        return frozenset({ONESELF})
    path, unit = person.team_path or "", reader.partner_team
    found = {
        MANAGER: person.manager_id == reader.pk,
        SKIP_LEVEL: person.skip_level_id == reader.pk,
        HR: reader.has_role(Role.HR),
        HR_PARTNER: bool(reader.has_role(Role.HR_PARTNER) and unit and path.startswith(unit.path)),
    }
    return frozenset(relation for relation, holds in found.items() if holds)


def find(pk: int, reader: Person) -> Person | None:
    """The person of this id, when `reader` may see their track; with who stands around them."""
    person = _people().filter(pk=pk).first()
    return person if person is not None and relations(reader, person) else None


def follow(person: Person, reader: Person) -> Way:
    """Fetch everything about a person from `find`."""
    today = timezone.localdate()
    mine = person.pk == reader.pk
    cases = PromotionCase.objects.visible_to(reader).open().filter(candidate=person)
    way = Way(
        person=person,
        reader=reader,
        today=today,
        placements=list(_placements(person)),
        leave=intervals(person.leave_days),
        ladder=Ladder(),
        evidence=list(Evidence.objects.visible_to(person).kept().for_display()) if mine else [],
        case=cases.select_related("target_level").first(),
    )
    if way.held is not None:
        _read(way)
    return way


def competencies_of(person: Person) -> list[Competency]:
    """What evidence of this person may show: the competencies of the ladder they stand on."""
    today = timezone.localdate()
    placements = list(_placements(person))
    stood = standing.on([stand_of(placement) for placement in placements], today)
    return _competencies(placements[stood.held]) if stood else []


def _placements(person: Person) -> Any:
    return Placement.objects.known_at().filter(person=person).for_display().order_by("valid")


def _people() -> Any:
    """People with their manager, skip-level, team, leave and HR, in one query."""
    lines = ReportingLine.objects.as_of(timezone.localdate())
    above = lines.filter(person=OuterRef("manager_id"))
    staff = Person.objects.employed().holding(Role.HR).order_by("name")
    return Person.objects.with_current_line().annotate(
        skip_level_id=Subquery(above.values("manager")[:1]),
        skip_level_name=Subquery(above.values("manager__name")[:1]),
        leave_days=Leave.objects.stopping().beside(),
        hr_names=ArraySubquery(staff.values("name")),
        happy_words=word_of("pk"),
    )


def _read(way: Way) -> None:
    held = way.held
    ladder = Q(version__ladder=held.level.version.ladder_id)
    chosen = Q(version__state=VersionState.PUBLISHED) | Q(version=held.level.version_id)
    out = LevelLink.objects.filter(from_level=OuterRef("pk")).order_by("position")
    names = JSONObject(type="type", to="to_level__key")
    levels = Level.objects.for_display().filter(ladder & chosen).order_by("position")
    levels = _in_force(levels.annotate(ways=ArraySubquery(out.values(json=names))), held)
    way.ladder.levels = levels
    way.ladder.links = [
        (level.key, link["type"], link["to"]) for level in levels for link in level.ways
    ]
    way.ladder.competencies = _competencies(held)
    wanted = [way.level, *(level for level, _ in way.onward)]
    way.ladder.cells = _cells([level.pk for level in wanted])


def _in_force(levels: Any, held: Placement) -> list[Level]:
    """The levels of the published version, unless it no longer has the level held."""
    rows = list(levels)
    published = [level for level in rows if level.version.state == VersionState.PUBLISHED]
    if any(level.key == held.level.key for level in published):
        return published
    return [level for level in rows if level.version_id == held.level.version_id]


def _competencies(held: Placement) -> list[Competency]:
    own = held.level.version
    version = Q(version__ladder=own.ladder_id, version__state=VersionState.PUBLISHED)
    rows = Competency.objects.filter(version | Q(version=own)).select_related("version")
    rows = list(rows.order_by("position"))
    published = [row for row in rows if row.version.state == VersionState.PUBLISHED]
    return published or rows


def _cells(levels: list[int]) -> dict[int, dict[str, Cell]]:
    """What each of `levels` expects, by competency; several expectations read as one."""
    said = Statement.objects.filter(expectation=OuterRef("expectation")).order_by("position")
    rows = (
        Expectation.levels.through.objects.filter(level__in=levels)
        .annotate(said=ArraySubquery(said.values("text")))
        .order_by("expectation__position")
        .values_list(
            "level_id",
            "expectation__competency__key",
            "expectation__summary",
            "expectation__proficiency__name",
            "expectation__state",
            "said",
        )
    )
    cells: dict[int, dict[str, Cell]] = defaultdict(dict)
    for level, key, summary, step, state, texts in rows:
        cell = Cell(summary or step or "", tuple(texts), state)
        cells[level][key] = _joined(cells[level].get(key), cell)
    return cells


def _joined(first: Cell | None, more: Cell) -> Cell:
    if first is None:
        return more
    summary = "\n".join(text for text in (first.summary, more.summary) if text)
    return Cell(summary, first.statements + more.statements, first.state)


def stand_of(placement: Placement) -> standing.Stand:
    """A placement as plain values."""
    return placement.stand


def _rung(level: Level) -> ways.Rung:
    return ways.Rung(level.key, level.track.key, level.track.kind, level.order)
