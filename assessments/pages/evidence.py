"""Pages of one's own evidence: all pieces, one to change, and the file to take along."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)
from rest_framework.request import Request

from assessments import spreadsheets, tracks
from assessments.actions import evidence
from assessments.filters import EvidenceFilters
from assessments.models import Evidence
from assessments.pages.forms.evidence import Add, Change, NewFile
from assessments.serializers.evidence import present, table
from people.cursor import Cursor
from people.refusals import Invalid

UNPROCESSABLE = 422


class Newest(Cursor):
    """The order of the list."""

    ordering = ("-happened_on", "-pk")


@require_http_methods(["GET", "HEAD", "POST"])
def pieces(request: HttpRequest) -> HttpResponse:
    """All pieces, as far as the address narrows them; POST adds one and goes back where it was."""
    competencies = tracks.competencies_of(request.user)
    if request.method != "POST":
        return _list(request, competencies, Add(competencies))
    form = Add(competencies, request.POST)
    if form.is_valid():
        try:
            evidence.add(by=request.user, **form.fields_of_piece())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Evidence added. Only you see it.")
            return redirect(_back(request))
    return _list(request, competencies, form, status=UNPROCESSABLE)


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """The form to add a piece, and nothing else: where the way from any page leads."""
    competencies = tracks.competencies_of(request.user)
    context = {"form": Add(competencies), "placed": bool(competencies)}
    return render(request, "assessments/evidence_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece, to be changed."""
    if request.method != "POST":
        return show_piece(request, pk)
    row = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    form = Change(tracks.competencies_of(request.user), request.POST)
    if form.is_valid():
        try:
            evidence.change(row, by=request.user, **form.fields_of_piece())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Evidence changed.")
            return redirect("assessments:evidence")
    return show_piece(request, pk, form=form, status=UNPROCESSABLE)


def show_piece(
    request: HttpRequest,
    pk: int,
    *,
    form: Change | None = None,
    file_form: NewFile | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one piece with its two forms."""
    row = get_object_or_404(Evidence.objects.visible_to(request.user).for_display(), pk=pk)
    context = {
        "piece": present([row], request.user)[0],
        "form": form or Change.of(row, tracks.competencies_of(request.user)),
        "file_form": file_form or NewFile(),
    }
    return render(request, "assessments/evidence_piece.html", context, status=status)


@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a piece off the list."""
    row = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    evidence.put_away(row, by=request.user)
    messages.success(request, "Put away. You find it under “Put away” and can bring it back.")
    return redirect("assessments:evidence")


@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a piece on the list again."""
    row = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    evidence.bring_back(row, by=request.user)
    messages.success(request, "It is on your list again.")
    return redirect("assessments:evidence-piece", pk)


@require_GET
def download(request: HttpRequest) -> StreamingHttpResponse:
    """All pieces on the list as CSV."""
    rows = Evidence.objects.visible_to(request.user).kept().for_display()
    response = StreamingHttpResponse(
        spreadsheets.lines(*table(rows.iterator())), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="evidence.csv"'
    return response


def _list(request: HttpRequest, competencies: list, form: Add, status: int = 200) -> HttpResponse:
    own = Evidence.objects.visible_to(request.user)
    asked = {name: value for name, value in request.GET.items() if value and name != "page"}
    filters = EvidenceFilters(asked, queryset=own.for_display(), request=request)
    good = filters.is_valid()
    rows = filters.qs if good else own.none()
    pages = Newest()
    page = pages.paginate_queryset(rows, Request(request)) or []
    chosen = {name: value for name, value in asked.items() if name in filters.filters}
    context = {
        "evidence": present(page, request.user),
        "count": rows.count(),
        "choices": [{"key": each.key, "name": str(each)} for each in competencies],
        "tags": own.kept().tags_in_use(),
        "chosen": chosen,
        "errors": filters.errors,
        "previous": pages.get_previous_link(),
        "next": pages.get_next_link(),
        "form": form,
    }
    status = status if good else UNPROCESSABLE
    return render(request, "assessments/evidence.html", context, status=status)


def _back(request: HttpRequest) -> str:
    """Where the form was, if that is one of our own pages."""
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
        return asked
    return reverse("assessments:evidence")
