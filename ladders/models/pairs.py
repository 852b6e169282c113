"""Two versions of one ladder to be compared, and how each version differs from the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from ladders.diff import Difference, compare
from ladders.diff.summing import sentence
from ladders.models.document import document
from ladders.models.ladder import LadderVersion, LadderVersionQuerySet
from ladders.models.matrix import standing_on
from ladders.models.written import written

AT_ONCE = 12
"""Differences that one list works out; what it leaves out is there when it is asked again."""
KEPT = 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Pair:
    """`new` against `old`, which is None for the first version; `versions` may be picked from."""

    old: LadderVersion | None
    new: LadderVersion
    versions: list[LadderVersion]
    documents: dict[int, dict[str, Any]]
    stands_on: str | None

    def difference(self) -> Difference:
        """What leads from the old text to the new one."""
        old = self.documents[self.old.pk] if self.old else None
        return compare(old, self.documents[self.new.pk])


def pair(
    rows: LadderVersionQuerySet, slug: str, number: str, against: str, person: Any
) -> Pair | None:
    """The version `number` and the one to hold it against: the one before it unless named.

    None when `rows` (the versions that may be read) lack one of them. Two queries.
    """
    rows = rows.filter(ladder__slug=slug).select_related("ladder")
    versions = list(rows.newest_first().annotate(stands_on=standing_on(person)))
    named = {version.number: version for version in versions}
    new = named.get(number)
    if new is None or (against and against not in named):
        return None
    old = named[against] if against else _before(new, versions)
    keys = {version.pk for version in (old, new) if version}
    found = written(LadderVersion.objects.filter(pk__in=keys))
    documents = {version.pk: document(version) for version in found}
    return Pair(old, new, versions, documents, new.stands_on)


def _before(version: LadderVersion, versions: Sequence[LadderVersion]) -> LadderVersion | None:
    """The version that was published last before this one; of a draft the one in force."""
    others = [other for other in versions if other.published_at and other.pk != version.pk]
    earlier = [other for other in others if not version.published_at or _age(other) < _age(version)]
    return max(earlier, key=_age, default=None)


def _age(version: LadderVersion) -> tuple[Any, int]:
    return version.published_at, version.pk


def with_changes(versions: Sequence[Any]) -> Sequence[Any]:
    """Put on each version of one ladder `before`, `klass` and `changed`, in two queries at most.

    The class is the one that it was published with, else the computed one.

    Published texts never change, so that their differences are kept.
    """
    if not versions:
        return versions
    ladder = versions[0].ladder_id
    others = list(LadderVersion.objects.readable().filter(ladder=ladder).only(*_FEW))
    names = {}
    for version in versions:
        version.before = _before(version, others)
        names[version.pk] = f"changes:{_digest(version.before)}:{_digest(version)}"
    told = cache.get_many(names.values())
    told |= _worked_out([v for v in versions if names[v.pk] not in told][:AT_ONCE], names)
    for version in versions:
        computed, version.changed = told.get(names[version.pk], (None, None))
        version.klass = version.change_class or computed
    return versions


_FEW = ("number", "published_at", "digest", "ladder_id")


def _digest(version: LadderVersion | None) -> str:
    return f"{version.pk}-{version.digest[:32]}" if version else "none"


def _worked_out(versions: list[Any], names: dict[int, str]) -> dict[str, tuple[str, str]]:
    keys = {row.pk for version in versions for row in (version, version.before) if row}
    if not keys:
        return {}
    found = {row.pk: document(row) for row in written(LadderVersion.objects.filter(pk__in=keys))}
    told = {}
    for version in versions:
        old = found[version.before.pk] if version.before else None
        difference = compare(old, found[version.pk])
        told[names[version.pk]] = (difference.klass.label, sentence(difference))
    cache.set_many(told, KEPT)
    return told
