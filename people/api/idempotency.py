"""`Idempotency-Key`: the same call answers the same, and happens once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from people.models.idempotency import IdempotencyKey
from people.refusals import Conflict, Invalid

HEADER = "Idempotency-Key"
LONGEST = 200
KEPT_FOR = timedelta(days=7)  # far longer than anybody tries again


def once(request: Request, key: str, call: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Make the call and keep its answer, or give the answer that this key already got.

    The key is written in the same transaction as the effect: a second call waits on the unique
    index until the first has ended, and a call that dies leaves neither key nor effect behind.
    """
    if len(key) > LONGEST:
        raise Invalid({HEADER: [f"A key has at most {LONGEST} characters."]})
    with transaction.atomic():
        kept, is_first = IdempotencyKey.objects.get_or_create(
            person=request.user,
            key=key,
            defaults={"method_path": _called(request), "body_digest": _digest(request)},
        )
        if not is_first:
            return _again(kept, request)
        _forget_old(request)
        answer = call()
        kept.status = answer.status_code
        kept.body, kept.etag = _plain(answer), answer.get("ETag", "")
        kept.save(update_fields=["status", "body", "etag"])
    return answer


def _again(kept: IdempotencyKey, request: Request) -> Response:
    if (kept.method_path, kept.body_digest) != (_called(request), _digest(request)):
        raise Conflict("This Idempotency-Key was already used for a different call.")
    kind = "application/problem+json" if (kept.status or 0) >= 400 else None
    answer = Response(kept.body, status=kept.status, content_type=kind)
    answer["Idempotency-Replayed"] = "true"
    if kept.etag:
        answer["ETag"] = kept.etag
    return answer


def _forget_old(request: Request) -> None:
    """Each caller's new keys make room by their old ones; nothing else has to remember to."""
    before = timezone.now() - KEPT_FOR
    IdempotencyKey.objects.filter(person=request.user, created_at__lt=before).delete()


def _called(request: Request) -> str:
    return f"{request.method} {request.get_full_path()}"[:300]


def _digest(request: Request) -> str:
    """The content of the call. Multipart boundaries differ between tries, so parts are read."""
    if not (request.content_type or "").startswith("multipart/"):
        return hashlib.sha256(request.body).hexdigest()
    digest = hashlib.sha256()
    for name, values in sorted(request.data.lists()):
        for value in values:
            digest.update(f"\0{name}\0{getattr(value, 'name', '')}\0".encode())
            for chunk in _chunks(value):
                digest.update(chunk)
    return digest.hexdigest()


def _chunks(value: Any) -> Any:
    if not hasattr(value, "chunks"):
        return [str(value).encode()]
    value.seek(0)
    chunks = list(value.chunks())
    value.seek(0)
    return chunks


def _plain(answer: HttpResponseBase) -> Any:
    if not isinstance(answer, Response) or answer.data is None:
        return None
    return json.loads(JSONRenderer().render(answer.data))
