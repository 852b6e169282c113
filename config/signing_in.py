"""How people sign in: by e-mail and password; accounts come from the HR system, not from here."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from people.models import Person


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed."""
        return False


class Backend(AuthenticationBackend):
    """Password sign-in, and the person of a session with what every request needs of them."""

    def get_user(self, user_id: int) -> Person | None:
        """One query for the person and the unit they look after."""
        person = Person.objects.for_session().filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
