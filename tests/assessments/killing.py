"""A sender that is killed for real: a process of its own that gets SIGKILL at a chosen instant.

Run as a program it is a nursery: for each line of JSON on stdin it forks a sender, waits until
that has ended or was killed, and answers with a line of JSON. Instants are counted over
everything the sender does to the world: before and after each statement and each message.
"""

from __future__ import annotations

import datetime
import json
import os
import select
import signal
import socketserver
import subprocess
import sys
import threading
from typing import Any

LEASE = datetime.timedelta(seconds=20)


class Sink(socketserver.ThreadingTCPServer):
    """A mail server that says yes to everything and remembers whose message it took."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[tuple[str, str]] = []  # (recipient, Message-ID)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Conversation(socketserver.StreamRequestHandler):
    """Just enough of SMTP."""

    server: Sink

    def handle(self) -> None:
        """Answer until the other side leaves or dies."""
        recipient = ""
        try:
            self._say("220 sink")
            while line := self.rfile.readline().decode():
                verb = line[:4].upper()
                if verb == "RCPT":
                    recipient = line.split("<")[1].split(">")[0]
                if verb == "DATA":
                    self._say("354 go on")
                    self.server.taken.append((recipient, self._message_id()))
                self._say("221 bye" if verb == "QUIT" else "250 yes")
        except (ConnectionError, BrokenPipeError):
            return

    def _message_id(self) -> str:
        found = ""
        while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
            if line.lower().startswith("message-id:"):
                found = line.split(":", 1)[1].strip()
        return found

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Nursery:
    """The process that forks senders, from the point of view of a test."""

    def __init__(self, database: str, port: int) -> None:
        environment = os.environ | {
            "DATABASE_URL": database,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "DATABASE_MAX_AGE": "0",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def run(self, now: datetime.datetime, **how: Any) -> dict[str, Any]:
        """Let one sender run: killed at an `instant` of a `digest`, or ended by `limit`."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"now": now.isoformat(), **how}) + "\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], 60)
        assert ready, "the sender neither ended nor died"
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        """Let it go."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


class Fate:
    """Counts the instants of a digest and ends the process at the chosen one."""

    def __init__(self, tell: int, digest: int | None, instant: int | None) -> None:
        self.tell, self.chosen = tell, (digest, instant)
        self.digest = self.instant = 0
        self.most: dict[int, int] = {}
        self.answered = False  # the mail server said yes and our mark is not written

    def next_digest(self) -> None:
        """The sender turns to the next digest."""
        self.digest, self.instant, self.answered = self.digest + 1, 0, False

    def pass_by(self, what: str) -> None:
        """One instant, at which the process may end."""
        self.instant += 1
        self.most[self.digest] = self.instant
        if (self.digest, self.instant) == self.chosen:
            self.say(killed=True, at=what, answered=self.answered)
            os.kill(os.getpid(), signal.SIGKILL)

    def say(self, **words: Any) -> None:
        """Tell the nursery."""
        os.write(self.tell, json.dumps(words).encode())

    def statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Around each statement."""
        words = " ".join(sql.split()[:3])
        self.pass_by(f"before {words}")
        result = execute(sql, params, many, context)
        self.pass_by(f"after {words}")
        return result


def send(fate: Fate, now: datetime.datetime, limit: int) -> None:
    """What the sender does: exactly `reminders.send_due`, watched."""
    from django.core.mail.backends.smtp import EmailBackend
    from django.db import connection

    from assessments import claims, reminders

    deliver, claim, mark = EmailBackend.send_messages, claims.claim, claims.mark

    def watched_delivery(self: Any, messages: Any) -> Any:
        fate.pass_by("before the message")
        count = deliver(self, messages)
        fate.answered = True
        fate.pass_by("after the mail server's yes")
        return count

    def watched_claim(at: datetime.datetime) -> Any:
        fate.next_digest()
        return claim(at)

    def watched_mark(*args: Any) -> None:
        mark(*args)
        fate.answered = False

    EmailBackend.send_messages = watched_delivery  # type: ignore[method-assign]
    claims.claim, claims.mark, claims.LEASE = watched_claim, watched_mark, LEASE
    with connection.execute_wrapper(fate.statement):
        sent = reminders.send_due(now, limit)
    fate.say(killed=False, sent=sent, instants=fate.most)


def nursery() -> None:
    """Fork a sender for each line, and say how it ended."""
    import django

    django.setup()
    _warm_up()
    for line in sys.stdin:
        order = json.loads(line)
        ear, mouth = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ear)
            fate = Fate(mouth, order.get("digest"), order.get("instant"))
            send(fate, datetime.datetime.fromisoformat(order["now"]), order.get("limit", 1000))
            os._exit(0)
        os.close(mouth)
        with os.fdopen(ear) as said:
            words = json.loads(said.read() or '{"killed": null}')
        _, status = os.waitpid(child, 0)
        words["signal"] = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        print(json.dumps(words), flush=True)


def _warm_up() -> None:
    """Learn once what every sender inherits: code, templates, addresses, time zones."""
    from django.db import connections
    from django.template.loader import get_template
    from django.urls import get_resolver

    from assessments import reminders, steps

    assert reminders
    get_template("assessments/mail/digest.txt")
    get_template("assessments/mail/digest.html")
    assert get_resolver().reverse_dict  # else every sender would import all pages
    steps.zones()
    connections.close_all()


if __name__ == "__main__":
    nursery()
