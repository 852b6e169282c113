"""What HR systems write where they mean: nothing, works here, has left. Pure."""

from __future__ import annotations

import re

from people.folding import fold

EMPTY = frozenset(
    "- – — -- . ? n/a n.a. n.a #n/a #nv null none nil (blank) (leer) (empty) no_manager no_hr nan "
    "<na> tbd tbc t.b.d. k.a. unassigned (none) \\n".split()
)
FAILED = frozenset("#ref! #value! #name? #div/0! #null! #num! #bezug! #wert! #spill!".split())
STATUSES = {
    **dict.fromkeys(
        "active|employed|true|yes|y|1|3|current|hired|onboarding|on leave|leave|leave of absence|"
        "paid leave|unpaid leave|parental leave|garden leave|sabbatical|full-time|full time|"
        "part-time|part time|regular|permanent|temporary|contractor|intern|probation|"
        "active assignment|active - payroll eligible|loa|staged|provisioned|pre-hire|"
        "prehire|pending start|pending hire|pending termination|l|p|aktiv|beschäftigt|ja|j|wahr|"
        "elternzeit|"
        "beurlaubt|im urlaub|in probezeit|vollzeit|teilzeit|actif|oui|a".split("|"),
        "active",
    ),
    **dict.fromkeys(
        "left|inactive|terminated|false|no|n|0|former|resigned|retired|deceased|offboarded|"
        "dismissed|ended|ex-employee|alumni|withdrawn|inactive - payroll eligible|t|"
        "inaktiv|ausgeschieden|ausgetreten|nein|falsch|rentner|inactif|non|parti|baja|uit dienst|"
        "not active|non-active|non active|leaver|i".split("|"),
        "left",
    ),
}
_LEFT = frozenset(
    "terminated termination inactive left leaver resigned retired deceased dismissed discharged "
    "offboarded separated former ended deprovisioned ausgeschieden ausgetreten inaktiv sorti "
    "inactif licencié démissionné inactivo inativo desligado demitido inactief cessato "
    "dimesso".split()
)
_HERE = frozenset(
    "active employed leave permanent temporary regular contract contractor freelance freelancer "
    "intern apprentice probation notice aktiv actif activo ativo actief attivo elternzeit "
    "mutterschutz sabbatical".split()
)
_DENIED = frozenset("no not non never pending nicht kein pas".split())
TOTALS = re.compile(
    r"(grand |sub)?totals?\b|summe\b|gesamt|anzahl\b|count\b|number of (rows|records|employees)|"
    r"rows?: ?\d|records?: ?\d|end of (report|file)|report (generated|run)|generated (on|at|by)|"
    r"exported (on|at|by)|erstellt am|stand:? \d|ende des berichts",
    re.IGNORECASE,
)
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv phd ph.d. md m.d. dr dr. esq esq.".split())
_ASIDE = re.compile(
    r"\s*[(\[](\d[\w-]*|on leave|leave of absence|terminated|inactive|contractor|c|"
    r"beurlaubt|ausgeschieden)[)\]]$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"=\"([^\"]*)\"")
_NUMBERED = re.compile(r"(.+?)\s*[\[(#]\s*([\w.-]+)\s*[\])]?")
_NUMBER_FIRST = re.compile(r"([\w.-]*\d[\w.-]*)\s*[-–:|]\s+(\D+)")
_DIRECTORY = re.compile(r"CN=((?:[^,\\]|\\.)+),.*", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff\u00ad\u061c"))
_FLOAT = re.compile(r"(\d+)\.0+")
SHORTENED = re.compile(r"\d+([.,]\d+)?e\+?\d+", re.IGNORECASE)
_TWICE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]+"
)
_SALUTATION = re.compile(
    r"(Herr|Frau|Mr\.?|Mrs\.?|Ms\.?|Mme\.?|Hr\.|Fr\.)\s+(?=\S+\s)", re.IGNORECASE
)


def status(text: str) -> str:
    """Whether a word for it means "active" or "left"; blank when it does not say."""
    key = " ".join(text.casefold().split())
    if key in STATUSES:
        return STATUSES[key]
    said = set(re.findall(r"\w+", key))
    gone, here = bool(said & _LEFT), bool(said & _HERE)
    if said & _DENIED or gone == here:
        return ""
    return "left" if gone else "active"


def visible(text: str) -> str:
    """A cell without letters that nobody sees."""
    return text if text.isascii() else text.translate(_INVISIBLE).strip()


def number(text: str) -> str:
    """An employee number without the decimals that a spreadsheet adds: 1001.0 is 1001."""
    found = _FLOAT.fullmatch(text)
    return found[1] if found else text


def mended(text: str) -> str:
    """What a text was before UTF-8 was read as Windows-1252; blank where that did not happen."""
    if text.isascii() or not _TWICE.search(text):
        return ""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


def unwrapped(text: str) -> str:
    """A cell without what keeps a spreadsheet from changing it: ="007" and '007 mean 007."""
    if text.startswith("="):
        found = _QUOTED.fullmatch(text)
        return found[1].strip() if found else text
    return text[1:].strip() if text[:1] in "'’" and text[1:2].isdigit() else text


def name(text: str) -> str:
    """A name in the order in which it is spoken: “King, Steven (On Leave)” is Steven King."""
    text = _SALUTATION.sub("", _ASIDE.sub("", text), count=1)
    last, comma, first = (part.strip() for part in text.partition(","))
    if comma and first and last and "," not in first and first.casefold() not in _SUFFIXES:
        return f"{first} {last}"
    return text


def numbered(text: str) -> tuple[str, str]:
    """A name and the number beside it: “Vera Top (100)”, “100 - Vera Top”; of a name in a
    directory (CN=Vera Top,OU=Staff) the name."""
    if found := _NUMBERED.fullmatch(text):
        return found[1], found[2]
    if found := _NUMBER_FIRST.fullmatch(text):
        return found[2].strip(), found[1]
    if found := _DIRECTORY.fullmatch(text):
        return found[1].replace("\\", ""), ""
    return text, ""


def loosely(text: str) -> str:
    """A name without order, initials, accents and marks: “Lee, Ann M.” is “Ann Lee”."""
    parts = re.findall(r"\w+", fold(name(text).replace("'", "").replace("’", "")))
    whole = [part for part in parts if len(part) > 1 and part not in _SUFFIXES]
    return " ".join(sorted(whole or parts))
