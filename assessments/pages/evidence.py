"""Pages of one's own evidence: all pieces, one to change, and the file to take along."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from assessments import spreadsheets, tracks
from assessments.actions import evidence
from assessments.models import Evidence
from assessments.pages.forms.evidence import Add, Change
from assessments.serializers.evidence import present, table
from people.refusals import Invalid

PAGE = 50
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def pieces(request: HttpRequest) -> HttpResponse:
    """All pieces, by competency if one is chosen; POST adds one and goes back where it was."""
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


@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece, to be changed."""
    row = get_object_or_404(Evidence.objects.visible_to(request.user).for_display(), pk=pk)
    competencies = tracks.competencies_of(request.user)
    form = Change(competencies, request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            evidence.change(row, by=request.user, **form.fields_of_piece())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Evidence changed.")
            return redirect("assessments:evidence")
    context = {
        "piece": present([row], request.user)[0],
        "form": form or Change.of(row, competencies),
    }
    status = UNPROCESSABLE if form else 200
    return render(request, "assessments/evidence_piece.html", context, status=status)


@require_GET
def download(request: HttpRequest) -> StreamingHttpResponse:
    """All pieces as CSV."""
    rows = Evidence.objects.visible_to(request.user).for_display()
    response = StreamingHttpResponse(
        spreadsheets.lines(*table(rows.iterator())), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="evidence.csv"'
    return response


def _list(request: HttpRequest, competencies: list, form: Add, status: int = 200) -> HttpResponse:
    rows = Evidence.objects.visible_to(request.user).for_display()
    key = request.GET.get("competency", "")
    if key:
        rows = rows.showing(key)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "evidence": present(page.object_list, request.user),
        "count": page.paginator.count,
        "choices": [{"key": each.key, "name": str(each)} for each in competencies],
        "chosen": key,
        "previous": _page(key, page.previous_page_number()) if page.has_previous() else None,
        "next": _page(key, page.next_page_number()) if page.has_next() else None,
        "form": form,
    }
    return render(request, "assessments/evidence.html", context, status=status)


def _page(key: str, number: int) -> str:
    asked: dict[str, Any] = {"competency": key} if key else {}
    return "?" + urlencode({**asked, "page": number})


def _back(request: HttpRequest) -> str:
    """Where the form was, if that is one of our own pages."""
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
        return asked
    return reverse("assessments:evidence")
