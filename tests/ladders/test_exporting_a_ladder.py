"""What came in goes out again unchanged: keys we do not know, blanks, nulls and dates included."""

import datetime
import io
import json

import pytest
import yaml
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ladders.actions import imports
from ladders.formats import documents, packing
from ladders.models import LadderVersion
from ladders.serializers import document
from tests.ladders.conftest import bring_in, numbered
from tests.ladders.test_reading_a_file import CANONICAL

pytestmark = pytest.mark.django_db


def exported(version: LadderVersion) -> dict:
    """The version as its YAML file says it, read by a plain YAML reader."""
    version = LadderVersion.objects.select_related("ladder").get(pk=version.pk)
    return yaml.safe_load(document.yaml_text(version))


def test_every_corner_comes_out_as_it_went_in(corner):
    assert packing.same(exported(bring_in(corner)), corner)


def test_the_starter_comes_out_as_it_went_in(starter):
    assert packing.same(exported(bring_in(starter)), starter)


@pytest.mark.parametrize("name", CANONICAL)
def test_real_ladders_come_out_as_they_went_in(real_input, name):
    data = real_input(f"_canonical-examples/{name}.ladder.yaml").read_bytes()
    report = imports.import_file(data, name, by=None)
    assert not report.failed, list(report.sentences())

    assert packing.same(exported(LadderVersion.objects.latest("pk")), yaml.safe_load(data))


def test_what_was_exported_is_known_when_it_comes_back(corner):
    text = document.yaml_text(bring_in(corner))

    report = imports.import_file(text.encode(), "again.yaml", by=None)

    assert "word for word" in report.outcome


def test_the_same_in_json(starter):
    version = bring_in(starter)

    assert packing.same(json.loads(document.json_text(version)), starter)
    reading = documents.read(document.json_text(version).encode(), "x.json")
    assert packing.same(reading.document, starter)


def test_absent_blank_and_null_are_three_things(corner):
    first, second, third = corner["levels"][:3]
    first["summary"], second["summary"] = "", None
    third.pop("summary", None)

    levels = exported(bring_in(corner))["levels"]

    assert levels[0]["summary"] == ""
    assert levels[1]["summary"] is None
    assert "summary" not in levels[2]


def test_one_and_true_are_two_things(corner):
    corner["competencies"][0]["inherits"] = 1
    corner["competencies"][1]["inherits"] = True

    first, second = exported(bring_in(corner))["competencies"][:2]

    assert first["inherits"] is not True
    assert second["inherits"] is True


def test_the_command_prints_the_file_and_nothing_else(corner):
    bring_in(corner)
    bring_in(numbered(corner, "3.0.0"))

    def printed(*args) -> dict:
        out = io.StringIO()
        call_command("export_ladder", "every-corner", *args, stdout=out)
        return yaml.safe_load(out.getvalue())

    assert printed()["framework"]["version"] == "3.0.0"
    assert printed("--version", "2.1.0") == corner
    assert printed("--json", "--version", "2.1.0")["framework"]["effective_from"] == "2026-09-01"


def test_the_command_says_when_there_is_no_such_ladder():
    with pytest.raises(CommandError, match="no ladder “nothing”"):
        call_command("export_ladder", "nothing")


# --- Anything that a file may hold ---------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    words,
    st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)),
    st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2200, 1, 1)),
)
keys = st.one_of(words, st.sampled_from(["$date", "$absent", "$$", "x_a", "note"]))
anything = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)
)
own = st.dictionaries(words.map(lambda word: f"x_{word}"), anything, max_size=3)
PLACES = ("levels", "tracks", "competencies", "expectations", "level_links", "pillars")


@given(data=st.data())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_stands_in_keys_of_ones_own_is_kept(data, corner_bytes, django_db_blocker):
    corner = yaml.safe_load(corner_bytes)
    corner["framework"] |= data.draw(own)
    corner |= data.draw(own)
    for place in PLACES:
        data.draw(st.sampled_from(corner[place])).update(data.draw(own))
    data.draw(st.sampled_from(corner["expectations"][2]["statements"])).update(data.draw(own))
    number = f"{LadderVersion.objects.count() + 3}.0.0"

    version = bring_in(numbered(corner, number))

    whole = document.document(LadderVersion.objects.select_related("ladder").get(pk=version.pk))
    assert packing.digest(whole) == packing.digest(numbered(corner, number))


@given(value=anything)
def test_packing_gives_back_what_it_took(value):
    through = json.loads(json.dumps(packing.pack(value)))

    assert packing.same(packing.unpack(through), value)
