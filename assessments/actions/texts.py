"""What is written into a case before it is frozen: statement, sections, own section, evidence."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.actions.moves import lock, move, optional
from assessments.models import CaseEvidence, CaseSection, Evidence, PromotionCase
from ladders.models import Competency
from people.models import Person
from people.refusals import Conflict, Invalid, Stale

SOMEBODY_SAVED = "This text was saved from somewhere else since you opened it."


def write_statement(
    case: PromotionCase, *, by: Person, text: str, revision: int | None = None
) -> PromotionCase:
    """Save the manager's statement. `revision` is the one the writer started from.

    Raises Stale, with the text that stands, when somebody saved in between.
    """
    optional(statement=text)
    with transaction.atomic():
        _guard_revision(lock(case).revision, revision, lambda: lock(case).statement)
        with move("edit", case, by, part="statement", words=len(text.split())) as case:
            case.statement = text
            case.revision += 1
    return case


def write_section(
    case: PromotionCase,
    competency: Competency,
    *,
    by: Person,
    text: str,
    revision: int | None = None,
) -> CaseSection:
    """Save what the manager has seen for one competency of the pinned version."""
    optional(text=text)
    words = len(text.split())
    with move("edit", case, by, part=str(competency), words=words) as case:
        if competency.version_id != case.pinned_version_id:
            raise Invalid({"competency": ["Choose a competency of the version this case keeps."]})
        section = CaseSection.objects.filter(case=case, competency=competency).first()
        section = section or CaseSection(case=case, competency=competency)
        _guard_revision(section.revision, revision, lambda: section.text)
        section.text = text
        section.revision += 1
        section.saved_at = timezone.now()
        section.saved_by = by
        section.save()
    return section


def _guard_revision(stands: int, started_from: int | None, current) -> None:
    if started_from is not None and started_from != stands:
        raise Stale(SOMEBODY_SAVED, {"revision": stands, "text": current()})


def write_own_section(case: PromotionCase, *, by: Person, text: str) -> PromotionCase:
    """Save the candidate's own words."""
    optional(own_section=text)
    with move("write_own_section", case, by, words=len(text.split())) as case:
        case.own_section = text
    return case


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
        found, _ = CaseEvidence.objects.filter(case=case, pk=attachment_id).delete()
        if not found:
            raise Conflict("This piece is no longer attached.")
