"""What a token may be used for; a session may do all that its person may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from people.models.token import ApiToken

if TYPE_CHECKING:  # DRF loads this file before its views exist
    from rest_framework.views import APIView

READ = "read"


class Scoped(BasePermission):
    """A token needs the scope that the view names: closed unless named for writes."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Refuse a token without the scope, and say which scope is missing."""
        if not isinstance(request.auth, ApiToken):
            return True
        needed = scope_for(request.method or "", getattr(view, "scope", None))
        if needed is None:
            self.message = "This cannot be done with a token."
            return False
        self.message = f"This token lacks the scope “{needed}”."
        return needed in request.auth.scopes


def scope_for(method: str, scope: str | None) -> str | None:
    """The scope that a call needs: `read` for reading unless the view names another `…:read`."""
    if method in SAFE_METHODS:
        return scope if scope and scope.endswith(f":{READ}") else READ
    return scope
