"""Pages of reports: the catalogue, and one report with its filters."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.pages.forms.reports import Filters
from assessments.reports import catalogue as reports
from assessments.reports.audience import REFUSAL, Reach, reach_of
from assessments.reports.base import Report
from assessments.reports.parameters import parse
from assessments.serializers.reports import ask, entries, entry, present, same_again
from people.refusals import Invalid, enforce

UNPROCESSABLE = 422


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The reports this person may read, or why there are none."""
    found = entries(request.user)
    context = {"reports": found, "refusal": "" if found else REFUSAL}
    return render(request, "assessments/reports.html", context)


@require_safe
def report(request: HttpRequest, name: str) -> HttpResponse:
    """One report: sentence, chart, table, definition, and ways to take it along."""
    found = reports().get(name)
    if found is None:
        raise Http404
    allowed = reach_of(found, request.user)
    enforce(allowed)
    try:
        parameters, answer = ask(found, request.GET.dict(), allowed)
    except Invalid as refusal:
        return _refused(request, found, allowed, refusal)
    payload = present(found, parameters, answer)
    context = {
        "report": payload,
        "chart": found.chart(answer),
        "form": Filters(found, parameters, initial=_asked(payload, request)),
        "downloads": _downloads(payload),
        "curl": _curl(payload, request),
    }
    return render(request, "assessments/report.html", context)


def _refused(request: HttpRequest, found: Report, allowed: Reach, refusal: Invalid) -> HttpResponse:
    """The form as it was filled in, with what is wrong; nothing is counted."""
    usual = parse({}, allowed, group_bys=found.group_bys, takes_period=found.takes_period)
    form = Filters(found, usual, request.GET)
    form.is_valid()
    form.refuse(refusal)
    context = {"report": entry(found), "form": form}
    return render(request, "assessments/report.html", context, status=UNPROCESSABLE)


def _asked(payload: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """What the form shows: known_at only if it was asked for, it is now otherwise."""
    known_at = request.GET.get("known_at", "")
    return {**payload["asked"], "known_at": known_at}


def _downloads(payload: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "label": kind.upper(),
            "url": f"{payload['url']}?{same_again(payload, format=kind)}",
            "filename": f"{payload['id']}.{kind}",
        }
        for kind in ("csv", "xlsx", "json")
    ]


def _curl(payload: dict[str, Any], request: HttpRequest) -> str:
    again = same_again(payload)
    address = request.build_absolute_uri(payload["url"] + (f"?{again}" if again else ""))
    broken = address.replace("?", "\\\n?").replace("&", "\\\n&")
    return f'curl -H "Authorization: Bearer $TOKEN" \\\n  "{broken}"'
