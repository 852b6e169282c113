"""What others can see of me, with the names of those who stand near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from rest_framework import serializers

from assessments import privacy, tracks
from assessments.models import PromotionCase
from assessments.serializers import links
from assessments.visibility import APPROVER, CHAIR, HR, HR_PARTNER, MANAGER, PANEL, SKIP_LEVEL
from ladders import directory
from people.models import Person
from people.wording import counted

WORDS = {
    privacy.EVERYBODY: "everybody who works here",
    MANAGER: "your manager",
    SKIP_LEVEL: "your skip-level",
    HR_PARTNER: "the HR partner of your unit",
    HR: "Human resources",
    APPROVER: "the approver",
    PANEL: "the panel",
    CHAIR: "its chair",
}
LATEST = 20  # of one's cases


class Line(serializers.Serializer):
    """One thing about you."""

    what = serializers.CharField()
    readers = serializers.ListField(child=serializers.CharField())
    said = serializers.CharField(help_text="The readers in words.")
    you = serializers.CharField(help_text="When you read it yourself: always, once told, never.")


class Privacy(serializers.Serializer):
    """What others can see of you."""

    url = serializers.CharField()
    near = serializers.ListField(child=serializers.DictField(), help_text="Who stands near you.")
    about = Line(many=True)
    in_a_case = Line(many=True)
    cases = serializers.ListField(child=serializers.DictField(), help_text="Your cases, latest.")


def present(person: Person) -> dict[str, Any]:
    """The payload of `GET /me/privacy/`. Two queries."""
    here: Any = tracks.find(person.pk, person)
    mine = PromotionCase.objects.visible_to(person).filter(candidate=person)
    mine = mine.select_related("target_level").order_by("-opened_at", "-pk")[:LATEST]
    return {
        "url": links.api("privacy"),
        "near": list(_near(here)),
        "about": [_line(line) for line in privacy.about(directory.TOLD_WHY)],
        "in_a_case": [_line(line) for line in privacy.in_a_case()],
        "cases": [_case(case) for case in mine],
    }


def _near(person: Any) -> Iterable[dict[str, str]]:
    if person.manager_id:
        yield {"who": person.manager_name, "relation": "your manager"}
    if person.skip_level_id:
        yield {"who": person.skip_level_name, "relation": "your skip-level"}
    others = [name for name in person.hr_names if name != person.name]
    yield {"who": "Human resources", "relation": counted(len(others), "person,people")}


def _line(line: privacy.Line) -> dict[str, Any]:
    words = [WORDS[reader] for reader in line.readers]
    said = f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
    return {**asdict(line), "readers": list(line.readers), "said": said or "nobody else"}


def _case(case: PromotionCase) -> dict[str, Any]:
    return {
        "id": case.pk,
        "url": links.api("case", case.pk),
        "page_url": links.page("case", case.pk),
        "accesses_url": links.api("case-accesses", case.pk),
        "accesses_page_url": links.page("case-accesses", case.pk),
        "target_title": case.target_level.title,
        "state_label": case.get_state_display(),
    }
