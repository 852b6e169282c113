"""My track: where somebody stands, what comes next on both tracks, and who may read it."""

from __future__ import annotations

import datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments.actions import evidence
from ladders import comparison, standing, ways
from ladders.actions import placements
from ladders.comparison import Cell
from ladders.models import Placement
from ladders.standing import Stand
from people.models import Leave
from tests import cast as story

Kind = Placement.Kind
DAY = datetime.timedelta(days=1)


def day(text):
    return datetime.date.fromisoformat(text)


# --- Pure: where somebody stands ---------------------------------------------------------------

ENGINEER, SENIOR, MANAGER = (1, "engineer"), (1, "senior"), (1, "manager")


def spells(*rows):
    return [
        Stand(rung, kind, day(since), day(until) if until else None)
        for rung, kind, since, until in rows
    ]


def test_a_trial_counts_for_the_level_held():
    stands = spells(
        (SENIOR, "promotion", "2025-01-01", "2025-08-01"),
        (MANAGER, "trial", "2025-08-01", "2025-10-31"),
        (SENIOR, "return", "2025-10-31", None),
    )
    during = standing.on(stands, day("2025-09-01"))
    assert (during.now, during.held) == (1, 0)
    after = standing.on(stands, day("2026-01-01"))
    assert after.clock == (0, 1, 2)
    assert standing.net_days(stands, after, [], day("2026-01-01")) == 365


def test_a_trial_that_is_confirmed_starts_a_new_clock():
    stands = spells(
        (SENIOR, "promotion", "2025-01-01", "2025-08-01"),
        (MANAGER, "trial", "2025-08-01", "2025-11-01"),
        (MANAGER, "track_move", "2025-11-01", None),
    )
    assert standing.on(stands, day("2026-01-01")).clock == (2,)


def test_a_relevel_keeps_the_clock_and_a_promotion_does_not():
    stands = spells(
        (ENGINEER, "hire", "2023-01-01", "2024-01-01"),
        (SENIOR, "promotion", "2024-01-01", "2025-01-01"),
        ((1, "senior-2"), "relevel", "2025-01-01", None),
    )
    assert standing.on(stands, day("2025-06-01")).clock == (1, 2)


def test_being_hired_again_starts_anew():
    stands = spells(
        (SENIOR, "hire", "2020-01-01", "2021-01-01"), (SENIOR, "hire", "2024-01-01", None)
    )
    assert standing.on(stands, day("2025-01-01")).clock == (1,)


def test_leave_stops_the_clock_and_it_resumes():
    stands = spells((SENIOR, "promotion", "2025-01-01", None))
    now = standing.on(stands, day("2026-01-01"))
    away = [(day("2025-03-01"), day("2025-04-01")), (day("2025-03-15"), day("2025-05-01"))]
    assert standing.net_days(stands, now, away, day("2026-01-01")) == 365 - 61


def test_before_the_first_day_and_after_the_last_nobody_stands():
    stands = spells((SENIOR, "hire", "2025-01-01", "2025-02-01"))
    assert standing.on(stands, day("2024-12-31")) is None
    assert standing.on(stands, day("2025-02-01")) is None
    assert standing.on([], day("2025-02-01")) is None


# --- Pure: what comes next ---------------------------------------------------------------------

RUNGS = [
    ways.Rung("e2", "shared", "shared", 2),
    ways.Rung("e3", "shared", "shared", 3),
    ways.Rung("s4", "staff", "staff", 4),
    ways.Rung("s5", "staff", "staff", 5),
    ways.Rung("m4", "manager", "manager", 4),
    ways.Rung("m5", "manager", "manager", 5),
]
LINKS = [
    ("e3", "branches_to", "m4"),
    ("e3", "branches_to", "s4"),
    ("s4", "equivalent", "m4"),
    ("s5", "equivalent", "m5"),
    ("m4", "rejoins", "e3"),
    ("e2", "not_equivalent", "s4"),
]


@pytest.mark.parametrize(
    ("here", "onward"),
    [
        ("e2", [("e3", "up")]),
        ("e3", [("s4", "branch"), ("m4", "branch")]),
        ("s4", [("s5", "up"), ("m4", "across")]),
        ("m4", [("s4", "across"), ("m5", "up")]),
        ("s5", [("m5", "across")]),
    ],
)
def test_both_tracks_lead_on_from_every_level(here, onward):
    rung = next(rung for rung in RUNGS if rung.key == here)
    assert ways.onward(rung, RUNGS, LINKS) == onward


def test_the_way_back_is_the_one_that_was_written():
    assert ways.back("m4", LINKS) == ["e3"]
    assert ways.back("s4", LINKS) == []


# --- Pure: what changes ------------------------------------------------------------------------


def kinds(before, after, *, cumulative=False):
    rows = comparison.differences(["a"], before, after, cumulative=cumulative)
    return [row.kind for row in rows]


