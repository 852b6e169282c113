"""Pages about the versions of a ladder: the archive, and what changed between two of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ladders import changes as layouts
from ladders.models import LadderVersion
from ladders.models.pairs import Pair, pair, with_changes
from ladders.serializers import difference as differences
from ladders.serializers import ladder as ladder_rows
from people import sheets


def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of a ladder that may be read, newest first, with what changed in it."""
    rows = LadderVersion.objects.readable().filter(ladder__slug=slug).select_related("ladder")
    found = with_changes(list(rows.order_by("-published_at", "-pk")))
    if not found:
        raise Http404
    context = {"ladder": found[0].ladder.title, "slug": slug}
    return render(
        request,
        "ladders/versions.html",
        context | {"versions": ladder_rows.editions(found)},
    )


def changes(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """What changed from one version to another."""
    found, payload, layout = _compared(request, slug, number)
    context = {
        "difference": payload,
        "layout": layout,
        "picks": [_pick(version, found) for version in found.versions if version != found.new],
        "read": payload["version"]["page_url"] if found.new.published_at else "",
        "csv": f"changes.csv{layouts.Asked(**layout['asked']).address()}",
    }
    return render(request, "ladders/changes.html", context)


def download(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """The changes that the page shows, as CSV."""
    _, _, layout = _compared(request, slug, number)
    name = f"{slug}-{number}-changes.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    text = sheets.written(layouts.HEAD, layouts.table(layout))
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def _compared(request: HttpRequest, slug: str, number: str) -> tuple[Pair, dict, dict]:
    names = layouts.Asked.__dataclass_fields__
    asked = layouts.Asked(**{name: request.GET.get(name, "") for name in names})
    rows = LadderVersion.objects.visible_to(request.user)
    found = pair(rows, slug, number, asked.against, request.user)
    if found is None:
        raise Http404
    payload = differences.present(found, found.difference())
    old = found.documents[found.old.pk] if found.old else None
    layout = layouts.Layout(payload, old, found.documents[found.new.pk], asked)
    return found, payload, layout.data()


def _pick(version: LadderVersion, found: Pair) -> dict:
    return {"number": version.number, "selected": version == found.old}
