"""Home: what needs me, by due date, and what I wait for; nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.serializers.me import present


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The payload of /me/ as a page."""
    return render(request, "assessments/home.html", {"home": present(request.user)})
