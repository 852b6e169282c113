"""A case of the demo that came to another manager, who asks the former one for a statement."""

from __future__ import annotations

from django.utils import timezone

from assessments.actions import handovers
from assessments.demo.moves import At, People
from assessments.models import PromotionCase
from people.actions import lines
from people.models import Team


def tell(people: People, at: At) -> None:
    """Two days ago Fred went from Maya to Rosa, and his case with him."""
    fred, rosa = people["fred"], people["rosa"]
    with at(2):
        day, team = timezone.localdate(), Team.objects.get(key="checkout")
        lines.change(fred, by=None, on=day, manager=rosa, team=team)
        handovers.follow_lines()
        handovers.ask(PromotionCase.objects.open().get(candidate=fred), by=rosa)
