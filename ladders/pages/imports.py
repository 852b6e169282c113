"""Pages to bring in a ladder: choose a file, look at what it would become, begin a draft."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ladders import policies
from ladders.actions import intake
from ladders.formats import workbooks
from ladders.pages.forms.imports import Upload
from ladders.serializers.imports import listed, present
from people.imports.uploads import content, how
from people.models import ImportRun
from people.refusals import Conflict, Invalid, enforce

LATEST = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def all_imports(request: HttpRequest) -> HttpResponse:
    """What was imported so far, and the form for the next file."""
    enforce(policies.import_ladder(request.user))
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    if form.is_bound and form.is_valid():
        try:
            run = _look(request, form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("ladders:import", run.pk)
    runs = ImportRun.objects.of(ImportRun.Kind.LADDER).select_related("uploaded_by")
    context = {"imports": listed(runs.order_by("-pk")[:LATEST]), "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "ladders/imports.html", context, status=status)


def _look(request: HttpRequest, given: dict[str, Any]) -> ImportRun:
    return intake.preview(
        by=request.user,
        content=content(given["file"]),
        filename=given["file"].name,
        form=given["form"],
        mapping=how(None, given["mapping_file"]),
        ladder=given["ladder"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would become, or became; POST confirms it."""
    enforce(policies.import_ladder(request.user))
    run = get_object_or_404(ImportRun.objects.of(ImportRun.Kind.LADDER), pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            run = intake.confirm(run, by=request.user)
        except Conflict as refusal:
            refused = refusal.reason
        else:
            messages.success(request, run.report["outcome"])
            return redirect("ladders:import", pk)
    context = {"run": present(run, request.user), "refused": refused}
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return render(request, "ladders/import.html", context, status=status)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """A small workbook to write a ladder into."""
    enforce(policies.import_ladder(request.user))
    headers = {"Content-Disposition": 'attachment; filename="ladder-template.xlsx"'}
    return HttpResponse(workbooks.template(), content_type=XLSX, headers=headers)
