"""Pure search inside a ladder: what its parts say, where, and the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ladders.choices import Asked
from ladders.sheet import Said, Sheet, plain
from people.folding import fold, folded

SHORTEST, LONGEST, MOST = 2, 100, 60  # letters asked for, letters looked at, finds shown
AROUND = 280
"""Letters of a longer text that are shown, from a little before the first word found."""


def find(version: Said, asked: str) -> Said:
    """What holds all the words: at least one in the text itself, the others there or in its place.

    Case and accents do not matter.
    """
    q = " ".join(asked.replace("\0", "").split())[:LONGEST]
    words = fold(q).split()
    if len("".join(words)) < SHORTEST:
        return {"q": q, "count": 0, "results": []}
    fits = [row for row in _everything(Sheet(version)) if _fits(words, row["text"], row["where"])]
    shown = [row | {"runs": _runs(words, row["text"])} for row in fits[:MOST]]
    return {"q": q, "count": len(fits), "results": shown}


def _fits(words: list[str], text: str, where: str) -> bool:
    inside, around = fold(text), fold(where)
    return any(word in inside for word in words) and all(
        word in inside or word in around for word in words
    )


# --- What there is to find -------------------------------------------------------------------
def _everything(sheet: Sheet) -> Iterator[Said]:
    for level in sheet.version["levels"]:
        track = sheet.tracks[level["track"]]["name"]
        for text in dict.fromkeys([level["title"], *level["titles"], level["code"]]):
            yield _entry("Level", text, track, level["page_url"])
        for text in (level["summary"], level["scope"]):
            yield _entry("Level", text, level["title"], level["page_url"])
    for row in sheet.version["competencies"]:
        yield _entry("Competency", row["name"], "", row["page_url"])
        yield _entry("Competency", row["description"], row["name"], row["page_url"])
    for row in sheet.version["meanings"]:
        competency = sheet.competencies[row["competency"]]
        for text in (row["summary"], *(said["text"] for said in row["statements"])):
            yield _entry("Step", text, competency["name"], competency["page_url"])
    for row in sheet.version["expectations"]:
        yield from _of_expectation(sheet, row)


def _of_expectation(sheet: Sheet, row: Said) -> Iterator[Said]:
    hidden = sheet.version["null_tokens"]
    for key in row["levels"][:1]:  # what several levels share is found once, at the lowest
        name = f"{row['competency']}:{key}"
        url = Asked(cell=name).address(cell=name)
        place = f"{sheet.competencies[row['competency']]['name']}, {sheet.levels[key]['title']}"
        if row["summary"] not in hidden:
            yield _entry("Expectation", row["summary"], place, url)
        for said in row["statements"]:
            if said["text"] not in hidden:
                yield _entry("Statement", said["text"], place, url)
            for example in said["examples"]:
                yield _entry("Example", example, place, url)
            yield _entry("It is not", said["counter"], place, url)


def _entry(kind: str, text: str, where: str, url: str) -> Said:
    return {"kind": kind, "text": plain(text or ""), "where": where, "url": url}


# --- How it is shown -------------------------------------------------------------------------
def _runs(words: list[str], text: str) -> list[Said]:
    """The text in runs, those that were asked for marked; only what lies around, where long."""
    bare, places = folded(text)
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    spans = [(places[hit.start()], places[hit.end() - 1] + 1) for hit in re.finditer(pattern, bare)]
    first = spans[0][0] if spans else 0
    start = 0 if len(text) <= AROUND or first < AROUND // 2 else text.rfind(" ", 0, first - 60) + 1
    end = len(text) if len(text) - start <= AROUND else text.rfind(" ", start, start + AROUND)
    return _cut(text, spans, start, end if end > start else len(text))


def _cut(text: str, spans: list[tuple[int, int]], start: int, end: int) -> list[Said]:
    runs, at = [_run("… " if start else "")], start
    for low, high in spans:
        if low < at or high > end:
            continue
        runs += [_run(text[at:low]), _run(text[low:high], hit=True)]
        at = high
    runs += [_run(text[at:end]), _run(" …" if end < len(text) else "")]
    return [run for run in runs if run["text"]]


def _run(text: str, *, hit: bool = False) -> Said:
    return {"text": text, "hit": hit}
