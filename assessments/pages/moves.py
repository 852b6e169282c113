"""What every move page has in common: GET explains the move, POST makes it by one action."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from assessments import policies, states
from assessments.actions import accesses
from assessments.models import PromotionCase
from assessments.models.access import Door
from assessments.pages.forms.base import Confirmation, MoveForm
from assessments.serializers import reading
from assessments.serializers.case import Case
from people.models import Person
from people.refusals import Conflict, Invalid, enforce


def find(request: HttpRequest, pk: int) -> PromotionCase:
    """The case, or 404 for whoever may not see it."""
    return get_object_or_404(PromotionCase.objects.visible_to(request.user).for_display(), pk=pk)


class MovePage(View):
    """One move of one case. Subclasses name the move, its form, its words and its action."""

    name: ClassVar[str]  # as in states.MOVES
    form_class: ClassVar[type[MoveForm]] = Confirmation
    template_name: ClassVar[str] = "assessments/case_move.html"
    title: ClassVar[str]
    button: ClassVar[str]
    effects: ClassVar[tuple[str, ...]] = ()  # what will happen
    readers: ClassVar[str] = ""  # who will see it
    final: ClassVar[bool] = False  # cannot be undone
    said: ClassVar[str]  # the message once it is done

    request: HttpRequest
    payload: dict[str, Any] | None = None

    def get(self, request: HttpRequest, pk: int, **ids: int) -> HttpResponse:
        """Show the form, or say why this person may not, or why not now."""
        case = find(request, pk)
        enforce(policies.may(self.move(case), self.person, case))
        states.check(case.state, self.move(case), case.procedure.preset)
        return self.show(case, self.form(case))

    def post(self, request: HttpRequest, pk: int, **ids: int) -> HttpResponse:
        """Make the move; a refusal shows the form again with what was typed."""
        case = find(request, pk)
        enforce(policies.may(self.move(case), self.person, case))
        form = self.form(case, request.POST)
        if not form.is_valid():
            return self.show(case, form, status=422)
        try:
            self.act(case, form)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(case, form, status=422)
        except Conflict as refusal:
            return self.show(case, form, status=409, refused=refusal.reason)
        messages.success(request, self.said)
        return redirect(self.onward(case))

    @property
    def person(self) -> Person:
        """Who asks."""
        return self.request.user  # type: ignore[return-value]

    def move(self, case: PromotionCase) -> str:
        """The name of the move; some pages serve more than one."""
        return self.name

    def form(self, case: PromotionCase, data: Any = None) -> MoveForm:
        """The form of this move."""
        return self.form_class(case, data)

    def act(self, case: PromotionCase, form: Any) -> None:
        """Call the one action."""
        raise NotImplementedError

    def onward(self, case: PromotionCase) -> str:
        """Where to go once it is done."""
        return reverse("assessments:case", args=[case.pk])

    def words(self, case: PromotionCase) -> dict[str, Any]:
        """Words of this page that depend on the case."""
        return {}

    def more(self, case: PromotionCase, form: Any) -> dict[str, Any]:
        """What this page shows besides."""
        return {}

    def read(self, case: PromotionCase) -> dict[str, Any]:
        """The payload of the case, read once."""
        if self.payload is None:
            accesses.note(case, by=self.person, door=Door.PAGE)
            self.payload = Case(case, context={"person": self.person}).data
        return self.payload

    def show(
        self, case: PromotionCase, form: Any, *, status: int = 200, refused: str = ""
    ) -> HttpResponse:
        """Render the page."""
        payload = self.read(case)
        context = {
            "case": payload,
            "title": reading.title(payload),
            "form": form,
            "refused": refused,
            "move": {
                "title": self.title,
                "button": self.button,
                "effects": self.effects,
                "readers": self.readers,
                "final": self.final,
                **self.words(case),
            },
            **self.more(case, form),
        }
        return render(self.request, self.template_name, context, status=status)
