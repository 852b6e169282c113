"""A case as text to be read: pure functions of its payload, for pages, print and files."""

from __future__ import annotations

import datetime
from typing import Any

Payload = dict[str, Any]

AT_FIRST = 12  # entries of the history that stand open
AT_WORK = ("edit", "write_own_section", "attach")
"""What is done many times in one sitting."""

COLUMNS = (
    *("id", "candidate", "from_level", "target_level", "track", "cycle", "state", "outcome"),
    *("manager", "next", "due_on", "opened_at", "active_at", "effective_on"),
)

FORWARD = (
    *(
        "write_handover",
        "edit",
        "write_own_section",
        "submit",
        "gather",
        "endorse",
        "freeze",
        "assign_panel",
    ),
    *("vote", "close_ballot", "reopen_ballot", "recommend", "approve", "communicate", "schedule"),
)
"""Moves that carry a case on, in the order in which one of them is the first to offer."""
ENDING = (
    "ask_handover",
    "hand_over",
    "repin",
    "send_back",
    "withdraw",
    "retract",
    "cancel",
    "close",
)
"""Moves that turn a case or stop it; they come last and quietly."""
WORDS = {"approve": "Decide", "cancel": "Cancel case", "close": "Close case"}
"""Labels that say more outside of the API."""
INSIDE = ("attach", "defer", "decline", "approve_no_seat")
"""Moves that are made on the page of another one."""


def title(payload: Payload) -> str:
    """ "Carl Adler to Staff Engineer"."""
    return f"{payload['candidate']['name']} to {payload['target_level']['title']}"


def line(row: Payload) -> list[Any]:
    """One row of the file, as COLUMNS names it."""
    step = row["next_step"] or {}
    return [
        row["id"],
        row["candidate"]["name"],
        row["from_level"]["title"] if row["from_level"] else "",
        row["target_level"]["title"],
        row["target_level"]["track"],
        row["cycle"]["name"] if row["cycle"] else "",
        row["state"]["label"],
        row["outcome"]["label"] if row["outcome"] else "",
        row["owner"]["name"],
        step.get("words", ""),
        step.get("due_on"),
        row["opened_at"],
        row["active_at"],
        row["effective_on"],
    ]


def moves(payload: Payload) -> dict[str, list[Payload]]:
    """The moves one may make, the first to offer first; those that end; those that are refused."""
    named = bool(payload["panel"])
    voted = bool((payload["ballot"] or {}).get("own"))
    allowed = {
        one["name"]: _said(one, named, voted) for one in payload["actions"] if one["allowed"]
    }
    last = ("assign_panel", *ENDING) if named else ENDING
    inside = INSIDE if allowed.keys() & {"edit", "write_own_section"} else INSIDE[1:]
    first = [name for name in FORWARD if name in allowed and name not in last]
    if voted and not payload["ballot"]["waiting"]:
        first.sort(key=lambda name: name == "vote")
    others = [name for name in allowed if name not in {*FORWARD, *last, *inside}]
    return {
        "main": [allowed[name] for name in first + others],
        "ending": [allowed[name] for name in last if name in allowed],
        "refused": [one for one in payload["actions"] if not one["allowed"]],
    }


def _said(one: Payload, named: bool, voted: bool) -> Payload:
    """A move in the words of a button; the four outcomes stand on one page."""
    words = WORDS.get(one["name"], one["label"])
    if one["name"] == "assign_panel" and named:
        words = "Name another panel"
    elif one["name"] == "vote" and voted:
        words = "Change your ballot"
    return {**one, "label": words}


def text(payload: Payload) -> Payload:
    """What the panel reads: the frozen packet, or what would be frozen now."""
    if payload["packet"]:
        return _frozen(payload["packet"]["content"])
    pieces = payload["attachments"]
    return {
        "frozen": False,
        **{name: payload[name] for name in ("statement", "own_section", "statement_at")},
        "statement_by": (payload["statement_by"] or {}).get("name", ""),
        "handovers": _handed(payload["handovers"], payload),
        **{name: payload[name] for name in ("waiver_reason", "off_cycle_reason", "level_reason")},
        "experience": [stint["text"] for stint in payload["experience"]],
        "parts": [_part(part, pieces, payload["owner"]["name"]) for part in payload["parts"]],
        "general": [one["evidence"] for one in pieces if one["competency"] is None],
        "feedback": [_answer(one) for one in (payload["feedback"] or {}).get("answers") or []],
        "endorsements": [
            {**one, "person": _said_by(one), "kind": one["kind"]["value"]}
            for one in payload["endorsements"] or []
        ],
    }


def _said_by(one: Payload) -> str:
    behalf = f" on behalf of {one['given_for']['name']}" if one["given_for"] else ""
    return f"{one['person']['name']}{behalf}"


