"""A line of the inbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from assessments.models import Notification as Row


class Notification(serializers.Serializer):
    """What to do or what happened, and where. `read_at` is empty until it was read."""

    id = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    text = serializers.CharField()
    page_url = serializers.CharField(source="path", help_text="What it is about.")
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
    actions = serializers.SerializerMethodField()

    def get_url(self, row: Row) -> str:
        """Where the API has it."""
        return reverse("api-assessments:notification", args=[row.pk])

    def get_actions(self, row: Row) -> list[dict[str, Any]]:
        """Mark as read, until it is."""
        unread = row.read_at is None
        return [
            {
                "name": "read",
                "label": "Mark as read",
                "url": reverse("api-assessments:notification-reading", args=[row.pk]),
                "page_url": reverse("assessments:notification-reading", args=[row.pk]),
                "allowed": unread,
                "reason": "" if unread else "You have read this.",
            }
        ]


def present(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The payload of a list."""
    return Notification(rows, many=True).data
