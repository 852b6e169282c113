"""How promotion works here, as a page that everybody may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.serializers.guide import present


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """The guide, made from the procedures as they are now."""
    return render(request, "assessments/how.html", {"guide": present()})
