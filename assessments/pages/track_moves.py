"""Pages of moves between the tracks: weigh one, one's own and those one may see, one of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assessments import tracks
from assessments.actions import track_moves
from assessments.models import TrackMove
from assessments.pages import listing
from assessments.pages.forms.track_moves import Explore
from assessments.serializers import weighing
from assessments.serializers.track_move import present, rows
from ladders.models import Level
from people.refusals import Conflict, Invalid


@require_http_methods(["GET", "HEAD", "POST"])
def weigh(request: HttpRequest) -> HttpResponse:
    """The next levels of both tracks beside each other; POST explores one of them."""
    form = Explore(request.POST or None)
    status, refused = 200, ""
    if request.method == "POST":
        try:
            move = _explore(request, form)
        except Invalid as refusal:
            status, refused = 422, refusal.reason
        except Conflict as refusal:
            status, refused = 409, refusal.reason
        else:
            messages.success(request, "You are exploring this move. Nobody else can see it.")
            return redirect("assessments:move", move.pk)
    person = tracks.find(request.user.pk, request.user)
    payload = weighing.present(tracks.follow(person, request.user))
    context = {"weighing": payload, "refused": refused}
    return render(request, "assessments/weigh.html", context, status=status)


def _explore(request: HttpRequest, form: Explore) -> TrackMove:
    level = None
    if form.is_valid():
        level = Level.objects.filter(pk=form.cleaned_data["to_level"]).first()
    if level is None:
        raise Invalid({"to_level": ["Choose one of the levels on this page."]})
    return track_moves.explore(by=request.user, to_level=level)


@require_safe
def moves(request: HttpRequest) -> HttpResponse:
    """One's own moves, and those that one may see of others, the last active first."""
    visible = TrackMove.objects.visible_to(request.user)
    page = listing.page(visible, request, TrackMove.objects.for_display())
    context = {"moves": rows(page.rows), "previous": page.previous, "next": page.next}
    return render(request, "assessments/track_moves.html", context)


@require_safe
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One move, as far as this person sees it."""
    visible = TrackMove.objects.visible_to(request.user).for_display()
    payload = present(get_object_or_404(visible, pk=pk), request.user)
    return render(request, "assessments/track_move.html", {"move": payload})
