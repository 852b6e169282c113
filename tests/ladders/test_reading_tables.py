"""A ladder in rows and columns is understood, whatever a spreadsheet did to it."""

import io
import json

import pytest
from openpyxl import Workbook

from ladders.formats import archives, documents, exports, workbooks

PLAIN = """Pillar,Competency,Junior,Senior
Craft,Code,Writes it,Reviews it
,Tests,Runs them,Designs them
"""
LONG = """track,level,pillar,competency,kind,text
Staff,Engineer,Craft,Code,,Writes it
Staff,Engineer,Craft,Code,example,A fix
Staff,Senior Engineer,Craft,Code,summary,In short
Staff,Senior Engineer,Craft,Code,indicator,Reviews it
"""


def understood(data: str | bytes, name: str = "matrix.csv", **how) -> dict:
    content = data.encode() if isinstance(data, str) else data
    reading = documents.read(content, name, **how)
    assert reading.good, list(reading.report.sentences())
    return reading.document


def refused(data: str | bytes, name: str = "matrix.csv", **how) -> list[str]:
    content = data.encode() if isinstance(data, str) else data
    reading = documents.read(content, name, **how)
    assert not reading.good
    return [str(problem) for problem in reading.report.errors]


def notes(data: str | bytes, name: str = "matrix.csv", **how) -> str:
    content = data.encode() if isinstance(data, str) else data
    return "\n".join(documents.read(content, name, **how).report.notes)


def book(*sheets: tuple[str, list[list], list[str]]) -> bytes:
    """A workbook of sheets: name, rows, merged ranges."""
    made, target = Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows, merged in sheets:
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
        for span in merged:
            page.merge_cells(span)
    made.save(target)
    return target.getvalue()


def cells(document: dict) -> dict[tuple[str, str], list[str]]:
    """The statements at each level of each competency."""
    return {
        (row["competency"], level): [entry["text"] for entry in row.get("statements", [])]
        for row in document["expectations"]
        for level in row["levels"]
    }


def titles(document: dict) -> list[str]:
    return [" ".join(level.get("titles", [])) for level in document["levels"]]


def test_a_plain_matrix():
    document = understood(PLAIN)

    assert titles(document) == ["Junior", "Senior"]
    assert [row["id"] for row in document["competencies"]] == ["code", "tests"]
    assert {row["pillar"] for row in document["competencies"]} == {"craft"}
    assert cells(document)["tests", "senior"] == ["Designs them"]
    assert document["expectations"][0]["id"] == "code-junior"


