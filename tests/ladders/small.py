"""A ladder small enough to see at once, with both tracks, links and every sort of cell."""

from __future__ import annotations

from typing import Any


def small() -> dict[str, Any]:
    """Three levels, two competencies, no cell without words."""
    return {
        "schema": "career-ladder/1",
        "framework": {"id": "small", "title": "Small", "version": "1.0.0"},
        "grades": [{"id": "g1", "rank": 1}, {"id": "g2", "rank": 2}],
        "tracks": [
            {"id": "shared", "kind": "shared", "name": "Shared"},
            {"id": "staff", "kind": "individual_contributor", "name": "Staff"},
            {"id": "manager", "kind": "management", "name": "Manager"},
        ],
        "levels": [
            {"id": "junior", "track": "shared", "order": 1, "titles": ["Junior"], "grade": "g1"},
            {"id": "senior", "track": "shared", "order": 2, "titles": ["Senior"], "grade": "g1"},
            {"id": "staff-1", "track": "staff", "order": 1, "titles": ["Staff"], "grade": "g2"},
            {"id": "lead-1", "track": "manager", "order": 1, "titles": ["Manager"], "grade": "g2"},
        ],
        "level_links": [
            {"from": "senior", "to": "staff-1", "type": "branches_to"},
            {"from": "senior", "to": "lead-1", "type": "branches_to"},
            {"from": "staff-1", "to": "lead-1", "type": "equivalent"},
        ],
        "pillars": [{"id": "work", "name": "Work"}, {"id": "people", "name": "People"}],
        "competencies": [
            {"id": "craft", "pillar": "work", "name": "Craft"},
            {"id": "care", "pillar": "people", "name": "Care"},
        ],
        "expectations": [
            {
                "id": "craft-shared",
                "competency": "craft",
                "levels": {"track": "shared"},
                "summary": "Builds parts.",
                "x_kept": [1],
            },
            {
                "id": "craft-above",
                "competency": "craft",
                "levels": ["staff-1", "lead-1"],
                "summary": "Shapes systems.",
                "statements": [{"id": "s1", "text": "Draws one plan.", "examples": ["A plan."]}],
            },
            {
                "id": "care-low",
                "competency": "care",
                "levels": ["junior"],
                "state": "not_applicable",
            },
            {
                "id": "care-high",
                "competency": "care",
                "levels": ["senior", "staff-1", "lead-1"],
                "summary": "Helps others grow.",
            },
        ],
    }
