"""A person's own account: time zone and tokens, as the page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from people.models import ApiToken, Person, Scope


def account(person: Person) -> dict[str, Any]:
    """What the account page says."""
    return {
        "name": person.name,
        "email": person.email,
        "time_zone": person.time_zone,
        "tokens_url": reverse("people:tokens"),
        "password_url": reverse("account_change_password"),
    }


def tokens(rows: Iterable[ApiToken], now: Any) -> list[dict[str, Any]]:
    """Tokens without their secret, newest first."""
    labels = dict(Scope.choices)
    return [
        {
            "id": row.pk,
            "name": row.name,
            "prefix": row.prefix,
            "scopes": [{"name": scope, "label": labels[scope]} for scope in row.scopes],
            "created_at": row.created_at,
            "expires_at": row.expires_at,
            "last_used_at": row.last_used_at,
            "usable": row.usable(now),
            "state": _state(row, now),
            "revoke_url": reverse("people:token-revocation", args=[row.pk]),
        }
        for row in rows
    ]


def _state(row: ApiToken, now: Any) -> str:
    if row.revoked_at:
        return "Revoked"
    return "In use" if row.usable(now) else "Expired"
