"""One refusal, two answers: a page for people, problem JSON (RFC 9457) for clients."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.defaults import server_error
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from people import refusals

API = "/api/"
PROBLEM = "application/problem+json"
NOT_FOUND = "There is nothing here that you may see."
TOO_BIG = "This call holds more than is read at once (2.5 MB besides files)."
BROKEN = "Something went wrong on our side. It was noted; nothing was changed."

STATUS: dict[type[refusals.Refusal], HTTPStatus] = {
    refusals.Forbidden: HTTPStatus.FORBIDDEN,
    refusals.Conflict: HTTPStatus.CONFLICT,
    refusals.Stale: HTTPStatus.PRECONDITION_FAILED,
    refusals.Invalid: HTTPStatus.BAD_REQUEST,
}
PAGE_STATUS = STATUS | {
    refusals.Stale: HTTPStatus.CONFLICT,
    refusals.Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}

PAGES = {400: 422, 403: 403, 404: 404, 422: 422}  # what has no page of its own is a wrong moment


def problem(status: int, detail: str, **more: Any) -> dict[str, Any]:
    """The body of a problem; `more` may hold `errors` by field and what helps to go on."""
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": int(status), "detail": detail, **more}


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: everything that is a no becomes a problem; bugs stay bugs."""
    if isinstance(error, refusals.Refusal):
        body = problem(_of(error, STATUS), error.reason, **_more(error))
        return Response(body, status=body["status"], content_type=PROBLEM)
    if isinstance(error, RequestDataTooBig):
        body = problem(HTTPStatus.BAD_REQUEST, TOO_BIG)
        return Response(body, status=body["status"], content_type=PROBLEM)
    answer = exception_handler(error, context)
    if answer is None:
        return None
    if isinstance(error, ValidationError):
        errors = by_field(error.detail)
        more, detail = {"errors": errors}, in_one_line(errors)
    else:
        more, detail = {}, _detail(error)
    answer.data = problem(answer.status_code, detail, **more)
    answer.content_type = PROBLEM
    return answer


def by_field(detail: Any, name: str = "") -> dict[str, list[str]]:
    """Flatten what a serializer found: nested fields are named with dots, lists by position."""
    parts: Iterable[tuple[Any, Any]]
    if isinstance(detail, dict):
        parts = detail.items()
    elif isinstance(detail, list) and any(isinstance(part, dict | list) for part in detail):
        parts = enumerate(detail)
    else:
        messages = detail if isinstance(detail, list) else [detail]
        return {name or "non_field_errors": [str(message) for message in messages]}
    flat: dict[str, list[str]] = {}
    for key, part in parts:
        inner = name if key == "non_field_errors" else f"{name}.{key}" if name else str(key)
        if part:
            flat |= by_field(part, inner)
    return flat


def in_one_line(errors: dict[str, list[str]]) -> str:
    """All messages in one sentence each, with the field's name before it."""
    lines = (
        " ".join(messages) if field == "non_field_errors" else f"{field}: {' '.join(messages)}"
        for field, messages in errors.items()
    )
    return " ".join(lines)


class RefusalPages:
    """Middleware: a refusal that no view caught becomes its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do unless something is raised."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal with 403, 409 or 422 and the reason in words."""
        if not isinstance(error, refusals.Refusal):
            return None
        return _answer(request, _of(error, PAGE_STATUS), error.reason)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a call that could not even be read."""
    too_big = isinstance(exception, RequestDataTooBig)
    words = TOO_BIG if too_big else "This request could not be understood."
    return _answer(request, HTTPStatus.BAD_REQUEST, words)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 raised by Django itself."""
    return _answer(request, HTTPStatus.FORBIDDEN, str(exception) or "This is not open to you.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token does not fit the session."""
    words = "This form was open for too long or came from elsewhere. Reload the page and try again."
    return _answer(request, HTTPStatus.FORBIDDEN, words)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing that this person may see. Both look the same."""
    return _answer(request, HTTPStatus.NOT_FOUND, NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:
    """500: rendered without context, because whatever broke may break again."""
    if request.path.startswith(API):
        return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, BROKEN)
    return server_error(request)


def _answer(request: HttpRequest, status: HTTPStatus, reason: str) -> HttpResponse:
    if request.path.startswith(API):
        return JsonResponse(problem(status, reason), status=status, content_type=PROBLEM)
    context = {"reason": reason, "status": int(status)}
    return render(request, f"{PAGES.get(status, 409)}.html", context, status=status)


def _of(error: refusals.Refusal, table: dict[type[refusals.Refusal], HTTPStatus]) -> HTTPStatus:
    kinds = (table[kind] for kind in type(error).__mro__ if kind in table)
    return next(kinds, HTTPStatus.CONFLICT)


def _more(error: refusals.Refusal) -> dict[str, Any]:
    if isinstance(error, refusals.Invalid):
        return {"errors": error.errors}
    if isinstance(error, refusals.Stale) and error.current:
        return {"current": error.current}
    return {}


def _detail(error: Exception) -> str:
    if isinstance(error, Http404):
        return NOT_FOUND
    if isinstance(error, APIException):
        return str(error.detail)
    return str(error) or "This is not open to you."
