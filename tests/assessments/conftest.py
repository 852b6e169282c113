"""The cast, assembled once for each test that asks for it."""

import pytest

from tests import cast as story


@pytest.fixture
def cast(db):
    """Everybody of the story, placed on the starter ladder."""
    return story.assemble()
