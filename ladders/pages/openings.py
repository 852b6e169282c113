"""Opening a ladder to everybody, and closing it again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ladders import policies
from ladders.actions import openings
from ladders.models import Ladder, LadderVersion
from ladders.serializers.version import PUBLIC
from people.models import Person


@require_POST
def open_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody may read it from now on."""
    openings.open_to_public(_ladder(slug), by=request.user)
    messages.success(request, "The ladder is open: everybody with its address can read it.")
    return redirect("ladders:ladder", slug)


@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Only who signs in may read it from now on."""
    openings.close_to_public(_ladder(slug), by=request.user)
    messages.success(request, "The ladder is closed: only people who sign in can read it.")
    return redirect("ladders:ladder", slug)


def opening(ladder: dict[str, Any], reader: Person) -> dict[str, Any]:
    """Whether a ladder is open, where, and whether the reader may change that."""
    path = reverse("ladders:ladder", args=[ladder["slug"]], current_app=PUBLIC)
    return {
        "public": ladder["public"],
        "path": path,
        "address": f"{settings.PUBLIC_URL}{path}",
        "allowed": bool(policies.open_to_public(reader, Ladder(slug=ladder["slug"]))),
    }


def _ladder(slug: str) -> Ladder:
    rows = LadderVersion.objects.readable().filter(ladder__slug=slug).one_per_ladder()
    return get_object_or_404(rows).ladder