def test_what_changes_is_named():
    old, new = Cell("Does it"), Cell("Does it for several teams")
    assert kinds({"a": old}, {"a": new}) == ["changed"]
    assert kinds({"a": old}, {"a": Cell(" Does  it ")}) == ["same"]
    assert kinds({}, {"a": new}) == ["new"]
    assert kinds({"a": old}, {}) == ["dropped"]
    assert kinds({"a": old}, {"a": Cell("x", state="not_applicable")}) == ["dropped"]
    assert kinds({}, {}) == []


def test_silence_means_as_before_where_the_ladder_is_cumulative():
    assert kinds({"a": Cell("Does it")}, {}, cumulative=True) == ["same"]
    assert kinds({"a": Cell("Does it")}, {"a": Cell(state="inherits")}) == ["same"]


texts = st.builds(Cell, st.text(max_size=20), st.just(()), st.sampled_from(["stated", "inherits"]))


@given(st.dictionaries(st.sampled_from("abc"), texts))
def test_a_level_does_not_differ_from_itself(cells):
    assert {row.kind for row in comparison.differences("abc", cells, cells)} <= {"same"}


# --- Through both doors ------------------------------------------------------------------------


def track_of(client, reader, person):
    client.force_login(reader)
    return client.get(reverse("api-assessments:track", args=[person.pk]))


def page_of(client, reader, person):
    client.force_login(reader)
    name, args = ("track", [person.pk]) if reader.pk != person.pk else ("my-track", [])
    return client.get(reverse(f"assessments:{name}", args=args))


def test_page_and_api_say_the_same(client, cast):
    for reader in (cast.carl, cast.maya, cast.sam, cast.hana, cast.noor):
        page, api = page_of(client, reader, cast.carl), track_of(client, reader, cast.carl)
        assert api.data == page.context["track"]


def test_it_answers_the_three_questions(client, cast):
    track = track_of(client, cast.carl, cast.carl).json()
    assert track["headline"] == "You are a Senior Engineer"
    assert track["sentence"] == "Two ways lead on, both to grade 4."
    assert [level["title"] for level in track["next"]["levels"]] == [
        "Staff Engineer",
        "Engineering Manager",
    ]
    assert track["next"]["unchanged"] == 0
    assert len(track["next"]["rows"]) == 9
    text = page_of(client, cast.carl, cast.carl).content.decode()
    assert "<ins>several teams depend on</ins>" in text
    assert "Senior Engineer is also a fine place to stay" in text


def test_below_the_branch_one_way_leads_on(client, cast):
    track = track_of(client, cast.fred, cast.fred).json()
    assert [level["key"] for level in track["next"]["levels"]] == ["senior-engineer"]
    assert page_of(client, cast.fred, cast.fred).status_code == 200


def test_at_the_top_the_other_track_is_a_change_of_job(client, cast):
    track = track_of(client, cast.petra, cast.petra).json()
    assert [level["how"] for level in track["next"]["levels"]] == ["across"]
    assert "not a step up" in track["next"]["levels"][0]["note"]


def test_a_manager_sees_the_way_back(client, cast):
    track = track_of(client, cast.maya, cast.maya).json()
    assert [level["key"] for level in track["standing"]["ways_back"]] == ["senior-engineer"]


def test_time_in_level_is_net_of_leave_and_a_trial_counts(client, cast):
    start = story.LONG_AGO
    placements.place(
        cast.carl,
        cast.levels["engineering-manager"],
        by=None,
        on=start + 100 * DAY,
        kind=Kind.TRIAL,
        until=start + 191 * DAY,
    )
    away = DateRange(start + 300 * DAY, start + 400 * DAY)
    Leave.objects.create(person=cast.carl, valid=away, kind=Leave.Kind.PARENTAL)
    track = track_of(client, cast.carl, cast.carl).json()
    today = day(track["as_of"])
    assert track["standing"]["since"] == start.isoformat()
    assert track["standing"]["net_days"] == (today - start).days - 100
    assert "net of 3 months on leave" in track["standing"]["served"]


def test_while_on_trial_the_level_held_is_shown(client, cast):
    placements.place(
        cast.carl,
        cast.levels["engineering-manager"],
        by=None,
        on=story.LONG_AGO + 100 * DAY,
        kind=Kind.TRIAL,
    )
    track = track_of(client, cast.carl, cast.carl).json()
    assert track["headline"] == "You are a Senior Engineer, on trial as Engineering Manager"
    assert track["standing"]["trial"]["level"]["key"] == "engineering-manager"


@pytest.mark.parametrize(
    ("reader", "status"),
    [
        ("carl", 200),
        ("maya", 200),
        ("sam", 200),
        ("hana", 200),
        ("noor", 200),
        ("vera", 404),
        ("fred", 404),
        ("stella", 404),
        ("anna", 404),
        ("ada", 404),
    ],
)
def test_only_those_around_a_person_see_their_track(client, cast, reader, status):
    reader = getattr(cast, reader)
    assert track_of(client, reader, cast.carl).status_code == status
    client.force_login(reader)
    page = client.get(reverse("assessments:track", args=[cast.carl.pk]))
    assert page.status_code == status


