"""The organisation as a tree: opened node by node, counted by track for whom it concerns."""

import datetime
import itertools

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ladders.actions import headcounts, placements
from ladders.models import Placement
from people.actions import chains, lines, people
from people.models import Person, ReportingLine

pytestmark = pytest.mark.django_db
SINCE = datetime.date(2022, 3, 1)
MOST = 8


@pytest.fixture
def counted(cast):
    """The cast on the day of a count."""
    headcounts.recount(timezone.localdate())
    return cast


@pytest.fixture(params=["page", "api"])
def look(request, client):
    """`look(person, address)`: the payload that a page shows, or the API answers."""

    def look(person, address, status=200):
        """The status is that of the page; bad input is 400 in the API."""
        client.force_login(person)
        if request.param == "api":
            answer = client.get(f"/api/v1/organisation/{address}")
            assert answer.status_code == (400 if status == 422 else status)
            return answer.json()
        answer = client.get(f"/organisation/{address}")
        assert answer.status_code == status
        return answer.context and answer.context.get("organisation")

    return look


def below(places) -> dict[str, tuple[int, int]]:
    """(reports, everybody below) of each, by first name."""
    return {row["name"].split()[0]: (row["directs"], row["below"]) for row in places}


def bulk(cast, manager: Person, number: int, level: str | None = "engineer") -> list[Person]:
    """So many more people report to somebody."""
    row = Person.objects.bulk_create(Person(name=f"New {n:03}") for n in range(number))
    since = DateRange(SINCE, None)
    ReportingLine.objects.bulk_create(
        ReportingLine(person=person, manager=manager, valid=since) for person in row
    )
    if level:
        Placement.objects.bulk_create(
            Placement(person=person, level=cast.levels[level], kind="hire", valid=since)
            for person in row
        )
    chains.follow([person.pk for person in row])
    headcounts.recount(timezone.localdate())
    return row


def test_it_begins_with_who_is_at_the_top(counted, look):
    seen = look(counted.stella, "")

    assert seen["node"] is None
    assert below(seen["reports"]["results"]) == {"Hana": (4, 4), "Vera": (3, 12)}


def test_a_node_shows_the_way_up_and_who_reports_there(counted, look):
    seen = look(counted.stella, f"{counted.maya.pk}/")

    assert [above["name"] for above in seen["way"]] == ["Vera Top", "Sam Skip"]
    assert (seen["node"]["directs"], seen["node"]["below"]) == (2, 2)
    assert below(seen["reports"]["results"]) == {"Carl": (0, 0), "Fred": (0, 0)}
    assert seen["node"]["tracks"] is None


def test_a_name_leads_to_the_node(counted, look):
    seen = look(counted.stella, "?q=maya")

    assert [row["name"] for row in seen["found"]["results"]] == ["Maya Manager"]
    assert seen["found"]["results"][0]["page_url"] == f"/organisation/{counted.maya.pk}/"
    assert seen["reports"]["results"] == []


def test_it_can_be_seen_as_of_a_day(counted, look):
    lines.change(counted.carl, by=None, on=datetime.date(2025, 1, 1), manager=counted.paul)
    people.leave(counted.ute, by=None, on=datetime.date(2025, 6, 30))

    now = look(counted.hana, f"{counted.vera.pk}/")
    then = look(counted.hana, f"{counted.vera.pk}/?as_of=2024-05-01")

    assert below(now["reports"]["results"]) == {"Paul": (6, 6), "Petra": (0, 0), "Sam": (1, 2)}
    assert below(then["reports"]["results"]) == {"Paul": (6, 6), "Petra": (0, 0), "Sam": (1, 3)}
    assert then["node"]["tracks"] == {"shared": 6, "staff": 3, "manager": 3, "none": 0}
    assert then["reports"]["results"][0]["page_url"].endswith("/?as_of=2024-05-01")


def test_what_is_stored_and_what_is_counted_for_a_day_agree(counted, look):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    bulk(counted, counted.maya, 7)
    for address in ("", f"{counted.vera.pk}/", f"{counted.maya.pk}/"):
        mark = "?as_of="
        stored = look(counted.hana, address)
        dated = look(counted.hana, f"{address}{mark}{tomorrow}")
        for one, other in zip(
            stored["reports"]["results"], dated["reports"]["results"], strict=True
        ):
            assert (one["below"], one["tracks"]) == (other["below"], other["tracks"])


