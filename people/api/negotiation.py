"""For endpoints that answer files: the address chooses the form, not the header."""

from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request


class FirstRenderer(DefaultContentNegotiation):
    """`Accept` and `?format=` choose no renderer here; what is no file is JSON."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        """Answer with the first renderer, whatever was asked."""
        return renderers[0], renderers[0].media_type
