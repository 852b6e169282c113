"""What every page has around it: who is signed in, and where they can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from assessments.models import Notification, Seat
from assessments.states import OPEN
from config import demo_accounts
from ladders.models import Placement
from people.models import Person, ReportingLine
from people.models.person import Role

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Place:
    """One entry of the left column: its words, the page's name, and who can use it."""

    label: str
    name: str
    roles: tuple[str, ...] = ()  # nobody named: everybody
    managers_too: bool = False
    members_only: bool = False  # of a panel that sits
    placed_only: bool = False  # on a level of some ladder
    bar_unless_placed: bool = False  # makes room there for "Add evidence"
    bar: bool = False  # stays in the bottom bar of a phone


PLACES = (
    Place("Home", "assessments:home", bar=True),
    Place("Inbox", "assessments:inbox"),
    Place("My track", "assessments:my-track", bar=True),
    Place("Add evidence", "assessments:evidence-new", placed_only=True, bar=True),
    Place("Team", "assessments:team", managers_too=True, roles=(Role.HR,)),
    Place("Cases", "assessments:cases", bar=True),
    Place("Moves", "assessments:moves", roles=(Role.HR,), managers_too=True),
    Place("Panels", "assessments:panels", members_only=True),
    Place("Cycles", "assessments:cycles"),
    Place("Ladders", "ladders:ladders", bar_unless_placed=True),
    Place("Reports", "assessments:reports"),
    Place("People", "ladders:people"),
    Place("Organisation", "assessments:organisation"),
    Place("People import", "people:imports", roles=(Role.HR, Role.ADMIN)),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` = {me, nav, unread, theme, time_zone}; strangers have no place."""
    theme = request.COOKIES.get("theme")
    theme = theme if theme in THEMES else ""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"frame": {"me": None, "theme": theme, "demo_accounts": demo_accounts.offered()}}
    unread = Notification.objects.visible_to(person).unread().count()
    me = {"id": person.pk, "name": person.name, "title": person.title, "url": _account()}
    return {
        "frame": {
            "me": me,
            "nav": _nav(request, person, unread),
            "unread": unread,
            "theme": theme,
            "time_zone": timezone.get_current_timezone_name(),
        }
    }


def _nav(request: HttpRequest, person: Person, unread: int) -> list[dict[str, Any]]:
    manages, sits, placed = _standing(person)
    nav: list[dict[str, Any]] = []
    for place in PLACES:
        url = _url(place.name)
        if not url or not _open(place, person, manages=manages, sits=sits):
            continue
        if place.placed_only and not placed:
            continue
        inbox = place.name == "assessments:inbox"
        nav.append(
            {
                "label": place.label,
                "url": url,
                "current": False,
                "count": unread if inbox else 0,
                "live": f"{reverse('api-assessments:notifications')}?unread=true" if inbox else "",
                "bar": place.bar or (place.bar_unless_placed and not placed),
            }
        )
    inside = [item for item in nav if request.path.startswith(item["url"])]
    if inside:  # the longest address that holds this page; "/" holds only itself
        here = max(inside, key=lambda item: len(item["url"]))
        here["current"] = here["url"] != "/" or request.path == "/"
    return nav


def _standing(person: Person) -> tuple[bool, bool, bool]:
    """Whether somebody reports to the person, they sit on a panel, stand on a level. One query."""
    lines = ReportingLine.objects.as_of(timezone.localdate()).filter(manager=OuterRef("pk"))
    seats = Seat.objects.filter(person=OuterRef("pk"), recused_at=None, panel__dissolved_at=None)
    seats = seats.filter(panel__case__state__in=OPEN)
    stands = Placement.objects.as_of(timezone.localdate()).filter(person=OuterRef("pk"))
    rows = Person.objects.filter(pk=person.pk).values_list(
        Exists(lines), Exists(seats), Exists(stands)
    )
    return rows.get()


def _open(place: Place, person: Person, *, manages: bool, sits: bool) -> bool:
    if place.members_only:
        return sits
    if not place.roles or person.has_role(*place.roles):
        return True
    return place.managers_too and manages


def _account() -> str:
    return reverse("people:account")


def _url(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
