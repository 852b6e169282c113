"""The editor of a draft: its matrix cell by cell and its parts one by one, without scripts too."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from ladders import cells, edits, outline, policies, states
from ladders.actions import drafts
from ladders.editable import Editing, place
from ladders.models import LadderVersion
from ladders.models.document import document
from ladders.models.matrix import whole
from ladders.pages import desk
from ladders.pages.forms.cells import Cell, steps
from ladders.pages.forms.parts import Part
from ladders.pages.forms.sections import FORMS
from ladders.serializers import version as version_rows
from people.refusals import Conflict, Invalid, Stale, enforce


class Edit(View):
    """One draft on the desk of somebody who may change it."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:  # type: ignore[override]
        """Find the draft; 404 for readers, the reason where it cannot be changed now."""
        rows = LadderVersion.objects.visible_to(request.user)
        found = whole(rows.filter(ladder__slug=slug, number=number), request.user)
        self.version = get_object_or_404(found)
        enforce(policies.may("edit", request.user, self.version))
        states.check(self.version.state, "edit")
        self.text = document(self.version)
        self.payload = version_rows.present(self.version, person=request.user)
        names = Editing.__dataclass_fields__
        self.asked = Editing(**{name: request.GET.get(name, "") for name in names})
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what the address names."""
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one change, then show where it was made."""
        move = MOVES.get(request.POST.get("do", ""))
        if move is None:
            raise Http404
        try:
            return move(self)
        except (Conflict, Invalid) as refusal:
            return self.show(status=409, refused=refusal.reason)

    # --- Moves -------------------------------------------------------------------------------
    def write_cell(self) -> HttpResponse:
        """Save the opened cell."""
        where = self.place()
        entries = cells.read(self.text, *where)
        form = Cell(steps(self.text, where[0]), entries, self.request.POST)
        if not form.is_valid():
            return self.show(status=422, cell=form)
        seen = self.request.POST.get("seen") or None
        try:
            drafts.write_cell(self.version, *where, form.values(), by=self.request.user, seen=seen)
        except Stale as refusal:
            conflict = desk.cell_conflict(form.values(), refusal.current)
            return self.show(status=409, cell=form, conflict=conflict)
        except Invalid as refusal:
            form.entries[0].refuse(refusal)
            return self.show(status=422, cell=form)
        if self.request.POST.get("go") != "next":
            messages.success(self.request, "Saved.")
        return self.to(self.onward(where))

    def write_part(self) -> HttpResponse:
        """Save the opened form: of a part that is there, or of a new one."""
        new = desk.HEAD if self.asked.view == "framework" else f"{self.asked.add}:"
        section, name = self.part(self.asked.edit or new)
        row = self.row(section, name) if name else {}
        form = FORMS[section](self.text, row, self.request.POST)
        if not form.is_valid():
            return self.show(status=422, form=form)
        try:
            self.save(section, name, form)
        except Stale as refusal:
            conflict = desk.part_conflict(form, FORMS[section](self.text, row))
            return self.show(status=409, form=desk.renewed(form, refusal), conflict=conflict)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(status=422, form=form)
        messages.success(self.request, "Saved." if name else "Added.")
        return self.to(outline.address(section))

    def save(self, section: str, name: str, form: Part) -> None:
        """Change a part, or add it; a form that changes nothing writes nothing."""
        values, by = form.values(), self.request.user
        if not name:
            drafts.add(self.version, section, values, by=by)
        elif values:
            seen = form.cleaned_data["seen"] or None
            drafts.edit(self.version, section, name, values, by=by, seen=seen)

    def remove(self) -> HttpResponse:
        """Take a part away; it was asked before."""
        section, name = self.part(self.asked.remove)
        called = outline.name_of(self.text, section, self.row(section, name))
        drafts.remove(self.version, section, name, by=self.request.user)
        messages.success(self.request, f"“{called}” is removed.")
        return self.to(outline.address(section))

    def shift(self) -> HttpResponse:
        """Move a part by one place."""
        steps_of = {"up": -1, "down": 1}
        way = next((one for one in steps_of if self.request.POST.get(one)), None)
        if way is None:
            raise Http404
        section, name = self.part(self.request.POST[way])
        called = outline.name_of(self.text, section, self.row(section, name))
        by, steps = self.request.user, steps_of[way]
        moved = drafts.shift(self.version, section, name, by=by, steps=steps)
        words = f"moved {way}" if moved else "is already at the end of its group"
        messages.success(self.request, f"“{called}” {words}.")
        return self.to(outline.address(section))

    def close_gaps(self) -> HttpResponse:
        """Say of empty cells that nothing is expected there; it was asked before."""
        competency = "" if self.asked.gaps == "all" else self.asked.gaps
        marked = drafts.close_gaps(self.version, by=self.request.user, competency=competency)
        messages.success(self.request, f"{marked} marked as not expected.")
        return self.to(outline.address("readiness"))

    # --- What is meant -----------------------------------------------------------------------
    def place(self) -> tuple[str, str]:
        """The opened cell, or 404."""
        found = place(self.payload, self.asked.cell)
        if found is None:
            raise Http404
        return found

    def part(self, said: str) -> tuple[str, str]:
        """Section and id of a part named “levels:senior”, or 404."""
        section, _, name = said.partition(":")
        if section not in FORMS:
            raise Http404
        return section, name

    def row(self, section: str, name: str) -> dict:
        """The row itself; it may have gone meanwhile."""
        try:
            return edits.find(self.text, section, name)
        except KeyError:
            raise Conflict("This part is not in the draft any more.") from None

    def to(self, address: str) -> HttpResponse:
        """Back to this page, at another place of it."""
        return redirect(f"{self.request.path}{address}")

    def onward(self, where: tuple[str, str]) -> str:
        """The same cell, or the next one that says nothing."""
        if self.request.POST.get("go") != "next":
            return self.asked.address(cell=self.asked.cell)
        gaps = [gap for gap in desk.gaps(self.text) if gap != where]
        return self.asked.address(cell=":".join(gaps[0])) if gaps else outline.address("readiness")

    def show(self, status: int = 200, **more: object) -> HttpResponse:
        """Render the desk."""
        context = desk.context(self.version, self.payload, self.text, self.asked, **more)
        return render(self.request, "ladders/editor.html", context, status=status)


MOVES = {
    "cell": Edit.write_cell,
    "part": Edit.write_part,
    "remove": Edit.remove,
    "shift": Edit.shift,
    "gaps": Edit.close_gaps,
}
