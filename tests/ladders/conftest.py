"""Ladders to test with, and somebody to read them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ladders.actions import imports
from ladders.formats import documents
from ladders.models import LadderVersion
from people.actions import people

SAMPLES = Path(__file__).parent.parent / "samples"
STARTERS = Path(__file__).parent.parent.parent / "ladders/starters"


@pytest.fixture
def corner_bytes() -> bytes:
    """A file that uses every corner of the format."""
    return (SAMPLES / "every-corner.ladder.yaml").read_bytes()


@pytest.fixture
def corner(corner_bytes) -> dict:
    """Its content as plain YAML gives it."""
    return yaml.safe_load(corner_bytes)


@pytest.fixture
def starter() -> dict:
    """The starter ladder for software engineering."""
    reading = documents.read((STARTERS / "software-engineering.ladder.yaml").read_bytes())
    assert reading.good, list(reading.report.sentences())
    return reading.document


@pytest.fixture
def reader(db, client):
    """Somebody without any role, signed in."""
    person = people.add(by=None, name="Rita Reader", email="rita@example.com")
    client.force_login(person)
    return person


@pytest.fixture
def ladder(starter, reader):
    """The starter ladder, and somebody to read it."""
    return bring_in(starter)


def bring_in(document: dict) -> LadderVersion:
    """Import a document; the version that it became."""
    imports.import_document(document, by=None)
    return LadderVersion.objects.select_related("ladder").latest("pk")


def numbered(document: dict, number: str, **changes) -> dict:
    """The same ladder under another version number."""
    return document | {"framework": document["framework"] | {"version": number} | changes}
