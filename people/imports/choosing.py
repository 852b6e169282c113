"""Which column is what, by its heading and by what stands in it; nobody said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from people.folding import fold
from people.imports import words
from people.imports.fields import Field, headings, squeezed
from people.imports.headings import heading_key, meanings, says

ASIDE = re.compile(r"\s*[(\[].*?[)\]]")
BY_KIND = ("manager", "hired_on")
"""Rather a number than a name; rather the last employment than the first."""
NAMES_A_MANAGER = {"manager", "name", "first", "last", "person", "line", "full"}
FILLED = 0.9  # of a column that could tell people apart
MOST_KEYS = 4
Places = dict[str, list[int]]
"""In which columns each field stands; several are joined by a space."""
Rows = Sequence[Sequence[str]]


def candidates(
    heading: Sequence[str], fields: Iterable[Field], taken: Iterable[int] = ()
) -> Places:
    """For each field the columns that could be it by their headings, the likeliest first."""
    free = [at for at, name in enumerate(heading) if name and at not in set(taken)]
    names = {at: _spoken(heading[at]) for at in free}
    listed = {at: _listed(names[at], fields) for at in free}
    found: dict[str, list[tuple[int, int, int]]] = {}
    for at in free:
        meant = {k: v for name in names[at] for k, v in meanings(heading_key(name)).items()}
        for field in fields:
            exact, meaning = listed[at].get(field.name), meant.get(field.name)
            if exact is None and (meaning is None or (listed[at] and field.name != "team_parent")):
                continue
            kind = (meaning or 0) if field.name in BY_KIND else 0
            rank = exact if exact is not None else 1_000 + (meaning or 0)
            found.setdefault(field.name, []).append((kind, rank, at))
    return {name: [at for _, _, at in sorted(ranked)] for name, ranked in found.items()}


def _spoken(name: str) -> set[str]:
    """A heading, also without what stands in brackets, unless that says “private”."""
    if says(heading_key(name)) & {"private", "personal"}:
        return {name}
    return {name, ASIDE.sub(" ", name)}


def _listed(names: Iterable[str], fields: Iterable[Field]) -> dict[str, int]:
    """The fields that have this heading among their usual ones."""
    keys = {squeezed(name) for name in names}
    ranks = {field.name: [r for k, r in headings(field).items() if k in keys] for field in fields}
    return {name: min(found) for name, found in ranks.items() if found}


def recognised(
    heading: Sequence[str], fields: Iterable[Field], taken: Iterable[int] = (), rows: Rows = ()
) -> dict[str, int]:
    """In which column each field stands. A column is one thing at most."""
    fields, used = list(fields), set(taken)
    possible = candidates(heading, fields, used)
    found: dict[str, int] = {}
    for field in fields:
        open_ = [at for at in possible.get(field.name, ()) if at not in used]
        if (best := _best(field, open_, rows)) is not None:
            found[field.name] = best
            used.add(best)
    return found


def guessed(
    heading: Sequence[str], fields: Iterable[Field], taken: Iterable[int], rows: Rows
) -> Places:
    """As `recognised`, with names that stand in several columns put together."""
    found = recognised(heading, fields, taken, rows)
    _halves(found, heading, rows)
    used = {*taken, *found.values()}
    places = {name: [at] for name, at in found.items()}
    if "last_name" in found:
        beside = {at for at, name in enumerate(heading) if at not in used and _of_last_name(name)}
        places["last_name"] = sorted({found["last_name"], *beside})
    if "manager" in found:
        free = [at for at in range(len(heading)) if at not in used]
        places["manager"] = _of_manager(found["manager"], heading, free)
    upper = meanings(heading_key(heading[found["team_parent"]])) if "team_parent" in found else {}
    if upper and "team" not in says(heading_key(heading[found.get("team", 0)])):
        del places["team_parent"]
    return places


def _of_last_name(name: str) -> bool:
    """“Tussenvoegsel”, “Segundo apellido”: parts of a last name in a column of their own."""
    said = says(heading_key(name))
    return said == {"infix"} or {"last", "which"} <= said <= {"last", "which", "name"}


def _of_manager(at: int, heading: Sequence[str], free: Iterable[int]) -> list[int]:
    """“Supervisor First Name” and “Supervisor Last Name” name a manager together."""
    said = {other: says(heading_key(heading[other])) for other in [at, *free]}
    names = {k: v for k, v in said.items() if "manager" in v and v <= NAMES_A_MANAGER}
    first = [other for other, senses in names.items() if "first" in senses]
    last = [other for other, senses in names.items() if "last" in senses]
    last = last or [other for other in names if other not in first]
    whole = at in names and said[at].isdisjoint({"first", "last"}) and at not in last
    return [at] if at not in names or whole or not first or not last else [first[0], last[0]]


def _halves(found: dict[str, int], heading: Sequence[str], rows: Rows) -> None:
    """“Name, Vorname” and “Nombre, Apellidos”: a bare “name” beside one half is the other half."""
    at = found.get("name")
    one = {"first_name", "last_name"} & found.keys()
    if at is None or len(one) != 1 or says(heading_key(heading[at])) != {"name"}:
        return
    half = one.pop()
    both = [
        (fold(row[at]), fold(row[found[half]])) for row in rows if len(row) > max(at, found[half])
    ]
    whole = sum(bool(part) and part in name for name, part in both)
    if not both or whole * 2 < len(both):
        found["last_name" if half == "first_name" else "first_name"] = found.pop("name")


def _best(field: Field, columns: list[int], rows: Rows) -> int | None:
    """The likeliest column whose cells are such as this field has; None when all hold else."""
    fits = {at: _fits(field, _cells(rows, at)) for at in columns} if rows else {}
    possible = [at for at in columns if fits.get(at, 0) >= 0]
    return max(possible, key=lambda at: fits.get(at, 0), default=None)


def _cells(rows: Rows, at: int) -> list[str]:
    return [row[at] for row in rows if len(row) > at]


def _fits(field: Field, cells: list[str]) -> int:
    """2: these cells look like this field; 1: they could be it; 0: they say nothing; below: no."""
    said = [cell for cell in cells if cell and cell.casefold() not in words.EMPTY]
    if not said:
        return 0
    if field.required:
        told_apart = len(said) >= FILLED * len(cells) and len(set(said)) >= FILLED * len(said)
        return 2 if told_apart and not all(" " in cell for cell in said) else 0
    if field.kind == "date":
        return 2 if any(letter.isdigit() for cell in said for letter in cell) else -1
    if field.kind == "email":
        return 2 if any("@" in cell for cell in said) else 0
    if field.kind == "employment":
        return 2 if any(words.status(cell) for cell in said) else 0
    if field.name in ("title", "team", "team_name", "team_parent"):
        return 2 if any(not cell.isdigit() for cell in said) else 1
    return 2


def keys(heading: Sequence[str], places: Places, rows: Rows) -> list[int]:
    """Other columns that tell people apart, by which a file may name managers: a position, a
    login, the name that a directory gives."""
    used = {at for several in places.values() for at in several}
    return [
        at
        for at, name in enumerate(heading)
        if name and at not in used and _tells_apart(_cells(rows, at))
    ][:MOST_KEYS]


def _tells_apart(cells: list[str]) -> bool:
    said = [cell for cell in cells if cell]
    return (
        len(said) > 1
        and len(said) >= FILLED * len(cells)
        and len(set(said)) == len(said)
        and not any(cell.count(" ") > 1 for cell in said)
    )
