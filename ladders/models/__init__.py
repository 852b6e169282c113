"""The tables of ladders and placements, one file a noun."""

from ladders.models.expectation import Competency, Expectation, Pillar, Standing, Statement
from ladders.models.ladder import Grade, Ladder, LadderVersion
from ladders.models.level import Level, LevelLink, Track
from ladders.models.placement import Placement
from ladders.models.proficiency import ProficiencyStatement, Scale, ScaleStep
from ladders.models.relevel import Relevel

__all__ = [
    "Competency",
    "Expectation",
    "Grade",
    "Ladder",
    "LadderVersion",
    "Level",
    "LevelLink",
    "Pillar",
    "Placement",
    "ProficiencyStatement",
    "Relevel",
    "Scale",
    "ScaleStep",
    "Standing",
    "Statement",
    "Track",
]
