"""Reports through the API: the catalogue, and each report as JSON, CSV or XLSX."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import spreadsheets
from assessments.models import PromotionCase
from assessments.reports import catalogue
from assessments.reports.audience import reach_of
from assessments.reports.parameters import NAMES
from assessments.serializers.reports import (
    Entry,
    Result,
    about,
    ask,
    entries,
    present,
    same_again,
    table,
)
from people.api.endpoint import Endpoint
from people.api.negotiation import FirstRenderer
from people.refusals import Invalid, enforce

FORMATS = ("json", "csv", "xlsx")
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ASKED = [OpenApiParameter(name, str) for name in NAMES]


class Catalogue(Endpoint):
    """GET: the reports this person may read."""

    scope = "reports:read"
    serializer_class = Entry
    queryset = PromotionCase.objects.none()
    pagination_class = None

    def get(self, request: Request) -> Response:
        """List the catalogue; it is empty for those to whom no report is open."""
        found = entries(request.user)
        return Response({"next": None, "previous": None, "results": found})


class OneReport(Endpoint):
    """GET: one report."""

    scope = "reports:read"
    serializer_class = Result
    queryset = PromotionCase.objects.none()
    content_negotiation_class = FirstRenderer

    @extend_schema(
        parameters=[*ASKED, OpenApiParameter("format", str, enum=FORMATS)],
        responses={
            (200, "application/json"): Result,
            (200, "text/csv"): OpenApiTypes.BINARY,
            (200, XLSX): OpenApiTypes.BINARY,
        },
    )
    def get(self, request: Request, name: str) -> Response | HttpResponse:
        """Answer the report; 403 with the reason when it is not open to this person."""
        report = catalogue().get(name)
        if report is None:
            raise Http404
        allowed = reach_of(report, request.user)
        enforce(allowed)
        kind = request.query_params.get("format", "json")
        if kind not in FORMATS:
            raise Invalid({"format": [f"Choose one of {', '.join(FORMATS)}."]})
        parameters, answer = ask(report, request.query_params.dict(), allowed)
        payload = present(report, parameters, answer)
        if kind == "json":
            return Response(payload)
        return _file(f"{report.id}.{kind}", payload, *table(answer))


def _file(
    name: str, payload: dict[str, Any], head: list[str], rows: list[list[Any]]
) -> HttpResponse:
    """The rows; how they were counted is a second sheet, or where a CSV's `Link` leads."""
    if name.endswith(".xlsx"):
        file: Any = spreadsheets.workbook(head, rows, about(payload))
        response = HttpResponse(file, content_type=XLSX)
    else:
        response = HttpResponse("".join(spreadsheets.lines(head, rows)), content_type=CSV)
    again = f"{payload['url']}?{same_again(payload)}"
    response["Link"] = f'<{again}>; rel="describedby"; type="application/json"'
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
