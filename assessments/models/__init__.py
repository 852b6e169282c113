"""The tables of what happened, one file a noun."""

from assessments.models.access import Access
from assessments.models.case import PromotionCase
from assessments.models.cycle import Cycle, Participation, Phase
from assessments.models.decision import (
    Decision,
    DecisionReason,
    Recommendation,
    RecommendationReason,
)
from assessments.models.evidence import Evidence, EvidenceFile
from assessments.models.feedback import Endorsement, Feedback
from assessments.models.growth_talk import GrowthTalk
from assessments.models.handover import Handover
from assessments.models.happy_here import HappyHere
from assessments.models.packet import Packet
from assessments.models.panel import Ballot, Panel, Seat
from assessments.models.parts import CaseEvidence, CaseSection
from assessments.models.procedure import Procedure
from assessments.models.pulse import Pulse, PulseAnswer
from assessments.models.reminder import Notification, Reminder
from assessments.models.track_move import Checkpoint, TrackMove

__all__ = [
    "Access",
    "Ballot",
    "CaseEvidence",
    "CaseSection",
    "Checkpoint",
    "Cycle",
    "Decision",
    "DecisionReason",
    "Endorsement",
    "Evidence",
    "EvidenceFile",
    "Feedback",
    "GrowthTalk",
    "Handover",
    "HappyHere",
    "Notification",
    "Packet",
    "Panel",
    "Participation",
    "Phase",
    "Procedure",
    "PromotionCase",
    "Pulse",
    "PulseAnswer",
    "Recommendation",
    "RecommendationReason",
    "Reminder",
    "Seat",
    "TrackMove",
]
