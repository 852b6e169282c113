"""What the database knows about proposed members of a panel: where they stand, what bars them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import timezone

from assessments import panels
from assessments.models import Endorsement, Feedback, PromotionCase
from ladders.models import Placement
from people.models import Person, ReportingLine
from people.refusals import Invalid

TWO_YEARS = datetime.timedelta(days=730)


def check(
    case: PromotionCase,
    voters: Sequence[Person],
    alternates: Sequence[Person],
    note: str,
) -> None:
    """Raise Invalid unless these people may review the case."""
    if len({person.pk for person in (*voters, *alternates)}) != len(voters) + len(alternates):
        raise Invalid({"voters": ["Name each person once."]})
    found = conflicts(case, [*voters, *alternates])
    barred = [f"{person.name}: {problem}" for person in alternates for problem in found[person.pk]]
    if barred:
        raise Invalid({"alternates": barred})
    result = panels.compose(_as_voters(voters, found), _as_target(case))
    if result.errors:
        raise Invalid({"voters": list(result.errors)})
    if result.exceptions and not note.strip():
        raise Invalid({"note": [*result.exceptions, "Say why this panel is right all the same."]})


def conflicts(case: PromotionCase, people: Iterable[Person]) -> dict[int, list[str]]:
    """What the system knows against each person reviewing this case, by id of the person."""
    ids = [person.pk for person in people]
    found: dict[int, list[str]] = defaultdict(list)
    found[case.candidate_id].append("the candidate")
    found[case.nominator_id].append("nominated the candidate")
    for person in _managers(case, ids):
        found[person].append("manages the candidate, or did within 24 months")
    sponsors = case.endorsements.filter(person__in=ids, kind=Endorsement.Kind.SPONSOR)
    for person in sponsors.values_list("person", flat=True):
        found[person].append("sponsors the candidate")
    authors = Feedback.objects.given().filter(case=case, author__in=ids)
    for person in authors.values_list("author", flat=True):
        found[person].append("gave feedback for this case")
    for person in _rivals(case, ids):
        found[person].append("has an open case for the same level")
    return found


def _managers(case: PromotionCase, ids: list[int]) -> set[int]:
    today = timezone.localdate()
    lines = ReportingLine.objects.known_at().filter(
        person=case.candidate_id,
        manager__in=ids,
        valid__overlap=(today - TWO_YEARS, today + datetime.timedelta(days=1)),
    )
    return set(lines.values_list("manager", flat=True)) | ({case.owner_id} & set(ids))


def _rivals(case: PromotionCase, ids: list[int]) -> set[int]:
    rivals = PromotionCase.objects.open().filter(
        candidate__in=ids, target_level__key=case.target_level.key, cycle=case.cycle_id
    )
    rivals = rivals.filter(pinned_version__ladder=case.pinned_version.ladder_id)
    return set(rivals.exclude(pk=case.pk).values_list("candidate", flat=True))


def _as_voters(people: Sequence[Person], found: dict[int, list[str]]) -> list[panels.Voter]:
    ids = [person.pk for person in people]
    today = timezone.localdate()
    placements = Placement.objects.as_of(today).for_display().filter(person__in=ids)
    standing = {placement.person_id: placement.level for placement in placements}
    lines = ReportingLine.objects.as_of(today).filter(person__in=ids)
    units = dict(lines.values_list("person", "team"))
    return [
        panels.Voter(
            person.name,
            _rank(standing.get(person.pk)),
            standing[person.pk].track.kind if person.pk in standing else "",
            units.get(person.pk),
            tuple(found[person.pk]),
        )
        for person in people
    ]


def _as_target(case: PromotionCase) -> panels.Seatable:
    lines = ReportingLine.objects.as_of(timezone.localdate()).filter(person=case.candidate_id)
    unit = lines.values_list("team", flat=True).first()
    return panels.Seatable(_rank(case.target_level), case.target_level.track.kind, unit)


def _rank(level) -> int | None:
    return level.grade.rank if level is not None and level.grade else None
