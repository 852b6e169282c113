"""Pages to bring in people: choose a file, say how it is read, look at what it would change."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import policies
from people.actions import imports, mappings
from people.imports.fields import PEOPLE
from people.imports.report import PARTS
from people.imports.uploads import how, page_asked_for, source
from people.models import ImportMapping, ImportRun
from people.pages.forms import Confirm, Reading, Upload
from people.refusals import Conflict, Invalid, enforce
from people.serializers.imports import entries, listed, present, sheet

LATEST = 50
COLUMNS = 60  # of a wide file, those that mean something and the first ones can be chosen here
RUNS = ImportRun.Kind.PEOPLE


@require_http_methods(["GET", "HEAD", "POST"])
def all_imports(request: HttpRequest) -> HttpResponse:
    """What was imported so far, and the form for the next file."""
    enforce(policies.import_people(request.user))
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    form.fields["saved"].choices = [("", "By its headings"), *_saved()]
    if form.is_bound and form.is_valid():
        try:
            run = _look(request, form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("people:import", run.pk)
    runs = ImportRun.objects.of(RUNS).select_related("uploaded_by").order_by("-pk")
    context = {"imports": listed(runs[:LATEST]), "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "people/imports.html", context, status=status)


def _saved() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in ImportMapping.objects.values_list("pk", "name")]


def _look(request: HttpRequest, given: dict[str, Any]) -> ImportRun:
    mapping = how(None, given["mapping_file"]) if given["mapping_file"] else None
    if mapping is None and given["saved"]:
        mapping = mappings.named(int(given["saved"]))
    for name in ("date_format", "email_domain", "encoding"):
        if given[name]:
            mapping = (mapping or {}) | {name: given[name]}
    return imports.preview(
        by=request.user,
        content=source(given["file"]),
        filename=given["file"].name,
        mapping=mapping,
        on=given["effective_on"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would change, or did; POST confirms it."""
    run, refused = _run(request, pk), ""
    if request.method == "POST":
        skip = Confirm(request.POST).data.get("skip_problem_rows") == "on"
        try:
            run = imports.confirm(run, by=request.user, skip_problem_rows=skip)
        except Conflict as refusal:
            refused = refusal.reason
            run = _run(request, pk)
        else:
            if run.state == ImportRun.State.CONFIRMED:
                messages.success(request, "Imported. This report stays here.")
            return redirect("people:import", pk)
    return _shown(request, run, refused=refused)


def _shown(
    request: HttpRequest, run: ImportRun, *, refused: str = "", form: Reading | None = None
) -> HttpResponse:
    columns = list(enumerate(run.report.get("columns", [])))
    chosen = [(at, column) for at, column in columns if column["field"] or at < COLUMNS]
    context = {
        "run": present(run, request.user),
        "refused": refused,
        "form": form or Reading(initial={**(run.mapping or {}), "effective_on": run.effective_on}),
        "columns": [{"name": f"column_{at}", **column} for at, column in chosen],
        "more_columns": len(columns) - len(chosen),
        "asked": _meanings(run),
        "fields": [{"value": field.name, "label": field.label} for field in PEOPLE],
    }
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(
        request, "people/import.html", context, status=HTTPStatus.CONFLICT if refused else wrong
    )


def _meanings(run: ImportRun) -> list[dict[str, str]]:
    """Each word for a status that needs an answer, with the answer so far."""
    said = ((run.mapping or {}).get("values") or {}).get("status") or {}
    known = {str(word).casefold(): means for word, means in said.items()}
    return [
        {"name": f"status_{at}", "word": word, "means": known.get(word.casefold(), "")}
        for at, word in enumerate(_asked(run))
    ]


@require_POST
def look_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the same file in another way, and keep that way under a name if one is given."""
    run = _run(request, pk)
    form = Reading(request.POST)
    if not form.is_valid():
        return _shown(request, run, form=form)
    given, columns = form.cleaned_data, run.report.get("columns", [])
    mapping = _chosen(run, request.POST, given)
    try:
        imports.look_again(run, by=request.user, mapping=mapping, on=given["effective_on"])
        if given["name"]:
            headings = [column["column"] for column in columns]
            if mapping.get("encoding"):
                headings = mappings.headings_of(run)
            mappings.save(by=request.user, name=given["name"], mapping=mapping, headings=headings)
            messages.success(request, "Saved. The next file with these headings is read like this.")
    except Invalid as refusal:
        form.refuse(refusal)
        return _shown(request, run, form=form)
    except Conflict as refusal:
        return _shown(request, _run(request, pk), refused=refusal.reason)
    return redirect("people:import", pk)


def _chosen(run: ImportRun, post: Any, given: dict[str, Any]) -> dict[str, Any]:
    """The mapping that the selects of the page say; what they do not ask for stays. With other
    letters the headings are others too, and mean what they say."""
    columns: dict[str, list[str]] = {}
    for at, column in enumerate(run.report.get("columns", [])):
        if field := post.get(f"column_{at}", column["field"]):
            columns.setdefault(field, []).append(column["column"])
    kept = {"constants": (run.mapping or {}).get("constants"), "values": _values(run, post)}
    names = ("date_format", "email_domain", "missing", "encoding")
    chosen = {key: given[key] for key in names}
    chosen |= {"unknown_manager": given["unknown_manager"], "others": "ignore"}
    said = {key: value for key, value in (kept | chosen).items() if value}
    if given["encoding"] != (run.mapping or {}).get("encoding", ""):
        return said | {"others": "guess"}
    return said | {"columns": columns}


def _asked(run: ImportRun) -> list[str]:
    """Words for a status that nobody taught us."""
    return [word for c in run.report.get("columns", []) for word in c.get("asked", [])]


def _values(run: ImportRun, post: Any) -> dict[str, Any]:
    """What words mean: as the mapping says, and as the selects of the page do."""
    values = (run.mapping or {}).get("values") or {}
    said = {word: post.get(f"status_{at}") for at, word in enumerate(_asked(run))}
    meant = {k: v for k, v in (values.get("status") or {}).items() if k not in said}
    meant |= {word: means for word, means in said.items() if means in ("active", "left")}
    return {**{k: v for k, v in values.items() if k != "status"}} | (
        {"status": meant} if meant else {}
    )


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a preview away."""
    try:
        imports.discard(_run(request, pk), by=request.user)
    except Conflict as refusal:
        return _shown(request, _run(request, pk), refused=refusal.reason)
    messages.success(request, "Discarded. Nothing was written.")
    return redirect("people:imports")


@require_safe
def one_list(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """One list of a report, page by page."""
    run = _run(request, pk)
    if part not in PARTS:
        raise Http404
    found = entries(run, part, page_asked_for(request.GET))
    context = {"run": present(run, request.user), "list": found, "title": TITLES[part]}
    return render(request, "people/import_list.html", context)


@require_safe
def sheet_of(request: HttpRequest, pk: int, part: str) -> StreamingHttpResponse:
    """One whole list, for a spreadsheet."""
    run = _run(request, pk)
    if part not in PARTS:
        raise Http404
    answer = StreamingHttpResponse(sheet(run, part), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{pk}-{part}.csv"'
    return answer


TITLES = {
    "problems": "Problems, by line",
    "changed": "Who changes",
    "left": "Who leaves",
    "created": "Who is new",
    "not_in_file": "Who is not in the file",
    "teams": "New teams",
}


def _run(request: HttpRequest, pk: int) -> ImportRun:
    enforce(policies.import_people(request.user))
    return get_object_or_404(ImportRun.objects.of(RUNS), pk=pk)
