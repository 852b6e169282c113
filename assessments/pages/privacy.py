"""What others can see of me, and everything that is kept about me to take along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.serializers import own_archive
from assessments.serializers import privacy as payload


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Everything about me, and who reads it."""
    return render(request, "assessments/privacy.html", {"privacy": payload.present(request.user)})


@require_safe
def own_data(request: HttpRequest) -> StreamingHttpResponse:
    """All of it as one zip file."""
    return own_archive.sent(request.user)
