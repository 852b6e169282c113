"""A client of the API as a script is one: a token in a header, JSON in and out."""

from __future__ import annotations

from typing import Any

from rest_framework.test import APIClient

from people.actions import tokens
from people.models import Person


class Caller:
    """Calls the API as one person; every answer is the response, its body under `.json()`."""

    def __init__(self, person: Person, *scopes: str) -> None:
        granted = list(scopes or ("read", "cases:write"))
        _, plain = tokens.create(person, by=person, name="script", scopes=granted)
        self.client = APIClient()
        self.client.credentials(HTTP_AUTHORIZATION=f"Bearer {plain}")

    def get(self, path: str, **query: Any) -> Any:
        """GET below /api/v1/."""
        return self.client.get(f"/api/v1/{path}", query)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST JSON below /api/v1/."""
        return self.client.post(f"/api/v1/{path}", body or {}, format="json", headers=headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        """PATCH JSON below /api/v1/."""
        return self.client.patch(f"/api/v1/{path}", body, format="json", headers=headers)

    def delete(self, path: str) -> Any:
        """DELETE below /api/v1/."""
        return self.client.delete(f"/api/v1/{path}")