def _part(part: Payload, pieces: list[Payload], manager: str) -> Payload:
    mine = part["competency"]["id"]
    return {
        "competency": part["competency"]["name"],
        "expected": [one["summary"] for one in part["expectations"] if one["summary"]],
        "statements": [
            said["text"] for one in part["expectations"] for said in one["statements"] or []
        ],
        "text": part["text"],
        "written_by": _unless((part["saved_by"] or {}).get("name"), manager),
        "evidence": [one["evidence"] for one in pieces if one["competency"] == mine],
    }


def _unless(writer: str | None, manager: str) -> str:
    """Who wrote it, where that was not the manager who makes the case."""
    return writer if writer and writer != manager else ""


def _answer(one: Payload) -> Payload:
    return {**one, "author": one["author"]["name"] if one["author"] else None}


def _handed(rows: list[Payload] | None, content: Payload) -> list[Payload]:
    """What former managers said, and of what they had written all that reads otherwise now."""
    texts = {content["statement"], *(part["text"] for part in content["parts"])}
    return [
        {
            "former": row["former"]["name"] if isinstance(row["former"], dict) else row["former"],
            "handed_at": _instant(row["handed_at"]),
            "statement": row["statement"],
            "written_at": _instant(row["written_at"]),
            "earlier": [
                {**said, "at": _instant(said["at"])}
                for said in (row["words"]["statement"], *row["words"]["parts"])
                if said["text"] and said["text"] not in texts
            ],
        }
        for row in rows or []
    ]


def _instant(value: Any) -> datetime.datetime | None:
    """A packet keeps instants as text, a payload as they are."""
    return datetime.datetime.fromisoformat(value) if isinstance(value, str) else value


def _frozen(content: Payload) -> Payload:
    parts: dict[int, Payload] = {}
    for row in content["parts"]:
        part = parts.setdefault(
            row["competency_id"],
            {
                "competency": row["competency"],
                "expected": [],
                "statements": [],
                "text": row["text"],
                "written_by": _unless(row.get("written_by"), content["manager"]),
                "evidence": [],
            },
        )
        part["expected"] += [row["expected"]] if row["expected"] else []
        part["statements"] += row["statements"]
    for piece in content["evidence"]:
        if piece["competency_id"] in parts:
            parts[piece["competency_id"]]["evidence"].append(piece)
    loose = [piece for piece in content["evidence"] if piece["competency_id"] not in parts]
    return {
        **{key: content[key] for key in ("statement", "own_section")},
        "statement_by": content.get("statement_by") or "",
        "statement_at": _instant(content.get("statement_at")),
        "handovers": _handed(content.get("handovers"), content),
        **{key: content[key] for key in ("waiver_reason", "off_cycle_reason", "level_reason")},
        "frozen": True,
        "experience": content.get("experience", []),
        "parts": list(parts.values()),
        "general": loose,
        "feedback": content["feedback"],
        "endorsements": [
            {"before_resubmission": False, **one} for one in content["endorsements"] or []
        ],
    }


def timeline(payload: Payload) -> list[Payload]:
    """The history, newest first; work of one person in one go is one entry."""
    shown: list[Payload] = []
    for entry in payload["history"]:
        who = "you" if entry["by_you"] else entry["who"]
        key = (entry["what"], who)
        if shown and entry["verb"] in AT_WORK and shown[-1]["key"] == key:
            shown[-1]["times"] += 1
            shown[-1]["what"] = f"{entry['what']} {shown[-1]['times']} times"
            shown[-1]["why"] = f"{shown[-1]['why']} {entry['why']}".strip()
            continue
        shown.append(
            {
                **{name: entry[name] for name in ("at", "what", "why")},
                "who": who,
                "track": "",
                "current": not shown,
                "key": key,
                "times": 1,
            }
        )
    return shown


def came_back(payload: Payload) -> Payload | None:
    """Who sent a draft back, and why; None for a draft that was never handed on."""
    turns = [one for one in payload["history"] if one["verb"] in ("submit", "send_back")]
    newest = turns[0] if turns and payload["state"]["value"] == "draft" else None
    return newest if newest and newest["verb"] == "send_back" else None


def handed(payload: Payload) -> Payload | None:
    """The newest handover, until the candidate is told; None where there was none."""
    if payload["communicated_at"] or payload["ended_at"]:
        return None
    return next(iter(payload["handovers"] or []), None)


def way(payload: Payload) -> list[Payload]:
    """Where the candidate stood, newest first, as the timeline shows it."""
    return [
        {
            "at": placement["starts_on"],
            "what": placement["level"]["title"],
            "who": "",
            "why": placement["kind_label"],
            "track": placement["level"]["track"],
            "current": number == 0,
        }
        for number, placement in enumerate(payload["placements"])
    ]


def page(payload: Payload) -> Payload:
    """What the page of a case shows in another order than the payload."""
    entries = timeline(payload)
    allowed = [one for one in payload["actions"] if one["allowed"]]
    return {
        "moves": moves(payload),
        "text": text(payload),
        "way": way(payload),
        "came_back": came_back(payload),
        "handover": handed(payload),
        "ask": next((one for one in allowed if one["name"] == "ask_handover"), None),
        "timeline": entries[:AT_FIRST],
        "earlier": entries[AT_FIRST:],
    }
