"""What tests of cases count."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.assessments import publishing_story


@pytest.fixture
def count_queries():
    """`count_queries(client, address)`: how many statements one GET takes, session included."""

    def count(client, address):
        with CaptureQueriesContext(connection) as taken:
            assert client.get(address).status_code == 200
        return len(taken)

    return count


@pytest.fixture
def edda(db):
    """Who writes ladders."""
    return publishing_story.writer()


@pytest.fixture
def pavel(db):
    """Who publishes them."""
    return publishing_story.publisher()
