"""The inbox: what was sent to me, read and unread."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from rest_framework.request import Request

from assessments.actions import inbox as lines
from assessments.models import Notification
from assessments.serializers.notification import present
from people.cursor import Cursor
from people.wording import counted


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Lines, newest first; `?unread=true` leaves out what was read."""
    rows = Notification.objects.visible_to(request.user)
    only_unread = request.GET.get("unread") == "true"
    if only_unread:
        rows = rows.unread()
    pages = Newest()
    page = pages.paginate_queryset(rows, Request(request)) or []
    context = {
        "inbox": {
            "results": present(page),
            "next": pages.get_next_link(),
            "previous": pages.get_previous_link(),
        },
        "only_unread": only_unread,
        "unread": Notification.objects.visible_to(request.user).unread().count(),
    }
    return render(request, "assessments/inbox.html", context)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a line as read and come back; with `open`, go where it leads."""
    row = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    lines.read(row, by=request.user)
    if "open" in request.POST:
        return redirect(row.path)
    return redirect("assessments:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    count = lines.read_all(by=request.user)
    messages.success(request, f"{counted(count, 'line,lines')} marked as read.")
    return redirect("assessments:inbox")


class Newest(Cursor):
    """The order of the API's list."""

    ordering = ("-created_at", "-pk")
