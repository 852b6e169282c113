"""What can happen to a ladder file: it comes in as a published version, or not at all."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from ladders import policies
from ladders.actions.ladder_rows import Writer
from ladders.formats import documents, packing, rows
from ladders.formats.report import Report
from ladders.models import Ladder, LadderVersion
from ladders.states import VersionState
from people import audit
from people.models import Person
from people.refusals import Conflict, Invalid, enforce

FIRST = "1.0.0"
TAKEN = ("imports", "comparison")
"""Words that are addresses of their own beside the ladders."""


def import_file(
    data: bytes,
    name: str,
    *,
    by: Person | None,
    dry_run: bool = False,
    form: str | None = None,
    mapping: dict[str, Any] | None = None,
) -> Report:
    """Read a ladder file and import it; when anything is wrong, the report says so and no more."""
    reading = documents.read(data, name, form=form, mapping=mapping)
    if not reading.good or reading.document is None:
        reading.report.outcome = "Nothing was imported."
        return reading.report
    return import_document(reading.document, by=by, dry_run=dry_run, report=reading.report)


def import_document(
    document: dict[str, Any],
    *,
    by: Person | None,
    dry_run: bool = False,
    report: Report | None = None,
) -> Report:
    """Publish a document as a version of its ladder, in one transaction.

    The same text under the same number changes nothing; another text under it is a Conflict.
    A dry run does everything and takes it back. `by` is None when a command acts.
    """
    report = report or _checked(document)
    enforce(policies.import_ladder(by))
    head = document["framework"]
    number, slug = _number(head, report), _slug(head, document)
    with transaction.atomic():
        ladder = _ladder(slug, head)
        known = ladder.versions.filter(number=number).first()
        if known:
            _refuse_another_text(known, document, number)
            report.outcome = f"Version {number} is already here, word for word. Nothing changed."
        else:
            version = _publish(ladder, document, number, report)
            audit.record("ladder.import", version, by=by, number=number, slug=slug)
            report.outcome = f"Imported as version {number} of “{ladder.title}” ({slug})."
        if dry_run:
            transaction.set_rollback(True)
            report.outcome = f"Dry run, nothing was written. It would say: {report.outcome}"
    return report


def _checked(document: dict[str, Any]) -> Report:
    reading = documents.check(document, Report("document"))
    if not reading.good:
        raise Invalid({"document": [str(problem) for problem in reading.report.errors]})
    return reading.report


def _ladder(slug: str, head: dict[str, Any]) -> Ladder:
    """The ladder of this document, locked; a new one when there is none."""
    defaults = {"title": head["title"], "summary": head.get("summary") or ""}
    Ladder.objects.get_or_create(slug=slug, defaults=defaults)
    ladder = Ladder.objects.select_for_update().get(slug=slug)
    newest = ladder.versions.order_by("-pk").first()
    if newest and _own_id(newest, slug) != str(head["id"]):
        raise Conflict(
            f"The address /ladders/{slug}/ belongs to the ladder with the id "
            f"“{_own_id(newest, slug)}”. Give this one another id."
        )
    return ladder


def _own_id(version: LadderVersion, slug: str) -> str:
    return str(version.extra.get("framework", {}).get("id", slug))


def _refuse_another_text(known: LadderVersion, document: dict[str, Any], number: str) -> None:
    if known.digest != packing.digest(document):
        raise Conflict(
            f"Version {number} of this ladder exists with another text. "
            "A published version never changes: give the file a new version number."
        )


def _publish(
    ladder: Ladder, document: dict[str, Any], number: str, report: Report
) -> LadderVersion:
    """Write the version and all its rows; it becomes the one in force unless it is older."""
    now, head = timezone.now(), document["framework"]
    current = ladder.versions.filter(state=VersionState.PUBLISHED).first()
    state = _state(head, number, current, report)
    if state == VersionState.PUBLISHED:
        ladder.versions.filter(state=state).update(state=VersionState.SUPERSEDED)
        ladder.title, ladder.summary = head["title"], head.get("summary") or ""
        ladder.save(update_fields=["title", "summary"])
    version = LadderVersion(
        ladder=ladder,
        number=number,
        state=state,
        title=head["title"],
        summary=head.get("summary") or "",
        effective_from=_day(head.get("effective_from")),
        language=head.get("language") or "",
        licence=head.get("licence") or "",
        source=head.get("source") or "",
        cumulative=head.get("cumulative"),
        null_tokens=head.get("null_tokens") or [],
        digest=packing.digest(document),
        published_at=now,
    )
    version.extra = _extra(version, document)
    version.save()
    Writer(version, document).write()
    return version


def _state(
    head: dict[str, Any], number: str, current: LadderVersion | None, report: Report
) -> VersionState:
    if head.get("status") == "retired":
        report.note("The file says “retired”: it is kept to read and nobody is placed on it.")
        return VersionState.RETIRED
    if current and _rank(number) < _rank(current.number):
        report.note(f"Version {current.number} is newer and stays in force; this one is archived.")
        return VersionState.SUPERSEDED
    if head.get("status") not in (None, "published"):
        report.note(f"The file says “{head['status']}”; importing publishes it.")
    return VersionState.PUBLISHED


def _extra(version: LadderVersion, document: dict[str, Any]) -> dict[str, Any]:
    """What the file says beside its rows: whole sections, and the head's other keys."""
    written = {name for name in Writer.SECTIONS if document.get(name)}
    rest = {name: value for name, value in document.items() if name not in written}
    core = {"schema": documents.SCHEMA, "framework": None}
    rest["framework"] = None
    head = rows.framework(version, version.ladder.slug)
    return {
        "document": packing.kept(rest, core),
        "framework": packing.kept(document["framework"], head),
    }


def _number(head: dict[str, Any], report: Report) -> str:
    """MAJOR.MINOR.PATCH where the file gives a number; other words stay as they are."""
    said = head.get("version")
    if said is None or not str(said).strip():
        report.note(f"The file names no version; it is taken as {FIRST}.")
        return FIRST
    number = str(said).strip()
    if re.fullmatch(r"v?\d+(\.\d+){0,2}", number):
        parts = number.removeprefix("v").split(".")
        number = ".".join([*parts, "0", "0"][:3])
    if number != said:
        report.note(f"The version “{said}” is read as {number}.")
    return number


def _slug(head: dict[str, Any], document: dict[str, Any]) -> str:
    slug = slugify(str(head["id"]).replace("/", " "))[:100].strip("-")
    if slug in TAKEN:
        raise Invalid({"framework.id": [f"“{slug}” is an address of its own; take another id."]})
    return slug or f"ladder-{packing.digest(document)[:8]}"


def _rank(number: str) -> tuple[list[int], str]:
    return [int(part) for part in re.findall(r"\d+", number)], number


def _day(said: Any) -> datetime.date | None:
    return datetime.date.fromisoformat(said) if isinstance(said, str) and said else said
