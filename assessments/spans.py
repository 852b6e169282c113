"""Pure: how many people somebody leads, against the usual bands. Advice, never a rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """A usual span with what it means. `most` is None where there is no upper end."""

    name: str
    least: int
    most: int | None
    advice: str

    def holds(self, count: int) -> bool:
        """True when `count` people lie in this band."""
        return self.least <= count and (self.most is None or count <= self.most)


BANDS = (
    Band(
        "tech-lead manager",
        0,
        3,
        "With fewer than four people there is time to work hands-on, and it is expected.",
    ),
    Band(
        "small",
        4,
        5,
        "Four or five people leave some time for hands-on work. Say openly how much.",
    ),
    Band("healthy", 6, 8, "Six to eight people are the usual span: time for each of them."),
    Band(
        "coach",
        9,
        None,
        "With nine or more people most of the work is coaching. Look for somebody to share it.",
    ),
)
BANDS_OF_MANAGERS = (
    Band("narrow", 0, 3, "Managers of managers usually lead four to six of them."),
    Band("healthy", 4, 6, "Four to six people are the usual span of somebody who leads managers."),
    Band("wide", 7, None, "Beyond six, managers among them, little time is left for each."),
)


def bands(directs: int, managers: int) -> tuple[Band, ...]:
    """The bands to read a span against: those of managers of managers when half lead people."""
    return BANDS_OF_MANAGERS if managers and managers * 2 >= directs else BANDS


def band(directs: int, managers: int) -> Band:
    """Where a span lies."""
    return next(band for band in bands(directs, managers) if band.holds(directs))
