"""Everybody who reports to one person, with what their manager needs to know, in a fixed number
of queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, IntegerField, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from assessments.models import Evidence, PromotionCase
from assessments.tracks import stand_of
from ladders import standing
from ladders.models import Placement
from people import clocks
from people.models import Leave, Person, ReportingLine, Role


@dataclass
class Member:
    """One report."""

    person: Person
    placement: Placement | None
    clock_since: datetime.date | None
    net_days: int
    trial: Placement | None
    case: PromotionCase | None
    evidence_on: datetime.date | None


@dataclass
class Team:
    """A leader with everybody who reports to them, for one reader."""

    leader: Person
    reader: Person
    today: datetime.date
    members: list[Member]


def find(reader: Person, pk: int) -> Person | None:
    """The leader of this id, when `reader` is that person, leads them, or is HR."""
    leader = Person.objects.visible_to(reader).with_current_line().filter(pk=pk).first()
    if leader is None:
        return None
    near = reader.pk in (leader.pk, leader.manager_id) or reader.has_role(Role.HR)
    return leader if near else None


def of(leader: Person, reader: Person) -> Team:
    """The team of a leader from `find`, by name."""
    today = timezone.localdate()
    reports = list(_reports(leader, reader, today))
    ids = [report.pk for report in reports]
    placements, leave = _placements(ids), _leave(ids)
    cases = PromotionCase.objects.visible_to(reader).open().filter(candidate__in=ids)
    found = {case.candidate_id: case for case in cases.select_related("target_level")}
    newest = Evidence.objects.filter(person__in=ids).values_list("person").order_by()
    evidence = dict(newest.annotate(Max("happened_on")))
    members = [
        _member(report, placements[report.pk], leave[report.pk], today) for report in reports
    ]
    for member in members:
        member.case = found.get(member.person.pk)
        member.evidence_on = evidence.get(member.person.pk)
    return Team(leader, reader, today, members)


def _reports(leader: Person, reader: Person, today: datetime.date) -> list[Person]:
    """Those who report to the leader today, each with how many report to them."""
    lines = ReportingLine.objects.as_of(today).filter(person__left_on__isnull=True)
    led = lines.filter(manager=OuterRef("pk")).order_by().values("manager")
    counted = Subquery(led.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    people = Person.objects.visible_to(reader).employed().annotate(leads=Coalesce(counted, 0))
    return people.filter(pk__in=lines.filter(manager=leader).values("person")).order_by("name")


def _placements(ids: list[int]) -> dict[int, list[Placement]]:
    found: dict[int, list[Placement]] = defaultdict(list)
    rows = Placement.objects.known_at().filter(person__in=ids).for_display()
    for row in rows.order_by("valid"):
        found[row.person_id].append(row)
    return found


def _leave(ids: list[int]) -> dict[int, list[clocks.Interval]]:
    found: dict[int, list[clocks.Interval]] = defaultdict(list)
    for person, days in Leave.objects.filter(person__in=ids, stops_clock=True).values_list(
        "person_id", "days"
    ):
        found[person].append((days.lower, days.upper))
    return found


def _member(
    person: Person,
    placements: list[Placement],
    leave: list[clocks.Interval],
    today: datetime.date,
) -> Member:
    stands = [stand_of(placement) for placement in placements]
    where = standing.on(stands, today)
    if where is None:
        return Member(person, None, None, 0, None, None, None)
    now = placements[where.now]
    return Member(
        person=person,
        placement=placements[where.held],
        clock_since=stands[where.clock[0]].since,
        net_days=standing.net_days(stands, where, leave, today),
        trial=now if now.kind == Placement.Kind.TRIAL else None,
        case=None,
        evidence_on=None,
    )
