"""How bodies are read: JSON, within limits."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class Json(JSONParser):
    """JSON; what is nested too deeply to be read is bad input, not a bug."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """The content of the body."""
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError("This JSON is nested too deeply.") from None
