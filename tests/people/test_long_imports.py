"""A file is read some rows at a time, and understood as if it were read at once."""

from __future__ import annotations

import pytest
from django.db import transaction

from people.actions import imports, intake, pieces
from people.imports import changes, columns, findings, managers, stage
from people.models import Chain, ReportingLine
from tests.people.conftest import HEADING, STAFF, bring_in

pytestmark = pytest.mark.django_db
BY_LOGIN = (
    "Employee ID,Name,Login,Manager ID,Manager,Hire Date\n1,Ann Lee A,u51,x,,01/02/2020\n"
    + "".join(
        f"{n},Ann Lee {n},u{n + 50},x{n},u{n // 2 + 50},0{n}/0{n}/2020\n" for n in range(2, 8)
    )
    + "8,Bo Lee,u58,,,01/31/2020\n"
)
FILES = {
    "staff": STAFF,
    "managers by login in another column, days decided at the end": BY_LOGIN,
    "addresses at the end": f"{HEADING}\n1,A B,,,,,,\n2,C D,-,,1,,,\n3,E F,ef@x.example,,2,,,\n",
    "doubles": f"{STAFF}4,A B,,,,,,\n4,A B,,,,,,\n3,X,,,,,,\n1,Vera Top,sam@x.example,,9,,,\n",
    "a circle and who hangs below": (
        f"{HEADING}\n1,A,,,3,,,\n2,B,,,1,,,\n3,C,,,2,,,\n4,D,,,3,,,\n5,E,,,4,,,\n"
    ),
    "managers and leaders by name": (
        "Worker ID,Worker,Supervisory Organization,Manager\n1,Vera Top,Staff (Vera Top),\n"
        '2,"Skip, Sam",Staff (Top Vera),Vera Top\n3,Al Dente,Staff,"Sam, Skip"\n'
        "4,Al Dente,S,Al Dente\n"
    ),
}


AT_HAND = (
    (intake, "LISTED", 0),
    (columns, "BATCH", 2),
    (findings, "AT_HAND", 1),
    (changes, "AT_HAND", 1),
    (stage, "FETCHED", 1),
    (managers, "FETCHED", 1),
    (intake, "SOME", 1),
)


@pytest.fixture(params=FILES)
def text(request) -> str:
    return FILES[request.param]


def outcome(text: str) -> tuple[dict, list, list]:
    """The report, who leads whom afterwards, and how many stand above; then it is taken back."""
    with transaction.atomic():
        report = bring_in(text, skip_problem_rows=True)
        led = ReportingLine.objects.order_by("person__employee_number", "valid")
        names = ("person__employee_number", "manager__name", "team__key", "valid")
        ways = Chain.objects.order_by("person__employee_number", "valid")
        layers = [(number, path.count("/")) for number, path in ways.values_list(names[0], "path")]
        found = report.plain(), list(led.values_list(*names)), layers
        transaction.set_rollback(True)
    return found


def test_however_few_rows_are_at_hand_a_file_says_the_same(text, monkeypatch):
    once = outcome(text)
    for module, name, few in AT_HAND:
        monkeypatch.setattr(module, name, few)

    assert outcome(text) == once


def test_a_long_file_is_kept_laid_out_and_forgotten_by_pieces(hana, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 10)
    monkeypatch.setattr(pieces, "AT_HAND", 20)
    run = imports.preview(by=hana, content=STAFF.encode(), filename="people.csv")

    assert run.pieces.count() == -(-len(STAFF) // 10)
    with pieces.laid_out(run) as path:
        assert path.read_text() == STAFF
    assert not path.exists()
    assert run.report["counts"]["created"] == 3
    imports.discard(run, by=hana)
    assert not run.pieces.exists()
