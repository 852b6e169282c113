"""Pure choices of the matrix page: what its address says, and the links that change it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from ladders.sheet import KINDS, Said


@dataclass(frozen=True)
class Asked:
    """What the address says: each is a key, or blank. `level` matters on phones only."""

    track: str = ""
    pillar: str = ""
    cell: str = ""
    level: str = ""

    def address(self, **changes: str) -> str:
        """This page with some of it changed; a fragment leads to an opened cell."""
        said = {**vars(self), **changes}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"?{query}" + ("#open" if changes.get("cell") else "")


def track_options(version: Said, asked: Asked) -> list[Said]:
    """Both tracks, or one beside the shared levels; only where there are both."""
    kinds = {row["kind"] for row in version["levels"]}
    if not {"staff", "manager"} <= kinds:
        return []
    shared = "Shared and {}" if "shared" in kinds else "Only {}"
    one = [
        _option(asked, shared.format(kind), "track", kind) | {"track": kind}
        for kind in ("staff", "manager")
    ]
    return [_option(asked, "Both tracks", "track", ""), *one]


def own_tracks(version: Said, chosen: str) -> list[Said]:
    """Tracks of their own to pick from, where there is more than one."""
    own = [row for row in version["tracks"] if row["kind"] not in KINDS]
    if len(own) < 2:
        return []
    return [
        {"value": row["key"], "label": row["name"], "selected": row["key"] == chosen} for row in own
    ]


def pillar_options(version: Said, asked: Asked) -> list[Said]:
    """All pillars, or one of them; only where there are several."""
    used = {row["pillar"] for row in version["competencies"]}
    pillars = [row for row in version["pillars"] if row["key"] in used]
    if len(pillars) < 2:
        return []
    one = [_option(asked, row["name"], "pillar", row["key"]) for row in pillars]
    return [_option(asked, "All", "pillar", ""), *one]


def _option(asked: Asked, label: str, name: str, value: str) -> Said:
    return {
        "label": label,
        "url": asked.address(**{name: value, "cell": ""}),
        "current": getattr(asked, name) == value,
        "track": "",
    }
