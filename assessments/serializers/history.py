"""The history of a case: who did what and why, in words, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from assessments import visibility
from assessments.models import PromotionCase
from people.models import Event, Person
from people.wording import counted

CLOCK = "the clock"
DONE = {
    "open": "Case opened",
    "edit": "Text changed",
    "write_own_section": "Own section changed",
    "attach": "Evidence attached",
    "submit": "Case submitted",
    "send_back": "Sent back to draft",
    "repin": "Moved to the published version",
    "hand_over": "Case handed over",
    "ask_handover": "Handover statement asked for",
    "write_handover": "Handover statement written",
    "pass_on": "Decision passed on to another approver",
    "gather": "Feedback asked for",
    "ask_another": "One more person asked for feedback",
    "endorse": "Endorsement given",
    "sponsor": "Word of a sponsor added",
    "freeze": "Packet frozen",
    "assign_panel": "Panel named",
    "declare_conflict": "Conflict declared",
    "rule_on_conflict": "Conflict ruled on",
    "vote": "Ballot cast",
    "close_ballot": "Ballot closed",
    "reopen_ballot": "Second ballot called",
    "vote_again": "Vote opened again",
    "recommend": "Panel recommended",
    "approve": "Approved",
    "approve_no_seat": "Approved, no seat yet",
    "defer": "Deferred",
    "decline": "Declined",
    "communicate": "Candidate told",
    "schedule": "Promotion scheduled",
    "close": "Case closed",
    "make_effective": "New level in effect",
    "withdraw": "Withdrawn by the candidate",
    "retract": "Withdrawn by the manager",
    "lapse": "Lapsed after 90 days without activity",
    "cancel": "Cancelled",
}


class Entry(serializers.Serializer):
    """The shape of one entry."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    verb = serializers.CharField()
    what = serializers.CharField()
    who = serializers.CharField()
    by_you = serializers.BooleanField()
    why = serializers.CharField(help_text="Empty where it is not for you to read.")


def history(events: Iterable[Event], case: PromotionCase, person: Person) -> list[dict[str, Any]]:
    """Entries newest first, from events the person may know of."""
    standing = visibility.relations(person, case)
    return [_entry(event, standing, person) for event in events]


def _entry(event: Event, standing: frozenset[str], person: Person) -> dict[str, Any]:
    name = event.verb.removeprefix("case.")
    own = event.actor_id == person.pk
    told = own or visibility.sees_why(name, standing)
    return {
        "id": event.pk,
        "at": event.at,
        "verb": name,
        "what": _what(name, event.data),
        "who": _who(event),
        "by_you": own,
        "why": _why(event.data) if told else "",
    }


def _who(event: Event) -> str:
    whose = event.data.get("on_behalf_of")
    behalf = f" on behalf of {whose['name']}" if whose else ""
    return f"{event.actor.name}{behalf}" if event.actor else CLOCK


def _what(name: str, data: dict[str, Any]) -> str:
    if name == "attach" and "taken_off" in data:
        return "Evidence taken off"
    return DONE.get(name, name.replace("_", " ").capitalize())


def _why(data: dict[str, Any]) -> str:
    """The reasons that were given, and the little that the event itself says."""
    said = [
        data.get("reason", ""),
        data.get("waiver_reason", ""),
        data.get("off_cycle_reason", ""),
    ]
    if "part" in data:
        said.insert(0, f"{data['part'].capitalize()}, {counted(data.get('words', 0), 'word')}.")
    elif "words" in data:
        said.insert(0, f"{counted(data['words'], 'word')}.")
    if "successor" in data:
        said.insert(0, f"From {data['former']} to {data['successor']}.")
    if "recuse" in data:
        said.insert(0, "Recused." if data["recuse"] else "Not recused.")
    return " ".join(text for text in said if text)
