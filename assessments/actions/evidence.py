"""Everything that can happen to a piece of evidence: its owner adds it and changes it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from assessments import policies
from assessments.actions import facts
from assessments.models import Evidence
from ladders.models import Competency, LadderVersion, Placement
from people import audit
from people.models import Person
from people.refusals import Invalid, enforce

LONGEST = 5_000
LONGEST_LINK = 500
MOST = 20  # competencies that one piece may show
_is_link = URLValidator(schemes=["http", "https"])


def add(
    *,
    by: Person,
    what: str,
    happened_on: datetime.date,
    competencies: Sequence[str],
    link: str = "",
) -> Evidence:
    """Note what somebody did and which competencies, named by key, it shows."""
    _check(what=what, happened_on=happened_on, link=link)
    with transaction.atomic():
        shown = _competencies(by, competencies)
        piece = Evidence.objects.create(
            person=by, what=what.strip(), happened_on=happened_on, link=link.strip()
        )
        piece.competencies.set(shown)
        audit.record("evidence.add", piece, by=by)
    return piece


def change(evidence: Evidence, *, by: Person, **fields: Any) -> Evidence:
    """Put other words, another day, link or competencies; what is not given stays.

    A packet that is frozen keeps the words it was frozen with.
    """
    competencies = fields.pop("competencies", None)
    _check(**fields)
    with transaction.atomic():
        piece = Evidence.objects.select_for_update(no_key=True).get(pk=evidence.pk)
        enforce(policies.change_evidence(by, piece))
        for name, value in fields.items():
            setattr(piece, name, value.strip() if isinstance(value, str) else value)
        piece.changed_at = timezone.now()
        piece.save()
        if competencies is not None:
            piece.competencies.set(_competencies(by, competencies))
        audit.record("evidence.change", piece, by=by)
    return piece


def _competencies(person: Person, keys: Sequence[str]) -> list[Competency]:
    """The competencies that these keys name on the ladder the person stands on."""
    placement = facts.standing(person)
    if placement is None:
        raise Invalid(
            {"competencies": ["You stand on no ladder yet. Ask HR to place you, then try again."]}
        )
    if not keys:
        raise Invalid({"competencies": ["Choose at least one competency that this shows."]})
    if len(keys) > MOST:
        raise Invalid({"competencies": [f"Choose at most {MOST} competencies."]})
    version = _version_in_force(placement)
    named = Competency.objects.filter(version=version, key__in=keys)
    known = {competency.key: competency for competency in named}
    if unknown := [key for key in keys if key not in known]:
        raise Invalid({"competencies": [f"“{key}” is not on your ladder." for key in unknown]})
    return list(known.values())


def _version_in_force(placement: Placement) -> int:
    """The published text of the ladder somebody stands on; theirs, when it was retired."""
    own = placement.level.version
    versions = LadderVersion.objects.in_force().filter(ladder=own.ladder_id)
    return versions.values_list("pk", flat=True).first() or own.pk


def _check(**fields: Any) -> None:
    checks: dict[str, Callable[[Any], str | None]] = {
        "what": _what,
        "happened_on": _happened_on,
        "link": _link,
    }
    errors = {name: [problem] for name, value in fields.items() if (problem := checks[name](value))}
    if errors:
        raise Invalid(errors)


def _what(text: str) -> str:
    if not text.strip():
        return "Say what you did, in a sentence."
    if len(text) > LONGEST:
        return f"Keep this under {LONGEST:,} characters; it has {len(text):,}."
    if any(ord(letter) < 32 and letter not in "\n\r\t" for letter in text):
        return "This holds characters that cannot be shown; paste it as plain text."
    return ""


def _happened_on(day: datetime.date) -> str:
    latest = timezone.localdate() + datetime.timedelta(days=1)  # it may be tomorrow elsewhere
    return "This day is still to come; add it when it is done." if day > latest else ""


def _link(link: str) -> str:
    if not link.strip():
        return ""
    try:
        _is_link(link.strip())
    except ValidationError:
        return "This is not a link that starts with http:// or https://."
    if len(link) > LONGEST_LINK:
        return f"Keep the link under {LONGEST_LINK} characters."
    return ""
