"""Reports: who may read them, what they are asked, what they hide, and how they are taken along."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from assessments.reports import catalogue, level_distribution
from assessments.reports.audience import Reach, reach
from assessments.reports.parameters import parse
from ladders.actions import placements
from ladders.models import Placement
from people.actions import lines, people, tokens
from people.models import Person, ReportingLine, Role
from people.refusals import Invalid
from tests import cast as story

Kind = Placement.Kind
REPORTS = ("level-distribution", "promotion-rate")
META = {
    "definition", "formula", "numerator", "denominator", "population", "covers", "excluded",
    "as_of", "known_at", "k", "suppressed", "ladder_versions", "generated_at",
}  # fmt: skip


def api(client, person, name, **asked):
    client.force_login(person)
    asked = {key.rstrip("_"): value for key, value in asked.items()}
    return client.get(reverse("api-assessments:report", args=[name]), asked)


def page(client, person, name, **asked):
    client.force_login(person)
    asked = {key.rstrip("_"): value for key, value in asked.items()}
    return client.get(reverse("assessments:report", args=[name]), asked)


def crowd(cast, level, count, team="payments"):
    """More people on a level of a team."""
    for at in range(count):
        person = Person.objects.create(name=f"{level} {at}")
        lines.change(person, by=None, on=story.LONG_AGO, manager=cast.maya, team=cast.teams[team])
        placements.place(person, cast.levels[level], by=None, on=story.LONG_AGO, kind=Kind.HIRE)


# --- Who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize(
    ("reader", "status"),
    [
        ("hana", 200),
        ("anna", 200),
        ("noor", 200),
        ("sam", 200),
        ("vera", 200),
        ("maya", 403),
        ("carl", 403),
        ("petra", 403),
        ("ada", 403),
    ],
)
def test_reports_are_open_to_some_and_say_why_not_to_others(client, cast, reader, status, name):
    reader = getattr(cast, reader)
    assert (answer := api(client, reader, name)).status_code == status
    assert page(client, reader, name).status_code == status
    client.force_login(reader)
    listed = client.get(reverse("api-assessments:reports")).json()["results"]
    shown = client.get(reverse("assessments:reports"))
    assert shown.context["reports"] == listed
    counting = [entry["id"] for entry in listed if entry["id"] != "orphans"]
    assert counting == (list(REPORTS) if status == 200 else [])
    if status == 403:
        assert "managers of managers" in answer.json()["detail"]
        assert "managers of managers" in shown.content.decode()


def test_the_catalogue_is_the_folder():
    assert tuple(catalogue()) == ("level-distribution", "orphans", "promotion-rate")


def test_an_unknown_report_does_not_exist(client, cast):
    assert api(client, cast.hana, "pay-by-level").status_code == 404
    assert page(client, cast.hana, "pay-by-level").status_code == 404


def test_a_manager_of_managers_reads_about_the_teams_below(cast):
    assert [team.key for team in reach(cast.sam).teams] == ["payments"]
    assert [team.key for team in reach(cast.vera).teams] == ["engineering"]
    assert [team.key for team in reach(cast.noor).teams] == ["engineering"]
    assert reach(cast.anna).everywhere
    assert reach(cast.hana).everywhere


def test_another_unit_is_refused(client, cast):
    assert api(client, cast.sam, "level-distribution", unit="payments").status_code == 200
    answer = api(client, cast.sam, "level-distribution", unit="search")
    assert answer.status_code == 403
    assert "Search" in answer.json()["detail"]


def test_the_own_unit_bounds_what_is_counted(client, cast):
    crowd(cast, "engineer", 7)
    crowd(cast, "engineer", 7, team="search")
    everybody = api(client, cast.anna, "level-distribution").json()["total"]["headcount"]
    below_sam = api(client, cast.sam, "level-distribution").json()["total"]["headcount"]
    in_payments = ReportingLine.objects.known_at().filter(team=cast.teams["payments"])
    assert everybody == Placement.objects.known_at().count()
    assert below_sam == in_payments.count() < everybody - 7


@pytest.mark.parametrize(("scope", "status"), [("reports:read", 200), ("read", 403)])
def test_a_token_needs_the_scope(client, cast, scope, status):
    _, secret = tokens.create(cast.hana, by=cast.hana, name="pull", scopes=[scope])
    for address in (
        reverse("api-assessments:reports"),
        reverse("api-assessments:report", args=["promotion-rate"]),
    ):
        answer = client.get(address, headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == status


def test_an_open_case_of_ones_own_changes_nothing_because_reports_hold_no_cases(client, cast):
    """Nobody sees the deliberation of their own case; these two reports count placements only."""
    placements.place(cast.hana, cast.levels["engineer"], by=None, on=story.LONG_AGO, kind=Kind.HIRE)
    lines.change(cast.hana, by=None, on=story.LONG_AGO, manager=cast.maya, team=cast.teams["hr"])
    known_at = timezone.now().isoformat()
    before = [api(client, cast.hana, name, known_at=known_at).json() for name in REPORTS]
    hana = Person.objects.get(pk=cast.hana.pk)
    story.cases.open_case(hana, cast.levels["senior-engineer"], by=cast.maya)
    after = [api(client, cast.hana, name, known_at=known_at).json() for name in REPORTS]
    for one, other in zip(before, after, strict=True):
        assert {**one, "meta": None} == {**other, "meta": None}


# --- What they say -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("group_by", ["level", "track", "unit"])
def test_page_and_api_say_the_same(client, cast, name, group_by, time_machine_frozen):
    asked = {"group_by": group_by}
    shown = page(client, cast.hana, name, **asked)
    answer = api(client, cast.hana, name, **asked)
    assert answer.data == shown.context["report"]
    assert set(answer.data["meta"]) == META
    names = {column["name"] for column in answer.data["columns"]}
    assert all(set(row) == names | {"hidden"} for row in answer.data["rows"])
    assert answer.data["sentence"] in shown.content.decode().replace("&#x27;", "'")


@pytest.fixture
def time_machine_frozen(time_machine):
    """One instant for both doors, so that generated_at is the same."""
    time_machine.move_to(timezone.now(), tick=False)


def test_people_are_counted_where_they_stand(client, cast):
    found = api(client, cast.hana, "level-distribution").json()
    count = {row["level"]: row["headcount"] for row in found["rows"]}
    assert count["Senior Engineer"] == 2
    assert count["Engineering Manager"] == 1
    everybody = Placement.objects.known_at().count()
    assert sum(count.values()) == found["total"]["headcount"] == everybody
    assert found["sentence"].startswith(f"{everybody} people stand on the ladder")
    assert found["rows"][0]["level"] == "Engineer"
    assert found["meta"]["ladder_versions"] == ["Software Engineering 1.0.0"]


def test_the_past_is_counted_as_it_was(client, cast):
    earlier = story.LONG_AGO - datetime.timedelta(days=1)
    found = api(client, cast.hana, "level-distribution", as_of=earlier.isoformat()).json()
    assert found["rows"] == []
    assert found["sentence"].startswith("Nobody stood")
    assert (
        page(client, cast.hana, "level-distribution", as_of=earlier.isoformat()).status_code == 200
    )


def test_a_promotion_shows_the_day_it_takes_effect(client, cast):
    today = timezone.localdate()
    story.effective(cast, effective_on=today)
    known = api(client, cast.hana, "promotion-rate", ladder="software-engineering").json()
    row = next(row for row in known["rows"] if row["level"] == "Senior Engineer")
    assert row["promotions"] == 1
    now = api(client, cast.hana, "level-distribution").json()
    count = {row["level"]: row["headcount"] for row in now["rows"]}
    assert count["Staff Engineer"] == 2


def test_somebody_on_trial_counts_at_the_level_held(client, cast):
    manager = cast.levels["engineering-manager"]
    placements.place(cast.carl, manager, by=None, on=timezone.localdate(), kind=Kind.TRIAL)
    rows = api(client, cast.hana, "level-distribution").json()["rows"]
    row = next(row for row in rows if row["level"] == "Senior Engineer")
    assert (row["headcount"], row["on_trial"]) == (2, 1)


@pytest.mark.parametrize("name", REPORTS)
def test_it_takes_the_same_few_queries_for_any_organisation(client, cast, count_queries, name):
    client.force_login(cast.hana)
    addresses = [
        reverse("api-assessments:report", args=[name]) + "?group_by=unit",
        reverse("assessments:report", args=[name]) + "?group_by=unit",
    ]
    before = [count_queries(client, address) for address in addresses]
    crowd(cast, "engineer", 12)
    crowd(cast, "staff-engineer", 8, team="search")
    after = [count_queries(client, address) for address in addresses]
    assert before == after
    assert before[0] <= 6
    assert before[1] <= 12


# --- What is asked -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"as_of": "yesterday"}, "as_of"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"as_of": "2199-01-01"}, "as_of"),
        ({"known_at": "soon"}, "known_at"),
        ({"known_at": "2199-01-01"}, "known_at"),
        ({"unit": "nowhere"}, "unit"),
        ({"ladder": "no-such-ladder"}, "ladder"),
        ({"track": "fast"}, "track"),
        ({"group_by": "gender"}, "group_by"),
        ({"from": "2026-05-01", "to": "2026-04-01"}, "from"),
        ({"to": "2026-05-01", "as_of": "2026-04-01"}, "to"),
        ({"from": "1971-01-01"}, "from"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_a_bad_parameter_is_named(client, cast, asked, named):
    answer = api(client, cast.hana, "promotion-rate", **asked)
    assert answer.status_code == 400
    assert named in answer.json()["errors"]
    shown = page(client, cast.hana, "promotion-rate", **asked)
    assert shown.status_code == 422
    assert "This cannot be counted" in shown.content.decode()


def test_a_report_of_one_day_takes_no_period(client, cast):
    answer = api(client, cast.hana, "level-distribution", **{"from": "2026-01-01"})
    assert list(answer.json()["errors"]) == ["from"]


def test_an_unknown_format_is_named(client, cast):
    answer = api(client, cast.hana, "promotion-rate", format="pdf")
    assert answer.status_code == 400
    assert "format" in answer.json()["errors"]


def test_a_plus_in_the_address_is_still_a_time_zone(db):
    asked = {"known_at": "2026-01-01T12:00:00 01:00"}
    found = parse(asked, Reach(), group_bys=("level",), takes_period=False)
    assert found.known_at.utcoffset() == datetime.timedelta(hours=1)


def test_the_usual_period_is_the_year_that_ends_as_of(db):
    found = parse({"as_of": "2024-02-29"}, Reach(), group_bys=("level",), takes_period=True)
    assert (found.first, found.last) == (datetime.date(2023, 3, 1), datetime.date(2024, 2, 29))


def test_asking_for_nothing_is_asking_as_usual(db):
    with pytest.raises(Invalid):
        parse({"track": "x"}, Reach(), group_bys=("level",), takes_period=False)
    assert parse({"track": " "}, Reach(), group_bys=("level",), takes_period=False).track == ""


# --- What is hidden ----------------------------------------------------------------------------


def rows_of(client, person, **asked):
    found = api(client, person, "level-distribution", **asked).json()
    return {(row.get("unit"), row.get("level"), row.get("track")): row for row in found["rows"]}


def test_an_analyst_sees_no_small_cell_in_any_cut(client, cast):
    crowd(cast, "engineer", 9)
    crowd(cast, "senior-engineer", 9)
    for cut in ("level", "track", "unit"):
        for row in rows_of(client, cast.anna, group_by=cut).values():
            assert row["hidden"] or row["headcount"] >= 5
            if row["hidden"]:
                assert row["headcount"] is row["share"] is row["on_trial"] is None


def test_hr_sees_levels_whole_and_units_guarded(client, cast):
    crowd(cast, "engineer", 9)
    assert not any(row["hidden"] for row in rows_of(client, cast.hana).values())
    cut = rows_of(client, cast.hana, group_by="unit")
    assert any(row["hidden"] for row in cut.values())
    assert any(row["hidden"] for row in rows_of(client, cast.hana, unit="search").values())


def test_what_is_hidden_cannot_be_told_from_the_total(client, cast):
    crowd(cast, "engineer", 9)
    crowd(cast, "senior-engineer", 9)
    found = api(client, cast.anna, "level-distribution").json()
    shown = sum(row["headcount"] or 0 for row in found["rows"])
    gone = [row for row in found["rows"] if row["hidden"]]
    assert len(gone) > 1
    assert found["total"]["headcount"] - shown >= 5
    assert found["meta"]["suppressed"] == len(gone)
    assert found["meta"]["k"] == 5


def test_few_on_trial_are_not_told_among_many(client, cast):
    crowd(cast, "senior-engineer", 9)
    crowd(cast, "engineer", 9)
    manager = cast.levels["engineering-manager"]
    placements.place(cast.carl, manager, by=None, on=timezone.localdate(), kind=Kind.TRIAL)
    found = api(client, cast.anna, "level-distribution").json()
    row = next(row for row in found["rows"] if row["level"] == "Senior Engineer")
    assert (row["headcount"], row["on_trial"], found["total"]["on_trial"]) == (11, None, None)


def test_the_size_of_a_small_cell_is_a_setting(client, cast, settings):
    settings.SMALLEST_CELL = 2
    row = rows_of(client, cast.anna)[None, "Senior Engineer", "shared"]
    assert row["headcount"] == 2


def test_the_report_counts_in_one_statement(cast, django_assert_num_queries):
    asked = parse({"group_by": "unit"}, Reach(), group_bys=("level", "unit"), takes_period=False)
    with django_assert_num_queries(1):
        level_distribution.run(asked)


# --- Taking it along ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", REPORTS)
def test_the_file_holds_the_same_rows(client, cast, name):
    rows = api(client, cast.hana, name).json()["rows"]
    answer = api(client, cast.hana, name, format="csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    told = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["level"] for row in told] == [row["level"] for row in rows]
    assert {row["hidden"] for row in told} <= {"yes", "no"}


def test_a_team_with_a_formula_for_a_name_runs_nothing(client, cast):
    cast.teams["payments"].name = "=1+1"
    cast.teams["payments"].save()
    answer = api(
        client, cast.hana, "level-distribution", group_by="unit", unit="engineering", format="csv"
    )
    assert "'=1+1" in answer.content.decode()
    answer = api(
        client, cast.hana, "level-distribution", group_by="unit", unit="engineering", format="xlsx"
    )
    sheet = load_workbook(io.BytesIO(answer.content)).active
    told = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert told["=1+1"] == "s"
    assert [cell.value for cell in sheet[1]][:2] == ["unit", "unit_name"]


def test_the_downloads_and_the_call_ask_the_same_question(client, cast):
    asked = {"unit": "engineering", "group_by": "track", "track": "staff"}
    shown = page(client, cast.hana, "promotion-rate", **asked)
    for download in shown.context["downloads"]:
        answer = client.get(download["url"])
        assert answer.status_code == 200
    again = client.get(shown.context["downloads"][-1]["url"]).json()
    assert again["asked"] == shown.context["report"]["asked"]
    assert "unit=engineering" in shown.context["curl"]


def test_a_file_says_how_its_rows_were_counted(client, cast):
    answer = api(client, cast.hana, "level-distribution", track="staff", format="xlsx")
    sheet = load_workbook(io.BytesIO(answer.content))["About"]
    told = {row[0].value: row[1].value for row in sheet.iter_rows()}
    meta = api(client, cast.hana, "level-distribution", track="staff").json()["meta"]
    assert set(meta) <= set(told)
    assert told["definition"] == meta["definition"]
    assert told["track"] == "staff"


def test_a_csv_leads_to_how_its_rows_were_counted(client, cast):
    answer = api(client, cast.hana, "level-distribution", track="staff", format="csv")
    address, *rest = answer["Link"].split(";")
    assert 'rel="describedby"' in "".join(rest)
    described = client.get(address.strip("<>")).json()
    assert described["asked"]["track"] == "staff"
    assert described["meta"]["known_at"]


def test_everybody_who_left_is_out_from_the_day_after(client, cast):
    before = rows_of(client, cast.hana)[None, "Engineer", "shared"]["headcount"]
    people.leave(cast.fred, by=None, on=timezone.localdate() - datetime.timedelta(days=1))
    after = rows_of(client, cast.hana).get((None, "Engineer", "shared"), {"headcount": 0})
    assert after["headcount"] == before - 1


def test_hr_who_partners_too_still_sees_everything(cast):
    person = people.set_roles(
        cast.noor, by=None, roles=[Role.HR_PARTNER, Role.HR], partner_team=cast.teams["payments"]
    )
    assert reach(person).everywhere


def test_a_level_corrected_two_years_later_shows_in_the_report_and_the_old_answer_stays(
    cast, client
):
    then, two_years_ago = timezone.now(), timezone.localdate() - datetime.timedelta(days=730)
    crowd(cast, "senior-engineer", 10)
    wrong = Placement.objects.get(person=cast.petra)
    known = timezone.now()
    right = cast.levels["senior-engineer"]
    placements.correct(wrong, by=cast.hana, level=right, on=wrong.since, reason="A slip.")

    def seniors(**asked):
        given = {"as_of": two_years_ago.isoformat(), **asked}
        rows = api(client, cast.hana, "level-distribution", **given).json()["rows"]
        return next((row["headcount"] for row in rows if row["level"] == "Senior Engineer"), 0)

    assert seniors() == seniors(known_at=known.isoformat()) + 1
    assert seniors(known_at=then.isoformat()) < seniors(known_at=known.isoformat())
