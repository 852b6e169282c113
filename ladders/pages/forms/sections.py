"""The form of each section of a draft."""

from ladders.pages.forms.parts import (
    Competency,
    Grade,
    Head,
    Level,
    Link,
    Part,
    Pillar,
    Track,
)
from ladders.pages.forms.scales import Meaning, Scale

FORMS: dict[str, type[Part]] = {
    "framework": Head,
    "tracks": Track,
    "levels": Level,
    "level_links": Link,
    "pillars": Pillar,
    "competencies": Competency,
    "grades": Grade,
    "proficiency_scales": Scale,
    "proficiency_statements": Meaning,
}
