"""Pages of cases: the list with its file, one case, and how the panel will read it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments import spreadsheets
from assessments.actions import accesses
from assessments.actions.cases import may_be_opened_by
from assessments.models import Cycle, PromotionCase
from assessments.models.access import Door
from assessments.pages import listing
from assessments.pages.moves import find
from assessments.serializers import reading
from assessments.serializers.case import Case, rows

AT_ONCE = 200  # rows of the file that are read together


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Cases that this person sees, newest activity first; the address holds the filters."""
    chosen = listing.chosen(request)
    page = listing.page(_found(request, chosen), request, PromotionCase.objects.for_rows())
    cycles = Cycle.objects.exclude(state=Cycle.State.DRAFT).order_by("-announced_at", "-pk")
    context = {
        "cases": rows(page.rows, request.user),
        "filters": listing.filters(chosen, cycles.values("pk", "name")[: listing.CYCLES]),
        "filtered": any(chosen.values()),
        "opens": may_be_opened_by(request.user),
        "csv": f"{reverse('assessments:cases-download')}?{urlencode(listing.asked(chosen))}",
        "previous": page.previous,
        "next": page.next,
    }
    return render(request, "assessments/cases.html", context)


@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as CSV, whole."""
    found = _found(request, listing.chosen(request)).for_rows().order_by(*listing.NEWEST)

    def shown() -> Iterator[dict[str, Any]]:
        rest = found.iterator(chunk_size=AT_ONCE)
        while chunk := list(islice(rest, AT_ONCE)):
            yield from rows(chunk, request.user)

    lines = spreadsheets.lines(reading.COLUMNS, map(reading.line, shown()))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response


@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case, as far as this person sees it."""
    row = find(request, pk)
    accesses.note(row, by=request.user, door=Door.PAGE)
    payload = Case(row, context={"person": request.user}).data
    context = {"case": payload, "title": reading.title(payload), "page": reading.page(payload)}
    return render(request, "assessments/case.html", context)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The packet as the panel reads it, or will read it; made for print as well."""
    row = find(request, pk)
    accesses.note(row, by=request.user, door=Door.PREVIEW)
    payload = Case(row, context={"person": request.user}).data
    context = {"case": payload, "title": reading.title(payload), "text": reading.text(payload)}
    return render(request, "assessments/case_preview.html", context)


def _found(request: HttpRequest, chosen: dict[str, str]) -> Any:
    visible = PromotionCase.objects.visible_to(request.user)
    return listing.filtered(visible, chosen, request.user)
