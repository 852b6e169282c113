"""Ladders that were opened to everybody: the same pages, unnamed, at addresses of their own.

They ask search engines to keep away, so that closing a ladder again really closes it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from ladders.pages import ladders

Page = Callable[..., HttpResponse]


def opened(page: Page) -> Page:
    """A page for everybody; what it may show is chosen where its rows are."""

    @login_not_required
    @require_safe
    @wraps(page)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = page(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


urlpatterns = [
    path("", opened(ladders.ladders), name="ladders"),
    path("<slug:slug>/", opened(ladders.ladder), name="ladder"),
    path("<slug:slug>/booklet/", opened(ladders.print_out), name="booklet"),
    path("<slug:slug>/levels/<path:key>/", opened(ladders.level), name="level"),
    path("<slug:slug>/competencies/<path:key>/", opened(ladders.competency), name="competency"),
    path("<slug:slug>/versions/<str:number>/", opened(ladders.ladder), name="version"),
    path(
        "<slug:slug>/versions/<str:number>/booklet/",
        opened(ladders.print_out),
        name="version-booklet",
    ),
    path(
        "<slug:slug>/versions/<str:number>/levels/<path:key>/",
        opened(ladders.level),
        name="version-level",
    ),
    path(
        "<slug:slug>/versions/<str:number>/competencies/<path:key>/",
        opened(ladders.competency),
        name="version-competency",
    ),
]
