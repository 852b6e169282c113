"""The desk of the case editor: outline, the part at hand, and the evidence beside it."""

from __future__ import annotations

from typing import Any

from people.wording import counted

Payload = dict[str, Any]


def desk(payload: Payload, asked: str) -> Payload:
    """What the editor shows of a payload; `asked` names the part, else the first one to do."""
    parts = _parts(payload)
    at = next((at for at, part in enumerate(parts) if part["key"] == asked), None)
    if at is None:
        at = next((at for at, part in enumerate(parts) if part["mark"] != "done"), 0)
    part = parts[at]
    done = sum(each["mark"] == "done" for each in parts)
    return {
        "part": {**part, "number": at + 1},
        "tasks": [_task(each, each is part) for each in parts],
        "progress": f"{done} of {counted(len(parts), 'part')} complete",
        "done": done,
        "count": len(parts),
        "following": parts[at + 1] if at + 1 < len(parts) else None,
        "preceding": parts[at - 1] if at else None,
        "pieces": _pieces(payload, part),
        "checks": checks(payload, parts),
        **_words(payload, part),
    }


def _words(payload: Payload, part: Payload) -> Payload:
    """What the field is called, and what it asks for."""
    if part["key"] == "own":
        return {
            "label": "In your own words",
            "hint": "What you are proud of and what you learnt. Manager and panel read it.",
            "about": 250,
        }
    name = payload["candidate"]["name"]
    if part["key"] == "statement":
        label = f"Why {name} is ready for {payload['target_level']['title']}"
        return {"label": label, "hint": "The whole picture in a few paragraphs.", "about": 400}
    hint = "Facts first, then what they show. Say openly what you have not seen."
    return {"label": f"What you have seen {name} do", "hint": hint, "about": 250}


def checks(payload: Payload, parts: list[Payload] | None = None) -> list[Payload]:
    """The checklist, each gap with the place where it is filled."""
    editor = f"{payload['page_url']}edit/"
    todo = next((part["key"] for part in parts or _parts(payload) if part["mark"] != "done"), "")
    places = {"statement": f"{editor}?part=statement", "parts": f"{editor}?part={todo}"}
    places["evidence"] = places["parts"]
    submission = f"{payload['page_url']}submission/#id_"
    return [
        {
            "label": item["label"],
            "detail": item["detail"],
            "mark": item["mark"],
            "url": ""
            if item["done"]
            else submission + item["asks_for"]
            if item["asks_for"]
            else places.get(item["key"], ""),
        }
        for item in payload["checklist"] or []
    ]


def _parts(payload: Payload) -> list[Payload]:
    """The parts this reader works on, in reading order."""
    about = {one["name"] for one in payload["actions"] if one["allowed"]}
    candidate = "candidate" in payload["relations"]
    first = _own(payload, about) if candidate else _statement(payload, about)
    return [first, *(_competency(payload, part, about) for part in payload["parts"])]


def _statement(payload: Payload, about: set[str]) -> Payload:
    words = len((payload["statement"] or "").split())
    return {
        **_plain("statement", "Statement", payload),
        "text": payload["statement"],
        "saves": "statement",
        "src": payload["url"],
        "version": payload["version"],
        "writable": "edit" in about,
        "mark": "done" if words else "todo",
        "status": f"Complete, {counted(words, 'word')}" if words else "Not started",
    }


def _own(payload: Payload, about: set[str]) -> Payload:
    words = len(payload["own_section"].split())
    return {
        **_plain("own", "Your own section", payload),
        "text": payload["own_section"],
        "saves": "own_section",
        "src": payload["url"],
        "version": payload["version"],
        "writable": "write_own_section" in about,
        "mark": "done" if words else "todo",
        "status": counted(words, "word") if words else "Not started",
    }


def _plain(key: str, name: str, payload: Payload) -> Payload:
    pieces = _attached(payload, None)
    return {"key": key, "name": name, "expected": [], "statements": [], "attached": pieces}


def _competency(payload: Payload, part: Payload, about: set[str]) -> Payload:
    mine = part["competency"]["id"]
    pieces = _attached(payload, mine)
    mark, status = _standing(part["text"], len(pieces))
    return {
        "key": str(mine),
        "name": part["competency"]["name"],
        "expected": [one["summary"] for one in part["expectations"] if one["summary"]],
        "statements": [
            said["text"] for one in part["expectations"] for said in one["statements"] or []
        ],
        "attached": pieces,
        "text": part["text"],
        "saves": "text",
        "src": part["url"],
        "version": part["revision"],
        "writable": "edit" in about and part["text"] is not None,
        "mark": mark,
        "status": status,
    }


def _attached(payload: Payload, competency: int | None) -> list[Payload]:
    """The pieces of one part; the candidate's own are not the manager's to take off."""
    candidate = payload["candidate"]["id"]
    all_mine = "candidate" in payload["relations"]
    return [
        {**one, "removable": all_mine or one["attached_by"]["id"] != candidate}
        for one in payload["attachments"]
        if one["competency"] == competency
    ]


def _standing(text: str | None, pieces: int) -> tuple[str, str]:
    attached = counted(pieces, "piece") + " of evidence"
    if text is None:  # a candidate does not read what the manager writes
        return ("done", attached) if pieces else ("todo", "No evidence yet")
    if text and pieces:
        return "done", f"Complete, {attached}"
    if text:
        return "begun", "Text, but no evidence yet"
    return ("begun", f"No text yet, {attached}") if pieces else ("todo", "Not started")


def _task(part: Payload, current: bool) -> Payload:
    return {
        "name": part["name"],
        "status": part["status"],
        "mark": part["mark"],
        "url": f"?part={part['key']}",
        "current": current,
    }


def _pieces(payload: Payload, part: Payload) -> list[Payload]:
    """What may be attached, attached pieces first, then the newest."""
    competency = int(part["key"]) if part["key"].isdecimal() else None
    names = {one["competency"]["id"]: one["competency"]["name"] for one in payload["parts"]}
    here = {one["evidence"]["id"]: one for one in part["attached"]}
    pieces = [
        {
            **piece,
            "attachment": here[piece["id"]]["id"] if piece["id"] in here else None,
            "removable": piece["id"] in here and here[piece["id"]]["removable"],
            "elsewhere": [
                names.get(other, "the whole case")
                for other in piece["attached_to"]
                if other != competency
            ],
        }
        for piece in payload["attachable"] or []
    ]
    return sorted(pieces, key=lambda piece: piece["attachment"] is None)