@pytest.mark.parametrize("sign", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_signs_between_cells_and_encodings(sign, encoding):
    text = PLAIN.replace(",", sign).replace("Writes it", "Größe – “naïve”")

    assert understood(text.encode(encoding)) == understood(
        PLAIN.replace("Writes it", "Größe – “naïve”")
    )


def test_cells_with_line_breaks_are_lists_of_statements():
    cell = "In short:\r\n- one\r\n* two\r\nmore\r\n  Example: a"
    text = f'Competency,L1,L2\r\nCode,"{cell}","1. x\r\n2. y"\r\n'

    document = understood(text)

    assert document["expectations"][0]["summary"] == "In short:"
    assert document["expectations"][0]["statements"] == [
        {"text": "one"},
        {"text": "two\nmore", "examples": ["a"]},
    ]
    assert cells(document)["code", "l2"] == ["x", "y"]


def test_a_first_row_may_name_the_tracks():
    text = "Track,,Staff,,Manager\nPillar,Competency,IC1,IC2,M1\nCraft,Code,a,b,c\n"

    document = understood(text)

    assert [(row["id"], row.get("kind")) for row in document["tracks"]] == [
        ("staff", "individual_contributor"),
        ("manager", "management"),
    ]
    assert [level["track"] for level in document["levels"]] == ["staff", "staff", "manager"]
    assert [level["code"] for level in document["levels"]] == ["IC1", "IC2", "M1"]
    assert "“Manager” was taken to be a manager track." in notes(text)


def test_codes_say_the_tracks_where_nothing_else_does():
    document = understood("Competency,IC1,IC2,M1,M2\nCode,a,b,c,d\n")

    assert [level["track"] for level in document["levels"]] == ["ic", "ic", "m", "m"]


def test_repeated_headings_and_separators_are_no_competencies():
    head = "Pillar,Competency,L1,L2\n"
    text = f"{head}A,x,1a,2a\n,,,\n---,---,---,---\n{head}B,y,1b,2b\n"

    document = understood(text)

    assert [row["id"] for row in document["competencies"]] == ["x", "y"]


def test_a_name_is_never_the_key():
    text = "Pillar,Competency,L1,L2\nA,Mastery,1,2\nA,Mastery,3,4\nB,Mastery,5,6\n"

    document = understood(text)

    assert [row["id"] for row in document["competencies"]] == ["mastery", "a-mastery", "b-mastery"]
    assert cells(document)["a-mastery", "l2"] == ["4"]


def test_a_title_above_and_notes_beside_are_left_out():
    text = "Our ladder,,,,\n,,,,\nSkill,Definition,Junior,Senior,Notes\n"
    text += "Code,What we write,a,b,see wiki\n"

    document = understood(text)

    assert titles(document) == ["Junior", "Senior"]
    assert document["competencies"][0]["description"] == "What we write"
    assert "“Notes”" in notes(text)


def test_rows_may_be_levels():
    text = "Level,Communication,Delivery\nJunior,a,b\nSenior,c,d\n"

    document = understood(text)

    assert titles(document) == ["Junior", "Senior"]
    assert cells(document)["delivery", "senior"] == ["d"]
    assert "taken to be levels" in notes(text)


def test_rows_with_nothing_but_a_name_are_pillars():
    document = understood("Competency,L1,L2\nTECHNICAL,,\nCode,a,b\nPEOPLE,,\nTeam,c,d\n")

    assert [(row["name"], row["pillar"]) for row in document["competencies"]] == [
        ("Code", "technical"),
        ("Team", "people"),
    ]


def test_merged_cells_over_levels_are_one_expectation():
    rows = [
        ["Pillar", "Competency", "L1", "L2", "L3"],
        ["Craft", "Code", "same", None, "other"],
        [None, "Tests", "a", "b", "c"],
    ]

    document = understood(book(("Ladder", rows, ["C2:D2", "A2:A3"])), "m.xlsx")

    assert [row["levels"] for row in document["expectations"]][:2] == [["l1", "l2"], ["l3"]]
    assert {row["pillar"] for row in document["competencies"]} == {"craft"}


def test_a_merged_name_goes_over_its_rows():
    rows = [["Competency", "L1", "L2"], ["Code", "a", "b"], [None, "c", "d"]]

    document = understood(book(("Ladder", rows, ["A2:A3"])), "m.xlsx")

    assert cells(document) == {("code", "l1"): ["a", "c"], ("code", "l2"): ["b", "d"]}


def test_sheets_with_the_same_levels_are_one_ladder_and_others_are_left_out():
    sheet = [["Junior", "Senior"], ["does", "leads"], ["more", None]]
    data = book(("Delivery", sheet, []), ("Craft", sheet, []), ("Scores", [["A", 1], ["B", 2]], []))

    document = understood(data, "m.xlsx")

    assert [row["id"] for row in document["competencies"]] == ["delivery", "craft"]
    assert cells(document)["craft", "junior"] == ["does", "more"]
    assert "“Scores”" in notes(data, "m.xlsx")


def test_sheets_with_other_levels_are_tracks():
    data = book(
        ("IC", [["Competency", "IC1", "IC2"], ["Code", "a", "b"]], []),
        ("Managers", [["Competency", "M1", "M2"], ["Code", "c", "d"]], []),
    )

    document = understood(data, "m.xlsx")

    assert [row["kind"] for row in document["tracks"]] == ["individual_contributor", "management"]
    assert len(document["competencies"]) == 1
    assert cells(document)["code", "m2"] == ["d"]


def test_a_formula_is_named_by_its_cell():
    rows = [["Competency", "L1", "L2"], ["Code", "=1+1", "b"]]

    assert refused(book(("My ladder", rows, [])), "m.xlsx") == [
        "m.xlsx: My ladder!B2: error: This cell is a formula; copy its value over it, as text."
    ]


def test_what_has_no_name_is_named_by_line():
    assert refused("Pillar,Competency,L1,L2\nA,,text,more\n") == [
        "matrix.csv:2: error: This row does not name a competency."
    ]


def test_not_expected_missing_and_blank_are_three_things():
    document = understood("Competency,L1,L2,L3\nCode,Not expected,MISSING,\n")

    assert [(row["levels"], row["state"]) for row in document["expectations"]] == [
        (["l1"], "not_applicable"),
        (["l2"], "undefined"),
    ]
    assert document["framework"]["null_tokens"] == ["MISSING"]


def test_one_row_a_statement():
    document = understood(LONG, "long.csv")

    assert document["expectations"] == [
        {
            "id": "code-engineer",
            "competency": "code",
            "levels": ["engineer"],
            "statements": [{"text": "Writes it", "examples": ["A fix"]}],
        },
        {
            "id": "code-senior-engineer",
            "competency": "code",
            "levels": ["senior-engineer"],
            "summary": "In short",
            "statements": [{"kind": "indicator", "text": "Reviews it"}],
        },
    ]


def test_an_alphabetical_order_of_levels_is_not_trusted():
    rows = "".join(
        f"R,{name},Code,Working,d\n" for name in ("Apprentice", "Junior", "Lead", "Senior")
    )
    text = "Role,Role Level,Skill Name,Skill Level,Skill Level Description\n" + rows

    document = understood(text, "roles.csv")

    by_order = sorted(document["levels"], key=lambda level: level["order"])
    assert titles({"levels": by_order}) == ["Apprentice", "Junior", "Senior", "Lead"]
    assert "no order of levels" in notes(text, "roles.csv")


def test_a_row_to_the_letter_the_same_counts_once():
    text = LONG + LONG.splitlines()[1] + "\n"

    assert understood(text, "long.csv") == understood(LONG, "long.csv")
    assert "1 rows repeat" in notes(text, "long.csv")
    assert "lines 6" in notes(text, "long.csv")


def test_records_in_json_are_a_table():
    rows = [{"level": "Junior", "competency": "Code", "text": "Writes it"}]

    assert cells(understood(json.dumps(rows), "rows.json")) == {("code", "junior"): ["Writes it"]}


def test_tables_in_markdown_and_html():
    markdown = "# Us\n\n| Skill | Junior | Senior |\n|---|---|---|\n| Code | a<br>b | **c** |\n"
    page = "<html><body><h1>Us</h1><table><tr><th>Skill<th>Junior<th>Senior"
    page += "<tr><td>Code<td>a<br>b<td>c</table>"

    assert understood(markdown, "us.md") == understood(page, "us.html") | {
        "framework": {"title": "Us", "id": "us"}
    }


def test_html_cells_that_span():
    page = """<table><tr><th>Skill</th><th>L1</th><th>L2</th></tr>
    <tr><td rowspan="2">Code</td><td colspan="2"><ul><li>one</li><li>two</li></ul></td></tr>
    <tr><td>three</td><td></td></tr></table>"""

    document = understood(page, "page.html")

    assert document["expectations"][0]["levels"] == ["l1", "l2"]
    assert document["expectations"][0]["statements"] == [
        {"text": "one"},
        {"text": "two"},
        {"text": "three"},
    ]


def test_headings_with_lists():
    text = "# Dev\n## L1 - Junior\n* **Code**: writes\n* **Team**: asks\n"
    text += "## L2 - Senior\n* **Code**: leads\n* **Team**: helps\n"

    document = understood(text, "dev.md")

    assert [(level["code"], level["titles"]) for level in document["levels"]] == [
        ("L1", ["Junior"]),
        ("L2", ["Senior"]),
    ]
    assert cells(document)["team", "l2"] == ["helps"]


def test_several_files_are_several_tracks():
    files = {
        "Staff.md": b"# Staff\n## L1\n* **Code**: a\n## L2\n* **Code**: b\n",
        "Managers.md": b"# Managers\n## M1\n* **Code**: c\n## M2\n* **Code**: d\n",
    }

    document = understood(archives.pack(files), "ladder.zip")

    assert sorted(row["name"] for row in document["tracks"]) == ["Managers", "Staff"]
    assert cells(document)["code", "m2"] == ["d"]


def test_a_mapping_says_what_cannot_be_guessed():
    rows = [
        ["Report", "", ""],
        ["Group", "Thing", "One", "Two", "Other"],
        ["A", "x", "a", "b", "c"],
    ]
    how = {
        "title": "Ours", "id": "ours", "version": "2.0.0", "sheet": "Data", "header": "2",
        "columns": {"pillar": "Group", "competency": "B"},
        "grades": [{"id": "g1", "rank": "1"}, {"id": "g2", "rank": "2"}],
        "tracks": [{"name": "Makers", "kind": "individual_contributor"}],
        "levels": [
            {"heading": "Two", "title": "Second", "track": "Makers", "grade": "g1"},
            {"heading": "One", "id": "first", "track": "Makers", "grade": "g2"},
        ],
        "links": [{"from": "second", "to": "first", "type": "precedes"}],
    }  # fmt: skip

    document = understood(book(("Data", rows, []), ("Else", rows, [])), "m.xlsx", mapping=how)

    assert document["framework"] == {"id": "ours", "title": "Ours", "version": "2.0.0"}
    assert [(row["id"], row["grade"]) for row in document["levels"]] == [
        ("second", "g1"),
        ("first", "g2"),
    ]
    assert cells(document) == {("x", "second"): ["b"], ("x", "first"): ["a"]}
    assert document["level_links"] == how["links"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"colums": {}}, "mapping.colums: There is no such key."),
        ({"header": "x"}, "mapping.header: This must be a whole number"),
        ({"columns": {"ladder": "A"}}, "mapping.columns: This knows no “ladder”"),
        ({"levels": [{"title": "x"}]}, "mapping.levels: This holds an entry without “heading”."),
        ({"sheet": "Nowhere"}, "There is no sheet or table “nowhere”."),
        (["a"], "A mapping file names things by key"),
    ],
)
def test_a_wrong_mapping_is_named_by_its_key(how, said):
    assert any(said in line for line in refused(PLAIN, mapping=how))


