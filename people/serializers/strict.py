"""The base of every serializer that takes input: what it does not know, it refuses by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers


class Input(serializers.Serializer):
    """A serializer that answers 400 for fields it does not have, naming each of them."""

    def to_internal_value(self, data: Any) -> Any:
        """Refuse unknown fields before looking at the known ones."""
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - set(self.fields))):
            message = "This field is not known here."
            raise serializers.ValidationError({name: [message] for name in unknown})
        return super().to_internal_value(data)
