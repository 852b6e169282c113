"""The tables of the ground floor, one file a noun."""

from people.models.chain import Chain
from people.models.delegation import Delegation
from people.models.employment import Employment
from people.models.event import Event
from people.models.headcount import Census, Headcount, Position
from people.models.idempotency import IdempotencyKey
from people.models.import_run import ImportMapping, ImportPage, ImportPiece, ImportRun
from people.models.leave import Leave
from people.models.person import Person, Role
from people.models.reporting_line import ReportingLine
from people.models.team import Team
from people.models.token import ApiToken, Scope

__all__ = [
    "ApiToken",
    "Census",
    "Chain",
    "Delegation",
    "Employment",
    "Event",
    "Headcount",
    "IdempotencyKey",
    "ImportMapping",
    "ImportPage",
    "ImportPiece",
    "ImportRun",
    "Leave",
    "Person",
    "Position",
    "ReportingLine",
    "Role",
    "Scope",
    "Team",
]
