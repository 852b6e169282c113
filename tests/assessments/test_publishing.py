"""A ladder changes while a cycle runs: the freeze window, HR's override, the clock, retiring."""

import datetime

import pytest

from assessments import beats, freezes
from assessments.actions import cycles, publications
from ladders.models import LadderVersion
from ladders.states import VersionState
from people.models import Event
from people.refusals import Conflict, Forbidden, Invalid
from tests.assessments import cycle_story
from tests.assessments import publishing_story as story
from tests.assessments.publishing_story import day, running


def events(version, verb):
    return Event.objects.about(version).filter(verb=f"version.{verb}")


def test_the_window_goes_from_the_first_opening_to_the_end_of_the_last_grace():
    def phase(kind, opens, grace):
        return freezes.Phase(kind, datetime.date(2026, 1, opens), datetime.date(2026, 2, grace))

    later = phase("nominations", 5, 20)
    found = freezes.window([later, phase("communication", 9, 11)])
    assert found == (datetime.date(2026, 1, 5), datetime.date(2026, 2, 11))
    assert found.holds(found.first)
    assert found.holds(found.last)
    assert not found.holds(found.last + datetime.timedelta(days=1))
    assert freezes.window([later]).last == datetime.date(2026, 2, 20)
    assert freezes.window([]) is None


def test_a_major_change_waits_for_the_end_of_a_running_cycle(cast, edda, pavel):
    running(cast)
    version = story.approved(cast, edda, pavel)
    last = day(14 * 4 + 3)
    with pytest.raises(Conflict, match="major change, and Autumn 2026 keeps ladders"):
        publications.publish(version, by=pavel)
    with pytest.raises(Conflict, match="keeps ladders"):
        publications.publish(version, by=pavel, on=last)

    publications.publish(version, by=pavel, on=last + datetime.timedelta(days=1))

    assert story.fresh(version).scheduled_by == pavel


@pytest.mark.parametrize("size", ["minor", "patch"])
def test_a_smaller_change_goes_on_while_a_cycle_runs(cast, edda, pavel, size):
    running(cast)
    version = publications.publish(story.approved(cast, edda, pavel, size=size), by=pavel)
    assert (version.state, version.change_class) == ("published", size)


def test_a_cycle_that_is_a_draft_or_closed_or_over_holds_nothing(cast, edda, pavel):
    cycle_story.draft(cast, day(0))
    closed = cycle_story.running(cast, day(0), name="Closed")
    cycles.close(closed, by=cast.hana)
    cycle_story.running(cast, day(-200), name="Over")
    version = publications.publish(story.approved(cast, edda, pavel), by=pavel)
    assert version.number == "2.0.0"


def test_only_hr_goes_on_and_says_why(cast, edda, pavel):
    cycle = running(cast)
    version = story.approved(cast, edda, pavel)
    with pytest.raises(Forbidden, match="Only HR"):
        publications.publish(version, by=pavel, override_reason="It must be.")
    with pytest.raises(Conflict):
        publications.publish(version, by=cast.hana, override_reason="  ")

    publications.publish(version, by=cast.hana, override_reason="The law changed.")

    said = events(version, "override").get()
    assert said.actor == cast.hana
    assert said.data["reason"] == "The law changed."
    assert said.data["cycles"] == [cycle.pk]
    assert events(version, "publish").get().data["reason"] == "The law changed."


def test_who_may_not_publish_hears_that_first(cast, edda, pavel):
    running(cast)
    with pytest.raises(Forbidden, match="publish ladders"):
        publications.publish(story.approved(cast, edda, pavel), by=edda)


def test_a_day_that_is_gone_is_refused_by_name(cast, edda, pavel):
    version = story.approved(cast, edda, pavel)
    with pytest.raises(Invalid) as refused:
        publications.publish(version, by=pavel, on=day(-1))
    assert list(refused.value.errors) == ["effective_from"]


def test_the_clock_publishes_once(cast, edda, pavel):
    version = story.approved(cast, edda, pavel)
    publications.publish(version, by=pavel, on=day(3))
    assert publications.publish_due(day(0)) == 0
    story.come(version)
    assert [beats.beat()["published"] for _ in range(2)] == [1, 0]
    assert story.fresh(version).state == VersionState.PUBLISHED
    assert events(version, "publish").count() == 1


def test_the_clock_is_refused_where_a_cycle_began_meanwhile(cast, edda, pavel):
    version = story.approved(cast, edda, pavel)
    publications.publish(version, by=pavel, on=day(3))
    cycle = running(cast)
    story.come(version)
    assert publications.publish_due(day(0)) == 0

    stands = story.fresh(version)
    assert (stands.state, stands.scheduled_by, stands.effective_from) == ("in_review", None, None)
    held = events(version, "hold").get()
    assert held.data["scheduled_by"] == pavel.pk
    assert held.data["cycles"] == [cycle.pk]


def test_the_clock_goes_past_the_cycle_that_hr_overrode_and_no_other(cast, edda, pavel):
    running(cast)
    version = story.approved(cast, edda, pavel)
    publications.publish(version, by=cast.hana, on=day(3), override_reason="The law changed.")
    Event.objects.about(version).filter(verb="version.override").get()
    other = cycle_story.running(cast, day(0), name="Another")
    assert not _clock_on(version, day(3))

    publications.publish(version, by=cast.hana, on=day(3), override_reason="The law changed.")
    cycles.close(other, by=cast.hana)
    assert _clock_on(version, day(3))


def _clock_on(version, on):
    import time_machine

    with time_machine.travel(datetime.datetime.combine(on, datetime.time(9), datetime.UTC)):
        return publications.publish_due(on)


def test_the_version_that_people_stand_on_is_not_retired(cast, edda, pavel):
    first = cast.levels["engineer"].version
    with pytest.raises(Conflict, match="stand on this ladder, and no other version"):
        publications.retire(first, by=pavel, reason="Old.")
    with pytest.raises(Forbidden):
        publications.retire(first, by=edda, reason="Old.")
    publications.publish(story.approved(cast, edda, pavel), by=pavel)
    publications.retire(first, by=pavel, reason="Old.")
    assert LadderVersion.objects.readable().filter(pk=first.pk, state="retired").exists()
