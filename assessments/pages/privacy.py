"""The page that says what others can see of me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.serializers import privacy as payload


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Everything about me, and who reads it."""
    return render(request, "assessments/privacy.html", {"privacy": payload.present(request.user)})
