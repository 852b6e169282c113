"""Pages about delegations: what I hand over, what was handed to me."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from rest_framework.request import Request

from assessments.pages.forms.delegations import Offer
from assessments.serializers.delegations import present
from people.actions import delegations as actions
from people.cursor import Cursor
from people.models import Delegation
from people.refusals import Conflict, Invalid

MOVES = {
    "acceptance": (actions.accept, "Accepted. Their tasks are on your Home from the first day on."),
    "refusal": (actions.decline, "Declined. The tasks stay where they are."),
    "end": (actions.end, "Ended. What was done stays done."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """Both sides, newest first, and the form to ask somebody; HR sees everybody's."""
    form = Offer(request.user, request.POST if request.method == "POST" else None)
    refused, status = "", HTTPStatus.OK
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        delegator = given.pop("delegator", request.user)
        try:
            actions.offer(delegator, given.pop("delegate"), by=request.user, **given)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            refused, status = refusal.reason, HTTPStatus.CONFLICT
        else:
            messages.success(request, "Asked. Nothing changes until they accept.")
            return redirect("assessments:delegations")
    pages = Cursor()
    rows = Delegation.objects.visible_to(request.user).for_display()
    page = pages.paginate_queryset(rows, Request(request)) or []
    context = {
        "delegations": {
            "results": present(page, request.user, timezone.localdate()),
            "next": pages.get_next_link(),
            "previous": pages.get_previous_link(),
        },
        "form": form,
        "refused": refused,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else status
    return render(request, "assessments/delegations.html", context, status=status)


@require_POST
def move(request: HttpRequest, pk: int, noun: str) -> HttpResponse:
    """Accept, decline or end one."""
    if noun not in MOVES:
        raise Http404
    act, said = MOVES[noun]
    row = get_object_or_404(Delegation.objects.visible_to(request.user), pk=pk)
    act(row, by=request.user)
    messages.success(request, said)
    return redirect("assessments:delegations")
