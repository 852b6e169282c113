"""What can happen to a ladder file: it comes in as a published version, or not at all."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from ladders import numbers, policies
from ladders.actions import drafts, versions, writing
from ladders.formats import documents, packing
from ladders.formats.report import Report
from ladders.models import Ladder, LadderVersion
from ladders.states import VersionState
from people import audit
from people.models import Person
from people.refusals import Conflict, Invalid, enforce


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
    """Bring a document in, in one transaction: a command publishes it, a person begins a draft.

    The same text under the same number changes nothing; another text under it is a Conflict.
    A dry run does everything and takes it back. `by` is None when a command acts.
    """
    report = report or _checked(document)
    enforce(policies.import_ladder(by))
    slug = _slug(document["framework"], document)
    with transaction.atomic():
        ladder = _ladder(slug, document["framework"])
        if by is None:
            _as_version(ladder, document, report)
        else:
            _as_draft(ladder, document, report, by)
        if dry_run:
            transaction.set_rollback(True)
            report.outcome = f"Dry run, nothing was written. It would say: {report.outcome}"
    return report


def _as_version(ladder: Ladder, document: dict[str, Any], report: Report) -> None:
    number = _number(document["framework"], report)
    known = ladder.versions.filter(number=number).first()
    if known:
        _refuse_another_text(known, document, number)
        report.outcome = f"Version {number} is already here, word for word. Nothing changed."
        return
    version = _publish(ladder, document, number, report)
    audit.record("ladder.import", version, by=None, number=number, slug=ladder.slug)
    report.outcome = f"Imported as version {number} of “{ladder.title}” ({ladder.slug})."


def _as_draft(ladder: Ladder, document: dict[str, Any], report: Report, by: Person) -> None:
    """What a person brings in is read by a second one before anybody is measured by it."""
    current = ladder.versions.filter(state=VersionState.PUBLISHED).first()
    if current and current.digest == packing.digest(document):
        report.outcome = f"Version {current.number} says this already, word for word."
        return
    version = drafts.start(ladder, document, by=by, based_on=current)
    audit.record("ladder.import", version, by=by, number=version.number, slug=ladder.slug)
    report.became = (ladder.slug, version.number)
    report.outcome = f"Imported as a draft of “{ladder.title}” ({ladder.slug}/{version.number})."


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
    current = ladder.versions.filter(state=VersionState.PUBLISHED).first()
    state = _state(document["framework"], number, current, report)
    version = LadderVersion(ladder=ladder, number=number, state=VersionState.IN_REVIEW)
    writing.fill(version, document)
    versions.seal(version, state)
    return version


def _state(
    head: dict[str, Any], number: str, current: LadderVersion | None, report: Report
) -> VersionState:
    if head.get("status") == "retired":
        report.note("The file says “retired”: it is kept to read and nobody is placed on it.")
        return VersionState.RETIRED
    if current and numbers.rank(number) < numbers.rank(current.number):
        report.note(f"Version {current.number} is newer and stays in force; this one is archived.")
        return VersionState.SUPERSEDED
    if head.get("status") not in (None, "published"):
        report.note(f"The file says “{head['status']}”; importing publishes it.")
    return VersionState.PUBLISHED


def _number(head: dict[str, Any], report: Report) -> str:
    """MAJOR.MINOR.PATCH where the file gives a number; other words stay as they are."""
    said = head.get("version")
    if said is None or not str(said).strip():
        report.note(f"The file names no version; it is taken as {numbers.FIRST}.")
        return numbers.FIRST
    number = str(said).strip()
    if re.fullmatch(r"v?\d+(\.\d+){0,2}", number):
        parts = number.removeprefix("v").split(".")
        number = ".".join([*parts, "0", "0"][:3])
    if number != said:
        report.note(f"The version “{said}” is read as {number}.")
    return number


def _slug(head: dict[str, Any], document: dict[str, Any]) -> str:
    slug = slugify(str(head["id"]).replace("/", " "))[:100].strip("-")
    if slug in drafts.TAKEN:
        raise Invalid({"framework.id": [f"“{slug}” is an address of its own; take another id."]})
    return slug or f"ladder-{packing.digest(document)[:8]}"
