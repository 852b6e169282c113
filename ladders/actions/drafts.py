"""Everything that can happen to a draft before it is sent for review: it begins, it is changed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from django.db import transaction

from ladders import cells, edits, policies, readiness
from ladders.actions import versions, writing
from ladders.formats import documents, packing
from ladders.formats.report import Report
from ladders.keys import fresh, slug
from ladders.models import Grade, Ladder, LadderVersion
from ladders.models.document import document
from people import audit
from people.models import Person
from people.refusals import Conflict, Invalid, Stale, enforce

Said = dict[str, Any]

LONGEST = 200  # characters of a title
TAKEN = ("imports", "comparison", "drafts", "starters")
"""Words that are addresses of their own beside the ladders."""
UNSAID = ("version", "status", "effective_from")
"""What a text that is not published does not say of itself."""


def start(
    ladder: Ladder, text: Said, *, by: Person | None, based_on: LadderVersion | None = None
) -> LadderVersion:
    """Begin the one draft of a ladder with this text, which was checked before."""
    enforce(policies.start_draft(by))
    with transaction.atomic():
        ladder = Ladder.objects.select_for_update(no_key=True).get(pk=ladder.pk)
        if open_one := ladder.versions.unpublished().first():
            raise Conflict(
                f"“{open_one.title}” already has a text in the making ({open_one.number}). "
                "Finish or abandon it first."
            )
        number = f"draft-{ladder.versions.count() + 1}"
        version = LadderVersion(ladder=ladder, number=number, based_on=based_on)
        version.extra = {"number": str(text["framework"].get("version") or "")}
        head = {name: said for name, said in text["framework"].items() if name not in UNSAID}
        writing.fill(version, text | {"framework": head | {"version": number}})
        if by is not None:
            version.authors.add(by)
        audit.record("version.start", version, by=by, number=number)
    return version


def copy_of(version: LadderVersion, *, by: Person | None) -> LadderVersion:
    """Begin a draft of the same ladder with the text of one of its versions."""
    return start(version.ladder, document(version), by=by, based_on=version)


def new_ladder(title: str, *, by: Person | None, text: Said | None = None) -> LadderVersion:
    """Begin a ladder of its own: with a text, such as a starter's, or nearly empty."""
    enforce(policies.start_draft(by))
    title = title.strip()
    if not 0 < len(title) <= LONGEST:
        raise Invalid({"title": [f"Give the ladder a name of at most {LONGEST} characters."]})
    with transaction.atomic():
        taken = set(Ladder.objects.values_list("slug", flat=True)) | set(TAKEN)
        name = fresh(title if slug(title) else "ladder", taken)
        ladder = Ladder.objects.create(slug=name, title=title)
        text = copy.deepcopy(text) if text else _empty()
        text["framework"] |= {"id": name, "title": title}
        text["framework"].pop("version", None)
        return start(ladder, text, by=by)


def change(
    version: LadderVersion,
    act: Callable[[Said], Any],
    *,
    by: Person,
    part: Callable[[Said], Any] | None = None,
    seen: str | None = None,
    told: Said | None = None,
) -> tuple[LadderVersion, Any]:
    """Change a draft by a function of its document; returns it and what the function returned.

    `part` picks what the writer saw, and `seen` is its `mark`: another one means that somebody
    else saved that part first (Stale). Raises Invalid, named by field, for a text that would not
    be a ladder.
    """
    with versions.move("edit", version, by, **(told or {})) as version:
        old = document(version)
        if part is not None and seen is not None and mark(_part(old, part)) != seen:
            raise Stale("Somebody else changed this since you opened it.", _marked(old, part))
        new = copy.deepcopy(old)
        answer = _acted(act, new)
        _refuse_what_is_no_ladder(new)
        writing.refill(version, old, new)
        version.revision += 1
        version.authors.add(by)
    return version, answer


def add(version: LadderVersion, section: str, values: Said, *, by: Person) -> str:
    """Add a row; returns its id."""
    return change(version, lambda text: edits.add(text, section, values), by=by)[1]


def edit(
    version: LadderVersion,
    section: str,
    name: str,
    values: Said,
    *,
    by: Person,
    seen: str | None = None,
) -> LadderVersion:
    """Change fields of a row."""
    return change(
        version,
        lambda text: edits.change(text, section, name, values),
        by=by,
        part=lambda text: edits.find(text, section, name),
        seen=seen,
    )[0]


def remove(version: LadderVersion, section: str, name: str, *, by: Person) -> LadderVersion:
    """Take a row away."""
    told = {"section": section, "key": name}
    return change(version, lambda text: edits.remove(text, section, name), by=by, told=told)[0]


def shift(version: LadderVersion, section: str, name: str, *, by: Person, steps: int) -> bool:
    """Move a row before (-1) or behind (1) its neighbour; False where there is none."""
    return change(version, lambda text: edits.shift(text, section, name, steps), by=by)[1]


def write_cell(
    version: LadderVersion,
    competency: str,
    level: str,
    entries: list[Said],
    *,
    by: Person,
    seen: str | None = None,
) -> LadderVersion:
    """Say what a level expects of a competency."""
    return change(
        version,
        lambda text: cells.write(text, competency, level, entries),
        by=by,
        part=lambda text: {"entries": cells.read(text, competency, level)},
        seen=seen,
    )[0]


def close_gaps(version: LadderVersion, *, by: Person, competency: str = "") -> int:
    """Mark every cell that says nothing as not expected, of one competency or of all."""

    def act(text: Said) -> int:
        gaps = [place for place in readiness.gaps(text) if competency in ("", place[0])]
        return cells.not_expected(text, gaps)

    return change(version, act, by=by)[1]


def mark(part: Any) -> str:
    """A short sign of what a part says; another text has another one."""
    return packing.digest({"part": part})[:16]


def _marked(text: Said, part: Callable[[Said], Any]) -> Said:
    """What stands there now, with the mark to go on from."""
    now = _part(text, part)
    return {} if now is None else {**now, "mark": mark(now)}


def _part(text: Said, part: Callable[[Said], Any]) -> Any:
    try:
        return part(text)
    except KeyError:
        return None


def _acted(act: Callable[[Said], Any], text: Said) -> Any:
    try:
        return act(text)
    except KeyError:
        raise Conflict("This part is not in the draft any more. Load the page anew.") from None


def _refuse_what_is_no_ladder(text: Said) -> None:
    report = Report("draft")
    documents.check(text, report)
    if report.errors:
        fields = {problem.path.rpartition(".")[2] or "draft": problem for problem in report.errors}
        raise Invalid({name: [problem.message] for name, problem in fields.items()})


def _empty() -> Said:
    """The least that is a ladder: three tracks, one level, the grades of the organisation."""
    grades = Grade.objects.values("rank", "name")
    return {
        "schema": documents.SCHEMA,
        "framework": {},
        "grades": [{"id": f"g{row['rank']}", **row} for row in grades],
        "tracks": [
            {"id": "shared", "kind": "shared", "name": "Shared"},
            {"id": "staff", "kind": "individual_contributor", "name": "Staff"},
            {"id": "manager", "kind": "management", "name": "Manager"},
        ],
        "levels": [{"id": "first-level", "track": "shared", "order": 1, "titles": ["First level"]}],
        "pillars": [],
        "competencies": [],
        "expectations": [],
    }
