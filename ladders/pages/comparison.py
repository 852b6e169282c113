"""Two levels of any ladders beside each other, as a page and as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ladders.filters import Comparison
from ladders.models import Level
from ladders.serializers import comparison
from people.refusals import Invalid


@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """Choose two levels and read what changes from one to the other."""
    asked = _asked(request)
    left, right = asked["left"], asked["right"]
    found = _found(request, asked) if left and right else None
    context = {
        "comparison": found,
        "pickers": comparison.pickers(Level.objects.to_choose_from(), left, right),
        "links": _links(found) if found else {},
    }
    return render(request, "ladders/comparison.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    asked = _asked(request)
    if not (asked["left"] and asked["right"]):
        raise Http404
    found = _found(request, asked)
    name = comparison.filename(found)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    text = comparison.table(found)
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def _asked(request: HttpRequest) -> dict:
    form = Comparison(request.GET)
    if not form.is_valid():
        raise Invalid({name: list(messages) for name, messages in form.errors.items()})
    return form.cleaned_data


def _found(request: HttpRequest, asked: dict) -> dict:
    found = comparison.present(asked["left"], asked["right"], request.user)
    if found is None:
        raise Http404
    return found


def _links(found: dict) -> dict[str, str]:
    """Where the same goes: the other way round, for good, into a file, from the API."""
    left, right = found["left"]["name"], found["right"]["name"]
    return {
        "swap": comparison.address(right, left),
        "for_good": comparison.address(left, right),
        "file": comparison.address(left, right, "comparison-file"),
    }
