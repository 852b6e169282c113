"""Pages to move many people to other levels at once: choose, look, do; and what was done."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from rest_framework.request import Request

from ladders import policies
from ladders import relevelled as rows
from ladders.actions import relevels as actions
from ladders.pages.forms.relevels import Between, Mapping
from ladders.serializers import relevels as payload
from people.cursor import Cursor
from people.refusals import Conflict, Invalid, enforce


@require_safe
def relevels(request: HttpRequest) -> HttpResponse:
    """What was done so far, and the way to one more."""
    enforce(policies.relevel(request.user))
    pages = Cursor()
    page = pages.paginate_queryset(rows.batches(), Request(request)) or []
    context = {
        "relevels": {
            "results": payload.listed(page),
            "next": pages.get_next_link(),
            "previous": pages.get_previous_link(),
        },
        "form": Between(),
    }
    return render(request, "ladders/relevels.html", context)


@require_safe
def relevel(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who was moved, and who was left out."""
    enforce(policies.relevel(request.user))
    found = rows.find(pk)
    if found is None:
        raise Http404
    return render(request, "ladders/relevel.html", {"relevel": payload.whole(*found)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Say which level becomes which; the first button looks, the second does what was seen."""
    enforce(policies.relevel(request.user))
    between = Between(request.GET)
    if not between.is_valid():
        page = {"form": between, "relevels": {"results": [], "next": None, "previous": None}}
        return render(request, "ladders/relevels.html", page, status=422)
    texts = between.cleaned_data["old"], between.cleaned_data["new"]
    form = Mapping(*texts, timezone.localdate(), request.POST or None)
    found, status = None, HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                found = _do(request, form)
            except (Invalid, Conflict) as refusal:
                form.add_error(None, refusal.reason)
            else:
                if found is None:
                    return redirect("ladders:relevels")
                status = HTTPStatus.OK
    context = {
        "form": form,
        "texts": [f"{text.title} {text.number}" for text in texts],
        "found": payload.preview(found) if found else None,
    }
    return render(request, "ladders/relevel_form.html", context, status=status)


def _do(request: HttpRequest, form: Mapping) -> actions.Plan | None:
    """Look, or, where what was seen is said again, do it; None once it is done."""
    said: dict[str, Any] = {"on": form.cleaned_data["on"], "levels": form.levels()}
    if "make" not in request.POST:
        return actions.plan(by=request.user, **said)
    seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
    batch = actions.relevel(by=request.user, reason=reason, seen=seen, **said)
    messages.success(request, f"Done, and on record as relevel {batch.pk}.")
    return None
