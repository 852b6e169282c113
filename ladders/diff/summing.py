"""A whole difference in one sentence, and in numbers."""

from __future__ import annotations

from collections.abc import Iterable

from ladders.diff.classes import REMOVED, Change, Class, Difference

CELLS = ("expectations", "proficiency_statements")


def counts(difference: Difference) -> dict[str, int]:
    """How many changes there are of each class."""
    classes = [change.klass for change in difference.changes]
    return {klass.label: classes.count(klass) for klass in (Class.MAJOR, Class.MINOR, Class.PATCH)}


def sentence(difference: Difference) -> str:
    """What changed, what asks for more before what asks for less."""
    if difference.first:
        return "This is the first version."
    if not difference.changes:
        return "Nothing changed."
    cells = [change for change in difference.changes if change.section in CELLS]
    around = [change for change in difference.changes if change.section not in CELLS]
    parts = [*_cells(cells), *_around(around)]
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


def _cells(changes: list[Change]) -> Iterable[str]:
    """Each expectation counts once, where it asks for most."""
    raised = _places(change for change in changes if change.klass is Class.MAJOR)
    less = _places(change for change in changes if change.kind == REMOVED) - raised
    clearer = _places(change for change in changes if change.klass is Class.MINOR) - raised - less
    spelled = _places(changes) - raised - less - clearer
    levels = {level for _, level in raised if level}
    if raised:
        where = f" at {_counted(len(levels), 'level')}" if levels else ""
        yield f"{_are(len(raised), 'expectation')} new or raised{where}"
    noun = not raised
    for places, happened in (
        (clearer, "worded differently or made clearer"),
        (less, "shorter or gone"),
        (spelled, "changed in spelling only"),
    ):
        if places:
            yield f"{_are(len(places), 'expectation', noun_too=noun)} {happened}"
            noun = False


def _around(changes: list[Change]) -> Iterable[str]:
    raised = sum(change.klass is Class.MAJOR for change in changes)
    rest = len(changes) - raised
    if raised:
        what = "change of levels, competencies or rules asks for more"
        many = "changes of levels, competencies or rules ask for more"
        yield f"{raised} {what if raised == 1 else many}"
    if rest:
        concern = "change concerns" if rest == 1 else "changes concern"
        yield f"{rest} {concern} names, order or notes"


def _places(changes: Iterable[Change]) -> set[tuple[str, str | None]]:
    return {(change.key, change.level) for change in changes}


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _are(number: int, noun: str, *, noun_too: bool = True) -> str:
    counted = _counted(number, noun) if noun_too else str(number)
    return f"{counted} {'is' if number == 1 else 'are'}"
