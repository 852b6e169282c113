"""What a report is asked: dates, unit, ladder, track, cut and period, each refused by name."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from assessments.reports.audience import Reach
from ladders.models import Ladder, Track
from people.models import Team
from people.refusals import Forbidden, Invalid

NAMES = ("as_of", "known_at", "unit", "ladder", "track", "group_by", "from", "to")
TRACKS = (Track.Kind.SHARED, Track.Kind.STAFF, Track.Kind.MANAGER)
EARLIEST = datetime.date(1970, 1, 1)
LONGEST_PERIOD = datetime.timedelta(days=366 * 20)


@dataclass(frozen=True)
class Parameters:
    """A question, checked. `first` and `last` are both days of the period."""

    as_of: datetime.date
    known_at: datetime.datetime
    first: datetime.date
    last: datetime.date
    group_by: str
    reach: Reach
    unit: Team | None = None
    ladder: Ladder | None = None
    track: str = ""
    teams: Sequence[Team] = field(default_factory=tuple)

    @property
    def bases(self) -> list[Team]:
        """The units that bound the question; none: everybody, also those without a team."""
        return [self.unit] if self.unit else list(self.reach.teams)

    @property
    def unit_rows(self) -> list[Team]:
        """The units a cut by unit shows: the parts of the one unit, else the units themselves."""
        outer = self.bases or [team for team in self.teams if team.parent_id is None]
        if len(outer) != 1:
            return outer
        return [outer[0], *(team for team in self.teams if team.parent_id == outer[0].pk)]

    @property
    def k(self) -> int:
        """Cells of fewer people are hidden; 0 where nothing is."""
        by_unit = self.group_by == "unit" or self.unit is not None
        return settings.SMALLEST_CELL if self.reach.guarded or by_unit else 0


def parse(
    asked: Mapping[str, str],
    reach: Reach,
    *,
    group_bys: Sequence[str],
    takes_period: bool,
    names: Sequence[str] | None = None,
) -> Parameters:
    """Read and check what was asked; raises Invalid naming every bad parameter, or Forbidden."""
    given = {name: value.strip() for name, value in asked.items() if value.strip()}
    errors: dict[str, list[str]] = {}
    known = names or (NAMES if takes_period else NAMES[:-2])
    for name in sorted(set(given) - set(known)):
        errors[name] = ["This report has no such parameter."]
    as_of = _day(given, "as_of", errors) or timezone.localdate()
    first, last = _period(given, as_of, errors) if takes_period else (as_of, as_of)
    found = {
        "known_at": _instant(given, errors),
        "group_by": _one_of(given, "group_by", group_bys, errors) or group_bys[0],
        "track": _one_of(given, "track", TRACKS, errors),
        "ladder": _row(Ladder.objects, "slug", given, "ladder", errors),
        "unit": _row(Team.objects, "key", given, "unit", errors),
    }
    if errors:
        raise Invalid(errors)
    if found["unit"] and not reach.covers(found["unit"]):
        raise Forbidden(f"Your reports do not cover {found['unit'].name}.")
    teams = _around(found["unit"], reach)
    return Parameters(as_of=as_of, first=first, last=last, reach=reach, teams=teams, **found)


def _day(given: Mapping[str, str], name: str, errors: dict) -> datetime.date | None:
    text = given.get(name)
    if text is None:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        errors[name] = ["Write a day as 2026-11-30."]
    elif day > timezone.localdate():
        errors[name] = ["This day is still to come; reports look back."]
    elif day < EARLIEST:
        errors[name] = [f"This is before {EARLIEST.year}."]
    return None if name in errors else day


def _period(
    given: Mapping[str, str], as_of: datetime.date, errors: dict
) -> tuple[datetime.date, datetime.date]:
    """First and last day; without them, the year that ends as of."""
    last = _day(given, "to", errors) or as_of
    if "to" not in errors and last > as_of:
        errors["to"] = ["The period ends after the day the report is as of."]
    first = _day(given, "from", errors) or _year_before(last)
    if "from" not in errors and first > last:
        errors["from"] = ["The period begins after it ends."]
    elif last - first > LONGEST_PERIOD:
        errors["from"] = ["Ask for 20 years at most."]
    return first, last


def _year_before(last: datetime.date) -> datetime.date:
    """The first of the 365 or 366 days that end on `last`."""
    try:
        return last.replace(year=last.year - 1) + datetime.timedelta(days=1)
    except ValueError:  # 29 February
        return last.replace(year=last.year - 1, day=28) + datetime.timedelta(days=1)


def _instant(given: Mapping[str, str], errors: dict) -> datetime.datetime:
    """When it was known: an instant, or the end of a day; now when it is not said."""
    now = timezone.now()
    text = given.get("known_at", "").replace(" ", "+")  # a + in an address arrives as a space
    if not text:
        return now
    try:
        instant = parse_datetime(text) or _end_of(parse_date(text))
    except ValueError:
        instant = None
    if instant is None:
        errors["known_at"] = ["Write an instant as 2026-11-30T18:00:00+01:00, or a day."]
        return now
    if timezone.is_naive(instant):
        instant = timezone.make_aware(instant)
    if instant.date() > now.date() + datetime.timedelta(days=1):
        errors["known_at"] = ["Nobody knows yet what will be known then."]
    return min(instant, now)


def _end_of(day: datetime.date | None) -> datetime.datetime | None:
    return datetime.datetime.combine(day, datetime.time.max) if day else None


def _one_of(given: Mapping[str, str], name: str, allowed: Sequence[str], errors: dict) -> str:
    value = given.get(name, "")
    if value and value not in allowed:
        errors[name] = [f"Choose one of {', '.join(allowed)}."]
    return value


def _row(rows, field_name: str, given: Mapping[str, str], name: str, errors: dict):
    value = given.get(name)
    if value is None:
        return None
    found = rows.filter(**{field_name: value}).first() if "\x00" not in value else None
    if found is None:
        errors[name] = [f"There is no {name} “{value[:80]}”."]
    return found


def _around(unit: Team | None, reach: Reach) -> list[Team]:
    """The teams one step around what is asked: for the cut by unit and the choice of one."""
    if unit is None and reach.everywhere:
        near = Q(parent=None) | Q(parent__parent=None)
    else:
        outer = [unit] if unit else list(reach.teams)
        ids = {int(part) for team in outer for part in team.path.split("/") if part}
        near = Q(parent__in=[team.pk for team in outer]) | Q(pk__in=ids)
    teams = Team.objects.filter(near).order_by("name", "pk")
    return [team for team in teams if reach.covers(team)]
