"""The records of one person, by page and by API: both truths stay readable, HR writes them."""

import datetime

import pytest
from django.utils import timezone

from ladders.actions import placements, rehires
from ladders.models import Placement
from people.actions import lines, people
from people.models import Event, Person, ReportingLine

pytestmark = pytest.mark.django_db
DAY = datetime.date
MARCH = DAY(2025, 3, 1)


class Door:
    """Presses the same button on the page or in the API; answers the status."""

    def __init__(self, client, kind):
        self.client, self.kind = client, kind

    def write(self, by, person, name, **given):
        """Something new about a person."""
        doors = {"placement": "placements", "line": "lines"}
        return self._post(
            by,
            f"people/{person.pk}/records/{name}/",
            f"people/{person.pk}/{doors.get(name, name)}/",
            given,
        )

    def correct(self, by, kind, row, **given):
        """Something that was wrong."""
        address = f"{kind}s/{row.pk}/correction/"
        return self._post(by, address, address, given)

    def _post(self, by, page, endpoint, given):
        self.client.force_login(by)
        if self.kind == "API":
            sent = {name: getattr(value, "pk", value) for name, value in given.items()}
            address = f"/api/v1/{endpoint}"
            answer = self.client.post(address, sent, content_type="application/json").status_code
            return {201: 200, 400: "invalid"}.get(answer, answer)
        sent = {name: _typed(value) for name, value in given.items()}
        answer = self.client.post(f"/{page}", sent).status_code
        return {302: 200, 422: "invalid"}.get(answer, answer)


def _typed(value):
    return value.name if isinstance(value, Person) else getattr(value, "pk", value)


@pytest.fixture(params=["page", "API"])
def door(request, client):
    """One of the two doors."""
    return Door(client, request.param)


@pytest.fixture
def read(client):
    """`read(person, of)`: what the API answers of somebody's records."""

    def ask(reader, of, query=""):
        client.force_login(reader)
        answer = client.get(f"/api/v1/people/{of.pk}/records/{query}")
        return answer.json() if answer.status_code == 200 else answer.status_code

    return ask


def level_of(person, on=MARCH, known_at=None):
    """The key of the level somebody stood on."""
    return Placement.objects.as_of(on, known_at).get(person=person).level.key


def test_hr_corrects_a_level_and_both_truths_stay(cast, door, read):
    wrong, then = Placement.objects.get(person=cast.carl), timezone.now()
    given = {"level": "software-engineering:engineer", "on": wrong.since, "reason": "A slip."}

    assert door.correct(cast.hana, "placement", wrong, **given) == 200

    assert level_of(cast.carl) == "engineer"
    assert level_of(cast.carl, known_at=then) == "senior-engineer"
    found = read(cast.hana, cast.carl, f"?as_of=2025-03-01&known_at={then:%Y-%m-%dT%H:%M:%S.%fZ}")
    assert found["stood"]["placement"]["level"]["key"] == "senior-engineer"
    [before] = found["before"]["placements"]
    assert (before["replaced"]["by"], before["replaced"]["reason"]) == ("Hana HR", "A slip.")
    assert door.correct(cast.hana, "placement", wrong, **given) == 409


def test_hr_corrects_a_wrong_line_of_the_past(cast, door, read):
    wrong, then = ReportingLine.objects.get(person=cast.carl), timezone.now()
    given = {"manager": cast.sam, "team": cast.teams["search"], "on": wrong.since}

    assert door.correct(cast.hana, "line", wrong, **given) == "invalid"  # it says no why
    assert door.correct(cast.hana, "line", wrong, **given, reason="Wrong file.") == 200

    of_carl = ReportingLine.objects.filter(person=cast.carl)
    assert of_carl.as_of(MARCH).get().manager == cast.sam
    assert of_carl.as_of(MARCH, then).get().manager == cast.maya
    assert read(cast.hana, cast.carl)["stood"]["line"]["manager"]["name"] == "Sam Skip"


def test_hr_places_somebody_and_changes_their_line_from_a_day_on(cast, door):
    ahead = timezone.localdate() + datetime.timedelta(days=30)
    level = "software-engineering:staff-engineer"

    assert door.write(cast.hana, cast.carl, "placement", level=level, on=MARCH, kind="hire") == 200
    assert (
        door.write(
            cast.hana,
            cast.carl,
            "line",
            on=ahead,
            manager=cast.paul,
            team=cast.teams["search"],
            reason="Moves.",
        )
        == 200
    )

    assert level_of(cast.carl) == "staff-engineer"
    line = ReportingLine.objects.as_of(ahead).get(person=cast.carl)
    assert (line.manager, line.team, line.reason) == (cast.paul, cast.teams["search"], "Moves.")
    assert door.write(cast.hana, cast.carl, "placement", level="x:y", on=MARCH, kind="hire") == (
        "invalid"
    )
    promoted = {"level": level, "on": MARCH, "kind": "promotion"}
    assert door.write(cast.hana, cast.carl, "placement", **promoted) == "invalid"


