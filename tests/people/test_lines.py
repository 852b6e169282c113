"""Who reports to whom, over time: no circles, no self-managers, nothing lost."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from people.actions import lines, people, teams
from people.models import Person, ReportingLine, Role
from people.models.hierarchy import all_below
from people.refusals import Conflict, Forbidden, Invalid

pytestmark = pytest.mark.django_db
DAY = datetime.date
BEGIN = DAY(2020, 1, 1)


@pytest.fixture
def four() -> list[Person]:
    """Four people without a manager."""
    return [people.add(by=None, name=name) for name in ("Anna", "Bert", "Cleo", "Dora")]


def standing(person: Person) -> list[tuple]:
    """(from, to, manager, team) of what stands, in order."""
    rows = ReportingLine.objects.known_at().filter(person=person).order_by("valid")
    return [(row.since, row.until, row.manager_id, row.team_id) for row in rows]


def below(person: Person, on: datetime.date) -> set[int]:
    """Everybody below somebody, from what is stored."""
    return set(all_below(person.pk, on).values_list("person", flat=True))


def test_a_new_manager_ends_the_line_to_the_old_one(four):
    anna, bert, cleo, _ = four
    lines.change(anna, by=None, on=BEGIN, manager=bert)
    lines.change(anna, by=None, on=DAY(2021, 6, 1), manager=cleo)

    assert standing(anna) == [
        (BEGIN, DAY(2021, 6, 1), bert.pk, None),
        (DAY(2021, 6, 1), None, cleo.pk, None),
    ]
    assert ReportingLine.objects.filter(person=anna).count() == 3


def test_what_is_not_named_stays(four):
    anna, bert, cleo, _ = four
    team = teams.add(by=None, key="pay", name="Payments")
    lines.change(anna, by=None, on=BEGIN, manager=bert, team=team)

    lines.change(anna, by=None, on=DAY(2021, 1, 1), manager=cleo)
    lines.change(anna, by=None, on=DAY(2022, 1, 1), team=None)

    assert standing(anna)[1:] == [
        (DAY(2021, 1, 1), DAY(2022, 1, 1), cleo.pk, team.pk),
        (DAY(2022, 1, 1), None, cleo.pk, None),
    ]


def test_the_same_change_twice_writes_nothing(four):
    anna, bert, *_ = four
    first = lines.change(anna, by=None, on=BEGIN, manager=bert)

    assert lines.change(anna, by=None, on=DAY(2023, 1, 1), manager=bert) == first
    assert ReportingLine.objects.count() == 1


def test_what_was_known_before_can_still_be_asked(four):
    anna, bert, cleo, _ = four
    lines.change(anna, by=None, on=BEGIN, manager=bert)
    then = timezone.now()
    lines.change(anna, by=None, on=BEGIN, manager=cleo)

    of_anna = ReportingLine.objects.filter(person=anna)
    assert of_anna.as_of(DAY(2022, 1, 1)).get().manager == cleo
    assert of_anna.as_of(DAY(2022, 1, 1), known_at=then).get().manager == bert


def test_nobody_reports_to_themselves(four):
    with pytest.raises(Invalid, match="themselves"):
        lines.change(four[0], by=None, on=BEGIN, manager=four[0])


def test_a_circle_is_refused_and_named(four):
    anna, bert, cleo, _ = four
    lines.change(anna, by=None, on=BEGIN, manager=bert)
    lines.change(bert, by=None, on=BEGIN, manager=cleo)

    with pytest.raises(Conflict, match="Cleo → Anna → Bert → Cleo"):
        lines.change(cleo, by=None, on=DAY(2021, 1, 1), manager=anna)
    assert standing(cleo) == []


def test_a_circle_that_would_only_close_later_is_refused_today(four):
    anna, bert, *_ = four
    lines.change(anna, by=None, on=DAY(2030, 1, 1), manager=bert)

    with pytest.raises(Conflict, match="circle"):
        lines.change(bert, by=None, on=BEGIN, manager=anna)


def test_a_circle_that_ended_before_is_none(four):
    anna, bert, cleo, _ = four
    lines.change(anna, by=None, on=BEGIN, manager=bert)
    lines.change(anna, by=None, on=DAY(2022, 1, 1), manager=cleo)

    lines.change(bert, by=None, on=DAY(2022, 1, 1), manager=anna)

    assert standing(bert) == [(DAY(2022, 1, 1), None, anna.pk, None)]


def test_everybody_below_is_found_through_all_layers(four):
    anna, bert, cleo, dora = four
    lines.change(anna, by=None, on=BEGIN, manager=bert)
    lines.change(bert, by=None, on=BEGIN, manager=cleo)
    lines.change(dora, by=None, on=DAY(2024, 1, 1), manager=cleo)

    assert below(cleo, DAY(2025, 1, 1)) == {anna.pk, bert.pk, dora.pk}
    assert below(cleo, DAY(2021, 1, 1)) == {anna.pk, bert.pk}


def test_only_hr_changes_lines(four):
    anna, bert, *_ = four
    with pytest.raises(Forbidden):
        lines.change(anna, by=bert, on=BEGIN, manager=bert)

    hana = people.set_roles(four[3], by=None, roles=[Role.HR])
    assert lines.change(anna, by=hana, on=BEGIN, manager=bert).recorded_by == hana


def test_who_leaves_has_no_line_from_the_day_after(four):
    anna, bert, *_ = four
    lines.change(anna, by=None, on=BEGIN, manager=bert)

    people.leave(anna, by=None, on=DAY(2025, 3, 31))

    assert standing(anna) == [(BEGIN, DAY(2025, 4, 1), bert.pk, None)]
    assert below(bert, DAY(2025, 3, 31)) == {anna.pk}
    assert below(bert, DAY(2025, 4, 1)) == set()
    anna.refresh_from_db()
    assert not anna.is_active


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_close_a_circle_between_them():
    anna, bert = (people.add(by=None, name=name) for name in ("Anna", "Bert"))

    def change(pair: tuple[Person, Person]) -> bool:
        try:
            lines.change(pair[0], by=None, on=BEGIN, manager=pair[1])
        except Conflict:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        won = list(threads.map(change, [(anna, bert), (bert, anna)]))

    assert sorted(won) == [False, True]
    assert ReportingLine.objects.count() == 1


def test_a_wrong_line_of_the_past_is_corrected_and_both_truths_stay(four):
    anna, bert, cleo, _ = four
    lines.change(anna, by=None, on=BEGIN, manager=bert)
    wrong = lines.change(anna, by=None, on=DAY(2021, 6, 1), manager=cleo)
    then = timezone.now()

    lines.correct(wrong, by=None, on=DAY(2022, 1, 1), reason="The letter says January.")

    assert standing(anna) == [
        (BEGIN, DAY(2022, 1, 1), bert.pk, None),
        (DAY(2022, 1, 1), None, cleo.pk, None),
    ]
    of_anna = ReportingLine.objects.filter(person=anna)
    assert of_anna.as_of(DAY(2021, 7, 1), then).get().manager == cleo
    assert of_anna.as_of(DAY(2021, 7, 1)).get().manager == bert
    assert below(bert, DAY(2021, 7, 1)) == {anna.pk}
    with pytest.raises(Conflict, match="already corrected"):
        lines.correct(wrong, by=None, manager=bert, reason="Again.")


def test_a_correction_that_closes_a_circle_in_the_past_is_refused(four):
    anna, bert, cleo, _ = four
    lines.change(anna, by=None, on=BEGIN, manager=bert)
    line = lines.change(bert, by=None, on=BEGIN, manager=cleo)
    lines.change(anna, by=None, on=DAY(2021, 1, 1), manager=cleo)

    with pytest.raises(Conflict, match="circle"):
        lines.correct(line, by=None, manager=anna, reason="Wrong.")
    with pytest.raises(Invalid, match="Say why"):
        lines.correct(line, by=None, manager=None, reason=" ")


def test_hr_neither_changes_nor_corrects_their_own_line(four):
    hana = people.set_roles(four[3], by=None, roles=[Role.HR])
    line = lines.change(hana, by=None, on=BEGIN, manager=four[0])

    with pytest.raises(Forbidden, match="Nobody"):
        lines.change(hana, by=hana, on=BEGIN, manager=four[1])
    with pytest.raises(Forbidden, match="never their own"):
        lines.correct(line, by=hana, manager=four[1], reason="Wrong.")


def test_a_line_that_began_earlier_than_was_said_counts_for_those_days_too(four):
    anna, bert, cleo, _ = four
    line = lines.change(anna, by=None, on=DAY(2021, 6, 1), manager=bert)
    lines.change(anna, by=None, on=DAY(2022, 1, 1), manager=cleo)

    line = ReportingLine.objects.known_at().get(person=anna, manager=bert)
    with pytest.raises(Invalid, match="ended on 1 January 2022"):
        lines.correct(line, by=None, on=DAY(2022, 1, 1), reason="Not then.")
    right = lines.correct(line, by=None, on=BEGIN, reason="The letter says 2020.")

    assert standing(anna)[0] == (BEGIN, DAY(2022, 1, 1), bert.pk, None)
    assert below(bert, BEGIN) == below(bert, DAY(2021, 12, 31)) == {anna.pk}
    assert lines.correct(right, by=None, on=BEGIN, manager=bert, reason="Looked again.") == right


def test_what_is_not_named_is_what_stands_on_that_day_and_not_what_comes_later(four):
    anna, bert, *_ = four
    team = teams.add(by=None, key="pay", name="Payments")
    lines.change(anna, by=None, on=DAY(2021, 1, 1), manager=bert)

    lines.change(anna, by=None, on=BEGIN, team=team)
    assert standing(anna) == [(BEGIN, None, None, team.pk)]

    lines.change(anna, by=None, on=DAY(2019, 1, 1), team=team)
    assert standing(anna) == [(DAY(2019, 1, 1), None, None, team.pk)]
