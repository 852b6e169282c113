"""`make run`: the servers, the database, web, worker and beat, started and stopped together."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from typing import Any

import environ

from config import embedded, readiness
from config.children import Children
from config.embedded import BASE_DIR, LOCAL_DIR, CannotStart
from config.postgres import Postgres
from config.valkey import Valkey

GRACE = 15
PYTHON = sys.executable


class Stop(BaseException):
    """Somebody asked us to stop."""


def main() -> int:
    """Start everything, wait, stop everything. 0 when asked to stop, 1 when something is wrong."""
    port = _port()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _asked_to_stop)
    try:
        with embedded.lock(LOCAL_DIR / "lock", wait=False):
            return _run(port)
    except BlockingIOError:
        print(_already_running(), file=sys.stderr)
    except CannotStart as problem:
        print(f"\nCannot start: {problem}", file=sys.stderr)
    except PermissionError as problem:
        print(f"\nCannot start: {problem}. Was {LOCAL_DIR} made by another user?", file=sys.stderr)
    except Stop:
        return 0
    return 1


def _run(port: int) -> int:
    ensure_free(port)
    embedded.write_private(LOCAL_DIR / "running", f"{os.getpid()} http://127.0.0.1:{port}/")
    began = time.monotonic()
    print(f"Twintrack starts on port {port}. What it keeps is in {LOCAL_DIR}.", flush=True)
    with ExitStack() as stack:
        stack.callback((LOCAL_DIR / "running").unlink, missing_ok=True)
        _configure(port, stack)
        _prepare_database()
        children = Children(BASE_DIR, grace=GRACE)
        stack.callback(_say_and, "Stopping web, worker and beat …", children.stop)
        with step("Web, worker and beat", lambda: "ready"):
            _start(children, port)
            readiness.wait_for(f"http://127.0.0.1:{port}/readyz", children)
        _welcome(port, time.monotonic() - began)
        name, code = children.wait_for_any()
        raise CannotStart(f"{name} ended by itself (exit {code}); the rest was stopped.")


def _configure(port: int, stack: ExitStack) -> None:
    """Decide the environment of all children: given servers where named, else our own."""
    if environ.Env().bool("DOT_ENV", default=True):
        environ.Env.read_env(BASE_DIR / ".env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LOCAL", "true")
    os.environ.setdefault("PUBLIC_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    if os.environ.get("DATABASE_URL"):
        os.environ.setdefault("DEMO", "false")  # never demo people in a database of your own
        print("  Using the servers that are configured (DATABASE_URL, BROKER_URL, CACHE_URL).")
        return
    postgres, valkey = Postgres(LOCAL_DIR / "postgres"), Valkey(LOCAL_DIR / "valkey")
    _start_server("PostgreSQL", postgres, stack)
    _start_server("Valkey", valkey, stack)
    addresses = dict(zip(embedded.PARTS, (postgres.url, valkey.url(0), valkey.url(1)), strict=True))
    embedded.publish(LOCAL_DIR, addresses)
    stack.callback(embedded.withdraw, LOCAL_DIR)
    for name, address in addresses.items():
        if not os.environ.get(name):
            os.environ[name] = address


def _start_server(name: str, server: Postgres | Valkey, stack: ExitStack) -> None:
    stack.callback(_say_and, f"Stopping {name} …", server.stop)
    outcome = ""
    with step(name, lambda: f"{server.version()} {outcome}"):
        outcome = server.start()


def _prepare_database() -> None:
    """Migrate, and on first use load the demo organisation."""
    import django
    from django.core.management import call_command
    from django.db import connections

    with step("Database", lambda: "migrated"):
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
    _load_demo()
    connections.close_all()


def _load_demo() -> None:
    from django.conf import settings
    from django.core.management import CommandError, call_command

    from people.models import Person

    if not settings.DEMO or Person.objects.exists():
        return
    with step("Demo organisation", lambda: f"{Person.objects.count()} people"):
        try:
            call_command("seed_demo", verbosity=0, stdout=_Nowhere())
        except CommandError as problem:
            raise CannotStart(f"the demo organisation was not loaded. {problem}") from problem


def _start(children: Children, port: int) -> None:
    reload = ["--reload"] if os.environ.get("DEBUG", "").lower() in ("1", "true", "yes") else []
    web = ["-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi", *reload]
    celery = ["-m", "celery", "-q", "-A", "config"]
    children.start("web", [PYTHON, *web], BIND=f"127.0.0.1:{port}")
    children.start(
        "worker",
        [PYTHON, *celery, "worker", "--concurrency=2", "--without-mingle"],
        PYTHONWARNINGS="ignore::UserWarning:celery.platforms",  # root on one's own machine is fine
    )
    children.start("beat", [PYTHON, *celery, "beat", "--pidfile="])


def ensure_free(port: int, patience: float = 8.0) -> None:
    """Refuse a busy port. What a killed run left behind goes by itself; that is waited for."""
    left_behind = (LOCAL_DIR / "running").exists()
    deadline = time.monotonic() + (patience if left_behind else 0)
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return
            except OSError as error:
                if time.monotonic() >= deadline:
                    raise CannotStart(
                        f"port {port} is busy or not allowed ({error.strerror}). "
                        f"Choose another: make run PORT={port + 1 if port < 65535 else 8123}"
                    ) from error
        time.sleep(0.2)


@contextmanager
def step(name: str, outcome: Callable[[], str]) -> Any:
    """Say what is done and how long it took."""
    began = time.monotonic()
    print(f"  {name:<20} ", end="", flush=True)
    yield
    print(f"{outcome():<28} {time.monotonic() - began:5.1f} s", flush=True)


def _welcome(port: int, seconds: float) -> None:
    from django.db import connections

    from config import demo_accounts

    accounts = demo_accounts.offered()
    connections.close_all()
    print(f"Ready in {seconds:.1f} s.\n\n    http://127.0.0.1:{port}/\n")
    if accounts:
        print(f"Sign in with the password {demo_accounts.PASSWORD} as")
        for account in accounts:
            print(f"    {account['email']:<20} {account['role']}")
        print()
    print("Stop with Ctrl-C.", flush=True)


def _port() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000")
    given = parser.parse_args().port
    if not given.isdecimal() or not 1 <= int(given) <= 65535:
        parser.error(f"PORT must be a number from 1 to 65535, not {given!r}.")
    return int(given)


def _already_running() -> str:
    try:
        pid, address = (LOCAL_DIR / "running").read_text().split()
    except (OSError, ValueError):
        return "Another `make run` is starting or stopping here. Try again in a moment."
    return f"Twintrack already runs here: {address} (process {pid}). Stop it there with Ctrl-C."


def _asked_to_stop(number: int, frame: Any) -> None:
    for again in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(again, signal.SIG_IGN)  # once is enough; stopping must not be interrupted
    raise Stop


def _say_and(words: str, act: Callable[[], None]) -> None:
    print(words, flush=True)
    act()


class _Nowhere:
    """A stdout for commands whose outcome the step line tells."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None: ...


if __name__ == "__main__":
    sys.exit(main())
