"""Who sees which text of a ladder: every role at every door, for every state of a version."""

from __future__ import annotations

import pytest
from django.test import Client

from ladders.actions import drafts, versions
from ladders.models import LadderVersion
from ladders.states import READABLE, VersionState
from people.actions import people
from people.models import Person, Role
from tests.ladders.conftest import bring_in
from tests.ladders.small import small

pytestmark = pytest.mark.django_db

ROLES = {
    "editor": [Role.LADDER_EDITOR],
    "publisher": [Role.LADDER_PUBLISHER],
    "hr": [Role.HR],
    "analyst": [Role.ANALYST],
    "admin": [Role.ADMIN],
    "nobody": [],
}
WORK_ON_IT = {"editor", "publisher", "hr"}
WORD = "Juggles lanterns."  # stands in the text that is looked for, and nowhere else
AT = "/ladders/small/versions/{number}/"
READ = f"""
    {AT} {AT}levels/staff-1/ {AT}competencies/craft/ {AT}booklet/ {AT}changes/
    {AT}file.yaml {AT}file.json {AT}file.matrix.csv {AT}file.long.csv {AT}?q=lanterns
    /api/v1{AT} /api/v1{AT}diff/ /api/v1{AT}files/yaml/
    /api/v1{AT}cells/?competency=craft&level=staff-1 /api/v1{AT}parts/levels/staff-1/
""".split()
"""Whoever may read the text reads it here; for the others there is no such thing."""
WORK = f"{AT}publishing/ /api/v1{AT}impact/".split()
"""What is only for those who work on ladders."""
SIDES = "left=small@{number}:staff-1&right=small@{number}:senior"
COMPARED = (f"/ladders/comparison/?{SIDES}", f"/api/v1/ladders/comparison/?{SIDES}")
"""Levels are compared as they are or were in force: no draft is on offer, to nobody."""
LISTS = (
    "/ladders/ /ladders/small/ /ladders/small/versions/ /search/?q=lanterns /public/ladders/ "
    "/api/v1/ladders/ /api/v1/ladders/small/versions/ /api/v1/search/?q=lanterns"
).split()
"""Where a text that is no longer, or not yet, in force must not shine through to others."""


def somebody(name: str, roles: list[str]) -> Person:
    person = people.add(by=None, name=name, email=f"{name}@example.com")
    return people.set_roles(person, by=None, roles=roles)


def version_in(state: str) -> LadderVersion:
    """A version that holds the word and came to its state by the actions."""
    edda, pavel = somebody("Edda", [Role.LADDER_EDITOR]), somebody("Pavel", [Role.HR])
    version = drafts.copy_of(bring_in(small()), by=edda)
    cell = [{"id": "craft-above", "summary": WORD}]
    drafts.write_cell(version, "craft", "staff-1", cell, by=edda)
    if state == VersionState.ABANDONED:
        versions.abandon(version, by=edda)
    elif state != VersionState.DRAFT:
        versions.review(version, by=edda)
    if state in READABLE:
        versions.approve(version, by=pavel)
        versions.publish(version, by=pavel)
    if state == VersionState.SUPERSEDED:
        bring_in(small() | {"framework": small()["framework"] | {"version": "9.0.0"}})
    if state == VersionState.RETIRED:
        versions.retire(LadderVersion.objects.get(pk=version.pk), by=pavel, reason="Old.")
    return LadderVersion.objects.get(pk=version.pk)


@pytest.mark.parametrize("state", VersionState.values)
def test_a_text_is_seen_at_every_door_or_at_none(state, record_property):
    version, cells = version_in(state), 0
    assert version.state == state
    for role, roles in ROLES.items():
        client = Client()
        client.force_login(somebody(role, roles))
        works = role in WORK_ON_IT
        for address in READ:
            answer = client.get(address.format(number=version.number))
            wanted = 200 if works or state in READABLE else 404
            assert answer.status_code == wanted, (role, address)
            assert wanted == 200 or WORD.encode() not in answer.content, (role, address)
            cells += 1
        for address in COMPARED:
            answer = client.get(address.format(number=version.number))
            assert answer.status_code == (200 if state in READABLE else 404), (role, address)
            cells += 1
        for address in WORK:
            answer = client.get(address.format(number=version.number))
            assert works or answer.status_code in (403, 404), (role, address)
            assert not works or answer.status_code == 200, (role, address)
            assert works or state in READABLE or answer.status_code == 404, (role, address)
            cells += 1
        for address in LISTS:
            answer = client.get(address)
            hidden = state not in READABLE and not works
            assert not hidden or WORD.encode() not in answer.content, (role, address)
            assert not hidden or version.number.encode() not in answer.content, (role, address)
            cells += 1
    record_property(f"visibility of a ladder version, {state}", f"{cells} cells checked")


def test_a_stranger_at_the_door_sees_no_text_at_all():
    version = version_in(VersionState.DRAFT)
    for address in (*READ, *COMPARED, *WORK, *LISTS):
        answer = Client().get(address.format(number=version.number))
        assert answer.status_code in (302, 401, 200), address
        assert WORD.encode() not in answer.content, address
        assert version.number.encode() not in answer.content or answer.status_code == 302
