"""Digests: one a day, checked again as they go out, and no failure blocks anybody."""

from __future__ import annotations

import datetime
import smtplib
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as Memory
from django.core.management import call_command
from django.db import connection, connections

from assessments import beats, claims, reminders
from assessments.actions import cases
from assessments.models import Notification, Reminder
from people.actions import lines
from people.models import Person
from tests import cast as stages
from tests.assessments import cycle_story as story

D = datetime.date
NINE = datetime.datetime(2026, 10, 7, 9, 0, tzinfo=story.UTC)  # seven days before the due date


@pytest.fixture
def autumn(cast, time_machine):
    """Nominations are due on 14 October; it is 28 September."""
    time_machine.move_to(datetime.datetime(2026, 9, 28, 6, tzinfo=story.UTC), tick=False)
    return story.running(cast, D(2026, 10, 14))


@pytest.fixture
def planned(cast, autumn, time_machine):
    """Maya owes Carl's and Fred's cases; it is nine o'clock, seven days before."""
    carl = cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya, cycle=autumn)
    cases.open_case(cast.fred, cast.levels["senior-engineer"], by=cast.maya, cycle=autumn)
    _at(time_machine, NINE - datetime.timedelta(hours=3))
    reminders.plan()
    Reminder.objects.exclude(step=-7).delete()
    _at(time_machine, NINE)
    return carl


def _at(time_machine, now: datetime.datetime) -> None:
    time_machine.move_to(now, tick=False)


def test_all_tasks_of_one_day_come_in_one_message_in_text_and_html(cast, planned):
    assert reminders.send_due() == 1

    (message,) = mail.outbox
    assert message.to == ["maya@example.com"]
    assert message.subject == "2 tasks: the first is due in 7 days, Wednesday 14 October"
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    for body in (message.body, html):
        assert "Submit Carl Candidate’s case" in body
        assert "Submit Fred Peer’s case" in body
        assert f"http://testserver/cases/{planned.pk}/" in body
    assert "style=" in html
    assert "<style" not in html


def test_no_word_of_a_case_is_in_any_message(cast, autumn, time_machine):
    case = stages.draft(cast, cycle=autumn)
    _at(time_machine, NINE - datetime.timedelta(hours=3))
    reminders.plan()
    _at(time_machine, NINE)
    reminders.send_due()

    text = "".join(part for m in mail.outbox for part in (m.subject, m.body, m.alternatives[0][0]))
    secrets = [case.statement, case.own_section, case.target_level.title]
    secrets += [section.text for section in case.sections.all()]
    assert text
    assert not [words for words in secrets if words in text]


def test_every_line_stands_in_the_inbox_too(cast, planned):
    reminders.send_due()
    texts = Notification.objects.visible_to(cast.maya).values_list("text", flat=True)
    assert sorted(texts) == [
        "Submit Carl Candidate’s case: due 14 October.",
        "Submit Fred Peer’s case: due 14 October.",
    ]


def test_beating_again_sends_nothing_more(cast, planned, time_machine):
    reminders.send_due()
    for minutes in range(0, 600, 30):
        _at(time_machine, NINE + datetime.timedelta(minutes=minutes))
        reminders.plan()
        reminders.send_due()
    assert len(mail.outbox) == 1


def test_a_second_digest_waits_for_the_next_morning(cast, planned, time_machine):
    reminders.send_due()
    Reminder.objects.filter(case=planned).update(state="waiting", sent_at=None)

    for hours in (1, 8, 14, 16, 23):  # until eight o'clock of the next day
        _at(time_machine, NINE + datetime.timedelta(hours=hours))
        reminders.send_due()
    assert len(mail.outbox) == 1

    _at(time_machine, NINE + datetime.timedelta(days=1))
    reminders.send_due()
    assert len(mail.outbox) == 2


def test_what_was_done_meanwhile_is_dropped(cast, planned):
    cases.withdraw(planned, by=cast.carl)

    reminders.send_due()

    assert Reminder.objects.get(case=planned).state == Reminder.State.DROPPED
    assert "Carl" not in mail.outbox[0].body


def test_whoever_may_no_longer_see_the_case_is_not_told(cast, autumn, time_machine):
    case = cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya, cycle=autumn)
    _at(time_machine, datetime.datetime(2026, 10, 18, 6, tzinfo=story.UTC))
    reminders.plan()
    copy = Reminder.objects.get(person=cast.sam, case=case)
    lines.change(cast.maya, by=None, on=D(2026, 10, 18), manager=cast.paul)

    _at(time_machine, datetime.datetime(2026, 10, 19, 9, tzinfo=story.UTC))
    reminders.send_due()

    copy.refresh_from_db()
    assert copy.state == Reminder.State.DROPPED
    assert "sam@example.com" not in [to for message in mail.outbox for to in message.to]


