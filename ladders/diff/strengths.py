"""English words whose change changes what is asked: numbers, negations, and words with a strength.

What is not in these tables is an ordinary word. Ladders in other languages are compared without
them (docs/adr has the reasons).
"""

from __future__ import annotations

from dataclasses import dataclass

NUMBERS = {
    "zero": 0, "half": 0.5, "one": 1, "once": 1, "single": 1, "two": 2, "twice": 2, "double": 2,
    "three": 3, "triple": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "thousand": 1000, "million": 10**6,
}  # fmt: skip

NEGATIONS = frozenset(
    "no not never none nor neither without nothing nobody nowhere hardly barely".split()
)
NEGATING = ("un", "in", "im", "ir", "il", "dis", "non", "mis")

FLOORS = frozenset({"at-least", "over", "minimum", "exceeding", "more-than"})
"""Before a number: less of it asks for less."""

CLARIFYING = frozenset(
    "for-example such-as that-is for-instance this-means eg ie including includes because"
    " so-that namely see note meaning".split()
)
JOINING = frozenset({"and", "also", "plus", "as-well-as", ",", ";", "&"})


@dataclass(frozen=True)
class Family:
    """Words of one scale; saying none of them has the strength `silent`.

    `limits` is true where a word softens what is asked, so that leaving it out always raises,
    even when other words go with it.
    """

    strengths: dict[str, int]
    silent: int
    limits: bool = False


def _family(silent: int, *steps: str, limits: bool = False) -> Family:
    """Strengths count up from 1, one for each group of words."""
    strengths = {word: at for at, words in enumerate(steps, 1) for word in words.split()}
    return Family(strengths, silent, limits)


FAMILIES = (
    _family(
        3,
        "may might can could optionally",
        "should ought ideally aims tries",
        "will shall would",
        "must has-to have-to need-to needs-to required requires mandatory obliged",
    ),
    _family(
        2,
        "some few little",
        "certain",
        "several many multiple various numerous more",
        "most majority",
        "all every each any everybody everyone everything entire whole full fully",
    ),
    _family(
        2,
        "rarely seldom sometimes occasionally",
        "normally",
        "often usually regularly frequently routinely consistently reliably",
        "always constantly continuously",
    ),
    _family(0, "annually yearly", "quarterly", "monthly", "fortnightly", "weekly", "daily hourly"),
    _family(
        0,
        "task tasks feature features",
        "project projects service services",
        "team",
        "teams group groups",
        "department departments area areas division divisions domain domains",
        "organisation organization company business firm enterprise",
        "industry profession world market",
    ),
    _family(
        2,
        "with-help",
        "together",
        "independently autonomously alone unaided unsupervised single-handedly",
        limits=True,
    ),
    _family(2, "or either", "and both", limits=True),
    _family(
        2, "if when unless except where-possible where-needed as-needed when-asked", limits=True
    ),
    _family(
        4,
        "aware awareness familiar",
        "understands understand knows know learns learn",
        "helps help assists assist supports support contributes contribute participates joins",
        "",
        "drives drive leads lead owns own accountable answers responsible",
        "defines sets shapes directs",
    ),
)

PHRASES = (
    (r"\bat (?:the very )?least\b", "at-least"),
    (r"\bmore than\b", "more-than"),
    (r"\bfor example\b", "for-example"),
    (r"\bfor instance\b", "for-instance"),
    (r"\be\.\s?g\b\.?", "eg"),
    (r"\bi\.\s?e\b\.?", "ie"),
    (r"\bsuch as\b", "such-as"),
    (r"\bthat is\b(?= to say|,)", "that-is"),
    (r"\bthis means\b", "this-means"),
    (r"\bso that\b", "so-that"),
    (r"\bas well as\b", "as-well-as"),
    (r"\b(has|have|need|needs) to\b", r"\1-to"),
    (r"\bsingle[- ]handedly\b", "single-handedly"),
    (r"\b(where|when|if|as) (?:possible|practical|feasible|appropriate)\b", "where-possible"),
    (r"\b(where|when|if|as) (?:needed|necessary|required|asked|requested)\b", "where-needed"),
    (
        r"\b(?:with|under)(?: \w+){0,2}? (?:help|guidance|supervision|support|assistance)\b",
        "with-help",
    ),
    (r"\b(?:is|are|will be) expected to\b", "must"),
    (r"\bcan(?:no|')t\b", "can not"),
    (r"\bcannot\b", "can not"),
    (r"\bwon't\b", "will not"),
    (r"n't\b", " not"),
)
"""Phrases that count as one word."""

STOP = frozenset(
    "a an the of to in on at by for from with into onto over under through across as is are be"
    " been being was were has have had do does did it its this that these those they them their"
    " he she his her you your we our who whom whose which what where how than then so but yet"
    " too very just also and or s t".split()
)
"""Words that carry little by themselves."""
