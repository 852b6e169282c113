"""What every page has around it: who is signed in, and where they can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from people.models import Person
from people.models.person import Role


@dataclass(frozen=True)
class Place:
    """One entry of the left column: its words, the page's name, and who can use it."""

    label: str
    name: str
    roles: tuple[str, ...] = ()
    managers_too: bool = False


PLACES = (
    Place("Home", "people:home"),
    Place("My track", "people:my-track"),
    Place("Team", "people:team", managers_too=True, roles=(Role.HR,)),
    Place("Cases", "assessments:cases"),
    Place("Cycles", "assessments:cycles"),
    Place("Ladders", "ladders:ladders"),
    Place("Reports", "assessments:reports"),
    Place("People import", "people:import", roles=(Role.HR,)),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `me`, `nav` and `theme`; strangers get neither person nor places."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"me": None, "nav": [], "theme": ""}
    me = {"id": person.pk, "name": person.name, "title": person.title, "email": person.email}
    return {"me": me, "nav": _nav(request, person), "theme": person.theme}


def _nav(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    nav = []
    for place in PLACES:
        url = _url(place.name)
        if url and not place.roles:
            current = request.path == url or (url != "/" and request.path.startswith(url))
            nav.append({"label": place.label, "url": url, "current": current, "count": None})
    return nav


def _url(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
