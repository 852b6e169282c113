"""Who calls the API: personal tokens. Sessions are Django's own."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from people.models.token import ApiToken

if TYPE_CHECKING:
    from people.models.person import Person

USED_EVERY = timedelta(minutes=1)


def digest(token: str) -> str:
    """SHA-256 of the whole token in hex; the only form in which a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer …`. A token that does not count is 401, never an anonymous call."""

    def authenticate(self, request: Request) -> tuple[Person, ApiToken] | None:
        """Return the person and the token, or None when the call carries no bearer token."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        if len(words) != 2:
            raise AuthenticationFailed("The Authorization header must be: Bearer <token>.")
        token = self._find(words[1].decode("latin-1"))
        self._touch(token, timezone.now())
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return 'Bearer realm="api"'

    def _find(self, secret: str) -> ApiToken:
        tokens = ApiToken.objects.select_related("person__partner_team")
        token = tokens.filter(digest=digest(secret)).first()
        if token is None:
            raise AuthenticationFailed("This token is not known.")
        if not token.usable(timezone.now()):
            raise AuthenticationFailed("This token has expired or was revoked.")
        if not token.person.is_active:
            raise AuthenticationFailed("The person of this token may no longer sign in.")
        return token

    def _touch(self, token: ApiToken, now: datetime) -> None:
        """Note the use, but at most once a minute: a busy script must not write on every call."""
        if token.last_used_at is None or token.last_used_at <= now - USED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
