"""A version goes from draft to archive; two people publish it, and then nobody changes it."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from ladders.actions import drafts, imports, versions
from ladders.models import Expectation, Ladder, LadderVersion, Standing, Statement
from ladders.models.document import document
from ladders.states import MOVES, VersionState
from people.actions import people
from people.models import Event, Role
from people.refusals import Conflict, Forbidden, Invalid, Stale
from tests.ladders.conftest import bring_in
from tests.ladders.small import small

pytestmark = pytest.mark.django_db


def somebody(name: str, *roles: str):
    person = people.add(by=None, name=name, email=f"{name.lower()}@example.com")
    return people.set_roles(person, by=None, roles=list(roles))


@pytest.fixture
def edda():
    return somebody("Edda", Role.LADDER_EDITOR)


@pytest.fixture
def pavel():
    return somebody("Pavel", Role.LADDER_PUBLISHER)


@pytest.fixture
def published():
    return bring_in(small())


def changed(version, by, summary="Shapes systems and says why.") -> LadderVersion:
    """A draft with one cell that says something else."""
    draft = drafts.copy_of(version, by=by)
    drafts.write_cell(draft, "craft", "staff-1", [{"id": "craft-above", "summary": summary}], by=by)
    return draft


def approved(version, edda, pavel, **options) -> LadderVersion:
    draft = changed(version, edda, **options)
    versions.review(draft, by=edda)
    return versions.approve(draft, by=pavel)


def fresh(version) -> LadderVersion:
    return LadderVersion.objects.for_moves().get(pk=version.pk)


def test_a_draft_begins_as_a_copy_and_leaves_the_published_text_alone(published, edda):
    draft = changed(published, edda)

    assert (draft.number, draft.state, draft.based_on) == ("draft-2", "draft", published)
    one, two = document(published), document(fresh(draft))
    assert one["expectations"][1]["summary"] == "Shapes systems."
    assert two["expectations"][2]["summary"] == "Shapes systems and says why."
    assert two["framework"]["version"] == "draft-2"
    assert fresh(published).digest == published.digest


def test_a_ladder_has_one_text_in_the_making(published, edda):
    drafts.copy_of(published, by=edda)
    with pytest.raises(Conflict, match="already has a text in the making"):
        drafts.copy_of(published, by=edda)


def test_an_edit_writes_only_the_cell_that_changed(published, edda):
    draft = drafts.copy_of(published, by=edda)
    before = set(Expectation.objects.filter(version=draft).values_list("pk", flat=True))
    cell = [{"id": "care-high", "summary": "Helps."}]
    drafts.write_cell(draft, "care", "lead-1", cell, by=edda)
    after = set(Expectation.objects.filter(version=draft).values_list("pk", flat=True))
    assert len(before & after) == 3
    assert len(after - before) == 2, "the shared one, and the one split off"


def test_every_edit_leaves_rows_that_say_what_the_document_says(published, edda):
    draft = drafts.copy_of(published, by=edda)
    drafts.add(draft, "levels", {"track": "staff", "titles": ["Principal"]}, by=edda)
    drafts.add(draft, "pillars", {"name": "Reach"}, by=edda)
    drafts.shift(draft, "pillars", "people", by=edda, steps=-1)
    drafts.edit(draft, "framework", "framework", {"title": "Tiny"}, by=edda)
    drafts.remove(draft, "level_links", "senior branches_to lead-1", by=edda)

    text = document(fresh(draft))
    assert [row["id"] for row in text["levels"]][-3:] == ["staff-1", "principal", "lead-1"]
    assert [row["id"] for row in text["pillars"]] == ["people", "work", "reach"]
    assert text["framework"]["title"] == fresh(draft).title == "Tiny"
    assert len(text["level_links"]) == 2
    assert text["expectations"][0]["x_kept"] == [1]


def test_who_saved_last_does_not_overwrite_who_saved_first(published, edda, pavel):
    draft = drafts.copy_of(published, by=edda)
    seen = drafts.mark({"entries": drafts.cells.read(document(draft), "care", "senior")})
    mine = [{"id": "care-high", "summary": "Mine."}]
    drafts.write_cell(draft, "care", "senior", mine, by=edda, seen=seen)
    with pytest.raises(Stale) as stale:
        drafts.write_cell(draft, "care", "senior", mine, by=pavel, seen=seen)
    assert stale.value.current["entries"][0]["summary"] == "Mine."
    other = drafts.mark({"entries": drafts.cells.read(document(draft), "care", "junior")})
    drafts.write_cell(draft, "care", "junior", mine, by=pavel, seen=other)


def test_bad_input_is_named_by_field_and_writes_nothing(published, edda):
    draft = drafts.copy_of(published, by=edda)
    for values, field in (({"titles": "one"}, "titles"), ({"order": "high"}, "order")):
        with pytest.raises(Invalid) as refused:
            drafts.edit(draft, "levels", "junior", values, by=edda)
        assert list(refused.value.errors) == [field]
    with pytest.raises(Conflict, match="not in the draft any more"):
        drafts.edit(draft, "levels", "gone", {"scope": "x"}, by=edda)
    assert fresh(draft).revision == 0


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\ud800"])
def test_what_cannot_be_shown_is_refused_however_deep_it_lies(published, edda, sign):
    draft = drafts.copy_of(published, by=edda)
    deep = {"text": "Says why.", "x_own": {"a": [{"b": f"c{sign}"}]}}
    for entry, field in (({"summary": f"a{sign}b"}, "summary"), ({"statements": [deep]}, "b")):
        with pytest.raises(Invalid, match="does not belong") as refused:
            drafts.write_cell(draft, "craft", "junior", [entry], by=edda)
        assert list(refused.value.errors) == [field]


def test_a_sitting_is_one_event(published, edda):
    changed(published, edda)
    draft = LadderVersion.objects.latest("pk")
    drafts.write_cell(draft, "care", "senior", [], by=edda)
    assert Event.objects.about(draft).filter(verb="version.edit").count() == 1


def test_gaps_keep_a_draft_from_review_until_they_are_closed(published, edda):
    draft = drafts.copy_of(published, by=edda)
    drafts.add(draft, "competencies", {"pillar": "work", "name": "Reach"}, by=edda)
    with pytest.raises(Conflict, match="4 cells say nothing"):
        versions.review(draft, by=edda)
    assert drafts.close_gaps(draft, by=edda, competency="reach") == 4
    assert versions.review(draft, by=edda).state == VersionState.IN_REVIEW


def test_a_draft_that_changes_nothing_is_not_reviewed(published, edda):
    draft = drafts.copy_of(published, by=edda)
    with pytest.raises(Conflict, match="differs"):
        versions.review(draft, by=edda)


def test_publishing_takes_two_people(published, edda, pavel):
    both = somebody("Bo", Role.LADDER_EDITOR, Role.LADDER_PUBLISHER)
    draft = changed(published, both)
    versions.review(draft, by=both)
    with pytest.raises(Conflict, match="approve"):
        versions.publish(draft, by=pavel)
    with pytest.raises(Forbidden, match="somebody else"):
        versions.approve(draft, by=both)
    with pytest.raises(Forbidden):
        versions.approve(draft, by=edda)

    versions.approve(draft, by=pavel)
    versions.publish(draft, by=both)

    assert fresh(draft).state == VersionState.PUBLISHED
    other = LadderVersion.objects.filter(pk=changed(fresh(draft), both, "Again.").pk)
    with pytest.raises(DatabaseError, match="by another"), transaction.atomic():
        other.update(sent_by=both, approved_by=both)


def test_whoever_wrote_one_word_does_not_approve(published, edda, pavel):
    draft = changed(published, edda)
    drafts.write_cell(draft, "care", "senior", [{"summary": "Helps all."}], by=pavel)
    versions.review(draft, by=edda)
    with pytest.raises(Forbidden):
        versions.approve(draft, by=pavel)


def test_the_number_follows_from_what_changed(published, edda, pavel):
    draft = approved(published, edda, pavel, summary="Shapes systems.")
    version = versions.publish(draft, by=pavel)
    # its one statement is gone: less is asked, which is minor
    assert (version.number, version.change_class) == ("1.1.0", "minor")

    again = drafts.copy_of(version, by=edda)
    drafts.write_cell(again, "care", "junior", [{"summary": "Says thanks."}], by=edda)
    versions.review(again, by=edda)
    versions.approve(again, by=pavel)
    assert versions.publish(again, by=pavel).number == "2.0.0"
    assert fresh(version).state == VersionState.SUPERSEDED
    exported = document(fresh(again))
    assert exported["framework"]["version"] == "2.0.0"
    assert exported["framework"]["effective_from"] == timezone.localdate()
    assert fresh(again).digest == versions.packing.digest(exported)


def test_the_class_goes_up_freely_and_down_with_a_reason(published, edda, pavel):
    draft = drafts.copy_of(published, by=edda)
    drafts.write_cell(draft, "care", "junior", [{"summary": "Says thanks."}], by=edda)
    with pytest.raises(Invalid) as refused:
        versions.choose_class(draft, "patch", by=edda)
    assert list(refused.value.errors) == ["reason"]
    versions.choose_class(draft, "minor", by=edda, reason="Everybody does this already.")
    versions.review(draft, by=edda)
    versions.approve(draft, by=pavel)
    version = versions.publish(draft, by=pavel)
    assert (version.number, version.class_reason) == ("1.1.0", "Everybody does this already.")

    next_one = drafts.copy_of(version, by=edda)
    drafts.edit(next_one, "levels", "junior", {"titles": ["Beginner"]}, by=edda)
    versions.choose_class(next_one, "major", by=edda)
    versions.review(next_one, by=edda)
    versions.approve(next_one, by=pavel)
    assert versions.publish(next_one, by=pavel).number == "2.0.0"


def test_a_text_taken_back_needs_a_new_approval(published, edda, pavel):
    draft = approved(published, edda, pavel)
    with pytest.raises(Conflict, match="Take it back"):
        drafts.edit(draft, "levels", "junior", {"scope": "x"}, by=edda)
    versions.send_back(draft, by=edda, reason="One more word.")
    assert fresh(draft).approved_by is None
    versions.review(draft, by=edda)
    with pytest.raises(Conflict, match="approve"):
        versions.publish(draft, by=pavel)


def test_the_clock_publishes_on_the_day_that_was_named(published, edda, pavel):
    draft = approved(published, edda, pavel)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(Invalid):
        versions.schedule(draft, by=pavel, on=timezone.localdate())
    with pytest.raises(Conflict):
        versions.publish(draft, by=None)
    versions.schedule(draft, by=pavel, on=tomorrow)
    with pytest.raises(Conflict, match="today"):
        versions.publish(draft, by=None)
    LadderVersion.objects.filter(pk=draft.pk).update(effective_from=timezone.localdate())
    assert versions.publish(draft, by=None).state == VersionState.PUBLISHED


def test_a_retired_version_stays_to_read(published, pavel, edda):
    with pytest.raises(Forbidden):
        versions.retire(published, by=edda, reason="Old.")
    versions.retire(published, by=pavel, reason="Nobody stands on it.")
    assert LadderVersion.objects.readable().get() == published


def test_an_abandoned_draft_makes_room_for_another(published, edda):
    versions.abandon(drafts.copy_of(published, by=edda), by=edda)
    assert drafts.copy_of(published, by=edda).number == "draft-3"


def test_a_ladder_begins_nearly_empty_or_from_another_text(edda, pavel):
    empty = drafts.new_ladder("Platform", by=edda)
    assert empty.ladder.slug == "platform"
    assert not LadderVersion.objects.readable().exists()
    with pytest.raises(Conflict, match="no competency"):
        versions.review(empty, by=edda)

    second = drafts.new_ladder("Platform", by=edda, text=small())
    assert second.ladder.slug == "platform-2"
    versions.review(second, by=edda)
    versions.approve(second, by=pavel)
    assert versions.publish(second, by=pavel).number == "1.0.0"
    assert Ladder.objects.get(slug="platform-2").title == "Platform"


def test_a_file_that_a_person_brings_in_is_a_draft_first(edda, pavel, reader):
    with pytest.raises(Forbidden):
        imports.import_document(small(), by=reader)
    report = imports.import_document(
        small() | {"framework": small()["framework"] | {"version": "3.2"}}, by=edda
    )
    assert "as a draft" in report.outcome
    draft = LadderVersion.objects.for_moves().get()
    versions.review(draft, by=edda)
    versions.approve(draft, by=pavel)
    assert versions.publish(draft, by=pavel).number == "3.2", "a first version keeps its number"


@pytest.mark.parametrize("move", sorted(MOVES))
def test_every_state_that_no_move_names_is_refused(published, edda, pavel, move):
    calls = {
        "edit": lambda v: drafts.edit(v, "levels", "junior", {"scope": "x"}, by=edda),
        "choose_class": lambda v: versions.choose_class(v, "major", by=edda),
        "review": lambda v: versions.review(v, by=edda),
        "return": lambda v: versions.send_back(v, by=edda, reason="r"),
        "approve": lambda v: versions.approve(v, by=pavel),
        "schedule": lambda v: versions.schedule(v, by=pavel, on=datetime.date(2099, 1, 1)),
        "unschedule": lambda v: versions.unschedule(v, by=pavel),
        "publish": lambda v: versions.publish(v, by=pavel),
        "retire": lambda v: versions.retire(v, by=pavel, reason="r"),
        "abandon": lambda v: versions.abandon(v, by=edda),
    }
    if move not in calls:
        assert move in ("archive", "supersede"), "what publishing does to others"
        return
    if VersionState.PUBLISHED not in MOVES[move].sources:
        with pytest.raises(Conflict):
            calls[move](published)
    given_up = versions.abandon(changed(published, edda), by=edda)
    with pytest.raises(Conflict):
        calls[move](given_up)


SEALED = {
    "a level": lambda version: version.levels.update(scope="More"),
    "a statement": lambda version: Statement.objects.update(text="x"),
    "an expectation": lambda version: version.expectations.all().delete(),
    "where it stands": lambda version: Standing.objects.first().delete(),
    "a competency": lambda version: version.competencies.create(key="new", position=9),
    "a step": lambda version: version.links.update(type="rejoins"),
    "its title": lambda version: LadderVersion.objects.update(title="x"),
    "its life": lambda version: LadderVersion.objects.update(state="draft"),
    "its row": lambda version: version.delete(),
}


@pytest.mark.parametrize("what", SEALED)
def test_the_database_keeps_a_published_text_word_for_word(published, what):
    with pytest.raises(DatabaseError), transaction.atomic():
        SEALED[what](published)
