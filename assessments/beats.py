"""What happens on every beat of the clock. Any number of beats, at once or late, is harmless."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.utils import timezone

from assessments import notifications, reminders
from assessments.actions import cases, decisions, handovers, publications, track_trials
from ladders.actions import headcounts, rehires
from people.actions import people

log = structlog.get_logger(__name__)

DUTIES: dict[str, Callable[[], int]] = {
    "accounts_closed": lambda: people.close_accounts(timezone.localdate()),
    "rehired": rehires.settle,
    "handed_over": handovers.follow_lines,
    "made_effective": lambda: decisions.make_due_effective(timezone.localdate()),
    "recounted": lambda: headcounts.recount_when_due(timezone.localdate()),
    "moves": lambda: track_trials.keep_time(timezone.localdate()),
    "published": lambda: publications.publish_due(timezone.localdate()),
    "ended": lambda: cases.end_overdue(timezone.now()),
    "events": notifications.deliver,
    "planned": reminders.plan,
    "digests": reminders.send_due,
}


def beat() -> dict[str, int]:
    """Do everything that is due; what fails is logged and does not keep the rest waiting."""
    done = {}
    for name, act in DUTIES.items():
        try:
            done[name] = act()
        except Exception:
            log.exception("beat_failed", duty=name)
    if any(done.values()):
        log.info("beat", **done)
    return done
