"""Every published ladder that we know of comes in by the way that the documentation names."""

import io
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

from ladders.formats import documents
from ladders.models import LadderVersion

MAPPINGS = Path(__file__).parent.parent.parent / "docs/mappings"
FT = "ft-engineering-progression"
VERSIONS = {
    "1.0.0": "versions/v1.0.0",
    "1.1.0": "versions/v1.1.0",
    "1.2.2": "versions/v1.2.2",
    "1.2.5": "versions/v1.2.5/data/roles/engineering.yml",
    "2.0.0": "data/job-families/engineering.yml",
}
TITLES = ["Developer", "TechLead", "TechnicalProgramManager", "EngineeringManager"]

pytestmark = pytest.mark.django_db


def brought_in(*paths: Path, mapping: str = "", **how) -> tuple[LadderVersion, str]:
    """The version that the command made of these files, and what it said."""
    out = io.StringIO()
    if mapping:
        how["mapping"] = MAPPINGS / f"{mapping}.mapping.yaml"
    call_command("import_ladder", *paths, stdout=out, **how)
    return LadderVersion.objects.latest("pk"), out.getvalue()


def counts(version: LadderVersion) -> tuple[int, int, int, int]:
    """Tracks, levels, competencies, expectations."""
    rows = (version.tracks, version.levels, version.competencies, version.expectations)
    return tuple(row.count() for row in rows)


def test_all_versions_of_the_financial_times_keep_their_ids(real_input):
    keys: dict[str, set[str]] = {}
    for number, path in VERSIONS.items():
        version, _ = brought_in(
            real_input(f"{FT}/{path}"), mapping="ft-engineering", said=[f"version={number}"]
        )
        assert (version.number, version.ladder.slug) == (number, "engineering")
        keys[number] = set(version.expectations.values_list("key", flat=True))
        levels = set(version.levels.values_list("key", flat=True))
        assert {"engineer", "senior-1"} <= levels
    assert [len(named) for named in keys.values()] == [79, 79, 101, 101, 72]
    assert keys["1.0.0"] == keys["1.1.0"]
    assert keys["1.2.2"] == keys["1.2.5"]
    assert version.state == "published"


def test_the_numbers_of_the_financial_times_stand_in_their_paths(real_input):
    for number, path in list(VERSIONS.items())[:-1]:
        version, said = brought_in(real_input(f"{FT}/{path}"), mapping="ft-engineering")
        assert version.number == number
        assert f"taken from the name of the file: {number}" in said


def test_their_newest_file_says_what_the_canonical_one_says(real_input):
    data = real_input(f"{FT}/data/job-families/engineering.yml").read_bytes()
    canonical = real_input("_canonical-examples/ft-engineering.ladder.yaml").read_bytes()
    wanted = yaml.safe_load(canonical)

    document = documents.read(data, "engineering.yml").document

    for name in ("tracks", "levels", "level_links", "pillars", "competencies", "expectations"):
        assert document[name] == wanted[name], name


def test_roles_of_the_uk_government(real_input):
    folder = "uk-gdad-pcf-dev-sample"
    version, said = brought_in(
        real_input(f"{folder}/role-content-software-development.csv"), mapping="uk-gdad"
    )

    assert counts(version) == (3, 24, 20, 240)
    assert "“MISSING” stands in 29 cells" in said
    assert "By their names it was guessed: Apprentice developer, Junior developer, Dev" in said
    version, _ = brought_in(real_input(f"{folder}/skill-content-software-development.csv"))
    assert counts(version) == (1, 4, 20, 80)


def test_carvagos_workbook(real_input):
    path = real_input("carvago-career-framework/assets/frontend-assessment-template.xlsx")
    version, _ = brought_in(path, mapping="carvago")

    assert counts(version) == (1, 4, 4, 16)
    assert sum(row.statements.count() for row in version.expectations.all()) == 83


def test_etsys_tables(real_input):
    version, _ = brought_in(real_input("etsy-ladder/competencies.md"), mapping="etsy")

    assert counts(version) == (1, 5, 5, 25)
    assert sum(row.statements.count() for row in version.expectations.all()) == 125


def test_jorgefs_lists(real_input):
    files = [real_input(f"jorgef-engineeringladders/{name}.md") for name in TITLES]
    version, _ = brought_in(*files, mapping="jorgef")

    assert counts(version) == (4, 18, 5, 90)
    names = version.competencies.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["Technology", "System", "People", "Process", "Influence"]


def test_mediums_and_monzos_own_files(real_input):
    medium, _ = brought_in(real_input("medium-snowflake/snowflake.json"), mapping="snowflake")
    monzo, _ = brought_in(real_input("monzo-progression/frameworks/engineering/backend.md"))

    assert counts(medium) == (1, 15, 16, 0)
    assert medium.proficiency_statements.count() == 80
    assert counts(monzo) == (1, 6, 5, 28)


def test_what_monzo_indented_by_a_tab_is_named_by_its_line():
    text = "---\ntitle: T\ntopics:\n  - name: a\n\tcontent: []\n---\n"

    problems = documents.read(text.encode(), "people.md").report.errors

    assert [problem.line for problem in problems] == [5]
