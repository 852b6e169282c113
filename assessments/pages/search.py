"""Search as a page: what the command palette shows, for those without scripts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.search import find
from assessments.serializers.search import present


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the words of `q` found."""
    words = request.GET.get("q", "")
    context = {"search": present(words, find(words, request.user))}
    return render(request, "assessments/search.html", context)
