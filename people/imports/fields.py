"""What a file of people may say, and under which headings HR systems usually say it."""

from __future__ import annotations

from dataclasses import dataclass

from people.models.person import search_key


@dataclass(frozen=True)
class Field:
    """One thing that a row can say. `kind` is text, date, email, time_zone or employment."""

    name: str
    label: str
    headings: tuple[str, ...]
    kind: str = "text"
    longest: int = 200
    required: bool = False


PEOPLE = (
    Field(
        "employee_number",
        "Employee number",
        ("employee id", "employee no", "employee", "personnel number", "worker id", "emp id", "id"),
        longest=64,
        required=True,
    ),
    Field("name", "Name", ("full name", "display name", "employee name")),
    Field("first_name", "First name", ("given name", "forename", "firstname")),
    Field("last_name", "Last name", ("family name", "surname", "lastname")),
    Field("email", "E-mail", ("e-mail", "mail", "work email", "email address"), "email", 254),
    Field("title", "Title", ("job title", "position", "role", "job")),
    Field(
        "manager",
        "Manager",
        ("manager id", "manager number", "manager employee number", "supervisor", "reports to"),
        longest=64,
    ),
    Field("team", "Team", ("department", "team key", "department id", "unit"), longest=64),
    Field("team_name", "Team name", ("department name",)),
    Field("team_parent", "Part of", ("parent team", "part of team"), longest=64),
    Field("hired_on", "Hired on", ("hire date", "start date", "hired", "date hired"), "date"),
    Field("left_on", "Left on", ("termination date", "end date", "leave date", "left"), "date"),
    Field("status", "Status", ("worker status", "employment status", "active"), "employment"),
    Field("time_zone", "Time zone", ("timezone", "tz"), "time_zone", 64),
)
PLACEMENTS = (
    Field(
        "employee_number",
        "Employee number",
        ("employee id", "employee", "worker id", "person", "emp id"),
        longest=64,
        required=True,
    ),
    Field("start", "From", ("start date", "from", "since", "valid from"), "date", required=True),
    Field("end", "To", ("end date", "to", "until", "valid to"), "date"),
    Field("level", "Level", ("level key", "level code", "job level", "job id"), required=True),
    Field("ladder", "Ladder", ("ladder slug", "job family"), longest=100),
)


def heading_key(heading: str) -> str:
    """Fold a heading: "Employee_ID" and "employee id" are the same one."""
    split = "".join(
        f" {letter}" if letter.isupper() and before.islower() else letter
        for before, letter in zip(" " + heading, heading, strict=False)
    )
    return search_key("".join(letter if letter.isalnum() else " " for letter in split))


def headings(field: Field) -> set[str]:
    """Every heading that means this field without being told."""
    own = (field.name, field.label)
    return {heading_key(heading) for heading in (*own, *field.headings)}
