"""What keeps a draft from review, with the way to each place, as both doors tell it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from rest_framework import serializers

from ladders import readiness
from ladders.formats.references import key, rows
from ladders.models import LadderVersion

Said = dict[str, Any]


class Gap(serializers.Serializer):
    """A cell that says nothing."""

    competency = serializers.CharField()
    level = serializers.CharField()
    page_url = serializers.CharField()


class Finding(serializers.Serializer):
    """One thing to mend or to look at."""

    text = serializers.CharField()
    section = serializers.CharField()
    key = serializers.CharField()
    level = serializers.CharField()
    page_url = serializers.CharField()


class Readiness(serializers.Serializer):
    """How far a draft is."""

    ready = serializers.BooleanField()
    cells = serializers.IntegerField()
    stated = serializers.IntegerField(help_text="Cells that say something.")
    gaps = Gap(many=True)
    blocks = Finding(many=True, help_text="What must be mended first.")
    hints = Finding(many=True, help_text="What may be looked at.")


def present(version: LadderVersion, text: Said) -> Said:
    """The payload; `text` is the document of the version."""
    page = reverse("ladders:editor", args=[version.ladder.slug, version.number])
    found = readiness.look(text)
    cells = len(rows(text, "levels")) * len(rows(text, "competencies"))
    return {
        "ready": found.ready,
        "cells": cells,
        "stated": cells - len(found.gaps),
        "gaps": [
            {"competency": one, "level": other, "page_url": page + cell_query(one, other)}
            for one, other in found.gaps
        ],
        "blocks": [_finding(page, text, row) for row in found.blocks],
        "hints": [_finding(page, text, row) for row in found.hints],
    }


def cell_query(competency: str, level: str) -> str:
    """How the editor's address opens a cell."""
    return "?" + urlencode({"cell": f"{competency}:{level}"}) + "#open"


def _finding(page: str, text: Said, row: readiness.Finding) -> Said:
    return {
        "text": row.text,
        "section": row.section,
        "key": row.key,
        "level": row.level,
        "page_url": page + _query(text, row),
    }


def _query(text: Said, row: readiness.Finding) -> str:
    """To the cell, to the form of the part, or to the form of a new one, such as a link."""
    if row.section == "expectations" and row.level:
        return cell_query(row.key, row.level)
    known = {key(one) for one in rows(text, row.section)}
    what = "edit" if row.key and row.key in known else "add"
    name = f"{row.section}:{row.key}" if what == "edit" else row.section
    ends = {"one": row.key, "other": row.level} if row.section == "level_links" else {}
    said = {"view": row.section, what: name, **ends}
    return "?" + urlencode({part: value for part, value in said.items() if value}) + "#open"
