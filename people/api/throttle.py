"""How often one client may call: an allowance per minute, counted in the shared cache."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from people.models.token import ApiToken

if TYPE_CHECKING:  # DRF loads this file before its views exist
    from rest_framework.views import APIView

WINDOW = 60
logger = structlog.get_logger(__name__)


class Allowance(BaseThrottle):
    """So many calls in each minute of the clock, per token or per person.

    One counter instead of a list of instants: a call costs the same at any rate.
    """

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count this call; False when the minute's allowance is used up."""
        self.now = time.time()
        key = f"allowance:{self._client(request)}:{int(self.now // WINDOW)}"
        try:
            cache.add(key, 0, WINDOW * 2)
            used = cache.incr(key)
        except Exception as error:  # a cache that is away or forgets must not close the API
            logger.warning("allowance_not_counted", reason=type(error).__name__)
            return True
        return used <= settings.API_CALLS_PER_MINUTE

    def wait(self) -> float:
        """Seconds until the next minute begins; DRF answers it as Retry-After."""
        return WINDOW - self.now % WINDOW

    def _client(self, request: Request) -> str:
        if isinstance(request.auth, ApiToken):
            return f"token-{request.auth.pk}"
        if request.user.is_authenticated:
            return f"person-{request.user.pk}"
        return f"address-{self.get_ident(request)}"
