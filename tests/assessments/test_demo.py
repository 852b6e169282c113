"""The demo organisation: believable, complete, and never there by accident."""

import pytest
from django.core.management import CommandError, call_command

from assessments.models import (
    Cycle,
    Evidence,
    Handover,
    PromotionCase,
    PulseAnswer,
    TrackMove,
)
from assessments.states import Outcome, State
from ladders.models import LadderVersion, Placement
from people.models import Person, Role
from tests.cast import assemble

pytestmark = pytest.mark.django_db


@pytest.mark.long
def test_the_demo_has_a_case_in_every_state_and_everybody_of_the_cast(settings):
    settings.DEMO = True
    call_command("seed_demo", verbosity=0)

    states = set(PromotionCase.objects.values_list("state", flat=True))
    assert states == set(State)
    outcomes = set(PromotionCase.objects.exclude(outcome="").values_list("outcome", flat=True))
    assert outcomes == set(Outcome) - {Outcome.DECLINED}
    assert 55 <= Person.objects.count() <= 65
    cast = "maya carl sam hana petra paul ada stella edda arjun".split()
    people = Person.objects.filter(email__in=[f"{name}@example.com" for name in cast])
    assert len(people) == len(cast)
    assert all(person.check_password("twintrack-demo") for person in people[:1])
    assert Cycle.objects.running().count() == 1
    assert Evidence.objects.filter(person__email="carl@example.com").count() >= 6
    returned = Placement.objects.filter(kind=Placement.Kind.RETURN).values("person").distinct()
    assert returned.count() == 4
    moves = TrackMove.objects.order_by("pk").values_list("person__email", "state")
    assert list(moves) == [
        ("bea@example.com", "returned"),
        ("stella@example.com", "in_trial"),
        ("carl@example.com", "exploring"),
    ]
    asked = Handover.objects.open().values_list("former__email", "successor__email")
    assert list(asked) == [("maya@example.com", "rosa@example.com")]
    assert PulseAnswer.objects.filter(answered_at=None).count() == 2
    waiting = LadderVersion.objects.unpublished().get()
    assert (waiting.state, waiting.sent_by.email) == ("in_review", "edda@example.com")
    assert Person.objects.get(email="arjun@example.com").has_role(Role.LADDER_PUBLISHER)


def test_the_demo_is_refused_where_nobody_asked_for_it(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=true"):
        call_command("seed_demo")
    assert not Person.objects.exists()


def test_the_demo_is_refused_where_people_are(settings):
    settings.DEMO = True
    assemble()
    before = Person.objects.count()

    with pytest.raises(CommandError, match="empty database"):
        call_command("seed_demo")
    assert Person.objects.count() == before