def test_the_template_comes_in_as_it_is():
    document = understood(workbooks.template(), "template.xlsx")

    assert [row["kind"] for row in document["tracks"]] == [
        "shared",
        "individual_contributor",
        "management",
    ]
    assert [row["type"] for row in document["level_links"]] == [
        "branches_to",
        "branches_to",
        "equivalent",
    ]
    assert document["framework"]["title"] == "My ladder"
    assert exports.holds(document)


def test_a_finer_name_beside_the_competency_is_no_level():
    document = understood(
        "Skill,Sub-skill,E1 - Associate,E2 - Engineer,E3 - Senior\n"
        "Code,Testing,a,b,c\nCode,Debugging,d,e,f\n,Alerts,g,h,i\n"
    )
    assert [row["id"] for row in document["levels"]] == ["e1", "e2", "e3"]
    assert [(row["id"], row["pillar"]) for row in document["competencies"]] == [
        ("testing", "code"),
        ("debugging", "code"),
        ("alerts", "code"),
    ]


def test_a_competency_called_like_a_heading_is_no_heading():
    document = understood(
        ",,,\nOur ladder,,,\n,Engineer 1,Engineer 2,Tech Lead\nSkill set,,,\n"
        "Quality,Writes code,Writes more,Reviews\nDesign,Follows,Helps,Owns\n"
    )
    assert [row["id"] for row in document["levels"]] == ["engineer-1", "engineer-2", "tech-lead"]
    assert [row["id"] for row in document["competencies"]] == ["quality", "design"]


def test_tables_with_one_heading_and_other_levels_are_tracks():
    document = understood(
        "## Engineers\n\n| Competency | Junior | Senior |\n| --- | --- | --- |\n"
        "| Results | Tasks | Projects |\n| Care | Asks | Helps |\n\n"
        "## Managers\n\n| Competency | Manager | Director |\n| --- | --- | --- |\n"
        "| Results | One team | Teams |\n| Hiring | Meets | Plans |\n",
        "ladder.md",
    )
    assert [(row["id"], row["track"]) for row in document["levels"]] == [
        ("junior", "engineers"),
        ("senior", "engineers"),
        ("manager", "managers"),
        ("director", "managers"),
    ]


def test_a_heading_that_had_to_be_guessed_is_said():
    said = notes("Craft,makes parts,makes all\nTeam,helps some people,helps everybody here\n")
    assert "Line 1 was taken to be the heading" in said
    assert "taken to be the heading" not in notes(PLAIN)


def test_a_list_of_people_is_no_ladder():
    people = "100,Steven,King,SKING,515.123.4567\n101,Neena,Kochhar,NKOCHHAR,515.123.4568\n"
    [problem] = refused(people)
    assert "reads like a list of data" in problem
    assert ":1:" in problem, "the place is named"
