"""What a column means is told by the words of its heading, in any language, and by its cells."""

from __future__ import annotations

import datetime

import pytest

from people.imports import dates, words
from people.imports.headings import meanings
from tests.people.test_import_shapes import read


def meant(heading: str, *rows: str) -> str:
    """The fields of the columns, in their order; “-” for one that is not used."""
    _, report = read("\n".join([heading, *(rows or ("1",))]) + "\n")
    return " ".join(column["field"] or "-" for column in report.columns)


COLUMNS = {
    "French": "Matricule=employee_number;Nom=last_name;Prénom=first_name;"
    "Adresse e-mail professionnelle=email;Intitulé de poste=title;Service=team;"
    "Matricule du responsable=manager;Date d'embauche=hired_on;Date de départ=left_on",
    "Spanish": "Nº empleado=employee_number;Apellidos=last_name;Nombre=first_name;"
    "Correo electrónico=email;Puesto=title;Departamento=team;Fecha de alta=hired_on",
    "Dutch": "Personeelsnummer=employee_number;Roepnaam=first_name;Tussenvoegsel=last_name;"
    "Achternaam=last_name;Functie=title;Datum in dienst=hired_on;Datum uit dienst=left_on",
    "Portuguese": "Matrícula=employee_number;Nome completo=name;Cargo=title;Gestor=manager;"
    "Data de admissão=hired_on;Data de demissão=left_on;Situação=status",
    "halves of a manager": "Employee Id=employee_number;Employee Last Name=last_name;"
    "Employee First Name=first_name;Sub Unit=team;Supervisor First Name=manager;"
    "Supervisor Last Name=manager;Joined Date=hired_on",
    "rather a number": "Person Number=employee_number;Display Name=name;Work E-Mail=email;"
    "Line Manager=-;Line Manager Person Number=manager;Legal Employer Hire Date=hired_on",
    "short": "EMPNO=employee_number;ENAME=name;JOB=title;MGR=manager;HIREDATE=hired_on;DEPTNO=-",
    "both names": "Employee #=employee_number;Last name, First name=name;Last Hire Date=hired_on",
    "private": "Employee number=employee_number;Personal email=-;Email (private)=-;Mail=email",
}


@pytest.mark.parametrize("columns", COLUMNS.values(), ids=COLUMNS.keys())
def test_headings_are_understood_word_by_word(columns):
    pairs = [column.split("=") for column in columns.split(";")]

    assert meant(";".join(name for name, _ in pairs)).split() == [field for _, field in pairs]


def test_a_column_of_names_is_not_the_number_where_there_is_one():
    assert meant("Employee,Employee number", "Ann Lee,1") == "name employee_number"


@pytest.mark.parametrize("heading", ["Job family", "Father's name", "On leave", "Date of birth"])
def test_a_heading_with_a_word_that_nobody_knows_means_nothing(heading):
    assert not meanings(heading)


def test_the_column_that_tells_people_apart_is_their_number():
    assert meant("User ID,ID,Name", "ann@x.example,E1,Ann", ",E2,Bo", ",E3,Cy").split()[1] == (
        "employee_number"
    )


def test_of_two_columns_of_one_name_the_words_are_taken_before_the_codes():
    fields = meant("PersNr;Name;Planstelle;Planstelle", "1;Ann;50001;Leiterin")

    assert fields == "employee_number name - title"


def test_a_column_of_days_without_any_figure_is_not_read_as_days():
    assert meant("ID,Name,Termination", "1,Ann,no") == "employee_number name -"


def test_managers_are_taken_from_the_column_that_names_people_of_the_file():
    text = "EmpID,Name,ManagerName,ManagerID\n11,Ann Lee,,9\n12,Bo Lee,Ann Lee,2\n"
    said, report = read(text)

    assert said["manager"] == [None, "Ann Lee"]
    assert [p.column for p in report.problems] == ["ManagerName"]
    assert "“ManagerID” names nobody" in report.problems[0].message


@pytest.mark.parametrize(
    ("key", "named"),
    [("Position ID,Reports To Position", "P1"), ("UPN 2,Manager", "ann@corp.example")],
)
def test_managers_may_be_named_by_any_column_that_tells_people_apart(key, named):
    other = "P2" if named == "P1" else "bo@corp.example"
    text = f"ID,Name,{key}\n1,Ann Lee,{named},\n2,Bo Lee,{other},{named}\n"
    said, report = read(text)

    assert said["manager"] == [None, "1"]
    assert "and so they were found" in report.problems[0].message


