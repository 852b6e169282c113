"""Pages about the frame itself: light or dark, everything behind More, keyboard shortcuts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = ("light", "dark")
_YEAR = 60 * 60 * 24 * 365


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie; anything else follows the system again."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    chosen = request.POST.get("theme")
    if chosen in THEMES:
        response.set_cookie(
            "theme",
            chosen,
            max_age=_YEAR,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    else:
        response.delete_cookie("theme")
    return response


def more(request: HttpRequest) -> HttpResponse:
    """Show every part of the app this person can use, for small screens."""
    return render(request, "people/more.html")


def shortcuts(request: HttpRequest) -> HttpResponse:
    """List the keys that do something."""
    return render(request, "people/shortcuts.html")
