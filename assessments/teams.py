"""Everybody who reports to one person, with what their manager needs to know, in a fixed number
of queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_date

from assessments import hands_on
from assessments.models import Evidence, GrowthTalk, PromotionCase
from assessments.tracks import stand_of
from ladders import standing
from ladders.models import Placement
from people import clocks
from people.models import Headcount, Leave, Person, ReportingLine, Role
from people.models.leave import intervals
from people.models.person import still_here


@dataclass
class Member:
    """One report."""

    person: Person
    placement: Placement | None
    clock_since: datetime.date | None
    net_days: int
    trial: Placement | None
    evidence_on: datetime.date | None
    evidence_days: int
    away: bool = False
    back_on: datetime.date | None = None
    case: PromotionCase | None = None


@dataclass
class Team:
    """A leader with everybody who reports to them, for one reader."""

    leader: Person
    reader: Person
    today: datetime.date
    members: list[Member]
    hands_on: hands_on.HandsOn | None

    @property
    def trusted(self) -> bool:
        """True for the leader and HR: who is away and hands-on work are no business of others."""
        return self.reader.pk == self.leader.pk or self.reader.has_role(Role.HR)


def find(reader: Person, pk: int) -> Person | None:
    """The leader of this id, when `reader` is that person, leads them, or is HR."""
    people = Person.objects.visible_to(reader).with_current_line()
    counted = Headcount.objects.filter(leader=OuterRef("pk")).order_by().values("leader")
    below = Subquery(counted.annotate(n=Sum("people")).values("n"))
    lines = _lines(timezone.localdate())
    leading = Exists(lines.filter(manager=OuterRef("person")))
    people = people.annotate(
        below=Coalesce(below, 0),
        directs=_number(lines.filter(manager=OuterRef("pk"))),
        managers=_number(lines.filter(leading, manager=OuterRef("pk"))),
    )
    leader = people.filter(pk=pk).first()
    if leader is None:
        return None
    near = reader.pk in (leader.pk, leader.manager_id) or reader.has_role(Role.HR)
    return leader if near else None


def of(leader: Person, reader: Person, reports: Iterable[Any]) -> Team:
    """The team of a leader from `find`, or as much of it as `reports` has."""
    today = timezone.localdate()
    reports = list(reports)
    ids = [report.pk for report in reports]
    cases = PromotionCase.objects.visible_to(reader).open().filter(candidate__in=ids)
    open_cases = {case.candidate_id: case for case in cases.select_related("target_level")}
    placements = _placements([*ids, leader.pk])
    members = [_member(report, placements[report.pk], today) for report in reports]
    for member in members:
        member.case = open_cases.get(member.person.pk)
    stays = [(row.level.track.kind, row.since, row.until) for row in placements[leader.pk]]
    return Team(leader, reader, today, members, hands_on.of(stays, today))


def reports(leader: Person, reader: Person) -> QuerySet[Person, Any]:
    """Those who report to the leader today, each with how many they lead, their leave, and the
    day of their newest evidence."""
    today = timezone.localdate()
    lines = _lines(today)
    away = Leave.objects.as_of(today).filter(person=OuterRef("pk"), pauses_reminders=True)
    talks = GrowthTalk.objects.standing().filter(person=OuterRef("pk")).order_by("-held_on")
    newest = Evidence.objects.filter(person=OuterRef("pk")).order_by("-happened_on")
    people = Person.objects.visible_to(reader).employed()
    return (
        people.filter(pk__in=lines.filter(manager=leader).values("person"))
        .annotate(
            leads=_number(lines.filter(manager=OuterRef("pk"))),
            away=Subquery(away.values(json=JSONObject(back_on="valid__endswith"))[:1]),
            leave_days=Leave.objects.stopping().beside(),
            talked_on=Subquery(talks.values("held_on")[:1]),
            evidence_on=Subquery(newest.values("happened_on")[:1]),
        )
        .order_by("name", "pk")
    )


def _lines(today: datetime.date) -> QuerySet[ReportingLine, Any]:
    return ReportingLine.objects.as_of(today).filter(still_here("person__"))


def _number(lines: QuerySet[ReportingLine, Any]) -> Coalesce:
    counted = lines.order_by().values("manager").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _placements(ids: list[int]) -> dict[int, list[Placement]]:
    found: dict[int, list[Placement]] = defaultdict(list)
    rows = Placement.objects.known_at().filter(person__in=ids).for_display()
    for row in rows.order_by("valid"):
        found[row.person_id].append(row)
    return found


def _member(person: Any, placements: list[Placement], today: datetime.date) -> Member:
    stands = [stand_of(placement) for placement in placements]
    where = standing.on(stands, today)
    leave = intervals(person.leave_days)
    newest = person.evidence_on
    member = Member(
        person=person,
        placement=None,
        clock_since=None,
        net_days=0,
        trial=None,
        evidence_on=newest,
        evidence_days=clocks.net_days([(newest, None)], leave, today) if newest else 0,
        away=person.away is not None,
        back_on=parse_date(person.away["back_on"] or "") if person.away else None,
    )
    if where is not None:
        now = placements[where.now]
        member.placement = placements[where.held]
        member.clock_since = stands[where.clock[0]].since
        member.net_days = standing.net_days(stands, where, leave, today)
        member.trial = now if now.kind == Placement.Kind.TRIAL else None
    return member
