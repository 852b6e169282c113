"""One message for one person and one day: what to do, by when, and a link. No case content."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
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

from assessments import duties, errands, steps, wording
from assessments.claims import Claim
from assessments.models import Notification, Reminder
from assessments.models.reminder import ABOUT
from people import clocks
from people.models import Person
from people.wording import counted, in_days

Key = tuple[tuple[str, int], str, int, datetime.date]
UNSEEN = {*duties.PLACES, "answer_pulse"}
"""Tasks of which the doer does not see what they are about."""


@dataclass(frozen=True, slots=True)
class Line:
    """One reminder whose duty still stands, with the names that say it."""

    reminder: Reminder
    candidate: str
    candidate_id: int
    doers: list[str]
    doer_ids: list[int]

    @property
    def text(self) -> str:
        """What to do, to the doer; what waits, to somebody above."""
        row = self.reminder
        if row.person_id in self.doer_ids:
            own, as_hr = row.person_id == self.candidate_id, row.role == "hr"
            return wording.task(row.task, self.candidate, own=own, as_hr=as_hr)
        return wording.overdue(row.task, self.candidate, self.doers)


_NAMED = """
SELECT {about}, t.task, t.step, t.due_on, candidate.name, candidate.id,
    ARRAY(SELECT p.name FROM people_person p WHERE p.id = ANY(t.doers) ORDER BY p.name), t.doers
FROM ({told}) t JOIN people_person candidate ON candidate.id = t.candidate_id
WHERE t.person_id = %(hears)s
"""


def lines(person: Person, reminders: Iterable[Reminder], now: datetime.datetime) -> list[Line]:
    """The reminders that are still owed: their duty stands, and so does the person's part in it."""
    rows = list(reminders)
    found = _owed(person, subjects(rows), now)
    keyed = [(row, (row.about, row.task, row.step, row.due_on)) for row in rows]
    return [Line(row, *found[key]) for row, key in keyed if key in found]


def subjects(reminders: Iterable[Reminder]) -> dict[str, list[int]]:
    """What reminders are about: the ids by kind."""
    abouts = {row.about for row in reminders}
    return {kind: [pk for one, pk in abouts if one == kind] for kind in ABOUT}


def _owed(person: Person, ids: dict[str, list[int]], now: datetime.datetime) -> dict[Key, Any]:
    sql = _NAMED.replace("{told}", steps.told(duties.ON_CASES, errands.THESE))
    values = steps.parameters(now, cases=ids["case"], hears=person.pk, **ids)
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("{about}", steps.ABOUT), values)
        return {_key(row): row[len(ABOUT) + 3 :] for row in cursor.fetchall()}


def _key(row: Sequence[Any]) -> Key:
    about = next((kind, pk) for kind, pk in zip(ABOUT, row, strict=False) if pk is not None)
    task, step, due_on = row[len(ABOUT) : len(ABOUT) + 3]
    return about, task, step, due_on


def latest(owed: Iterable[Line]) -> list[Line]:
    """One line a task: after an outage two steps of one task may fall into one digest."""
    last: dict[tuple[tuple[str, int], str], Line] = {}
    for line in sorted(owed, key=lambda line: line.reminder.step):
        last[line.reminder.about, line.reminder.task] = line
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
    name, ids = errands.page_of(*row.about)
    if row.person_id in line.doer_ids:
        name = duties.PLACES.get(row.task, name)
    return reverse(f"assessments:{name}", args=ids)


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
