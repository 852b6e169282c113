"""What HR systems write where they mean: nothing, works here, has left. Pure."""

from __future__ import annotations

import re

EMPTY = frozenset("- – — n/a #n/a #nv null none (blank) (leer) (empty) no_manager nan".split())
STATUSES = {
    **dict.fromkeys(
        "active|employed|true|yes|y|1|3|current|hired|onboarding|on leave|leave|leave of absence|"
        "paid leave|unpaid leave|parental leave|garden leave|sabbatical|full-time|full time|"
        "part-time|part time|regular|permanent|temporary|contractor|intern|probation|"
        "active assignment|active - payroll eligible|aktiv|beschäftigt|ja|j|wahr|elternzeit|"
        "beurlaubt|im urlaub|in probezeit|vollzeit|teilzeit|actif|oui|a".split("|"),
        "active",
    ),
    **dict.fromkeys(
        "left|inactive|terminated|false|no|n|0|former|resigned|retired|deceased|offboarded|"
        "dismissed|ended|ex-employee|alumni|withdrawn|inactive - payroll eligible|t|"
        "inaktiv|ausgeschieden|ausgetreten|nein|falsch|rentner|inactif|non|parti".split("|"),
        "left",
    ),
}
TOTALS = re.compile(
    r"(grand |sub)?totals?\b|summe\b|gesamt|anzahl\b|count\b|number of (rows|records|employees)|"
    r"rows?: ?\d|records?: ?\d|end of (report|file)|report (generated|run)|generated (on|at|by)|"
    r"exported (on|at|by)|erstellt am|stand:? \d|ende des berichts",
    re.IGNORECASE,
)
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv phd ph.d. md m.d. dr dr. esq esq.".split())
_ASIDE = re.compile(
    r"\s*\((\d[\w-]*|on leave|leave of absence|terminated|inactive|contractor|c|"
    r"beurlaubt|ausgeschieden)\)$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"=\"([^\"]*)\"")
_NUMBERED = re.compile(r"(.+?)\s*[\[(#]\s*([\w.-]+)\s*[\])]?")


def unwrapped(text: str) -> str:
    """A cell without what keeps a spreadsheet from changing it: ="007" and '007 mean 007."""
    if text.startswith("="):
        found = _QUOTED.fullmatch(text)
        return found[1].strip() if found else text
    return text[1:].strip() if text[:1] in "'’" and text[1:2].isdigit() else text


def name(text: str) -> str:
    """A name in the order in which it is spoken: “King, Steven (On Leave)” is Steven King."""
    text = _ASIDE.sub("", text)
    last, comma, first = (part.strip() for part in text.partition(","))
    if comma and first and last and "," not in first and first.casefold() not in _SUFFIXES:
        return f"{first} {last}"
    return text


def numbered(text: str) -> tuple[str, str]:
    """A name and the number that stands behind it in brackets: “Vera Top (100)”."""
    found = _NUMBERED.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")
