"""Pure: what a case still lacks before it can be submitted. Plain values in, a checklist out."""

from __future__ import annotations

from dataclasses import dataclass

from people.wording import counted


@dataclass(frozen=True)
class Facts:
    """What the checklist asks about; `months` is net time in level, None where unknown."""

    statement: str
    evidence: int
    minimum_evidence: int
    parts_without: tuple[str, ...]
    months: float | None
    usual_months: int
    in_cycle: bool


@dataclass(frozen=True)
class Item:
    """One line of the checklist. `asks_for` names the field that settles an unmet guideline."""

    key: str
    label: str
    detail: str
    done: bool
    blocks: bool
    asks_for: str = ""


def checklist(facts: Facts) -> list[Item]:
    """Every point in reading order; guidelines ask for a reason and never block silently."""
    return [
        Item(
            "statement",
            "Statement written",
            f"{len(facts.statement.split())} words",
            bool(facts.statement.strip()),
            blocks=True,
        ),
        Item(
            "evidence",
            f"At least {_pieces(facts.minimum_evidence)}",
            f"{facts.evidence} attached",
            facts.evidence >= facts.minimum_evidence,
            blocks=True,
        ),
        Item(
            "parts",
            "Every expectation has text or evidence",
            ", ".join(facts.parts_without) or "All of them",
            not facts.parts_without,
            blocks=False,
        ),
        _time_in_level(facts),
        Item(
            "cycle",
            "Part of a review cycle" if facts.in_cycle else "Off-cycle: say why it cannot wait",
            "" if facts.in_cycle else "A case outside a cycle needs a reason",
            facts.in_cycle,
            blocks=False,
            asks_for="" if facts.in_cycle else "off_cycle_reason",
        ),
    ]


def _time_in_level(facts: Facts) -> Item:
    if facts.months is None:
        held = "time in level is not known"
    else:
        held = f"{counted(int(facts.months), 'month,months')} in level"
    done = facts.months is not None and facts.months >= facts.usual_months
    return Item(
        "time_in_level",
        f"Time in level: {held}" if done else f"Say why now: {held}",
        f"{facts.usual_months} are usual. A guideline: it asks for a reason and never blocks",
        done,
        blocks=False,
        asks_for="" if done else "waiver_reason",
    )


def _pieces(count: int) -> str:
    return "one piece of evidence" if count == 1 else f"{count} pieces of evidence"
