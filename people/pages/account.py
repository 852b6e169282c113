"""Pages about one's own account: time zone, tokens."""

from __future__ import annotations

import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from people.actions import people
from people.actions import tokens as actions
from people.models import ApiToken
from people.pages.forms import TimeZone, Token
from people.refusals import Invalid
from people.serializers import account as payload


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One's own settings."""
    person = request.user
    form = TimeZone(request.POST or None, initial={"time_zone": person.time_zone})
    if form.is_bound and form.is_valid():
        people.set_time_zone(person, by=person, time_zone=form.cleaned_data["time_zone"])
        messages.success(request, "Your time zone is saved.")
        return redirect("people:account")
    context = {"account": payload.account(person), "form": form}
    return render(request, "people/account.html", context, status=_status(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens; a new one is shown in the answer to its form, and never again."""
    person, plain = request.user, ""
    form = Token(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given, now = form.cleaned_data, timezone.now()
        try:
            _, plain = actions.create(
                person,
                by=person,
                name=given["name"],
                scopes=given["scopes"],
                expires_at=now + datetime.timedelta(days=given["days"]),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            form = Token()
    rows = ApiToken.objects.filter(person=person).order_by("-pk")
    context = {"tokens": payload.tokens(rows, timezone.now()), "form": form, "plain": plain}
    return render(request, "people/tokens.html", context, status=_status(form))


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own tokens."""
    token = get_object_or_404(ApiToken, pk=pk, person=request.user)
    actions.revoke(token, by=request.user)
    messages.success(request, f"“{token.name}” is revoked and counts no longer.")
    return redirect("people:tokens")


def _status(form: TimeZone | Token) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
