"""Everything that can happen to a personal API token."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from people import audit, policies
from people.models import ApiToken, Person, Scope
from people.refusals import Invalid, enforce

MARK = "tt_"  # lets a scanner of leaked secrets recognise ours
LONGEST = datetime.timedelta(days=366)


def create(
    person: Person,
    *,
    by: Person | None,
    name: str,
    scopes: list[str],
    expires_at: datetime.datetime | None = None,
) -> tuple[ApiToken, str]:
    """Make a token and return it with its plain text, which is nowhere else and never shown again.

    Without a date it ends after a year, which is also the longest that one may live.
    """
    latest = timezone.now() + LONGEST
    expires_at = expires_at or latest
    _check(name, scopes, expires_at, latest)
    with transaction.atomic():
        enforce(policies.create_token(by, person))
        plain = MARK + secrets.token_urlsafe(32)
        token = ApiToken.objects.create(
            person=person,
            name=name.strip(),
            prefix=plain[:10],
            digest=hashlib.sha256(plain.encode()).hexdigest(),
            scopes=sorted(set(scopes)),
            expires_at=expires_at,
        )
        audit.record("token.create", token, by=by, scopes=token.scopes)
    return token, plain


def revoke(token: ApiToken, *, by: Person | None) -> ApiToken:
    """End a token now. Doing it again changes nothing."""
    with transaction.atomic():
        token = ApiToken.objects.select_for_update(no_key=True).get(pk=token.pk)
        enforce(policies.revoke_token(by, token))
        if token.revoked_at is None:
            token.revoked_at = timezone.now()
            token.save(update_fields=["revoked_at"])
            audit.record("token.revoke", token, by=by)
    return token


def _check(
    name: str, scopes: list[str], expires_at: datetime.datetime, latest: datetime.datetime
) -> None:
    errors: dict[str, list[str]] = {}
    if not name.strip() or len(name) > 100:
        errors["name"] = ["Give the token a name of at most 100 characters."]
    if not scopes:
        errors["scopes"] = ["Choose at least one thing that the token may do."]
    elif unknown := sorted(set(scopes) - set(Scope.values)):
        errors["scopes"] = [f"“{scope}” is not a scope." for scope in unknown]
    if expires_at <= timezone.now():
        errors["expires_at"] = ["The token must end in the future."]
    elif expires_at > latest + datetime.timedelta(days=1):
        errors["expires_at"] = ["A token lives for a year at most."]
    if errors:
        raise Invalid(errors)
