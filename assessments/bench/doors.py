"""Who knocks during a measurement: signed-in people, tokens, and the bare database beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.test import Client

from assessments.bench.measuring import statements_of
from assessments.models import Evidence, PromotionCase
from people.actions import tokens
from people.models import Person, ReportingLine, Scope


class Door:
    """Requests of one person through the whole stack, by session or by token."""

    def __init__(self, person: Person, *, token: bool = False) -> None:
        """Sign in, or make a token."""
        headers = {"host": "localhost" if settings.RELAXED else settings.ALLOWED_HOSTS[0]}
        if token:
            _, plain = tokens.create(person, by=person, name="bench", scopes=list(Scope.values))
            headers["authorization"] = f"Bearer {plain}"
        self.person = person
        self.client = Client(headers=headers)
        if not token:
            self.client.force_login(person)

    def get(self, path: str) -> Any:
        """The answer, which is always 200, read to its end."""
        return self._read(self.client.get(path, secure=settings.SECURE_SSL_REDIRECT), 200)

    def post(self, path: str, data: dict[str, Any]) -> Any:
        """The answer to JSON, which is always a success."""
        secure = settings.SECURE_SSL_REDIRECT
        answer = self.client.post(path, data, content_type="application/json", secure=secure)
        return self._read(answer, 200, 201)

    def getting(self, path: str) -> Callable[[Any], Any]:
        """An act that asks for one address."""
        return lambda _: self.get(path)

    def _read(self, answer: Any, *expected: int) -> Any:
        if answer.status_code not in expected:
            raise RuntimeError(f"{answer.request['PATH_INFO']} answered {answer.status_code}")
        return b"".join(answer.streaming_content) if answer.streaming else answer


def rows(statement: str, **given: Any) -> list[tuple]:
    """What one hand-written statement answers, straight from the driver."""
    connection.ensure_connection()
    return connection.connection.execute(statement, given).fetchall()


def written(statement: str, **given: Any) -> int:
    """How many rows one hand-written statement wrote."""
    connection.ensure_connection()
    return connection.connection.execute(statement, given).rowcount


def fetching(statement: str, **given: Any) -> Callable[[Any], Any]:
    """A floor that fetches rows."""
    return lambda _: rows(statement, **given)


def statements_by_size(door: Door, path: str) -> tuple[int, int]:
    """How many statements a list sends for 2 rows, and for 200."""
    door.get(path)
    few = statements_of(lambda: door.get(f"{path}?page_size=2"))
    return few, statements_of(lambda: door.get(f"{path}?page_size=200"))


@dataclass
class Cast:
    """The people of the large organisation through whose eyes is measured."""

    @cached_property
    def hr(self) -> Person:
        """Sees every case and placement."""
        return self._person(roles__contains=["hr"])

    @cached_property
    def engineer(self) -> Person:
        """An ordinary employee with a past and evidence."""
        staff = "senior-staff-engineer"
        collected = Evidence.objects.values("person")
        return self._person(placements__level__key=staff, roles=[], pk__in=collected)

    @cached_property
    def manager(self) -> Person:
        """Leads managers and engineers, and owns cases."""
        lines = ReportingLine.objects.known_at().filter(manager__isnull=False)
        leaders = lines.filter(person__in=lines.values("manager")).values("manager")
        owners = PromotionCase.objects.open().values("owner")
        return self._person(Q(pk__in=leaders), Q(pk__in=owners))

    @cached_property
    def top(self) -> Person:
        """Everybody is below them."""
        return self._person(employee_number="E0000001")

    @cached_property
    def case(self) -> PromotionCase:
        """A case with everything: feedback, packet, ballots, recommendation."""
        return PromotionCase.objects.filter(state="recommended").latest("pk")

    def _person(self, *conditions: Q, **named: Any) -> Person:
        people = Person.objects.employed().for_session()
        return people.filter(*conditions, **named).order_by("pk")[0]
