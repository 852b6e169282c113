"""Triggers that keep a published text as it was published, whoever asks."""

from __future__ import annotations

import pgtrigger

from people.models.temporal import never_emptied

_REFUSE = """
IF EXISTS (
    SELECT 1 FROM ladders_ladderversion sealed
    WHERE sealed.published_at IS NOT NULL AND sealed.id IN ({new}, {old})
) THEN
    RAISE EXCEPTION 'A published version of a ladder never changes (table %)', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
"""
_WAYS = {
    "version": "{row}.version_id",
    "scale": "(SELECT version_id FROM ladders_scale WHERE id = {row}.scale_id)",
    "expectation": "(SELECT version_id FROM ladders_expectation WHERE id = {row}.expectation_id)",
}
"""How a row of a version finds it, by the name of the key that leads there."""


def sealed(way: str = "version") -> list[pgtrigger.Trigger]:
    """Rows of a published version are neither added nor changed nor taken away."""
    new, old = _WAYS[way].format(row="NEW"), _WAYS[way].format(row="OLD")
    return [
        pgtrigger.Trigger(
            name="published_text_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=_REFUSE.format(new=new, old=old),
        ),
        never_emptied(),
    ]
