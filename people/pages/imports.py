"""Pages to bring in people: choose a file, look at what it would change, confirm."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from people import policies
from people.actions import imports
from people.imports.uploads import content, how
from people.models import ImportRun
from people.pages.forms import Confirm, Upload
from people.refusals import Conflict, Invalid, enforce
from people.serializers.imports import listed, present, problems
from people.sheets import written

LATEST = 50
SHOWN = 50  # rows of each list on the page; the file has all


@require_http_methods(["GET", "HEAD", "POST"])
def all_imports(request: HttpRequest) -> HttpResponse:
    """What was imported so far, and the form for the next file."""
    enforce(policies.import_people(request.user))
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    if form.is_bound and form.is_valid():
        try:
            run = _look(request, form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("people:import", run.pk)
    runs = ImportRun.objects.of(ImportRun.Kind.PEOPLE).select_related("uploaded_by").order_by("-pk")
    context = {"imports": listed(runs[:LATEST]), "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "people/imports.html", context, status=status)


def _look(request: HttpRequest, given: dict[str, Any]) -> ImportRun:
    mapping = how(None, given["mapping_file"])
    for name in ("date_format", "email_domain"):
        if given[name]:
            mapping[name] = given[name]
    file = given["file"]
    return imports.preview(
        by=request.user, content=content(file), filename=file.name, mapping=mapping
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would change, or did; POST confirms it."""
    enforce(policies.import_people(request.user))
    run = get_object_or_404(ImportRun.objects.of(ImportRun.Kind.PEOPLE), pk=pk)
    refused = ""
    if request.method == "POST":
        skip = Confirm(request.POST).data.get("skip_problem_rows") == "on"
        try:
            imports.confirm(run, by=request.user, skip_problem_rows=skip)
        except Conflict as refusal:
            refused = refusal.reason
            run = ImportRun.objects.of(ImportRun.Kind.PEOPLE).get(pk=pk)
        else:
            messages.success(request, "Imported. This report stays here.")
            return redirect("people:import", pk)
    context = {"run": present(run, request.user), "refused": refused, "shown": SHOWN}
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return render(request, "people/import.html", context, status=status)


@require_safe
def problems_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Every problem by line, to mend the file with."""
    enforce(policies.import_people(request.user))
    run = get_object_or_404(ImportRun.objects.of(ImportRun.Kind.PEOPLE), pk=pk)
    answer = HttpResponse(written(*problems(run)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{pk}-problems.csv"'
    return answer
