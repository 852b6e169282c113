"""Where in a table each field stands, as the mapping, the headings and the cells say."""

from __future__ import annotations

from people.imports.bosses import Bosses
from people.imports.cells import shown
from people.imports.choosing import Places, Rows, candidates, guessed, keys
from people.imports.fields import Field
from people.imports.files import Table, refuse
from people.imports.mapping import Mapping
from people.imports.report import ERROR, WARNING, Problem
from people.tables.encodings import Doubt

ADD_HEADINGS = "Add a line of headings, such as: Employee number, Name, E-mail."


def placed(heading: list[str], mapping: Mapping, fields: list[Field], rows: Rows) -> Places:
    """As the mapping says, else as heading and cells say."""
    position = {name.casefold(): at for at, name in reversed(list(enumerate(heading)))}
    places: Places = {}
    for name, wanted in mapping.columns.items():
        if missing := [column for column in wanted if column.casefold() not in position]:
            raise refuse(f"The mapping names “{missing[0]}”, but the file has no such column.")
        places[name] = [position[column.casefold()] for column in wanted]
    if mapping.others == "ignore":
        return places
    taken = {at for columns in places.values() for at in columns}
    open_ = [f for f in fields if f.name not in places and f.name not in mapping.constants]
    return places | guessed(heading, open_, taken, rows)


def refuse_what_is_no_table(table: Table, rows: Rows) -> None:
    """A table in a language that nobody taught us can be read by whoever names its columns."""
    cells = table.heading
    if any("@" in cell or cell.isdigit() for cell in cells):
        raise refuse(f"The first line holds no headings but “{shown(cells[0])}”. {ADD_HEADINGS}")
    if len(cells) < 2 or not rows or not all(len(row) > 1 for row in rows[:2]):
        raise refuse(f"No columns of people were found. {ADD_HEADINGS}")


def bosses(
    heading: list[str], places: Places, mapping: Mapping, fields: list[Field], rows: Rows
) -> Bosses:
    """Where managers could be named; nowhere else to look when the columns leave no doubt."""
    if len(places.get("manager", ())) != 1 or len(places.get("employee_number", ())) != 1:
        return Bosses()
    first, guess = places["manager"][0], mapping.others == "guess"
    used = {at for several in places.values() for at in several}
    could = candidates(heading, fields, used).get("manager", []) if guess else []
    also = could if "manager" not in mapping.columns else []
    others = {**places, "?": also}
    return Bosses([first, *also], keys(heading, others, rows))


def no_column(field: Field, heading: list[str]) -> str:
    """What is said where the most important column cannot be found."""
    names = ", ".join(f"“{name[:40]}”" for name in heading[:12])
    return (
        f"No column for “{field.label}” was found. Say which column tells people apart. "
        f"The columns are: {names}."
    )


def doubtful(doubt: Doubt) -> Problem:
    """A file that does not say how its letters are encoded is not read silently."""
    if doubt.likely:
        why = "The file does not say how its letters are encoded. Choose that if this looks wrong."
    else:
        other = f" As {doubt.better} it says “{shown(doubt.instead)}”." if doubt.better else ""
        why = f"These letters do not look right. Choose how the file is encoded.{other}"
    severity = WARNING if doubt.likely else ERROR
    return Problem(0, "Letters", why, severity, "encoding", shown(doubt.word))
