"""How a letter to a candidate begins: the outcome and its reasons, worded with respect."""

from __future__ import annotations

from typing import Any

from people.wording import long_day

OPENINGS = {
    "approved": "You are promoted to {level}{from_day}.",
    "approved_no_seat": (
        "You are ready for {level}. No seat is open at this level yet; when one opens, we set "
        "the date."
    ),
    "deferred": "Your case to {level} is deferred: not now, and with a date to look again.",
    "declined": "This time we decided not to promote you to {level}.",
}


def begin(payload: dict[str, Any]) -> str:
    """The text of a payload whose outcome its reader sees; empty without one."""
    decision = payload["decision"]
    if decision is None:
        return ""
    day = decision["effective_on"]
    opening = OPENINGS[decision["outcome"]["value"]].format(
        level=payload["target_level"]["title"], from_day=f" from {long_day(day)}" if day else ""
    )
    lines = [f"Dear {payload['candidate']['name']},", "", opening]
    if decision["reasons"]:
        lines += ["", "What we want to see:", ""]
        lines += [f"- {one['competency']}: {one['evidence_wanted']}" for one in decision["reasons"]]
    if decision["look_again_on"]:
        lines += ["", f"We look again on {long_day(decision['look_again_on'])}."]
    return "\n".join(lines)
