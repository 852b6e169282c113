"""The case editor: one part at a time, its text and its evidence, with and without scripts."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View
from django.views.decorators.http import require_safe

from assessments import dossiers, policies, states
from assessments.actions import accesses, texts
from assessments.models import PromotionCase
from assessments.models.access import Door
from assessments.pages.forms.cases import Writing
from assessments.pages.moves import find
from assessments.serializers import desk, reading
from assessments.serializers.case import Case
from ladders.models import Competency
from people.models import Person
from people.refusals import Conflict, Invalid, Stale, enforce


@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Evidence is attached in the editor, beside the part it belongs to."""
    return redirect("assessments:case-text", find(request, pk).pk)


class Edit(View):
    """One part of a case; the manager writes all but the candidate's own section."""

    request: HttpRequest

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the part that the address names, else the first that is not complete."""
        case = find(request, pk)
        self.guard(case)
        return self.show(case)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save the text, then attach or take off, then go on; nothing typed is ever lost."""
        case = find(request, pk)
        self.guard(case)
        part, form = self.part(case), Writing(request.POST)
        if not form.is_valid():
            return self.show(case, form, status=422)
        try:
            if "text" in request.POST:
                self.save(case, part, form)
            self.attach(case, part)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(case, form, status=422)
        except Stale as refusal:
            return self.compare(case, part, form, refusal)
        except Conflict as refusal:
            return self.show(case, form, status=409, refused=refusal.reason)
        return redirect(self.onward(case, part))

    @property
    def person(self) -> Person:
        """Who writes."""
        return self.request.user  # type: ignore[return-value]

    def guard(self, case: PromotionCase) -> None:
        """Raise the reason unless this person may write or attach anything here now."""
        moves = ("edit", "write_own_section", "attach")
        verdicts = {name: policies.may(name, self.person, case) for name in moves}
        mine = [name for name, verdict in verdicts.items() if verdict]
        if not mine:
            enforce(verdicts["edit"])
        if not any(case.state in states.MOVES[name].sources for name in mine):
            states.check(case.state, mine[-1], case.procedure.preset)

    def part(self, case: PromotionCase) -> str:
        """ "statement", "own", or the id of a competency."""
        return self.request.GET.get("part", "")

    def save(self, case: PromotionCase, part: str, form: Writing) -> None:
        """Save one text, if it differs from the one that was shown."""
        text, version = form.cleaned_data["text"], form.cleaned_data["version"]
        started = self.request.POST.get("started", "")
        if started == fingerprint(text):
            return
        try:
            _write(case, part, text, self.person, version)
        except Stale as refusal:
            stands = next((words for words in refusal.current.values() if type(words) is str), "")
            if started != fingerprint(stands):
                raise
            _write(case, part, text, self.person, refusal.current["version"])

    def attach(self, case: PromotionCase, part: str) -> None:
        """Attach or take off the piece whose button was pressed."""
        piece, attachment = self.request.POST.get("attach", ""), self.request.POST.get("detach", "")
        if _is_id(attachment):
            texts.detach(case, int(attachment), by=self.person)
        elif _is_id(piece):
            row = dossiers.attachable(case, self.person).filter(pk=int(piece)).first()
            if row is None:
                raise Conflict("This piece cannot be attached here.")
            competency = _competency(case, part) if part.isdecimal() else None
            texts.attach(case, row, by=self.person, competency=competency)

    def onward(self, case: PromotionCase, part: str) -> str:
        """The part whose button was pressed, else this one again."""
        here = reverse("assessments:case-text", args=[case.pk])
        go = self.request.POST.get("go", "")
        if go == "check":
            return reverse("assessments:case-submission", args=[case.pk])
        if not self.request.POST.get("attach") and not self.request.POST.get("detach"):
            messages.success(self.request, "Saved.")
        return f"{here}?part={go or part}"

    def compare(
        self, case: PromotionCase, part: str, form: Writing, refusal: Stale
    ) -> HttpResponse:
        """Both texts side by side; the writer chooses, or brings them together."""
        stands = next((words for words in refusal.current.values() if type(words) is str), "")
        payload = Case(case, context={"person": self.person}).data
        context = {
            "case": payload,
            "part": desk.desk(payload, part)["part"],
            "mine": form.cleaned_data["text"],
            "theirs": stands,
            "started": fingerprint(stands),
            "version": refusal.current["version"],
            "reason": refusal.reason,
        }
        return render(self.request, "assessments/case_conflict.html", context, status=409)

    def show(
        self,
        case: PromotionCase,
        form: Writing | None = None,
        *,
        status: int = 200,
        refused: str = "",
    ) -> HttpResponse:
        """Render the desk."""
        accesses.note(case, by=self.person, door=Door.EDITOR)
        payload = Case(case, context={"person": self.person}).data
        shown = desk.desk(payload, self.part(case))
        text = shown["part"]["text"] or ""
        started = fingerprint(text)
        if form is None:
            form = Writing(initial={"text": text, "version": shown["part"]["version"]})
        else:
            started = self.request.POST.get("started", "")
        context = {"case": payload, **shown, "form": form, "started": started}
        context["came_back"] = reading.came_back(payload)
        context |= {"refused": refused, "typed": self.request.POST.get("text", "")}
        return render(self.request, "assessments/case_editor.html", context, status=status)


def fingerprint(text: str) -> str:
    """Tells whether a text is still the one that somebody started from."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


def _write(case: PromotionCase, part: str, text: str, by: Person, version: int | None) -> None:
    if part == "statement":
        texts.write_statement(case, by=by, text=text, revision=version)
    elif part == "own":
        texts.write_own_section(case, by=by, text=text, revision=version)
    else:
        texts.write_section(case, _competency(case, part), by=by, text=text, revision=version)


def _is_id(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


def _competency(case: PromotionCase, part: str) -> Competency:
    found = Competency.objects.filter(version=case.pinned_version_id)
    row = found.filter(pk=int(part)).first() if _is_id(part) else None
    if row is None:
        raise Conflict("This part does not belong to the case.")
    return row
