"""Drawings put things where they belong, say what they show, and survive odd data."""

from datetime import date

import pytest
import time_machine
from django.template import Context, Template

from assessments.charts import fork, groups, phases, scale, way

TODAY = date(2026, 11, 12)
PLACEMENTS = [
    {
        "track": "shared",
        "label": "Engineer",
        "starts_on": date(2022, 4, 1),
        "ends_on": date(2025, 8, 1),
    },
    {
        "track": "manager",
        "label": "Engineering Manager",
        "starts_on": date(2025, 8, 1),
        "ends_on": date(2025, 10, 31),
    },
    {"track": "staff", "label": "Staff", "starts_on": date(2025, 10, 31), "ends_on": None},
]


@pytest.mark.parametrize("maximum", [0.001, 0.4, 1, 7, 19.1, 100, 12_345])
def test_an_axis_reaches_its_maximum_in_few_round_steps(maximum: float) -> None:
    marks = scale.ticks(maximum)
    assert marks[0] == 0
    assert marks[-1] >= maximum
    assert 2 <= len(marks) <= 7


def test_a_value_lies_between_the_ends_of_its_interval() -> None:
    point = {"track": "staff", "value": 6.4, "low": 4.6, "high": 9.0, "text": "6.4 %"}
    drawn = groups.laid_out([{"label": "Grade 3 to 4", "points": [point]}])
    placed = drawn["groups"][0]["points"][0]
    assert placed["from"] < placed["x"] < placed["to"] < placed["text_x"]


def test_a_hidden_value_keeps_its_words_and_shows_no_mark() -> None:
    hidden = {"track": "staff", "value": None, "low": None, "high": None, "text": "hidden"}
    drawn = groups.laid_out([{"label": "Grade 6", "points": [hidden]}])
    assert drawn["groups"][0]["points"][0]["x"] is None
    page = Template("{% load charts %}{% interval_chart 'Rate' 'One is hidden.' data %}").render(
        Context({"data": [{"label": "Grade 6", "points": [hidden]}]})
    )
    assert "hidden</text>" in page
    assert 'class="ci"' not in page


def test_nothing_to_draw_is_no_failure() -> None:
    assert groups.laid_out([])["groups"] == []
    assert way.laid_out([], TODAY)["blocks"] == []
    assert phases.laid_out([], TODAY)["rows"] == []
    assert fork.laid_out([])["nodes"] == []


def test_placements_follow_each_other_and_swings_join_their_lanes() -> None:
    drawn = way.laid_out(PLACEMENTS, TODAY)
    ends = [block["end"] for block in drawn["blocks"]]
    assert [block["x"] for block in drawn["blocks"][1:]] == ends[:-1]
    assert [swing["track"] for swing in drawn["swings"]] == ["manager", "staff"]
    assert ends[-1] == drawn["today"]


def test_a_level_of_today_stands_clear_of_the_word_today() -> None:
    new = {"track": "staff", "label": "Staff Engineer", "starts_on": TODAY, "ends_on": None}
    old = {"track": "shared", "label": "Engineer", "starts_on": date(2020, 1, 1), "ends_on": TODAY}
    drawn = way.laid_out([old, new], TODAY)
    assert drawn["blocks"][-1]["text_x"] <= drawn["today"] - 50


def test_what_comes_later_than_today_is_not_drawn_as_if_it_held() -> None:
    later = {
        "track": "staff",
        "label": "Principal",
        "starts_on": date(2027, 1, 1),
        "ends_on": None,
    }
    assert len(way.laid_out([*PLACEMENTS, later], TODAY)["blocks"]) == 3


def test_only_the_open_phase_is_marked_as_now() -> None:
    rows = phases.laid_out(
        [
            {
                "label": "Nominations",
                "opens_on": date(2026, 10, 1),
                "due_on": date(2026, 10, 31),
                "grace_until": None,
            },
            {
                "label": "Panel review",
                "opens_on": date(2026, 11, 1),
                "due_on": date(2026, 11, 10),
                "grace_until": date(2026, 11, 14),
            },
        ],
        TODAY,
    )["rows"]
    assert [row["now"] for row in rows] == [False, True]


def test_the_map_shows_where_the_person_stands_and_both_ways_on() -> None:
    levels = [{"track": "shared", "grade": grade, "here": grade == 3} for grade in (1, 2, 3)]
    levels += [
        {"track": track, "grade": grade, "here": False}
        for track in ("staff", "manager")
        for grade in (4, 5)
    ]
    drawn = fork.laid_out([*levels, {"track": "other", "grade": None, "here": False}])
    assert [node["grade"] for node in drawn["here"]] == [3]
    assert {line["track"] for line in drawn["lines"]} == {"shared", "staff", "manager"}
    ends = {node["track"]: node["x"] for node in drawn["nodes"] if node["grade"] == 5}
    assert ends["staff"] == ends["manager"]


@time_machine.travel("2026-11-12 10:00")
def test_a_drawing_has_a_title_a_description_and_no_inline_style() -> None:
    page = Template(
        "{% load charts %}{% way_chart 'The way so far' 'Swung once.' placements leaves ahead %}"
    ).render(
        Context(
            {
                "placements": PLACEMENTS,
                "leaves": [{"starts_on": date(2026, 1, 15), "ends_on": date(2026, 5, 26)}],
                "ahead": [{"track": "manager", "label": "<b>Director</b>"}],
            }
        )
    )
    assert '<title id="the-way-so-far-t">The way so far</title>' in page
    assert '<desc id="the-way-so-far-d">Swung once.</desc>' in page
    assert "style=" not in page
    assert "<b>" not in page
