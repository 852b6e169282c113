"""Pure: what each kind of leave means for the clock and for reminders. Rules that people wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """`stops_clock`: time in level is net of it. `pauses_reminders`: the person is away."""

    stops_clock: bool
    pauses_reminders: bool

    @property
    def means(self) -> str:
        """What the person and HR read about it."""
        if self.stops_clock:
            return "Counts neither for nor against. The clock goes on when the leave ends."
        if self.pauses_reminders:
            return "The clock goes on. No reminder goes out."
        return "The clock goes on, and so do reminders: part-time never scales the clock."


AWAY = Rule(stops_clock=True, pauses_reminders=True)
RULES = {
    "parental": AWAY,
    "sick": AWAY,
    "care": AWAY,
    "sabbatical": AWAY,
    "other": AWAY,
    "holiday": Rule(stops_clock=False, pauses_reminders=True),
    "reduced": Rule(stops_clock=False, pauses_reminders=False),
}