@pytest.mark.parametrize("managers", [["1", "1", "77"], ["77", "78", "77"]])
def test_a_figure_that_means_something_else_is_nobody(managers):
    one, two, three = managers
    text = f"ID,Name,Desk,Manager ID\n1,Ann,77,\n2,Bo,78,{one}\n3,Cy,79,{two}\n4,Di,80,{three}\n"
    said, _ = read(text)

    assert said["manager"] == [None, *managers]


def test_who_is_in_no_team_of_a_department_is_in_the_department():
    said, _ = read("ID,Name,Department,Team\n1,Ann,IT,\n2,Bo,IT,Platform\n")

    assert (said["team"], said["team_parent"]) == (["IT", "Platform"], ["IT", "IT"])


def test_headings_that_stand_twice_in_other_words_are_read_once():
    text = (
        "USERID,FIRSTNAME,LASTNAME,TITLE\nEmployee Id,First Name,Last Name,Title\n001,A,Lee,CTO\n"
    )
    said, report = read(text)

    assert said["employee_number"] == ["001"]
    assert [(p.line, p.severity) for p in report.problems] == [(2, "warning")]


def test_somebody_whose_cells_read_like_headings_is_somebody():
    said, report = read("ID,Name,Title,Team,Status\nE1,Ann Lee,Manager,Service,Active\n")

    assert (said["employee_number"], report.problems) == (["E1"], [])


def test_a_file_in_a_language_that_nobody_knows_can_be_read_by_naming_its_columns():
    text = "Sicil;Ad;Görev\n1;Ann;CTO\n"
    _, report = read(text)
    said, _ = read(text, columns={"employee_number": ["Sicil"], "name": ["Ad"]})

    assert report.stopped
    assert [column["column"] for column in report.columns] == ["Sicil", "Ad", "Görev"]
    assert said["name"] == ["Ann"]


def test_cells_lose_what_spreadsheets_and_systems_put_into_them():
    text = (
        "ID,Name,Manager,Email,Hired\n"
        "1001.0,Ann Lee [C],,\u200bann@x.example,0000-00-00\n1002.0,Herr Bo Lee,1001.0,TBD,n.a.\n"
    )
    said, report = read(text)

    assert report.problems == []
    assert said["employee_number"] == ["1001", "1002"]
    assert said["name"] == ["Ann Lee", "Bo Lee"]
    assert said["manager"] == [None, "1001"]
    assert said["email"] == ["ann@x.example", None]
    assert said["hired_on"] == [None, None]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1.00234E+11", "shortened this number"),
        ("#REF!", "A formula failed"),
        ("JÃ¶rg", "Perhaps this is “Jörg”"),
        ("J\ufffdrg", "A letter of this cell was lost"),
    ],
)
def test_a_cell_that_was_spoiled_on_its_way_says_how(cell, told):
    _, report = read(f"ID,Name\n{cell},Ann Lee\n")

    assert told in report.problems[0].message


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Voluntarily Terminated", "left"),
        ("Active – working notice", "active"),
        ("Full-Time Contract", "active"),
        ("Uit dienst", "left"),
        ("No longer employed", ""),
        ("Pending termination", "active"),
        ("Suspended", ""),
    ],
)
def test_a_status_is_understood_word_by_word(said, status):
    assert words.status(said) == status


def test_days_that_contradict_each_other_are_not_guessed():
    assert dates.order(["13/02/2020", "02/14/2021"]) == dates.UNSURE
    assert dates.order(["31.01.2020", "02/14/2021"]) == dates.MONTH_FIRST
    assert dates.read("04.02.2021", dates.MONTH_FIRST) == datetime.date(2021, 2, 4)


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("Vera Top (100)", ("Vera Top", "100")),
        ("100 - Vera Top", ("Vera Top", "100")),
        ("CN=Vera Top,OU=Staff,DC=x", ("Vera Top", "")),
    ],
)
def test_a_manager_may_be_named_with_a_number_or_as_a_directory_does(cell, named):
    assert words.numbered(cell) == named


def test_names_are_one_in_any_order_and_without_initials():
    assert words.loosely("O’Lee, Ann M.") == words.loosely("ann oLEE")


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        ("ID;Nom du manager;Prénom du manager", "employee_number manager manager"),
        ("ID;Manager Name;Manager First Name;Manager Last Name", "employee_number manager - -"),
        ("ID;Manager Title;Position", "employee_number - title"),
        ("ID;Is Manager;Is active", "employee_number - status"),
    ],
)
def test_a_manager_is_named_whole_or_in_halves_but_not_by_what_they_do(columns, fields):
    assert meant(columns) == fields
