"""Keeping the stored ways up true: every action that writes a reporting line ends here.

The lines are the truth. What differs from them is found, and only who is at or below it is written
again, in one statement, whatever their number. The caller holds the lock on the hierarchy.
"""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from people.actions import headcounts
from people.actions.headcounts import Ids, about
from people.models.chain import LAYERS, TOO_DEEP
from people.refusals import Conflict

ALWAYS = DateRange(None, None)
# Each LATERAL (… OFFSET 0) asks the index once for each row: the planner cannot know how few rows
# are affected, and would read whole tables; an overlap as NOT isempty(…) keeps it from the index
# on periods, which nearly all rows fit.
DERIVE = """
WITH RECURSIVE asked AS (
    SELECT %(span)s::daterange AS span
), said AS (  -- who leads whom, as the lines say it
    SELECT person_id, manager_id, unnest(range_agg(valid * span)) AS valid
    FROM people_reportingline JOIN asked ON valid && span
    WHERE person_id = ANY (%(people)s) AND superseded_at IS NULL
    GROUP BY person_id, manager_id
), stored AS (  -- and as the stored ways do
    SELECT person_id, manager_id, unnest(range_agg(valid * span)) AS valid
    FROM people_chain JOIN asked ON valid && span
    CROSS JOIN LATERAL (SELECT nullif(split_part(path, '/', -3), '')::bigint AS manager_id) up
    WHERE person_id = ANY (%(people)s)
    GROUP BY person_id, manager_id
), changed AS MATERIALIZED (
    SELECT person_id FROM (TABLE said EXCEPT TABLE stored) missing
    UNION
    SELECT person_id FROM (TABLE stored EXCEPT TABLE said) wrong
), roots (path, valid) AS (  -- the ways that lead up through them
    SELECT path, valid * span FROM changed CROSS JOIN asked CROSS JOIN LATERAL (
        SELECT path, valid FROM people_chain
        WHERE person_id = changed.person_id AND NOT isempty(valid * span) OFFSET 0
    ) own
    UNION ALL
    SELECT ('/' || person_id || '/') COLLATE "C", span FROM changed CROSS JOIN asked
), affected AS MATERIALIZED (SELECT unnest(ARRAY(  -- as an array, few in the eyes of the planner
    SELECT person_id FROM changed
    UNION
    SELECT below.person_id FROM roots CROSS JOIN LATERAL (
        SELECT person_id FROM people_chain
        WHERE path >= roots.path AND path < left(roots.path, -1) || '0'
            AND NOT isempty(valid * roots.valid) OFFSET 0
    ) below
)) AS person_id), gone AS (
    DELETE FROM people_chain WHERE id = ANY (ARRAY(
        SELECT old.id FROM affected CROSS JOIN asked CROSS JOIN LATERAL (
            SELECT id FROM people_chain WHERE person_id = affected.person_id
                AND (NOT isempty(valid * span) OR valid -|- span) OFFSET 0
        ) old
    ))
    RETURNING person_id, path, valid
), line AS MATERIALIZED (
    SELECT person_id, manager_id, valid * span AS valid
    FROM affected CROSS JOIN asked CROSS JOIN LATERAL (
        SELECT manager_id, valid FROM people_reportingline WHERE superseded_at IS NULL
            AND person_id = affected.person_id AND NOT isempty(valid * span) OFFSET 0
    ) own
), known (person_id, path, valid, layers) AS (
    SELECT person_id, ('/' || person_id || '/') COLLATE "C", valid, 0
    FROM line WHERE manager_id IS NULL
    UNION ALL  -- the manager has no line of their own in that time
    SELECT person_id, ('/' || manager_id || '/' || person_id || '/') COLLATE "C", missing, 1
    FROM line CROSS JOIN LATERAL (
        SELECT unnest(datemultirange(line.valid) - coalesce(range_agg(above.valid), '{}'))
        FROM people_reportingline above
        WHERE above.person_id = line.manager_id AND above.superseded_at IS NULL
            AND above.valid && line.valid
    ) gap (missing)
    WHERE manager_id IS NOT NULL
    UNION ALL  -- the way up of the manager stays
    SELECT line.person_id, above.path || line.person_id || '/', line.valid * above.valid, 1
    FROM line CROSS JOIN LATERAL (
        SELECT path, valid FROM people_chain
        WHERE person_id = line.manager_id AND NOT isempty(valid * line.valid) OFFSET 0
    ) above
    WHERE line.manager_id NOT IN (SELECT person_id FROM affected)
), built (person_id, path, valid, layers) AS (
    TABLE known
    UNION ALL
    SELECT line.person_id, built.path || line.person_id || '/', built.valid * line.valid,
        built.layers + 1
    FROM built CROSS JOIN LATERAL (
        SELECT person_id, valid FROM people_reportingline WHERE superseded_at IS NULL
            AND manager_id = built.person_id AND NOT isempty(valid * built.valid) OFFSET 0
    ) line
    WHERE built.layers <= %(layers)s
        AND (line.person_id IN (SELECT person_id FROM affected)) IS TRUE  -- hashed once
), pieces AS (
    SELECT person_id, path, valid FROM built
    UNION ALL
    SELECT person_id, path, unnest(datemultirange(valid) - datemultirange(span))
    FROM gone CROSS JOIN asked
)
INSERT INTO people_chain (person_id, path, valid)
SELECT person_id, path, unnest(range_agg(valid)) FROM pieces GROUP BY person_id, path
ORDER BY path
"""
REBUILD = """
WITH RECURSIVE line AS MATERIALIZED (
    SELECT person_id, manager_id, unnest(range_agg(valid)) AS valid
    FROM people_reportingline WHERE superseded_at IS NULL
    GROUP BY person_id, manager_id
), leader AS (
    SELECT person_id, datemultirange(daterange(NULL, NULL)) - coalesce(
        range_agg(own.valid) FILTER (WHERE own.manager_id IS NOT NULL), '{}') AS top
    FROM (SELECT DISTINCT manager_id AS person_id FROM line WHERE manager_id IS NOT NULL) led
    LEFT JOIN line own USING (person_id) GROUP BY person_id
), ways (person_id, path, valid, layers) AS (
    SELECT person_id, ('/' || person_id || '/') COLLATE "C", unnest(top), 0 FROM leader
    UNION ALL
    SELECT line.person_id, ways.path || line.person_id || '/', ways.valid * line.valid,
        ways.layers + 1
    FROM ways JOIN line ON line.manager_id = ways.person_id AND line.valid && ways.valid
    WHERE ways.layers <= %(layers)s
)
INSERT INTO people_chain (person_id, path, valid)
SELECT person_id, path, valid FROM ways WHERE layers > 0
UNION ALL
SELECT person_id, ('/' || person_id || '/') COLLATE "C", valid FROM line WHERE manager_id IS NULL
ORDER BY path
"""


def follow(people: Ids, valid: DateRange = ALWAYS) -> None:
    """The lines of `people` were written anew, somewhere within `valid`.

    Raises Conflict when somebody would come to stand too far below the top.
    """
    if not people:
        return
    statement, given = about(people, DERIVE)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")
            cursor.execute(statement, given | {"span": valid, "layers": LAYERS})
    except IntegrityError as refused:
        if TOO_DEEP in str(refused):
            raise Conflict(f"{TOO_DEEP.capitalize()}. This would be one layer more.") from None
        raise
    headcounts.follow(people)


def rebuild() -> None:
    """All ways up, from the lines alone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        cursor.execute("DELETE FROM people_chain")
        cursor.execute(REBUILD, {"layers": LAYERS})
        cursor.execute("ANALYZE people_chain")
    headcounts.follow(None)
