"""A browser without scripts: signed in, it follows links and sends forms."""

from __future__ import annotations

from typing import Any

from django.test import Client

from people.models import Person


class Browser:
    """Pages as one person sees them."""

    def __init__(self, person: Person) -> None:
        self.client = Client()
        self.client.force_login(person)

    def get(self, path: str, status: int = 200) -> Any:
        """A page; `status` is what it must answer."""
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.content[-2000:])
        return answer

    def post(self, path: str, status: int = 302, **fields: Any) -> Any:
        """A form; a page that takes it leads on."""
        answer = self.client.post(path, fields)
        problem = answer.context["form"].errors if answer.context and status == 302 else ""
        assert answer.status_code == status, (path, answer.status_code, problem)
        return answer


def said(answer: Any) -> str:
    """The words of a page."""
    return answer.content.decode()
