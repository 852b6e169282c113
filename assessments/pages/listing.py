"""How a list of cases is narrowed and paged on a page: links that change the address."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from assessments.models import PromotionCase
from assessments.states import ENDED, OPEN, State
from people.models.wide import WideRows

SIZE = 50
CYCLES = 5  # newest cycles that have a link
NEWEST, OLDEST = ("-active_at", "-pk"), ("active_at", "pk")

STATES = {
    "": ("Open", OPEN),
    "draft": ("Draft", {State.DRAFT}),
    "gathering": ("Being heard", {State.SUBMITTED, State.GATHERING}),
    "review": ("In review", {State.FROZEN, State.IN_REVIEW, State.RECOMMENDED}),
    "decided": ("Decided", {State.DECIDED, State.COMMUNICATED, State.SCHEDULED}),
    "ended": ("Ended", ENDED),
    "all": ("All", frozenset(State)),
}
WHOSE = {
    "": "All I may see",
    "owner": "Mine to file",
    "approver": "Mine to decide",
    "panel": "On my panels",
    "candidate": "About me",
}
"""Values of `?state=` and `?mine=`: the word on the link, and the states."""


@dataclass(frozen=True)
class Page:
    """Some rows, and the addresses of those before and after."""

    rows: list[PromotionCase]
    previous: str | None
    next: str | None


def chosen(request: HttpRequest) -> dict[str, str]:
    """The filters of the address; what is not known counts as not given."""
    state, mine = request.GET.get("state", ""), request.GET.get("mine", "")
    cycle = request.GET.get("cycle", "")
    return {
        "state": state if state in STATES else "",
        "mine": mine if mine in WHOSE else "",
        "cycle": cycle if cycle == "none" or (cycle.isdecimal() and len(cycle) < 19) else "",
    }


def asked(filters: dict[str, str]) -> dict[str, str]:
    """The filters that are set, as a query string has them."""
    return {name: value for name, value in filters.items() if value}


def filtered(cases: QuerySet, filters: dict[str, str], person: Any) -> QuerySet:
    """The cases that the filters let through."""
    cases = cases.filter(state__in=STATES[filters["state"]][1])
    if filters["cycle"]:
        none = filters["cycle"] == "none"
        cases = cases.filter(cycle=None if none else int(filters["cycle"]))
    if filters["mine"] == "panel":
        return cases.filter(pk__in=PromotionCase.objects.reviewed_by(person).values("pk"))
    return cases.filter(**{filters["mine"]: person}) if filters["mine"] else cases


def filters(chosen: dict[str, str], cycles: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Groups of links, one of each current."""
    named = [("", "Any")] + [(str(cycle["pk"]), cycle["name"]) for cycle in cycles]
    groups = {
        "state": ("State", [(value, label) for value, (label, _) in STATES.items()]),
        "mine": ("Whose", list(WHOSE.items())),
        "cycle": ("Cycle", [*named, ("none", "Off-cycle")]),
    }
    return [
        {
            "label": label,
            "options": [
                {
                    "label": words,
                    "url": f"?{urlencode(asked({**chosen, name: value}))}",
                    "current": chosen[name] == value,
                }
                for value, words in options
            ],
        }
        for name, (label, options) in groups.items()
    ]


def page(cases: QuerySet, request: HttpRequest, wide: WideRows) -> Page:
    """The rows at the cursor of the address, newest activity first, as `wide` reads them."""
    back, at = _read(request.GET.get("cursor", ""))
    if at is not None:
        cases = cases.filter(_beyond(*at, newer=back))
    rows = list(wide.of(cases.order_by(*(OLDEST if back else NEWEST))[: SIZE + 1]))
    more, rows = len(rows) > SIZE, rows[:SIZE]
    if back:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    first, last = _cursor(request, "b", rows[0]), _cursor(request, "f", rows[-1])
    newer = more if back else at is not None
    return Page(rows, first if newer else None, last if back or more else None)


def _beyond(moment: Any, pk: int, *, newer: bool) -> Q:
    if newer:
        return Q(active_at__gt=moment) | Q(active_at=moment, pk__gt=pk)
    return Q(active_at__lt=moment) | Q(active_at=moment, pk__lt=pk)


def _cursor(request: HttpRequest, way: str, row: PromotionCase) -> str:
    token = base64.urlsafe_b64encode(f"{way} {row.pk} {row.active_at.isoformat()}".encode())
    return f"?{urlencode(asked(chosen(request)) | {'cursor': token.decode()})}"


def _read(token: str) -> tuple[bool, tuple[Any, int] | None]:
    """Which way, and the row it starts from; a broken cursor is the first page."""
    try:
        way, pk, at = base64.urlsafe_b64decode(token.encode()).decode().split(" ")
        moment = parse_datetime(at)
        if moment is None or moment.tzinfo is None or way not in "bf":
            return False, None
        return way == "b", (moment, int(pk))
    except (ValueError, binascii.Error):
        return False, None
