"""Everything that can happen to a piece of evidence: its owner adds, changes and puts it away."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments import pieces, policies
from assessments.actions import facts
from assessments.models import Evidence
from assessments.pieces import MOST
from ladders.models import Competency, LadderVersion, Placement
from people import audit
from people.models import Person
from people.refusals import Conflict, Invalid, enforce


def add(
    *,
    by: Person,
    what: str,
    happened_on: datetime.date,
    competencies: Sequence[str],
    links: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> Evidence:
    """Note what somebody did and which competencies, named by key, it shows."""
    _check(what=what, happened_on=happened_on, links=links, tags=tags)
    with transaction.atomic():
        shown = _competencies(by, competencies)
        piece = Evidence.objects.create(
            person=by,
            what=what.strip(),
            happened_on=happened_on,
            links=pieces.links(links),
            tags=pieces.tags(tags),
        )
        piece.competencies.set(shown)
        audit.record("evidence.add", piece, by=by)
    return piece


def change(evidence: Evidence, *, by: Person, **fields: Any) -> Evidence:
    """Put other words, another day, links, tags or competencies; what is not given stays.

    A packet that is frozen keeps the words it was frozen with.
    """
    competencies = fields.pop("competencies", None)
    _check(**fields)
    kept: dict[str, Callable[[Any], Any]]
    kept = {"links": pieces.links, "tags": pieces.tags, "what": str.strip}
    with transaction.atomic():
        piece = own(evidence.pk, by=by)
        for name, value in fields.items():
            setattr(piece, name, kept[name](value) if name in kept else value)
        piece.changed_at = timezone.now()
        piece.save()
        if competencies is not None:
            piece.competencies.set(_competencies(by, competencies))
        audit.record("evidence.change", piece, by=by)
    return piece


def put_away(evidence: Evidence, *, by: Person) -> Evidence:
    """Take a piece off the list. Nothing is lost: it can come back, and cases keep what they have.

    Raises Conflict when it is away already.
    """
    return _archive(evidence, by=by, away=True)


def bring_back(evidence: Evidence, *, by: Person) -> Evidence:
    """Put a piece on the list again. Raises Conflict when it is there."""
    return _archive(evidence, by=by, away=False)


def own(pk: int, *, by: Person) -> Evidence:
    """The piece, locked for the caller's transaction, when it belongs to `by`."""
    piece = Evidence.objects.select_for_update(no_key=True).get(pk=pk)
    enforce(policies.change_evidence(by, piece))
    return piece


def _archive(evidence: Evidence, *, by: Person, away: bool) -> Evidence:
    with transaction.atomic():
        piece = own(evidence.pk, by=by)
        if (piece.archived_at is not None) == away:
            raise Conflict(f"This piece is {'put away' if away else 'on your list'} already.")
        piece.archived_at = timezone.now() if away else None
        piece.save(update_fields=["archived_at"])
        audit.record("evidence.put_away" if away else "evidence.bring_back", piece, by=by)
    return piece


def known_competencies(person: Person) -> dict[str, Competency]:
    """What evidence of this person may show, by key: the text in force of the ladder they are on.

    Raises Invalid for somebody who stands on no ladder.
    """
    placement = facts.standing(person)
    if placement is None:
        raise Invalid(
            {"competencies": ["You stand on no ladder yet. Ask HR to place you, then try again."]}
        )
    rows = Competency.objects.filter(version=_version_in_force(placement)).order_by("position")
    return {competency.key: competency for competency in rows}


def _competencies(person: Person, keys: Sequence[str]) -> list[Competency]:
    """The competencies that these keys name on the ladder the person stands on."""
    known = known_competencies(person)
    if not keys:
        raise Invalid({"competencies": ["Choose at least one competency that this shows."]})
    if len(keys) > MOST:
        raise Invalid({"competencies": [f"Choose at most {MOST} competencies."]})
    if unknown := [key for key in keys if key not in known]:
        raise Invalid({"competencies": [f"“{key}” is not on your ladder." for key in unknown]})
    return [known[key] for key in dict.fromkeys(keys)]


def _version_in_force(placement: Placement) -> int:
    """The published text of the ladder somebody stands on; theirs, when it was retired."""
    own_version = placement.level.version
    versions = LadderVersion.objects.in_force().filter(ladder=own_version.ladder_id)
    return versions.values_list("pk", flat=True).first() or own_version.pk


def _check(**fields: Any) -> None:
    if errors := pieces.problems(**fields):
        raise Invalid(errors)
