"""A review cycle: drafted, announced once, extended with a reason, closed when all is decided."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from assessments import cycle_policies, cycle_states, progress, rehearsals
from assessments.actions import cases, cycles
from assessments.models import Cycle
from people.actions import lines, people
from people.models import Event, Person
from people.refusals import Conflict, Forbidden, Invalid
from tests import cast as stages
from tests.assessments import cycle_story as story


@pytest.fixture
def today() -> datetime.date:
    """Today."""
    return timezone.localdate()


@pytest.fixture
def running(cast, today) -> Cycle:
    """Nominations are due in ten days."""
    return story.running(cast, today + datetime.timedelta(days=10))


def test_only_hr_runs_cycles(cast, today):
    draft = story.draft(cast, today)
    for key, person in cast.everybody().items():
        verdicts = {
            name: bool(cycle_policies.may(name, person, draft)) for name in cycle_policies.POLICIES
        }
        assert set(verdicts.values()) == {key in ("hana", "henry")}, key
    with pytest.raises(Forbidden):
        cycles.announce(draft, by=cast.maya)
    with pytest.raises(Forbidden):
        story.cycles.create("Mine", by=cast.sam, period=story.PERIOD, phases=[])


def test_every_move_of_a_cycle_starts_only_where_the_table_says(cast, today):
    for state in Cycle.State.values:
        for name, move in cycle_states.MOVES.items():
            if state in move.sources:
                cycle_states.check(state, name)
            else:
                with pytest.raises(Conflict):
                    cycle_states.check(state, name)


def test_announcing_writes_down_who_stands_where_under_whom(cast, running):
    part = running.participations.select_related("level", "pinned_version")
    carl = part.get(person=cast.carl)
    assert (carl.manager, carl.team) == (cast.maya, cast.teams["payments"])
    assert carl.level == cast.levels["senior-engineer"]
    assert carl.pinned_version == carl.level.version
    vera, hana = part.get(person=cast.vera), part.get(person=cast.hana)
    assert vera.manager is None
    assert (hana.level, hana.pinned_version) == (None, None)
    assert part.count() == len(cast.everybody())


def test_the_snapshot_stays_when_people_move_on(cast, running, today):
    lines.change(cast.carl, by=None, on=today, manager=cast.paul, team=cast.teams["search"])
    carl = running.participations.get(person=cast.carl)
    assert (carl.manager, carl.team) == (cast.maya, cast.teams["payments"])


def test_a_cycle_of_a_team_takes_in_that_team_and_all_below_and_nobody_who_left(cast, today):
    Person.objects.filter(pk=cast.fred.pk).update(left_on=today)
    cycle = story.running(cast, today, team=cast.teams["engineering"])
    names = set(cycle.participations.values_list("person__name", flat=True))
    inside = {name for key, (name, team, *_) in stages.PEOPLE.items() if team != "hr"}
    assert names == inside - {"Fred Peer"}


def test_announcing_takes_few_statements_however_many_take_part(
    cast, today, django_assert_max_num_queries
):
    draft = story.draft(cast, today)
    for number in range(30):
        person = people.add(
            by=None,
            name=f"N {number}",
            email=f"n{number}@example.com",
            employee_number=f"n{number}",
        )
        lines.change(person, by=None, on=today, manager=cast.maya, team=cast.teams["payments"])
    with django_assert_max_num_queries(10):
        cycles.announce(draft, by=cast.hana)
    assert draft.participations.count() == len(cast.everybody()) + 30


def test_a_cycle_is_announced_once(cast, running):
    with pytest.raises(Conflict, match="This cycle is running"):
        cycles.announce(running, by=cast.hana)
    assert Event.objects.about(running).filter(verb="cycle.announce").count() == 1


def test_dates_that_make_no_sense_are_refused_by_field(cast, today):
    good = story.phases(today, *[today + datetime.timedelta(days=7 * n) for n in range(5)])
    early = good[1]._replace(due_on=today - datetime.timedelta(days=1))
    with pytest.raises(Invalid) as refusal:
        cycles.create(" ", by=cast.hana, period=story.PERIOD[::-1], phases=[good[0], early])
    assert set(refusal.value.errors) == {"name", "period_end", "endorsement.due_on"}
    with pytest.raises(Invalid) as refusal:
        cycles.create("Twice", by=cast.hana, period=story.PERIOD, phases=[good[0], good[0]])
    assert set(refusal.value.errors) == {"phases"}
    assert Cycle.objects.count() == 0


def test_two_cycles_have_two_names(cast, running, today):
    with pytest.raises(Invalid, match="Another cycle has this name"):
        story.draft(cast, today)


def test_dates_change_until_the_cycle_is_announced(cast, today):
    draft = story.draft(cast, today + datetime.timedelta(days=10))
    later = story.phases(
        today,
        *[today + datetime.timedelta(days=30 + n) for n in range(4)],
        today + datetime.timedelta(days=90),
    )
    cycles.change_phases(draft, by=cast.hana, phases=later[:4])
    assert list(draft.phases.values_list("kind", "due_on")) == [
        (phase.kind, phase.due_on) for phase in later[:4]
    ]
    cycles.announce(draft, by=cast.hana)
    with pytest.raises(Conflict, match="This cycle is running"):
        cycles.change_phases(draft, by=cast.hana, phases=later)


def test_an_extension_goes_forward_takes_grace_along_and_says_why(cast, running):
    phase = running.phases.get(kind="nominations")
    with pytest.raises(Invalid) as refusal:
        cycles.extend(running, by=cast.hana, kind="nominations", due_on=phase.due_on, reason=" ")
    assert set(refusal.value.errors) == {"due_on", "reason"}

    week = datetime.timedelta(days=7)
    later = cycles.extend(
        running, by=cast.hana, kind="nominations", due_on=phase.due_on + week, reason="Holidays."
    )

    assert (later.due_on, later.grace_until) == (phase.due_on + week, phase.grace_until + week)
    assert running.phases.first() == later  # phases stay in the order in which they open
    assert Event.objects.about(running).first().data["reason"] == "Holidays."


def test_a_cycle_closes_when_none_of_its_cases_is_open(cast, running):
    case = cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya, cycle=running)
    with pytest.raises(Conflict, match="1 case is still open"):
        cycles.close(running, by=cast.hana)
    cases.withdraw(case, by=cast.carl)
    assert cycles.close(running, by=cast.hana).state == Cycle.State.CLOSED


def test_a_dry_run_tells_what_announcing_would_do_and_does_nothing(cast, today):
    draft = story.draft(cast, today + datetime.timedelta(days=30))
    before = Event.objects.count()

    found = rehearsals.rehearse(draft)

    assert found.population == len(cast.everybody())
    assert {"name": "Payments", "people": 3} in found.units
    names = [person["name"] for person in found.without_manager]
    assert names == ["Hana HR", "Vera Top"]
    assert {"people": 2, "names": ["Maya Manager", "Sam Skip", "Vera Top"]} in found.chains
    assert found.chains[0]["names"] in (["Hana HR"], ["Vera Top"])  # broken chains come first
    (nominations, *_) = found.reminders
    assert nominations["task"] == "submit"
    assert nominations["days"][0] == today + datetime.timedelta(days=16)
    assert draft.participations.count() == 0
    assert Event.objects.count() == before


def test_a_manager_who_left_leaves_orphans_in_the_dry_run(cast, today):
    Person.objects.filter(pk=cast.maya.pk).update(left_on=today)
    found = rehearsals.rehearse(story.draft(cast, today))
    names = {person["name"] for person in found.without_manager}
    assert names == {"Hana HR", "Vera Top", "Carl Candidate", "Fred Peer"}


def _progress(cycle: Cycle, reader: Person) -> dict[str, tuple[int, int]]:
    found = progress.of_phases(cycle.phases.all(), progress.groups(cycle, reader))
    return {one.phase.kind: (one.total.done, one.total.required) for one in found}


def test_progress_counts_done_of_required_by_phase_and_unit(cast, running):
    stages.gathering_stage(cast, cycle=running)
    otto = cast.levels["senior-staff-engineer"]
    cases.open_case(cast.otto, otto, by=cast.paul, cycle=running)

    assert _progress(running, cast.hana) == {
        "nominations": (1, 2),
        "endorsement": (1, 2),
        "panel_review": (0, 2),
        "decisions": (0, 2),
        "communication": (0, 2),
    }
    nominations = progress.of_phases(running.phases.all(), progress.groups(running, cast.hana))[0]
    units = {name: (unit.done, unit.required) for name, unit in nominations.units.items()}
    assert units == {"Payments": (1, 1), "Search": (0, 1)}


def test_progress_is_about_what_the_reader_may_see_and_never_about_their_own_case(cast, running):
    stages.draft(cast, cycle=running)
    assert _progress(running, cast.maya)["nominations"] == (0, 1)
    assert _progress(running, cast.noor)["nominations"] == (0, 1)
    for nobody in (cast.carl, cast.stella, cast.ada, cast.paul):
        assert _progress(running, nobody)["nominations"] == (0, 0)


def test_late_tasks_are_named_to_those_who_may_see_them(cast, running, time_machine):
    case = stages.in_review(cast, cycle=running)
    time_machine.move_to(timezone.now() + datetime.timedelta(days=60))
    votes = {"Petra Panel", "Paul Panel", "Pia Panel"}

    def late(reader):
        found = progress.late(running, progress.groups(running, reader))
        assert {duty.case_id for duty in found} <= {case.pk}
        return {duty.person_name if progress.may_name(duty, reader) else None for duty in found}

    assert late(cast.hana) == votes
    assert late(cast.maya) == {None}
    assert late(cast.pia) == {None, "Pia Panel"}
    assert late(cast.carl) == late(cast.stella) == late(cast.ada) == set()
