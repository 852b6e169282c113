"""The page that brings in evidence from a spreadsheet: choose, look, add."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.actions import evidence_import
from assessments.pages.forms.evidence import Spreadsheet
from assessments.serializers.evidence_import import present
from people.refusals import Invalid
from people.tables import decoding
from people.wording import counted

NAME = "evidence.csv"
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Show what a file would add; with `content`, what was looked at, add it."""
    if request.method != "POST":
        return _show(request, Spreadsheet())
    if "content" in request.POST:
        return _add(request, request.POST["content"].encode())
    form = Spreadsheet(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=UNPROCESSABLE)
    upload = form.cleaned_data["file"]
    try:
        content = upload.read(evidence_import.MOST_BYTES + 1)
        report = evidence_import.preview(content, upload.name, by=request.user)
        text, _ = decoding.decode(content)
    except Invalid as refusal:
        form.refuse(refusal)
        return _show(request, form, status=UNPROCESSABLE)
    return _show(request, form, report=present(report, done=False), content=text)


def _add(request: HttpRequest, content: bytes) -> HttpResponse:
    form = Spreadsheet()
    try:
        report = evidence_import.confirm(content, NAME, by=request.user, skip_problem_rows=True)
    except Invalid as refusal:
        form = Spreadsheet(request.POST)
        form.errors.clear()
        form.refuse(refusal)
        return _show(request, form, status=UNPROCESSABLE)
    messages.success(request, f"{counted(len(report.new), 'piece,pieces')} added. Only you see it.")
    return redirect("assessments:evidence")


def _show(request: HttpRequest, form: Spreadsheet, *, status: int = 200, **more) -> HttpResponse:
    context = {"form": form, "report": None, "content": "", **more}
    return render(request, "assessments/evidence_import.html", context, status=status)
