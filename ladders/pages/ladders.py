"""Pages to read ladders on: all of them, one with its matrix, one level, and the file itself."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from ladders import booklet, one_competency, one_level, policies
from ladders.choices import Asked
from ladders.finding import find
from ladders.matrix import Layout
from ladders.models import LadderVersion
from ladders.models.ladder import LadderVersionQuerySet
from ladders.models.matrix import whole
from ladders.pages.openings import opening
from ladders.serializers import comparison, document
from ladders.serializers import draft as draft_rows
from ladders.serializers import ladder as ladder_rows
from ladders.serializers import version as version_rows
from ladders.serializers.version import INSIDE, PUBLIC
from ladders.states import VersionState


def ladders(request: HttpRequest) -> HttpResponse:
    """Every ladder, with its version in force."""
    rows = _readable(request).one_per_ladder().for_list().order_by("ladder__title", "pk")
    shown = ladder_rows.present(rows, _door(request))
    return _show(request, "ladders/ladders.html", ladders=shown, **_making(request))


def ladder(request: HttpRequest, slug: str, number: str | None = None) -> HttpResponse:
    """The matrix of a ladder: the version in force, or the one named."""
    version = _version(request, slug, number)
    asked = Asked(**{name: request.GET.get(name, "") for name in Asked.__dataclass_fields__})
    context = {
        "version": version,
        "matrix": Layout(version, asked).data(),
        "found": find(version, request.GET.get("q", "")),
        "facts": _facts(version),
        "booklet": _booklet(version, _door(request)),
    }
    return _show(request, "ladders/ladder.html", **context, **_inside(request, version))


def level(request: HttpRequest, slug: str, key: str, number: str | None = None) -> HttpResponse:
    """One level as a page to read."""
    version = _version(request, slug, number)
    page = one_level.layout(version, key)
    if page is None:
        raise Http404
    return _show(request, "ladders/level.html", version=version, page=page)


def competency(
    request: HttpRequest, slug: str, key: str, number: str | None = None
) -> HttpResponse:
    """One competency through all levels."""
    version = _version(request, slug, number)
    page = one_competency.layout(version, key)
    if page is None:
        raise Http404
    return _show(request, "ladders/competency.html", version=version, page=page)


def print_out(request: HttpRequest, slug: str, number: str | None = None) -> HttpResponse:
    """The whole ladder as a booklet."""
    version = _version(request, slug, number)
    return _show(request, "ladders/booklet.html", version=version, booklet=booklet.layout(version))


def download(request: HttpRequest, slug: str, number: str, form: str) -> HttpResponse:
    """The version as a file that can be imported again."""
    if form not in document.FORMS:
        raise Http404
    rows = LadderVersion.objects.visible_to(request.user).select_related("ladder")
    made = document.file(get_object_or_404(rows, ladder__slug=slug, number=number), form)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return HttpResponse(made.data, content_type=made.content_type, headers=headers)


# --- One page, two doors ---------------------------------------------------------------------
def _door(request: HttpRequest) -> str:
    """Who signed in comes through one, everybody through the other."""
    match = request.resolver_match
    return PUBLIC if match and match.namespace == PUBLIC else INSIDE


def _show(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    context["public"] = _door(request) == PUBLIC
    return render(request, name, context)


def _readable(request: HttpRequest) -> LadderVersionQuerySet:
    """The versions behind the door that the reader came through."""
    versions = LadderVersion.objects
    return versions.public() if _door(request) == PUBLIC else versions.readable()


def _version(request: HttpRequest, slug: str, number: str | None) -> dict:
    """The payload that the API answers for this version; to everybody, nothing of the reader."""
    door = _door(request)
    reader = None if door == PUBLIC else request.user
    if number and reader:
        rows = LadderVersion.objects.visible_to(reader).filter(ladder__slug=slug, number=number)
    else:
        rows = _readable(request).filter(ladder__slug=slug)
        rows = rows.filter(number=number) if number else rows.one_per_ladder()
    return version_rows.present(get_object_or_404(whole(rows, reader)), door, person=reader)


def _making(request: HttpRequest) -> dict[str, Any]:
    """The texts in the making, for those who write ladders."""
    if _door(request) == PUBLIC or not policies.start_draft(request.user):
        return {"drafts": [], "writes": False}
    rows = draft_rows.drafts(request.user).order_by("ladder__title", "pk")
    return {"drafts": draft_rows.present(rows), "writes": True}


def _inside(request: HttpRequest, version: dict) -> dict[str, Any]:
    """What only those who signed in are offered: files, comparisons, and to open the ladder."""
    if _door(request) == PUBLIC:
        return {"downloads": [], "compare": "", "curl": "", "opening": None}
    return {
        "downloads": _downloads(version),
        "compare": comparison.address(_own_level(version), ""),
        "curl": f'curl -H "Authorization: Bearer $TOKEN" {settings.PUBLIC_URL}{version["url"]}',
        "opening": opening(version["ladder"], request.user) if version["published_at"] else None,
    }


# --- What the page adds to the payload ---------------------------------------------------------
def _booklet(version: dict, door: str) -> str:
    slug, number = version["ladder"]["slug"], version["number"]
    if version["state"] == VersionState.PUBLISHED:
        return reverse("ladders:booklet", args=[slug], current_app=door)
    return reverse("ladders:version-booklet", args=[slug, number], current_app=door)


def _own_level(version: dict) -> str:
    """The name of the level one stands on."""
    here = (row["name"] for row in version["levels"] if row["key"] == version["stands_on"])
    return next(here, "")


def _facts(version: dict) -> dict:
    """What the head of the page counts, and the versions it points to."""
    grades = {level["grade"]["rank"] for level in version["levels"] if level["grade"]}
    others = [row for row in version["versions"] if row["number"] != version["number"]]
    current = next((row for row in version["versions"] if row["state"] == "published"), None)
    return {
        "grades": len(grades),
        "pillars": len({row["pillar"] for row in version["competencies"] if row["pillar"]}),
        "others": others[:2],
        "more": max(0, len(others) - 2),
        "newer": current if current and current["number"] != version["number"] else None,
        "steps": _steps(version),
    }


def _steps(version: dict) -> list[dict]:
    """Competencies with what each step of their scale means, in the order of the ladder."""
    names = {(row["scale"], row["key"]): row["name"] for row in version["steps"]}
    plain = {row["key"]: row["name"] for row in version["steps"]}
    told = []
    for row in version["competencies"]:
        said = [
            meaning | {"name": names.get((row["scale"], meaning["step"]), plain[meaning["step"]])}
            for meaning in version["meanings"]
            if meaning["competency"] == row["key"]
        ]
        if said:
            told.append({"name": row["name"], "description": row["description"], "steps": said})
    return told


def _downloads(version: dict) -> list[dict]:
    slug, number = version["ladder"]["slug"], version["number"]
    return [
        {
            "label": made.label,
            "url": reverse("ladders:file", args=[slug, number, form]),
            "filename": f"{slug}-{number}.ladder.{made.suffix}",
        }
        for form, made in document.FORMS.items()
    ]
