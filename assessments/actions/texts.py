"""What is written into a case before it is frozen: statement, sections, own section, evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import policies
from assessments.actions.moves import move, optional
from assessments.models import CaseEvidence, CaseSection, Evidence, PromotionCase
from ladders.models import Competency
from people.models import Person
from people.refusals import Conflict, Invalid, Stale, enforce

SOMEBODY_SAVED = "This text was saved from somewhere else since you opened it."


class Section(NamedTuple):
    """The text about one competency, and the revision its writer started from."""

    competency: Competency
    text: str
    revision: int | None = None


def write(
    case: PromotionCase,
    *,
    by: Person,
    version: int | None = None,
    statement: str | None = None,
    own_section: str | None = None,
    sections: Iterable[Section] = (),
) -> None:
    """Save several texts at once, or none of them; what is None stays.

    `version` is what the case's `version_for` the writer said when they started; None does not
    ask.
    """
    with transaction.atomic():
        if statement is not None:
            write_statement(case, by=by, text=statement, revision=version)
            version = None
        if own_section is not None:
            write_own_section(case, by=by, text=own_section, revision=version)
            version = None
        for section in sections:
            _write_section(case, section, by=by, version=version)
            version = None


def write_statement(
    case: PromotionCase, *, by: Person, text: str, revision: int | None = None
) -> PromotionCase:
    """Save the manager's statement. `revision` is the case's, as the writer started from it.

    Raises Stale, with the text that stands, when somebody saved in between.
    """
    optional(statement=text)
    with move("edit", case, by, part="statement", words=len(text.split())) as case:
        _guard(case.revision, revision, text, statement=case.statement)
        case.statement, case.statement_by, case.statement_at = text, by, timezone.now()
        case.revision += 1
    return case


def write_own_section(
    case: PromotionCase, *, by: Person, text: str, revision: int | None = None
) -> PromotionCase:
    """Save the candidate's own words; `revision` is the case's `own_revision`."""
    optional(own_section=text)
    with move("write_own_section", case, by, words=len(text.split())) as case:
        _guard(case.own_revision, revision, text, own_section=case.own_section)
        case.own_section = text
        case.own_revision += 1
    return case


def write_section(
    case: PromotionCase,
    competency: Competency,
    *,
    by: Person,
    text: str,
    revision: int | None = None,
) -> CaseSection:
    """Save what the manager has seen for one competency; `revision` is that of the section."""
    return _write_section(case, Section(competency, text, revision), by=by, version=None)


def _write_section(
    case: PromotionCase, given: Section, *, by: Person, version: int | None
) -> CaseSection:
    optional(text=given.text)
    words = len(given.text.split())
    with move("edit", case, by, part=str(given.competency), words=words) as case:
        _guard(case.revision, version)
        section = _section(case, given.competency)
        _guard(section.revision, given.revision, given.text, text=section.text)
        section.text = given.text
        section.revision += 1
        section.saved_at = timezone.now()
        section.saved_by = by
        section.save()
        case.revision += 1
    return section


def _section(case: PromotionCase, competency: Competency) -> CaseSection:
    if competency.version_id != case.pinned_version_id:
        raise Invalid({"competency": ["Choose a competency of the version this case keeps."]})
    section = CaseSection.objects.filter(case=case, competency=competency).first()
    return section or CaseSection(case=case, competency=competency)


def _guard(stands: int, started_from: int | None, given: str = "", **texts: str) -> None:
    """Nothing is lost where the text that stands is the one given: a form is often sent while
    what was typed into it is still being saved."""
    same = any(text.splitlines() == given.splitlines() for text in texts.values())
    if started_from is not None and started_from != stands and not same:
        raise Stale(SOMEBODY_SAVED, {"version": stands, **texts})


def attach(
    case: PromotionCase,
    evidence: Evidence,
    *,
    by: Person,
    competency: Competency | None = None,
) -> CaseEvidence:
    """Attach a piece of the candidate's evidence to the case, or to one part of it."""
    with move("attach", case, by, evidence=evidence.pk) as case:
        if evidence.person_id != case.candidate_id:
            raise Invalid({"evidence": ["Attach evidence that the candidate collected."]})
        shared = case.attachments.filter(evidence=evidence).exists()
        enforce(policies.attach_piece(by, case, shared=shared))
        if competency and competency.version_id != case.pinned_version_id:
            raise Invalid({"competency": ["Choose a competency of the version this case keeps."]})
        try:
            with transaction.atomic():
                return CaseEvidence.objects.create(
                    case=case, evidence=evidence, competency=competency, attached_by=by
                )
        except IntegrityError as error:
            raise Conflict("This piece is attached there already.") from error


def detach(case: PromotionCase, attachment_id: int, *, by: Person) -> None:
    """Take a piece off the case again; the piece itself stays with the person."""
    with move("attach", case, by, taken_off=attachment_id) as case:
        attached = CaseEvidence.objects.filter(case=case, pk=attachment_id).first()
        if attached is None:
            raise Conflict("This piece is no longer attached.")
        enforce(policies.detach_piece(by, case, attached_by=attached.attached_by_id))
        attached.delete()
