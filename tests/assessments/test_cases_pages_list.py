"""The list of cases: who sees which, filters in the address, pages by cursor, the file."""

import datetime

import pytest
from django.utils import timezone

from assessments.models import Procedure, PromotionCase
from tests.assessments.calls import Caller
from tests.assessments.pages import Browser, said
from tests.cast import STAGES, Cast


def many(cast: Cast, count: int) -> None:
    """Withdrawn cases of Carl, a minute apart."""
    level = cast.levels["staff-engineer"]
    now = timezone.now()
    PromotionCase.objects.bulk_create(
        PromotionCase(
            candidate=cast.carl,
            owner=cast.maya,
            nominator=cast.maya,
            from_level=cast.levels["senior-engineer"],
            target_level=level,
            pinned_version=level.version,
            procedure=Procedure.objects.get(ladder=None, preset="committee"),
            state="withdrawn",
            active_at=now - datetime.timedelta(minutes=number),
        )
        for number in range(count)
    )


def test_the_rows_of_the_page_are_the_rows_of_the_api(cast: Cast) -> None:
    STAGES["in_review"](cast)
    for person in (cast.carl, cast.maya, cast.hana, cast.petra, cast.stella):
        page = Browser(person).get("/cases/").context["cases"]
        api = Caller(person).get("cases/").json()["results"]
        assert [row["id"] for row in page] == [row["id"] for row in api]
        assert [row["next_step"] for row in page] == [
            row["next_step"] and row["next_step"] | {"due_on": None} for row in api
        ]


def test_pages_go_forth_and_back_over_every_row_once(cast: Cast) -> None:
    many(cast, 130)
    maya, seen, path = Browser(cast.maya), [], "/cases/?state=ended"
    while path:
        context = maya.get(path).context
        seen += [row["id"] for row in context["cases"]]
        path = context["next"] and f"/cases/{context['next']}"
    assert len(seen) == len(set(seen)) == 130
    first = maya.get("/cases/?state=ended").context
    second = maya.get(f"/cases/{first['next']}").context
    back = maya.get(f"/cases/{second['previous']}").context

    assert first["previous"] is None
    assert [row["id"] for row in back["cases"]] == [row["id"] for row in first["cases"]]
    assert len(maya.get("/cases/?state=ended&cursor=broken").context["cases"]) == 50


@pytest.mark.parametrize(
    ("query", "who", "found"),
    [
        ("", "maya", 1),
        ("?state=review", "maya", 1),
        ("?state=draft", "maya", 0),
        ("?mine=owner", "maya", 1),
        ("?mine=owner", "hana", 0),
        ("?mine=panel", "petra", 1),
        ("?mine=candidate", "carl", 1),
        ("?mine=approver", "vera", 1),
        ("?cycle=none", "hana", 1),
        ("?cycle=12", "hana", 0),
        ("?state=nonsense&mine=nonsense&cycle=x", "hana", 1),
        ("", "stella", 0),
        ("", "ada", 0),
    ],
)
def test_filters_stand_in_the_address(cast: Cast, query, who, found) -> None:
    STAGES["in_review"](cast)

    assert len(Browser(getattr(cast, who)).get(f"/cases/{query}").context["cases"]) == found


def test_only_those_who_may_open_a_case_see_the_button(cast: Cast) -> None:
    for who, shown in {"maya": True, "hana": True, "carl": False, "ada": False}.items():
        assert ("New case" in said(Browser(getattr(cast, who)).get("/cases/"))) is shown


def test_the_file_holds_what_the_list_holds_and_no_formula(cast: Cast) -> None:
    type(cast.carl).objects.filter(pk=cast.carl.pk).update(name="=1+1")
    STAGES["in_review"](cast)
    answer = Browser(cast.maya).get("/cases/cases.csv?mine=owner")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0].startswith("id,candidate,from_level,target_level,track")
    assert "'=1+1" in lines[1]
    assert "Staff Engineer" in lines[1]
    empty = b"".join(Browser(cast.stella).get("/cases/cases.csv").streaming_content)
    assert len(empty.splitlines()) == 1


def test_a_long_name_and_an_outcome_that_is_not_told_stay_what_they_are(cast: Cast) -> None:
    type(cast.carl).objects.filter(pk=cast.carl.pk).update(name="N" * 60)
    STAGES["decided"](cast)

    assert "Approved" in said(Browser(cast.hana).get("/cases/"))
    assert "Approved" not in said(Browser(cast.carl).get("/cases/"))
    assert (
        "Approved"
        not in b"".join(Browser(cast.carl).get("/cases/cases.csv").streaming_content).decode()
    )


def test_panels_stand_in_the_column_of_those_who_sit_on_one(cast: Cast) -> None:
    STAGES["in_review"](cast)

    def places(person):
        return [place["label"] for place in Browser(person).get("/").context["frame"]["nav"]]

    assert "Panels" in places(cast.petra)
    assert "Panels" not in places(cast.maya)
