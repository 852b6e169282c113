"""News of a ladder's text: who is asked to approve it, who wrote it, and whom it then concerns.

Right before the telling it is asked again who may hear it; people are told in one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assessments import publishing
from assessments.models import Notification, PromotionCase
from ladders import diff, policies
from ladders.models import LadderVersion, Placement
from ladders.models.document import document
from ladders.serializers.version_moves import publishing_page
from ladders.states import ChangeClass, VersionState
from people.models import Event, Person, Role

RAISED = "{title} {number} is published. Something at your level is new or raised."
KEEPS = "{title} {number} is published. A case that you lead keeps the text it was opened with."
BOTH = (
    "{title} {number} is published. Something at your level is new or raised, and a case that "
    "you lead keeps the text it was opened with."
)


def _asked(event: Event) -> None:
    """Those who may approve it, while it waits for one of them."""
    version = _version(event)
    if version.state != VersionState.IN_REVIEW or version.approved_by_id:
        return
    able = [person for person in _publishers() if policies.may("approve", person, version)]
    text = f"A new version of {version.title} waits for somebody to approve it."
    _tell(event, {person.pk: text for person in able}, publishing_page(version))


def _returned(event: Event) -> None:
    version = _version(event)
    sent = Event.objects.about(version).filter(verb="version.review", pk__lt=event.pk).first()
    text = f"Your text for {version.title} is a draft again, with a reason."
    _tell(event, _workers([sent.actor_id if sent else None], text), publishing_page(version))


def _approved(event: Event) -> None:
    version = _version(event)
    text = f"Your text for {version.title} is approved."
    _tell(event, _workers([version.sent_by_id], text), publishing_page(version))


def _held(event: Event) -> None:
    """The clock was refused: whoever planned the day, and HR."""
    version = _version(event)
    text = f"{version.title} was not published on its day: a cycle keeps ladders as they are."
    hr = Person.objects.employed().holding(Role.HR).values_list("pk", flat=True)
    people = [event.data.get("scheduled_by"), *hr]
    _tell(event, _workers(people, text), publishing_page(version))


def _published(event: Event) -> None:
    """People at raised levels and managers of cases that keep an earlier text; not of a patch."""
    version = _version(event)
    before = publishing.published_before(version)
    if before is None or version.change_class == ChangeClass.PATCH:
        return
    raised = _standing(version, diff.compare(document(before), document(version)).levels_raised)
    leading = _leading(version)
    words = {"title": version.title, "number": version.number}
    told = dict.fromkeys(raised, RAISED) | dict.fromkeys(leading, KEEPS)
    told |= dict.fromkeys(raised & leading, BOTH)
    page = reverse("ladders:changes", args=[version.ladder.slug, version.number])
    there = _there(told)
    _tell(event, {pk: told[pk].format(**words) for pk in there}, page)


def _version(event: Event) -> LadderVersion:
    return LadderVersion.objects.for_moves().get(pk=event.subject_id)


def _publishers() -> Iterable[Person]:
    roles = Q(roles__contains=[Role.LADDER_PUBLISHER]) | Q(roles__contains=[Role.HR])
    return Person.objects.employed().exclude(roles=[]).filter(roles, is_active=True)


def _standing(version: LadderVersion, levels: set[str]) -> set[int]:
    stand = Placement.objects.as_of(timezone.localdate())
    here = stand.filter(level__version__ladder=version.ladder_id, level__key__in=levels)
    return set(here.values_list("person", flat=True))


def _leading(version: LadderVersion) -> set[int]:
    kept = PromotionCase.objects.open().filter(pinned_version__ladder=version.ladder_id)
    return set(kept.exclude(pinned_version=version).values_list("owner", flat=True))


def _there(people: Iterable[int | None]) -> list[int]:
    """Those who still work here and can sign in."""
    rows = Person.objects.employed().filter(is_active=True, pk__in=[pk for pk in people if pk])
    return list(rows.values_list("pk", flat=True))


def _workers(people: Iterable[int | None], text: str) -> dict[int, str]:
    """Those of them who still work on ladders: others do not see a text in the making."""
    rows = Person.objects.employed().filter(is_active=True, pk__in=[pk for pk in people if pk])
    return {person.pk: text for person in rows if person.has_role(*policies.WRITERS)}


def _tell(event: Event, told: dict[int, str], path: str) -> None:
    """A line in the inbox of each, but not of who did it."""
    Notification.objects.bulk_create(
        (
            Notification(person_id=pk, event=event, text=text, path=path, created_at=event.at)
            for pk, text in told.items()
            if pk != event.actor_id
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )


VERBS: dict[str, Callable[[Event], None]] = {
    "version.review": _asked,
    "version.return": _returned,
    "version.approve": _approved,
    "version.hold": _held,
    "version.publish": _published,
}
