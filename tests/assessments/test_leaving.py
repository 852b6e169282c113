"""Who leaves works here until their last day, and no account outlives it."""

from __future__ import annotations

import datetime

from django.utils import timezone

from assessments.actions import decisions
from people.actions import people
from people.models import Event, Person
from tests import cast as story

DAY = datetime.timedelta(days=1)


def test_a_last_day_to_come_closes_nothing_yet(cast: story.Cast) -> None:
    today = timezone.localdate()

    people.leave(cast.carl, by=None, on=today + 10 * DAY)

    assert people.close_accounts(today) == 0
    assert Person.objects.employed().filter(pk=cast.carl.pk, is_active=True).exists()
    assert Person.objects.visible_to(cast.stella).filter(pk=cast.carl.pk).exists()


def test_the_clock_closes_the_account_on_the_last_day_once(cast: story.Cast) -> None:
    last = timezone.localdate() + 10 * DAY
    people.leave(cast.carl, by=None, on=last)

    assert [people.close_accounts(last), people.close_accounts(last)] == [1, 0]

    assert not Person.objects.get(pk=cast.carl.pk).is_active
    assert Event.objects.filter(verb="person.close_account").count() == 1


def test_who_leaves_after_it_is_still_promoted(cast: story.Cast) -> None:
    today = timezone.localdate()
    case = story.told(cast, today)
    people.leave(cast.carl, by=None, on=today + 60 * DAY)

    assert decisions.make_due_effective(today) == 1

    assert story.fresh(case).state == "effective"
