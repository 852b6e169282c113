"""One message for one person and one day: what to do, by when, and a link. No case content."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse

from assessments import duties, steps, wording
from assessments.claims import Claim
from assessments.models import Notification, Reminder
from people import clocks
from people.models import Person
from people.wording import counted, in_days

Key = tuple[int, str, int, datetime.date]


@dataclass(frozen=True, slots=True)
class Line:
    """One reminder whose duty still stands, with the names that say it."""

    reminder: Reminder
    candidate: str
    doers: list[str]
    doer_ids: list[int]

    @property
    def text(self) -> str:
        """What to do, to the doer; what waits, to somebody above."""
        row = self.reminder
        if row.person_id in self.doer_ids:
            return wording.task(row.task, self.candidate, as_hr=row.role == "hr")
        return wording.overdue(row.task, self.candidate, self.doers)


_NAMED = """
SELECT t.case_id, t.task, t.step, t.due_on, candidate.name,
    ARRAY(SELECT p.name FROM people_person p WHERE p.id = ANY(t.doers) ORDER BY p.name), t.doers
FROM ({told}) t JOIN people_person candidate ON candidate.id = t.candidate_id
WHERE t.person_id = %(hears)s
"""


def lines(person: Person, reminders: Iterable[Reminder], now: datetime.datetime) -> list[Line]:
    """The reminders that are still owed: their duty stands, and so does the person's part in it."""
    rows = list(reminders)
    found = _owed(person, {row.case_id for row in rows}, now)
    keyed = [(row, (row.case_id, row.task, row.step, row.due_on)) for row in rows]
    return [Line(row, *found[key]) for row, key in keyed if key in found]


def _owed(person: Person, cases: Collection[int], now: datetime.datetime) -> dict[Key, Any]:
    sql = _NAMED.replace("{told}", steps.told(duties.ON_CASES))
    with connection.cursor() as cursor:
        cursor.execute(sql, steps.parameters(now, cases=list(cases), hears=person.pk))
        return {(row[0], row[1], row[2], row[3]): row[4:] for row in cursor.fetchall()}


def latest(owed: Iterable[Line]) -> list[Line]:
    """One line a task: after an outage two steps of one task may fall into one digest."""
    last: dict[tuple[int, str], Line] = {}
    for line in sorted(owed, key=lambda line: line.reminder.step):
        last[line.reminder.case_id, line.reminder.task] = line
    return sorted(last.values(), key=lambda line: (line.reminder.due_on, line.reminder.pk))


def message(
    claimed: Claim, owed: Iterable[Line], now: datetime.datetime, server: BaseEmailBackend
) -> EmailMultiAlternatives:
    """The digest as mail, in text and HTML; tried again, it carries the same Message-ID."""
    person, told = claimed.person, latest(owed)
    context = {
        "name": person.name,
        "time_zone": person.time_zone,
        "lines": [_shown(line, clocks.today(_zone(claimed), now)) for line in told],
        "inbox": _absolute(reverse("assessments:inbox")),
    }
    mail = EmailMultiAlternatives(
        subject=_subject(told, clocks.today(_zone(claimed), now)),
        body=render_to_string("assessments/mail/digest.txt", context),
        to=[person.email],
        headers={"Message-ID": _message_id(claimed), "Auto-Submitted": "auto-generated"},
        connection=server,
    )
    html = render_to_string("assessments/mail/digest.html", context)
    mail.attach_alternative(css_inline.inline(html, load_remote_stylesheets=False), "text/html")
    return mail


def notification(line: Line, now: datetime.datetime) -> Notification:
    """The same line for the inbox, not saved yet."""
    row = line.reminder
    return Notification(
        person_id=row.person_id,
        reminder=row,
        case_id=row.case_id,
        text=f"{line.text}: due {row.due_on:%-d %B}."[:300],
        path=_path(line),
        created_at=now,
    )


def _shown(line: Line, today: datetime.date) -> dict[str, str]:
    row = line.reminder
    verb = "Was due" if row.due_on < today else "Due"
    due = f"{verb} {in_days(row.due_on, today)}"
    return {"text": line.text, "due": due, "url": _absolute(_path(line))}


def _path(line: Line) -> str:
    """Where its doer does it; whoever is told that it waits finds the case."""
    row = line.reminder
    does_it = row.person_id in line.doer_ids
    name = duties.PLACES.get(row.task, "case") if does_it else "case"
    return reverse(f"assessments:{name}", args=[row.case_id])


def _subject(told: list[Line], today: datetime.date) -> str:
    first = min(line.reminder.due_on for line in told)
    verb = "was due" if first < today else "is due"
    if len(told) == 1:
        return f"A task {verb} {in_days(first, today)}"
    return f"{counted(len(told), 'task,tasks')}: the first {verb} {in_days(first, today)}"


def _message_id(claimed: Claim) -> str:
    """Person, local day and first claim name the message; the last two never change in a retry."""
    day = max(row.send_on for row in claimed.reminders)
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<reminder.{claimed.person.pk}.{day:%Y%m%d}.{claimed.id.hex}@{host}>"


def _zone(claimed: Claim) -> str:
    return claimed.reminders[0].time_zone


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
