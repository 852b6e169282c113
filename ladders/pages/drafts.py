"""Where drafts of ladders begin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.decorators.http import require_POST

from ladders import beginnings, policies
from ladders.actions import drafts
from ladders.models import LadderVersion
from ladders.pages.forms.starting import Start as Form
from people.refusals import Invalid, enforce


class Start(View):
    """A ladder of its own: from a starter, a copy, or nearly empty."""

    def dispatch(self, request: HttpRequest) -> HttpResponse:  # type: ignore[override]
        """Only for those who write ladders; the others read why."""
        enforce(policies.start_draft(request.user))
        self.starters = beginnings.starters()
        rows = LadderVersion.objects.readable().one_per_ladder().order_by("title")
        self.versions = [(f"{row.ladder.slug}@{row.number}", str(row)) for row in rows]
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The choices, with a preview of each starter."""
        return self.show(Form(self.starters, self.versions))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin, and open the editor."""
        form = Form(self.starters, self.versions, request.POST)
        if not form.is_valid():
            return self.show(form, 422)
        try:
            text = beginnings.text(form.asked(), request.user)
            version = drafts.new_ladder(form.cleaned_data["title"], by=request.user, text=text)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(form, 422)
        return redirect("ladders:editor", version.ladder.slug, version.number)

    def show(self, form: Form, status: int = 200) -> HttpResponse:
        """Render the page."""
        context = {"form": form, "starters": self.starters}
        return render(self.request, "ladders/start.html", context, status=status)


@require_POST
def copy(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Begin the next draft of a ladder with the text of one of its versions."""
    visible = LadderVersion.objects.visible_to(request.user).select_related("ladder")
    version = get_object_or_404(visible, ladder__slug=slug, number=number)
    draft = drafts.copy_of(version, by=request.user)
    return redirect("ladders:editor", slug, draft.number)
