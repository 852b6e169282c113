"""Operations that read: pages, endpoints, search, reports, files."""

from __future__ import annotations

from typing import Any

from django.db import connection

from assessments.bench import floors
from assessments.bench.doors import Cast, Door, fetching, statements_by_size
from assessments.bench.measuring import Operation
from assessments.models import PromotionCase

NOBODY = "zzyzx"


def lists(cast: Cast) -> list[Operation]:
    """Lists as pages, each for somebody who sees all of it and for somebody who sees a part."""
    hr, engineer, manager = Door(cast.hr), Door(cast.engineer), Door(cast.manager)
    about, led = {"person": cast.engineer.pk}, {"person": cast.manager.pk}
    page, people, cases = "≤ 15 ms, ≤ 10 SQL", floors.PEOPLE_PAGE, floors.OPEN_CASES_PAGE
    return [
        _read("no work at all: /healthz", hr, "/healthz", "SELECT 1", ""),
        _read("people list, 50 rows", hr, "/people/", people, page, size=51),
        _read("the same, for an engineer", engineer, "/people/", people, page, size=51),
        _read("My track", engineer, "/track/", floors.TRACK, "≤ 15 ms, ≤ 12 SQL", **about),
        _read("team page", manager, "/team/", floors.REPORTS, "≤ 15 ms, ≤ 8 SQL", **led),
        _read("case list, 50 rows", hr, "/cases/", cases, page, size=51),
        _read("the same, for a manager", manager, "/cases/", floors.OWN_CASES, page, **led),
    ]


def details(cast: Cast) -> list[Operation]:
    """One case as a page, and the API with a token."""
    hr, api, case = Door(cast.hr), Door(cast.hr, token=True), cast.case.pk
    person = cast.engineer.pk
    people, cases = "/api/v1/people/", "/api/v1/cases/"
    many, one, full = "≤ 3 ms, ≤ 3 SQL", "≤ 3 ms, ≤ 4 SQL", "?page_size=100"
    return [
        _read("case page", hr, f"/cases/{case}/", floors.ONE_CASE, "≤ 25 ms, ≤ 18 SQL", case=case),
        _read("API: a case", api, f"{cases}{case}/", floors.ONE_CASE, one, case=case),
        _read("API: a person", api, f"{people}{person}/", floors.ONE_PERSON, one, person=person),
        _read("API: 100 people", api, f"{people}{full}", floors.PEOPLE_PAGE, many, size=101),
        _read("API: 100 cases", api, f"{cases}{full}", floors.CASES_PAGE, many, size=101),
    ]


def finding(cast: Cast) -> list[Operation]:
    """Search as one types: many hits, some, none."""
    api = Door(cast.engineer, token=True)
    address, goal = "/api/v1/search/?q=", "≤ 10 ms"
    return [
        _read(f"search “{word}”", api, f"{address}{word}", floors.CALLED, goal, key=word)
        for word in ("an", "sommer", NOBODY)
    ]


def reports(cast: Cast) -> list[Operation]:
    """Reports over everybody, and the file of all cases."""
    api, hr = Door(cast.hr, token=True), Door(cast.hr)
    standing, promoted = "/api/v1/reports/level-distribution/", "/api/v1/reports/promotion-rate/"
    by_unit, goal = f"{promoted}?group_by=unit", "≤ 150 ms"
    file, size = hr.getting("/cases/cases.csv?state=all"), PromotionCase.objects.count()
    return [
        _read("report: level distribution", api, standing, floors.STANDING, goal, calls=2),
        _read("report: promotion rate", api, promoted, floors.PROMOTED, goal, calls=2),
        _read("the same, by unit", api, by_unit, floors.PROMOTED, goal, calls=2),
        Operation(
            f"CSV of {size:,} cases", file, _copy, calls=1, rounds=2, goal="+10 MiB at any size"
        ),
    ]


def constants(cast: Cast) -> dict[str, tuple[int, int]]:
    """Statements for 2 rows and for 200, by address."""
    api, engineer = Door(cast.hr, token=True), Door(cast.engineer, token=True)
    found = {
        path: statements_by_size(api, path)
        for path in ("/api/v1/people/", "/api/v1/cases/", "/api/v1/teams/")
    }
    own = f"/api/v1/people/{cast.engineer.pk}/evidence/"
    return found | {own: statements_by_size(engineer, own)}


def _read(
    name: str, door: Door, path: str, floor: str, goal: str, calls: int = 5, **given: Any
) -> Operation:
    act = door.getting(path)
    return Operation(name, act, fetching(floor, **given), calls=calls, goal=goal)


def _copy(_: None) -> bytes:
    connection.ensure_connection()
    with connection.connection.cursor().copy(floors.ALL_CASES) as copy:
        return b"".join(copy)
