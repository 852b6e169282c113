"""Where things are found: by API and by page."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.urls import reverse

from people.models import Person

MARK = 7_000_000_000  # stands where an id will stand
NOUNS = {
    "edit": "text",
    "write_own_section": "text",
    "attach": "evidence",
    "submit": "submission",
    "send_back": "return",
    "repin": "repin",
    "hand_over": "handover",
    "ask_handover": "handover-request",
    "write_handover": "handover-statement",
    "gather": "gathering",
    "ask_another": "requests",
    "endorse": "endorsement",
    "sponsor": "sponsorship",
    "freeze": "freeze",
    "assign_panel": "panel",
    "declare_conflict": "conflicts",
    "rule_on_conflict": "ruling",
    "vote": "ballots",
    "close_ballot": "ballot-closure",
    "reopen_ballot": "second-ballot",
    "recommend": "recommendation",
    "approve": "decision",
    "approve_no_seat": "decision",
    "defer": "decision",
    "decline": "decision",
    "communicate": "communication",
    "schedule": "schedule",
    "close": "closure",
    "withdraw": "withdrawal",
    "retract": "withdrawal",
    "cancel": "cancellation",
}
"""Move → the noun that both doors have for it; texts are saved by PATCH of the case itself."""


def api(name: str, *ids: int) -> str:
    """The address in the API."""
    return _shape(f"api-assessments:{name}", len(ids)).format(*ids)


def page(name: str, *ids: int) -> str:
    """The address of a page."""
    return _shape(f"assessments:{name}", len(ids)).format(*ids)


@cache
def _shape(name: str, count: int) -> str:
    """An address with places for ids: the router is asked once, not for every row of a list."""
    marks = [str(MARK + place) for place in range(count)]
    address = reverse(name, args=marks)
    for place, mark in enumerate(marks):
        address = address.replace(mark, f"{{{place}}}")
    return address


def person(one: Person | None) -> dict[str, Any] | None:
    """A person as payloads name them."""
    return {"id": one.pk, "name": one.name} if one else None
