"""The tables of the past are not emptied, whoever asks: not even by one sweep of the owner."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

TABLES = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if any(trigger.name == "never_emptied" for trigger in getattr(model._meta, "triggers", ()))
)


def test_placements_lines_events_and_texts_of_ladders_are_among_them():
    assert {"people_event", "people_reportingline", "ladders_placement"} < set(TABLES)
    assert {"people_employment", "ladders_relevel"} < set(TABLES)
    assert {"ladders_statement", "ladders_expectation_levels"} < set(TABLES)


def test_no_row_that_gave_way_can_be_brought_back():
    models = [model for model in apps.get_models() if "superseded_at" in fields(model)]
    assert len(models) >= 4
    for model in models:
        assert "gone_stays" in {trigger.name for trigger in model._meta.triggers}, model


def fields(model):
    return {field.name for field in model._meta.get_fields()}


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_the_past_is_not_truncated(table):
    sweep = f"TRUNCATE {table} CASCADE"
    with pytest.raises(DatabaseError, match="never truncated"), transaction.atomic():
        connection.cursor().execute(sweep)
