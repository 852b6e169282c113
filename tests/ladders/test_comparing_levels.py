"""Two levels beside each other: pure arithmetic first, then through both doors."""

import copy

import pytest

from ladders import level_names, two_levels
from ladders.actions import drafts
from ladders.level_names import LevelName
from ladders.sheet import Sheet
from tests.ladders.conftest import bring_in, numbered

SE = "software-engineering"


# --- Names ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a-b@1.0.0:staff", LevelName("a-b", "1.0.0", "staff")),
        ("a-b:staff", LevelName("a-b", "", "staff")),
        ("a:b/c.json#d e.0:f", LevelName("a", "", "b/c.json#d e.0:f")),
    ],
)
def test_a_level_is_named_by_ladder_version_and_id(text, name):
    assert level_names.read(text) == name
    assert str(name) == text


@pytest.mark.parametrize("text", ["", "a", "a:", ":b", "a b:c", "a@:b"])
def test_other_words_name_no_level(text):
    assert level_names.read(text) is None


# --- Arithmetic ----------------------------------------------------------------------------
def version(slug: str, cells: dict[tuple[str, str], str], *, names=None, cumulative=False) -> dict:
    """A payload with two levels, `low` and `high`, and the competencies that `cells` speak of."""
    keys = list(dict.fromkeys(key for key, _ in cells))
    levels = [
        {"key": key, "title": key, "track": "t", "kind": "staff", "order": at, "grade": None,
         "name": f"{slug}@1:{key}", "titles": [], "scope": "", "typical_months": None,
         "terminal": False, "seat_limited": False, "page_url": ""}
        for at, key in enumerate(("low", "high"))
    ]  # fmt: skip
    return {
        "ladder": {"slug": slug}, "number": "1", "state": "published", "cumulative": cumulative,
        "null_tokens": ["n/a"], "level_links": [], "steps": [], "meanings": [],
        "tracks": [{"key": "t", "name": "T"}], "levels": levels,
        "competencies": [
            {"key": key, "name": (names or {}).get(key, key), "page_url": "", "scale": None}
            for key in keys
        ],
        "expectations": [
            {"competency": key, "levels": [level], "summary": text, "state": "stated",
             "statements": [], "step": None}
            for (key, level), text in cells.items()
        ],
    }  # fmt: skip


def compared(left: dict, right: dict, *, levels=("low", "high")) -> dict[str, str]:
    """Competency → what becomes of it, in the order of the page."""
    sides = [
        two_levels.Side(Sheet(payload), Sheet(payload).levels[key])
        for payload, key in zip((left, right), levels, strict=True)
    ]
    return {row["competency"]: row["kind"] for row in two_levels.compare(*sides)["rows"]}


def test_what_changes_comes_first_and_the_same_last():
    ladder = version("a", {
        ("same", "low"): "One.", ("same", "high"): "One.",
        ("gone", "low"): "Two.", ("gone", "high"): "n/a",
        ("come", "high"): "Three.",
        ("other", "low"): "Four.", ("other", "high"): "Five.",
    })  # fmt: skip

    assert list(compared(ladder, ladder).items()) == [
        ("other", "changed"),
        ("come", "new"),
        ("gone", "dropped"),
        ("same", "same"),
    ]


def test_in_a_cumulative_ladder_silence_is_what_the_level_below_says():
    cells = {("a", "low"): "One.", ("b", "high"): "Two."}

    assert compared(*[version("x", cells, cumulative=True)] * 2) == {"b": "new", "a": "same"}
    assert compared(*[version("x", cells)] * 2) == {"b": "new", "a": "dropped"}


def test_competencies_of_two_ladders_meet_by_id_and_then_by_name():
    left = version("l", {("a", "low"): "One.", ("b", "low"): "Two.", ("mine", "low"): "Three."},
                   names={"b": "Résilience  of systems"})  # fmt: skip
    right = version("r", {("a", "high"): "One.", ("z", "high"): "Two.", ("yours", "high"): "Four."},
                    names={"z": "resilience of Systems"})  # fmt: skip

    assert compared(left, right) == {
        "mine": "only_left",
        "yours": "only_right",
        "a": "same",
        "Résilience  of systems": "same",
    }


