"""What confirming would write, in a table of the transaction, in the order of the file."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from people.imports.organisation import Standing
from people.imports.stage import fill, make
from people.models.person import search_key

UNSAID = {"title": "", "time_zone": "UTC"}  # of new people; as the columns have it
A_DAY = datetime.timedelta(days=1)
AT_HAND = 1_000
TYPES = {
    "number": "text",
    "person_id": "bigint",
    "fields": "text[]",
    "employee_number": "text",
    "name": "text",
    "email": "text",
    "title": "text",
    "time_zone": "text",
    "hired_on": "date",
    "left_on": "date",
    "is_active": "boolean",
    "search_key": "text",
    "was_hired_on": "date",
    "was_left_on": "date",
    "is_new": "boolean",
    "moves": "boolean",
    "manager": "text",
    "team": "text",
    "starts": "date",
}
OWN = tuple(TYPES)[3:12]
"""The columns of a person that an import may write."""


@dataclass(slots=True)
class Change:
    """What one row would write. `fields` are a person's own; `line` is None when it stays."""

    number: str
    person: Standing | None
    fields: dict[str, Any] = field(default_factory=dict)
    line: tuple[str | None, str | None] | None = None
    since: datetime.date | None = None

    @property
    def starts(self) -> datetime.date | None:
        """From when the line differs: the day of the change, or the day after the last one."""
        if self.line:
            return self.since
        left = self.fields.get("left_on")
        return left + A_DAY if left and self.person else None

    def own(self, today: datetime.date) -> dict[str, Any]:
        """The fields of the person as they will be, with what follows from them."""
        old = self.person
        fields = dict(self.fields) if old else {**UNSAID, **self.fields}
        if "left_on" in fields:
            left = fields["left_on"]
            fields["is_active"] = left is None or left > today
        if old is None or {"name", "email"} & set(fields):
            name = fields.get("name") or (old.name if old else "")
            fields["search_key"] = search_key(name, fields.get("email", old.email if old else None))
        return fields


class Changes:
    """The table `import_change`; `seq` counts from 1."""

    def __init__(self) -> None:
        columns = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
        make("import_change", f"seq serial, {columns}")
        self.count = 0
        self._new: list[tuple[Any, ...]] = []

    def __len__(self) -> int:
        return self.count

    def append(self, change: Change, today: datetime.date) -> None:
        """Take one; while no rows are being copied into the database."""
        own, old = change.own(today), change.person
        manager, team = change.line or (None, None)
        self.count += 1
        self._new.append(
            (
                change.number,
                old.pk if old else None,
                list(own),
                *(own.get(name) for name in OWN),
                old.hired_on if old else None,
                old.left_on if old else None,
                old is None,
                change.line is not None,
                manager,
                team,
                change.starts,
            )
        )
        if len(self._new) >= AT_HAND:
            self.flush()

    def flush(self) -> None:
        """Write down what was taken."""
        new, self._new = self._new, []
        if new:
            fill(f"import_change ({', '.join(TYPES)})", new)