@pytest.mark.parametrize("reader", ["maya", "sam", "hana", "noor"])
def test_evidence_is_for_oneself_alone(client, cast, reader):
    evidence.add(
        by=cast.carl, what="A secret deed", happened_on=story.LONG_AGO, competencies=["delivery"]
    )
    assert track_of(client, cast.carl, cast.carl).json()["evidence"]["count"] == 1
    answer = track_of(client, getattr(cast, reader), cast.carl)
    assert answer.json()["evidence"] is None
    page = page_of(client, getattr(cast, reader), cast.carl)
    assert "A secret deed" not in answer.content.decode() + page.content.decode()


@pytest.mark.parametrize(
    ("reader", "told"),
    [("carl", True), ("maya", True), ("hana", True), ("sam", False), ("noor", False)],
)
def test_why_and_leave_are_told_to_some(client, cast, reader, told):
    start = story.LONG_AGO
    placements.place(
        cast.carl,
        cast.levels["engineering-manager"],
        by=None,
        on=start + 100 * DAY,
        kind=Kind.TRIAL,
        until=start + 191 * DAY,
        reason="To try it out quietly",
    )
    away = DateRange(start + 300 * DAY, start + 400 * DAY)
    Leave.objects.create(person=cast.carl, valid=away, kind=Leave.Kind.SICK)
    track = track_of(client, getattr(cast, reader), cast.carl).json()
    assert ("To try it out quietly" in str(track["placements"])) is told
    assert ("return" in [row["kind"] for row in track["placements"]]) is told
    of_leave = told and reader != "maya"
    assert (track["leave"] is not None) is of_leave
    assert ("on leave" in track["standing"]["served"]) is of_leave


def test_evidence_is_counted_by_competency_thinnest_first(client, cast):
    for what, key, on in (("a", "delivery", "2026-01-01"), ("b", "delivery", "2026-03-01")):
        evidence.add(by=cast.carl, what=what, happened_on=day(on), competencies=[key])
    covered = track_of(client, cast.carl, cast.carl).json()["evidence"]["competencies"]
    assert len(covered) == 9
    last = covered[-1]
    assert (last["competency"]["key"], last["count"], last["newest"]) == (
        "delivery",
        2,
        "2026-03-01",
    )
    assert covered[0]["newest"] is None


def test_the_candidate_sees_that_their_case_is_there_and_its_state(client, cast):
    story.recommended(cast, ("not_yet", "not_yet", "not_yet"))
    case = track_of(client, cast.carl, cast.carl).json()["case"]
    assert set(case) == {"id", "url", "page_url", "target_title", "state", "state_label"}
    assert case["target_title"] == "Staff Engineer"


def test_somebody_without_a_level_gets_a_page_that_says_so(client, cast):
    track = track_of(client, cast.hana, cast.hana).json()
    assert track["standing"] is None
    assert "HR places people" in page_of(client, cast.hana, cast.hana).content.decode()


def test_it_takes_the_same_few_queries_however_much_there_is(client, cast, count_queries):
    client.force_login(cast.carl)
    page, api = (
        reverse("assessments:my-track"),
        reverse("api-assessments:track", args=[cast.carl.pk]),
    )
    before = [count_queries(client, page), count_queries(client, api)]
    for at in range(20):
        evidence.add(
            by=cast.carl, what=f"{at}", happened_on=story.LONG_AGO, competencies=["delivery"]
        )
    story.cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya)
    after = [count_queries(client, page), count_queries(client, api)]
    assert before == after
    assert after[0] <= 12, after


def test_a_page_of_a_full_track_stays_light(client, cast):
    for at in range(30):
        evidence.add(
            by=cast.carl, what=f"{at}", happened_on=story.LONG_AGO, competencies=["delivery"]
        )
    text = page_of(client, cast.carl, cast.carl).content.decode()
    assert len(text) < 100_000
    assert text.count("<") - text.count("</") < 1_800


def test_years_since_hands_on_are_for_the_manager_and_hr_alone(cast):
    earlier = {"on": datetime.date(2018, 1, 1), "until": story.LONG_AGO, "kind": "import"}
    placements.place(cast.maya, cast.levels["senior-engineer"], by=None, **earlier)
    told = {}
    for who in ("maya", "hana", "sam", "vera"):
        client = Client()
        client.force_login(getattr(cast, who))
        answer = client.get(f"/api/v1/people/{cast.maya.pk}/track/").json()
        page = client.get(f"/people/{cast.maya.pk}/track/").content.decode()
        told[who] = (answer["hands_on"] is not None, "years since hands-on" in page)

    assert told == {"maya": (True, True), "hana": (True, True)} | dict.fromkeys(
        ("sam", "vera"), (False, False)
    )
