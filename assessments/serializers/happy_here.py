"""Whether somebody wants no talk of promotion, for those who may know."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from rest_framework import serializers

from assessments.serializers import links
from people.serializers.strict import Input


class Say(Input):
    """When to think about it again, if a date is wanted."""

    look_again_on = serializers.DateField(required=False, allow_null=True)


class HappyHere(serializers.Serializer):
    """The shape of the answer; `shown` makes it."""

    said = serializers.BooleanField()
    since = serializers.DateField(allow_null=True)
    look_again_on = serializers.DateField(allow_null=True)
    look_again = serializers.BooleanField(help_text="The day has come; told to the person alone.")
    url = serializers.CharField()


def shown(
    words: list[dict[str, Any]], person: int, *, oneself: bool, today: datetime.date | None = None
) -> dict[str, Any] | None:
    """The word from `word_of`; None where nothing was said and somebody else asks."""
    if not words and not oneself:
        return None
    word = words[0] if words else {"since": None, "look_again_on": None}
    again = _day(word["look_again_on"])
    return {
        "said": bool(words),
        "since": _day(word["since"]),
        "look_again_on": again,
        "look_again": bool(oneself and again and again <= (today or timezone.localdate())),
        "url": links.api("happy-here", person),
    }


def _day(value: Any) -> datetime.date | None:
    return parse_date(value) if isinstance(value, str) else value