def test_hr_records_that_somebody_leaves_and_comes_back(cast, door, read):
    assert door.write(cast.hana, cast.carl, "departure", on=DAY(2025, 5, 31)) == 200
    assert Person.objects.get(pk=cast.carl.pk).left_on == DAY(2025, 5, 31)
    assert door.write(cast.hana, cast.carl, "rehire", on=DAY(2025, 5, 1)) == "invalid"
    uncredited = {"on": DAY(2026, 1, 1), "manager": cast.maya, "credited": True}
    assert door.write(cast.hana, cast.carl, "rehire", **uncredited) == "invalid"
    assert door.write(cast.hana, cast.carl, "rehire", **uncredited, reason="Same work.") == 200

    found = read(cast.hana, cast.carl)
    assert [row["left_on"] for row in found["employments"]] == ["2025-05-31"]
    newest = found["placements"][0]
    assert (newest["starts_on"], newest["kind"], newest["credited"]) == ("2026-01-01", "hire", True)


WRITERS = {"maya": 403, "sam": 403, "carl": 403, "noor": 403, "stella": 404, "ada": 404}


@pytest.mark.parametrize("who", WRITERS)
def test_nobody_but_hr_writes_records(cast, door, who):
    reader, expected = getattr(cast, who), WRITERS[who]
    level = "software-engineering:engineer"
    stood = Placement.objects.get(person=cast.carl)

    answers = [
        door.write(reader, cast.carl, "placement", level=level, on=MARCH, kind="hire"),
        door.write(reader, cast.carl, "line", on=MARCH, team=cast.teams["search"]),
        door.write(reader, cast.carl, "departure", on=MARCH),
        door.write(reader, cast.carl, "rehire", on=MARCH),
        door.correct(reader, "placement", stood, level=level, on=MARCH, reason="x"),
    ]

    assert answers == [expected] * 5
    line = ReportingLine.objects.get(person=cast.carl)
    lined = door.correct(reader, "line", line, on=MARCH, reason="x")
    assert lined == (403 if who == "carl" else 404)
    assert not Event.objects.filter(actor=reader).exists()


def test_hr_does_not_write_their_own(cast, door):
    placements.place(cast.hana, cast.levels["engineer"], by=None, on=MARCH, kind="hire")
    own, line = (
        Placement.objects.get(person=cast.hana),
        ReportingLine.objects.get(person=cast.hana),
    )
    level = "software-engineering:staff-engineer"

    assert door.correct(cast.hana, "placement", own, level=level, on=MARCH, reason="x") == 403
    assert door.correct(cast.hana, "line", line, on=MARCH, reason="x") == 403
    assert door.write(cast.hana, cast.hana, "departure", on=MARCH) == 403
    assert door.write(cast.hana, cast.hana, "line", on=MARCH) == 403


SEES = {  # records at all · what was said before and lines · who did it
    "hana": (True, True, True),
    "carl": (True, True, False),
    "maya": (True, False, False),
    "sam": (True, False, False),
    "noor": (True, False, False),
    "stella": (False, False, False),
    "ada": (False, False, False),
    "anna": (False, False, False),
}


@pytest.mark.parametrize("who", SEES)
def test_who_reads_records(cast, client, read, who):
    some, whole, names = SEES[who]
    wrong = Placement.objects.get(person=cast.carl)
    reason = "quokka-correction"
    placements.correct(wrong, by=cast.henry, level=cast.levels["engineer"], reason=reason)
    lines.change(cast.carl, by=cast.henry, on=MARCH, manager=cast.paul, reason="quokka-line")
    lines.change(cast.carl, by=cast.henry, on=MARCH, manager=cast.maya)

    found = read(getattr(cast, who), cast.carl)
    page = client.get(f"/people/{cast.carl.pk}/records/")
    listed = client.get(f"/api/v1/people/{cast.carl.pk}/lines/")

    assert page.status_code == (200 if some else 404)
    assert listed.status_code == (200 if whole else 404)
    for text in (str(found), page.content.decode()):
        assert ("quokka-line" in text) == whole
        assert ("Henry HR" in text) == names
    if some:
        assert bool(found["before"] and found["before"]["placements"]) == whole
        assert (found["lines"] is not None) == whole
        assert [row["level"]["key"] for row in found["placements"]] == ["engineer"]


def test_a_question_that_is_not_understood_is_named(cast, client):
    client.force_login(cast.hana)

    page = client.get(f"/people/{cast.carl.pk}/records/?as_of=yesterday")
    answer = client.get(f"/api/v1/people/{cast.carl.pk}/records/?as_of=yesterday")

    assert page.status_code == 422
    assert answer.json()["errors"].keys() == {"as_of"}


def test_every_form_opens_for_hr(cast, client):
    client.force_login(cast.hana)
    people.leave(cast.fred, by=None, on=MARCH)
    placement = Placement.objects.get(person=cast.carl).pk
    line = ReportingLine.objects.get(person=cast.carl).pk
    addresses = [
        *(f"/people/{cast.carl.pk}/records/{name}/" for name in ("placement", "line", "departure")),
        f"/people/{cast.fred.pk}/records/rehire/",
        f"/placements/{placement}/correction/",
        f"/lines/{line}/correction/",
    ]

    assert {client.get(address).status_code for address in addresses} == {200}
    assert client.get(f"/people/{cast.carl.pk}/records/nothing/").status_code == 404


def test_a_rehire_shows_on_the_page_with_the_earlier_employment(cast, client):
    people.leave(cast.carl, by=cast.hana, on=MARCH)
    rehires.rehire(cast.carl, by=cast.hana, on=DAY(2025, 9, 1), manager=cast.maya)
    client.force_login(cast.carl)

    page = client.get(f"/people/{cast.carl.pk}/records/").content.decode()

    assert "Earlier here" in page
    assert "What was said before" in page