def test_people_without_a_manager_who_lead_nobody_are_listed_apart(counted, client):
    people.add(by=None, name="Olga Alone")
    gone = people.add(by=None, name="Gus Gone")
    left_behind = people.add(by=None, name="Bea Behind")
    lines.change(left_behind, by=None, on=SINCE, manager=gone)
    people.leave(gone, by=None, on=datetime.date(2025, 1, 1))

    client.force_login(counted.stella)
    listed = client.get("/api/v1/organisation/orphans/").json()["results"]
    page = client.get("/organisation/orphans/").context["orphans"]["results"]

    assert [row["name"] for row in listed] == ["Bea Behind", "Olga Alone"]
    assert [row["name"] for row in page] == ["Bea Behind", "Olga Alone"]


@pytest.mark.parametrize(
    ("who", "node", "sees"),
    [
        ("hana", "vera", True),
        ("noor", "vera", True),
        ("noor", "hana", False),
        ("sam", "sam", True),
        ("sam", "maya", True),
        ("sam", "paul", False),
        ("sam", "vera", False),
        ("vera", "sam", True),
        ("vera", "maya", True),
        ("vera", "hana", False),
        ("paul", "maya", False),
        ("maya", "maya", True),
        ("maya", "sam", False),
        ("carl", "maya", False),
        ("stella", "vera", False),
        ("anna", "vera", False),
        ("ada", "vera", False),
    ],
)
def test_counts_by_track_are_for_hr_the_partner_of_the_unit_and_who_leads_there(
    counted, look, settings, who, node, sees
):
    settings.SMALLEST_CELL = 1
    seen = look(getattr(counted, who), f"{getattr(counted, node).pk}/")

    assert (seen["node"]["tracks"] is not None) is sees


def test_a_track_with_too_few_people_is_hidden_from_who_does_not_know_them(counted, look):
    bulk(counted, counted.carl, 9)
    promoted = Person.objects.get(name="New 000")
    placements.place(
        promoted, counted.levels["staff-engineer"], by=None, on=SINCE, kind="promotion"
    )

    def tracks(reader):
        return look(reader, f"{counted.sam.pk}/")["node"]["tracks"]

    assert tracks(counted.hana) == {"shared": 10, "staff": 1, "manager": 1, "none": 0}
    assert tracks(counted.sam)["staff"] is None
    assert tracks(counted.sam)["shared"] is None  # else the headcount would tell
    # Who manages the manager knows these people by name.
    assert look(counted.maya, f"{counted.maya.pk}/")["node"]["tracks"]["staff"] == 1


def test_who_is_deep_below_is_not_known_by_name_and_counted_with_small_numbers_hidden(
    counted, look
):
    bulk(counted, counted.carl, 9)
    bulk(counted, counted.fred, 2)

    def tracks(reader, of):
        return look(reader, f"{of.pk}/")["node"]["tracks"]

    assert tracks(counted.maya, counted.carl)["shared"] == 9  # by name
    assert tracks(counted.vera, counted.maya) == {"shared": 13, "staff": 0, "manager": 0, "none": 0}
    # With those nine four would be told: two reports of Maya, and two of one of them.
    assert tracks(counted.vera, counted.carl) is None
    assert tracks(counted.vera, counted.fred) is None


def test_on_another_day_a_leader_reads_sizes_and_a_partner_the_tracks_of_the_unit(
    counted, look, settings
):
    settings.SMALLEST_CELL = 1
    address = f"{counted.sam.pk}/?as_of=2024-05-01"

    assert look(counted.sam, address)["node"]["tracks"] is None
    assert look(counted.sam, address)["node"]["below"] == 3
    assert look(counted.noor, address)["node"]["tracks"]["shared"] == 2
    assert look(counted.noor, f"{counted.hana.pk}/?as_of=2024-05-01")["node"]["tracks"] is None


def test_what_is_no_day_is_refused(counted, look):
    look(counted.stella, "?as_of=yesterday", status=422)


@pytest.mark.parametrize("who", ["hana", "sam", "stella"])
def test_it_takes_the_same_few_queries_whatever_the_size_and_depth(counted, client, who):
    reader = getattr(counted, who)
    client.force_login(reader)

    def cost(pk: int) -> int:
        address = f"/api/v1/organisation/{pk}/"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = cost(counted.sam.pk)
    deep = bulk(counted, counted.maya, 60)
    for above, person in itertools.pairwise(deep[:20]):
        lines.change(person, by=None, on=SINCE, manager=above)
    assert cost(counted.maya.pk) == cost(counted.sam.pk) == cost(deep[18].pk) == few <= MOST