def test_whoever_has_left_meanwhile_is_not_told(cast, autumn, time_machine):
    cases.open_case(cast.carl, cast.levels["staff-engineer"], by=cast.maya, cycle=autumn)
    _at(time_machine, datetime.datetime(2026, 10, 18, 6, tzinfo=story.UTC))
    reminders.plan()
    Person.objects.filter(pk=cast.sam.pk).update(left_on=D(2026, 10, 19))
    _at(time_machine, datetime.datetime(2026, 10, 19, 9, tzinfo=story.UTC))
    reminders.send_due()
    assert Reminder.objects.get(person=cast.sam).state == Reminder.State.DROPPED
    assert [message.to for message in mail.outbox] == [["maya@example.com"]]


def test_somebody_without_an_address_finds_it_in_the_inbox(cast, planned):
    Person.objects.filter(pk=cast.maya.pk).update(email=None)
    assert reminders.send_due() == 1
    assert mail.outbox == []
    assert Notification.objects.visible_to(cast.maya).count() == 2


class Picky(Memory):
    """A mail server that refuses Maya and takes everybody else."""

    def send_messages(self, messages):
        """Refuse the message as a real server does."""
        if "maya@example.com" in messages[0].to:
            raise smtplib.SMTPRecipientsRefused({"maya@example.com": (550, b"no such user")})
        return super().send_messages(messages)


class Away(Memory):
    """A mail server that does not answer."""

    def open(self):
        """Time out."""
        raise ConnectionRefusedError


def test_a_message_that_keeps_failing_is_set_aside_and_blocks_nobody(
    cast, autumn, planned, settings, time_machine
):
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Picky"
    cases.open_case(cast.otto, cast.levels["senior-staff-engineer"], by=cast.paul, cycle=autumn)
    reminders.plan(NINE - datetime.timedelta(hours=1))
    Reminder.objects.exclude(step=-7).delete()

    for minutes in range(0, 180, 5):
        _at(time_machine, NINE + datetime.timedelta(minutes=minutes))
        reminders.send_due()

    assert [message.to for message in mail.outbox] == [["paul@example.com"]]
    stuck = Reminder.objects.filter(person=cast.maya)
    assert {(row.state, row.attempts) for row in stuck} == {("set_aside", claims.TRIES)}

    settings.EMAIL_BACKEND = working
    call_command("retry_messages", stdout=StringIO())
    reminders.send_due()
    assert [message.to for message in mail.outbox] == [["paul@example.com"], ["maya@example.com"]]


def test_while_the_mail_server_is_away_nobody_loses_a_try(cast, planned, settings, time_machine):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    for minutes in range(60):
        _at(time_machine, NINE + datetime.timedelta(minutes=minutes))
        assert reminders.send_due() == 0
    assert set(Reminder.objects.values_list("state", "attempts")) == {("waiting", 0)}

    settings.EMAIL_BACKEND = working
    assert reminders.send_due() == 1


def test_a_retry_is_the_same_message(cast, planned, settings, time_machine):
    first = claims.claim(NINE)
    assert first is not None
    assert claims.claim(NINE) is None  # leased

    later = NINE + claims.LEASE + datetime.timedelta(seconds=1)
    Reminder.objects.create(  # something new must not slip into the retry
        person=cast.maya,
        case=planned,
        task="vote",
        step=1,
        role="doer",
        due_on=D(2026, 10, 6),
        send_on=NINE.date(),
        send_at=NINE,
        time_zone="UTC",
    )
    second = claims.claim(later)

    assert second is not None
    assert second.id == first.id
    assert {row.pk for row in second.reminders} == {row.pk for row in first.reminders}


def test_a_sender_that_lost_its_lease_marks_nothing(cast, planned, time_machine):
    slow = claims.claim(NINE)
    assert slow is not None
    _at(time_machine, NINE + datetime.timedelta(minutes=6))
    reminders.send_due()
    sent_at = set(Reminder.objects.values_list("sent_at", flat=True))

    claims.mark(slow, [row.pk for row in slow.reminders], [], NINE)

    assert set(Reminder.objects.values_list("sent_at", flat=True)) == sent_at


@pytest.mark.django_db(transaction=True)
def test_ten_beats_at_once_send_one_message_to_each(cast, autumn, planned):
    cases.open_case(cast.otto, cast.levels["senior-staff-engineer"], by=cast.paul, cycle=autumn)
    reminders.plan(NINE - datetime.timedelta(hours=1))

    def beat(_: int) -> None:
        try:
            beats.beat()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(beat, range(10)))

    assert sorted(message.to[0] for message in mail.outbox) == [
        "maya@example.com",
        "paul@example.com",
    ]
    assert Notification.objects.filter(reminder__isnull=False).count() == 3


def test_sending_one_digest_takes_the_same_statements_for_one_line_and_for_many(
    cast, autumn, planned, time_machine
):
    def statements() -> int:
        with connection.execute_wrapper(count):
            before = len(seen)
            reminders.send_due()
            return len(seen) - before

    seen: list[str] = []

    def count(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    for_two = statements()
    Notification.objects.all().delete()
    Reminder.objects.exclude(case=planned).delete()
    Reminder.objects.update(state="waiting", sent_at=None, claim=None, attempts=0)
    assert statements() == for_two
