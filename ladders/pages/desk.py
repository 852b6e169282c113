"""What the editor's page shows: the matrix, one list of parts, or what is left before review."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from ladders import cells, edits, outline, readiness
from ladders.actions import drafts
from ladders.editable import Editable, Editing, place, words
from ladders.models import LadderVersion
from ladders.pages.forms.cells import Cell, steps
from ladders.pages.forms.parts import Part
from ladders.pages.forms.sections import FORMS
from ladders.serializers import readiness as readiness_rows
from people.refusals import Stale

Said = dict[str, Any]
HEAD = "framework:framework"


def context(version: LadderVersion, payload: Said, text: Said, asked: Editing, **more: Any) -> Said:
    """Everything for the template; `more` is what a refused change brings back."""
    if asked.view not in outline.VIEWS:
        raise Http404
    ready = readiness_rows.present(version, text)
    open_ones = len(ready["gaps"]) + len(ready["blocks"])
    shown = {
        "version": payload,
        "asked": asked,
        "readiness": ready,
        "views": outline.views(asked.view, open_ones),
        "title": outline.VIEWS[asked.view],
        "refused": more.get("refused", ""),
        "conflict": more.get("conflict"),
        "wrong": _wrong(more),
        "readiness_url": reverse("api-ladders:readiness", args=_where(payload)),
        "positions_url": reverse("api-ladders:positions", args=_where(payload)),
    }
    if not asked.view:
        return shown | _matrix(payload, text, asked, ready, more)
    if asked.view == "readiness":
        return shown | _left(payload, text, asked, ready)
    return shown | _parts(text, asked, more)


def gaps(text: Said) -> list[tuple[str, str]]:
    """The cells that say nothing."""
    return readiness.gaps(text)


# --- The matrix ----------------------------------------------------------------------------
def _matrix(payload: Said, text: Said, asked: Editing, ready: Said, more: Said) -> Said:
    where = place(payload, asked.cell)
    opened = _opened(payload, text, where, ready, more) if where else None
    empty = {(gap["competency"], gap["level"]) for gap in ready["gaps"]}
    return {"matrix": Editable(payload, asked, empty, opened).data()}


def _opened(payload: Said, text: Said, where: tuple[str, str], ready: Said, more: Said) -> Said:
    entries = cells.read(text, *where)
    titles = {row["key"]: row["title"] for row in payload["levels"]}
    here = {where[1], *(name for entry in entries for name in entry["also_at"])}
    form = more.get("cell") or Cell(steps(text, where[0]), entries)
    for entry in form.entries:
        entry.shared = ", ".join(titles[name] for name in entry.also_at)
    query = urlencode({"competency": where[0], "level": where[1]})
    conflict = more.get("conflict")
    seen = form.data.get("seen") if form.data else drafts.mark({"entries": entries})
    return {
        "form": form,
        "seen": conflict["mark"] if conflict else seen,
        "src": f"{reverse('api-ladders:cell', args=_where(payload))}?{query}",
        "hints": [
            row["text"]
            for row in ready["hints"]
            if (row["section"], row["key"]) == ("expectations", where[0]) and row["level"] in here
        ],
        "more": any((gap["competency"], gap["level"]) != where for gap in ready["gaps"]),
        "conflict": conflict,
    }


# --- Lists of parts ------------------------------------------------------------------------
def _parts(text: Said, asked: Editing, more: Said) -> Said:
    section = asked.view
    form = more.get("form") or _form(text, section, asked)
    return {
        "section": section,
        "called": edits.CALLED.get(section, "text"),
        "ways": outline.WAYS.get(section, ""),
        "groups": outline.groups(text, section) if section != "framework" else [],
        "add": outline.address(section, add=section),
        "back": outline.address(section),
        "form": form,
        "removal": _removal(text, section, asked.remove),
    }


def _form(text: Said, section: str, asked: Editing) -> Part | None:
    """The form of the part that is opened, or of a new one."""
    if section == "framework" or asked.edit.startswith(f"{section}:"):
        name = asked.edit.partition(":")[2] or section
        row = _row(text, section, name)
        return row and FORMS[section](text, row, seen=drafts.mark(row))
    if asked.add != section:
        return None
    form = FORMS[section](text, {})
    form.initial |= {"from": asked.one, "to": asked.other}  # of a link that is missed
    return form


def _removal(text: Said, section: str, said: str) -> Said | None:
    name = said.partition(":")[2]
    row = _row(text, section, name) if said.startswith(f"{section}:") else None
    if row is None:
        return None
    asked = outline.goes_with(text, section, name)
    return asked | {"part": said, "name": outline.name_of(text, section, row)}


def _row(text: Said, section: str, name: str) -> Said | None:
    try:
        return edits.find(text, section, name)
    except KeyError:
        return None


# --- Before review -------------------------------------------------------------------------
def _left(payload: Said, text: Said, asked: Editing, ready: Said) -> Said:
    titles = {row["key"]: row["title"] for row in payload["levels"]}
    names = {row["key"]: row["name"] for row in payload["competencies"]}
    by_row: dict[str, list[Said]] = {}
    for gap in ready["gaps"]:
        by_row.setdefault(gap["competency"], []).append(gap | {"title": titles[gap["level"]]})
    empty = [
        {"name": names[name], "cells": found, "url": outline.address("readiness", gaps=name),
         "asked": asked.gaps == name}
        for name, found in by_row.items()
    ]  # fmt: skip
    return {
        "empty": empty,
        "mark_all": outline.address("readiness", gaps="all"),
        "asked_all": asked.gaps == "all" and bool(empty),
        "back": outline.address("readiness"),
    }


# --- What a refusal brings back -------------------------------------------------------------
def cell_conflict(mine: list[Said], current: Said) -> Said:
    """Both texts of a cell, and the mark to go on from."""
    theirs = current.get("entries", [])
    differs = [{"label": "This cell", "mine": words(mine), "theirs": words(theirs)}]
    return {"mark": current.get("mark", ""), "differs": differs}


def part_conflict(form: Part, saved: Part) -> Said:
    """The fields of a part that say something else than what was saved meanwhile."""
    differs = [
        {
            "label": field.label,
            "mine": _plain(form[field.name].value()),
            "theirs": _plain(field.value()),
        }
        for field in saved.visible_fields()
        if field.name in form.fields and _plain(form[field.name].value()) != _plain(field.value())
    ]
    return {"differs": differs}


def renewed(form: Part, refusal: Stale) -> Part:
    """The same form, as typed, going on from what was saved meanwhile."""
    form.data = form.data.copy()
    form.data["seen"] = refusal.current.get("mark", "")
    return form


def _plain(value: Any) -> str:
    """A value as words; a tick that is not set is nothing."""
    return str({None: "", False: "", True: "Yes"}.get(value, value)).replace("\r\n", "\n")


def _wrong(more: Said) -> list[Said]:
    """Every message of a refused form, with the field it belongs to."""
    forms = more["cell"].forms() if more.get("cell") else [more["form"]] if more.get("form") else []
    found = []
    for form in forms:
        found += [{"label": "", "url": "", "text": words} for words in form.non_field_errors()]
        for field in form:
            found += [
                {"label": field.label, "url": f"#{field.id_for_label or field.auto_id}",
                 "text": words} for words in field.errors
            ]  # fmt: skip
    return found


def _where(payload: Said) -> list[str]:
    return [payload["ladder"]["slug"], payload["number"]]