def test_a_name_that_two_competencies_share_meets_once():
    left = version("l", {("a", "low"): "One.", ("b", "low"): "Two."}, names={"a": "N", "b": "N"})
    right = version("r", {("z", "high"): "One."}, names={"z": "N"})
    sides = [
        two_levels.Side(Sheet(payload), Sheet(payload).levels[key])
        for payload, key in ((left, "low"), (right, "high"))
    ]

    assert [row["kind"] for row in two_levels.compare(*sides)["rows"]] == ["only_left", "same"]


# --- Doors ---------------------------------------------------------------------------------
@pytest.fixture(params=["page", "api"])
def ask(request, client):
    """`ask(left, right)`: the answer and the comparison in it."""
    address = {"page": "/ladders/comparison/", "api": "/api/v1/ladders/comparison/"}[request.param]

    def press(left: str, right: str):
        answer = client.get(address, {"left": left, "right": right})
        if answer.status_code != 200:
            return answer, None
        return answer, answer.context["comparison"] if request.param == "page" else answer.json()

    return press


@pytest.mark.django_db
def test_neighbours_tracks_and_versions_are_compared(ladder, starter, ask):
    changed = copy.deepcopy(numbered(starter, "2.0.0"))
    bring_in(changed)

    _, across = ask(f"{SE}:staff-engineer", f"{SE}:engineering-manager")
    _, itself = ask(f"{SE}@1.0.0:staff-engineer", f"{SE}:staff-engineer")

    assert across["left"]["grade"] == across["right"]["grade"]
    assert across["counts"]["changed"] == len(starter["competencies"])
    assert [row["name"] for row in across["facts"]][:3] == ["Grade", "Titles", "Scope"]
    assert itself["counts"]["same"] == len(starter["competencies"])
    assert itself["left"]["name"] == f"{SE}@1.0.0:staff-engineer"
    assert itself["right"]["name"] == f"{SE}@2.0.0:staff-engineer"


@pytest.mark.django_db
def test_words_are_marked_one_by_one(ladder, ask):
    _, found = ask(f"{SE}:senior-engineer", f"{SE}:staff-engineer")
    row = next(row for row in found["rows"] if row["competency"] == "Technical direction")

    assert {"kind": "added", "text": "several teams"} in row["runs"]
    assert {"kind": "removed", "text": "the team"} in row["runs"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", [f"{SE}:nobody", f"{SE}@9.9.9:staff-engineer", "nothing:staff-engineer"]
)
def test_a_level_that_is_not_there_is_not_found(ladder, ask, name):
    assert ask(f"{SE}:staff-engineer", name)[0].status_code == 404


@pytest.mark.django_db
def test_a_draft_is_not_compared(ladder, ask):
    draft = drafts.copy_of(ladder, by=None)
    sides = (f"{SE}@{draft.number}:staff-engineer", f"{SE}:engineer")

    assert ask(*sides)[0].status_code == 404


@pytest.mark.django_db
def test_words_that_name_no_level_are_refused(ladder, ask):
    assert ask("what?", f"{SE}:engineer")[0].status_code in (400, 422)


@pytest.mark.django_db
def test_the_api_wants_both_sides_and_names_the_missing_one(ladder, client):
    answer = client.get("/api/v1/ladders/comparison/", {"left": f"{SE}:engineer"})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["right"])


@pytest.mark.django_db
def test_the_page_offers_levels_to_choose_and_those_of_equal_grade(ladder, client):
    page = client.get("/ladders/comparison/", {"left": f"{SE}:staff-engineer"})
    pickers = page.context["pickers"]
    chosen = [
        option["label"]
        for group in pickers["left"]
        for option in group["options"]
        if option["selected"]
    ]

    assert [group["label"] for group in pickers["left"]] == [
        "Software Engineering, Shared",
        "Software Engineering, Staff",
        "Software Engineering, Manager",
    ]
    assert chosen == ["Staff Engineer, grade 4"]
    assert [one["label"] for one in pickers["equals"]] == [
        "Staff Engineer and Engineering Manager, Software Engineering"
    ]


@pytest.mark.django_db
def test_it_is_swapped_kept_and_taken_along(ladder, client):
    asked = {"left": f"{SE}:engineer", "right": f"{SE}:senior-engineer"}
    links = client.get("/ladders/comparison/", asked).context["links"]
    swapped = client.get(links["swap"]).context["comparison"]
    file = client.get(links["file"]).content.decode()

    assert swapped["left"]["title"] == "Senior Engineer"
    assert "%401.0.0%3A" in links["for_good"]
    assert file.splitlines()[0].startswith("\ufeffCompetency,Change,Engineer (software-")
    assert "Technical direction,changed," in file
