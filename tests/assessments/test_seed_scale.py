"""The large organisation: whole, as the app would have written it, and never there by chance."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q
from django.test import Client
from django.utils import timezone

from assessments import reminders
from assessments.actions import decisions, packets
from assessments.models import Cycle, Feedback, Packet, PromotionCase
from assessments.states import Outcome, State
from ladders.models import Placement
from people.models import Event, Person, ReportingLine
from people.models.hierarchy import all_below
from people.models.person import search_key

pytestmark = pytest.mark.django_db
PEOPLE = 400


@pytest.fixture
def organisation(settings):
    settings.DEMO = True
    call_command("seed_scale", people=PEOPLE, years=5, verbosity=0)


def test_it_has_everything_that_a_long_life_leaves(organisation):
    today = timezone.localdate()
    assert Person.objects.count() == PEOPLE
    assert set(PromotionCase.objects.values_list("state", flat=True)) == set(State)
    outcomes = set(PromotionCase.objects.values_list("outcome", flat=True))
    assert outcomes == {"", *Outcome}
    kinds = set(Placement.objects.values_list("kind", flat=True))
    assert kinds == {"hire", "promotion", "track_move", "trial", "return"}
    assert Cycle.objects.running().count() == 1
    top = Person.objects.get(employee_number="E0000001")
    here = ReportingLine.objects.as_of(today).count()
    assert all_below(top.pk, today).count() == here - 1
    assert not Event.objects.unhandled().exclude(verb="ladder.import").exists()


def test_what_it_writes_is_what_the_actions_would_have_written(organisation):
    for person in Person.objects.all()[:50]:
        assert person.search_key == search_key(person.name, person.email)
    for packet in Packet.objects.all()[:20]:
        assert packet.digest == packets.digest(packet.content)
        assert _plain(packet.content) == _plain(packets.snapshot(packet.case))
    reviewed = PromotionCase.objects.filter(state__in=["in_review", "recommended"])
    seats = reviewed.annotate(n=Count("panels__seats")).values_list("n", flat=True)
    assert set(seats) == {3}
    own = Q(author=F("case__candidate")) | Q(author=F("case__owner"))
    assert not Feedback.objects.filter(own).exists()


def _plain(content):
    """Instants as instants: the database and Python write their fractions differently."""
    for said in content["feedback"]:
        said["answered_at"] = datetime.datetime.fromisoformat(said["answered_at"])
    return content


def test_its_pages_open_and_its_cases_go_on(organisation):
    assert reminders.plan() > 0
    case = PromotionCase.objects.filter(state="recommended", approver__isnull=False).first()
    for who in (case.candidate, case.owner, case.approver):
        client = Client()
        client.force_login(who)
        for path in ("/", "/track/", "/cases/", f"/cases/{case.pk}/"):
            assert client.get(path).status_code == 200

    decisions.approve(case, by=case.approver, effective_on=timezone.localdate())
    case.refresh_from_db()
    assert case.state == "decided"


def test_it_is_refused_where_people_are_and_where_nobody_asked(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=true"):
        call_command("seed_scale", people=PEOPLE, verbosity=0)
    settings.DEMO = True
    with pytest.raises(CommandError, match="At least 100"):
        call_command("seed_scale", people=3, verbosity=0)
    Person.objects.create_user("ada@example.com", name="Ada")
    with pytest.raises(CommandError, match="empty database"):
        call_command("seed_scale", people=PEOPLE, verbosity=0)
    assert Person.objects.count() == 1
