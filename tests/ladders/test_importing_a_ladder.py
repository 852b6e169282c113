"""A ladder comes in as a published version, whole or not at all, and once."""

import io

import pytest
import yaml
from django.apps import apps
from django.core.management import CommandError, call_command

from ladders.actions import imports
from ladders.models import Expectation, Grade, Ladder, LadderVersion, Level
from people.actions import people
from people.models import Event
from people.refusals import Conflict, Forbidden, Invalid
from tests.ladders.conftest import SAMPLES, bring_in, numbered

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    """How many rows every table of ladders holds."""
    models = apps.get_app_config("ladders").get_models()
    return {model.__name__: model.objects.count() for model in models}


def test_the_rows_say_what_the_file_says(corner):
    version = bring_in(corner)

    assert (version.number, version.state, str(version)) == (
        "2.1.0",
        "published",
        "Every corner 2.1.0",
    )
    staff = Level.objects.for_display().get(key="s3")
    assert (staff.title, staff.track.kind, staff.grade.rank) == ("Staff Engineer", "staff", 2)
    assert (staff.typical_months_min, staff.typical_months_max) == (24, 48)
    assert list(version.links.order_by("position").values_list("type", flat=True)) == [
        *("precedes", "branches_to", "branches_to", "equivalent", "rejoins", "not_equivalent")
    ]


def test_one_expectation_stands_at_every_level_that_it_names(corner):
    version = bring_in(corner)
    standing = {
        row.key or row.position: sorted(level.key for level in row.levels.all())
        for row in version.expectations.prefetch_related("levels")
    }

    assert standing[1] == ["l2", "s3"], "from the shared track over the branch"
    assert standing["e3"] == ["l1", "l2"], "the whole track"
    assert standing["e4"] == ["s3"], "a transition is expected at the higher level"
    assert Expectation.objects.count() == 8, "a range is one expectation, not copies"


def test_grades_belong_to_the_organisation(corner, starter):
    bring_in(corner)
    bring_in(starter)

    assert list(Grade.objects.values_list("rank", "name")) == [
        *((1, "Grade 1"), (2, "Grade 2"), (3, "Grade 3")),
        *((4, "Grade 4"), (5, "Grade 5"), (6, "Grade 6")),
    ]


def test_the_same_file_again_changes_nothing(corner):
    bring_in(corner)
    before = rows()

    report = imports.import_document(corner, by=None)

    assert "word for word" in report.outcome
    assert rows() == before
    assert Event.objects.filter(verb="ladder.import").count() == 1


def test_another_text_under_the_same_number_is_refused(corner):
    bring_in(corner)
    before = rows()
    corner["levels"][0]["summary"] = "Something else."

    with pytest.raises(Conflict, match="never changes"):
        imports.import_document(corner, by=None)

    assert rows() == before


def test_a_higher_number_supersedes_and_a_lower_one_goes_to_the_archive(corner):
    bring_in(corner)
    bring_in(numbered(corner, "3.0.0"))
    bring_in(numbered(corner, "1.0"))

    states = dict(LadderVersion.objects.values_list("number", "state"))
    assert states == {"2.1.0": "superseded", "3.0.0": "published", "1.0.0": "superseded"}


def test_a_retired_ladder_is_kept_to_read(corner):
    version = bring_in(numbered(corner, "1.0.0", status="retired"))

    assert version.state == "retired"


def test_two_ladders_cannot_share_an_address(corner):
    bring_in(corner)
    other = numbered(corner, "9.0.0", id="every/corner")

    with pytest.raises(Conflict, match="belongs to the ladder with the id “every-corner”"):
        imports.import_document(other, by=None)


@pytest.mark.parametrize("taken", ["imports", "comparison"])
def test_a_ladder_cannot_take_an_address_of_the_app(corner, taken):
    with pytest.raises(Invalid, match="address of its own"):
        imports.import_document(numbered(corner, "1.0.0", id=taken), by=None)


def test_an_unchecked_document_is_checked(corner):
    corner["levels"][0]["track"] = "nowhere"

    with pytest.raises(Invalid, match="no track “nowhere”"):
        imports.import_document(corner, by=None)


def test_only_hr_and_publishers_bring_ladders_in(corner):
    carl = people.add(by=None, name="Carl", email="carl@example.com")
    paula = people.add(by=None, name="Paula", email="paula@example.com")
    paula = people.set_roles(paula, by=None, roles=["ladder_publisher"])

    with pytest.raises(Forbidden, match="Only HR and people who edit or publish ladders"):
        imports.import_document(corner, by=carl)
    assert not Ladder.objects.exists()
    imports.import_document(corner, by=paula)
    assert Event.objects.get(verb="ladder.import").actor == paula


# --- The command -------------------------------------------------------------------------------


def run(*args) -> str:
    out = io.StringIO()
    call_command("import_ladder", *args, stdout=out)
    return out.getvalue()


def test_the_command_prints_the_report():
    said = run(str(SAMPLES / "every-corner.ladder.yaml"))

    assert "read 4 tracks, 5 levels, 5 competencies, 8 expectations" in said
    assert "Imported as version 2.1.0 of “Every corner” (every-corner)." in said


def test_a_dry_run_writes_nothing_and_says_what_would_happen():
    before = rows()

    said = run(str(SAMPLES / "every-corner.ladder.yaml"), "--dry-run")

    assert "nothing was written. It would say: Imported as version 2.1.0" in said
    assert rows() == before
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\x01\x02", "U+0000"),
        (b"schema: career-ladder/1\nframework: {id: x, title: X}\nlevels: []", "bad.yaml:3"),
        (b"a: 1\na: 2\n", "bad.yaml:2: error: The key “a” stands here twice"),
        (b"x" * (6 * 1024 * 1024), "at most 5 MB"),
    ],
)
def test_the_command_refuses_with_the_line_and_writes_nothing(tmp_path, content, said):
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    before = rows()

    with pytest.raises(CommandError) as refused:
        run(str(path))

    assert said in str(refused.value)
    assert "Nothing was imported." in str(refused.value)
    assert rows() == before


def test_the_command_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(str(tmp_path / "none.yaml"))


def test_a_mistake_in_the_last_row_leaves_nothing_behind(corner):
    before = rows()
    corner["expectations"][-1]["levels"] = ["nobody"]
    data = yaml.safe_dump(corner, sort_keys=False).encode()

    report = imports.import_file(data, "late.yaml", by=None)

    assert report.failed == 1
    assert report.outcome == "Nothing was imported."
    assert rows() == before
