"""The frozen packets of the large organisation, with honest digests, streamed in by COPY."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.db.backends.utils import CursorWrapper
from psycopg.types.json import Jsonb

from assessments.actions.packets import digest
from ladders import stints

CASES = """
SELECT c.id, c.target_id, candidate.name, owner.name, low.titles[1], high.titles[1],
    ladder.title || ' ' || version.number, row.statement, row.own_section, row.off_cycle_reason,
    row.frozen_at, c.hr_id, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('attachment', tie.id,
            'what', piece.what, 'links', piece.links, 'files', jsonb_build_array(),
            'happened_on', piece.happened_on, 'competency_id', tie.competency_id)
            ORDER BY piece.happened_on, tie.id), '[]')
        FROM assessments_caseevidence tie JOIN assessments_evidence piece
            ON piece.id = tie.evidence_id WHERE tie.case_id = c.id
    ), (
        SELECT coalesce(jsonb_agg(jsonb_build_object('author', author.name, 'text', said.text,
            'visibility', said.visibility, 'outside_team', said.outside_team,
            'answered_at', said.answered_at) ORDER BY said.id), '[]')
        FROM assessments_feedback said JOIN people_person author ON author.id = said.author_id
        WHERE said.case_id = c.id AND said.state = 'submitted'
    ), (
        SELECT coalesce(jsonb_agg(jsonb_build_object('person', above.name, 'kind', said.kind,
            'endorses', said.endorses, 'text', said.text, 'before_resubmission', FALSE)
            ORDER BY said.id), '[]')
        FROM assessments_endorsement said JOIN people_person above ON above.id = said.person_id
        WHERE said.case_id = c.id
    ), c.opened_at::timestamptz, (
        SELECT array_agg(ROW (track.kind, stood.titles[1], lower(held.valid), upper(held.valid)))
        FROM ladders_placement held JOIN ladders_level stood ON stood.id = held.level_id
        JOIN ladders_track track ON track.id = stood.track_id
        WHERE held.person_id = c.candidate_id AND held.superseded_at IS NULL
    )
FROM scale_case c
JOIN assessments_promotioncase row ON row.id = c.id AND row.frozen_at IS NOT NULL
JOIN people_person candidate ON candidate.id = c.candidate_id
JOIN people_person owner ON owner.id = c.owner_id
JOIN ladders_level low ON low.id = c.from_id
JOIN ladders_level high ON high.id = c.target_id
JOIN ladders_ladderversion version ON version.id = c.version_id
JOIN ladders_ladder ladder ON ladder.id = version.ladder_id
ORDER BY c.id
"""
PARTS = """
SELECT expected.level_id, jsonb_agg(jsonb_build_object('expectation', expectation.id,
    'competency', competency.name, 'competency_id', competency.id,
    'expected', expectation.summary, 'text', repeat(%(words)s, 3),
    'statements', (SELECT coalesce(jsonb_agg(said.text ORDER BY said.position), '[]')
        FROM ladders_statement said WHERE said.expectation_id = expectation.id))
    ORDER BY expected.nth)
FROM scale_expected expected
JOIN ladders_expectation expectation ON expectation.id = expected.expectation_id
JOIN ladders_competency competency ON competency.id = expected.competency_id
GROUP BY expected.level_id
"""
COPY = "COPY assessments_packet (case_id, content, digest, frozen_at, frozen_by_id) FROM STDIN"
NAMES = (
    *("candidate", "manager", "from_level", "target_level", "ladder"),
    *("statement", "own_section", "off_cycle_reason"),
)
BATCH = 2_000


def freeze(cursor: CursorWrapper, given: dict[str, Any]) -> None:
    """Write the packet of every case that was frozen, in constant memory."""
    cursor.execute(PARTS, given)
    parts = {level: json.loads(said) for level, said in cursor.fetchall()}
    cursor.execute(f"DECLARE frozen NO SCROLL CURSOR FOR {CASES}")
    while rows := _next(cursor):
        with cursor.copy(COPY) as copy:
            for row in rows:
                content = _content(row, parts, given["today"])
                copy.write_row((row[0], Jsonb(content), digest(content), *row[10:12]))
    cursor.execute("CLOSE frozen")


def _next(cursor: CursorWrapper) -> list[tuple]:
    cursor.execute(f"FETCH {BATCH} FROM frozen")
    return cursor.fetchall()


def _content(row: tuple, parts: dict[int, Any], today: datetime.date) -> dict[str, Any]:
    """What `assessments.actions.packets.snapshot` would have said."""
    day = datetime.date.fromisoformat
    spells = [
        stints.Spell(track, title, day(since), day(until) if until else None)
        for track, title, since, until in row[16]
    ]
    return {
        **dict(zip(NAMES, row[2:10], strict=True)),
        "experience": [stint.text for stint in stints.stints(spells, today)],
        "waiver_reason": "",
        "level_reason": "",
        "statement_by": row[3],
        "statement_at": None,
        "handovers": [],
        "parts": [
            {**part, "written_by": row[3], "written_at": row[15].isoformat()}
            for part in parts[row[1]]
        ],
        "evidence": json.loads(row[12]),
        "feedback": json.loads(row[13]),
        "endorsements": json.loads(row[14]),
    }
