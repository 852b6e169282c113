"""`make run` for real, in a home of its own: it starts, refuses, stops, and survives kill -9."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from config.postgres import Postgres
from config.valkey import Valkey

ROOT = Path(__file__).resolve().parents[2]
INHERITED = ("DATABASE_URL", "BROKER_URL", "CACHE_URL", "PUBLIC_URL", "SECRET_KEY")


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(tmp_path, port):
    """`start()` runs the supervisor in a home under a path too long for a socket."""
    home = tmp_path / ("a-folder-with-a-long-name-" * 4)
    home.mkdir(mode=0o700)
    environment = {k: v for k, v in os.environ.items() if k not in INHERITED}
    environment |= {"LOCAL_DIR": str(home), "DEMO": "false", "WEB_WORKERS": "1"}
    command = [sys.executable, "-m", "config.supervisor", "--port"]
    started = []

    def run(at=port):
        run_of_it = subprocess.Popen(
            [*command, str(at)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(run_of_it)
        return run_of_it

    run.home = home
    yield run
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
    Valkey(home / "valkey").stop()
    Postgres(home / "postgres").stop()


def until(process, words):
    """Read what it says up to `words`; a process that ends before has failed."""
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(f"never said {words!r}:\n{said}")


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.read() == b"alive\n"
    except urllib.error.URLError:
        return False


@pytest.mark.long
def test_it_starts_refuses_a_second_stops_and_survives_a_kill(start, port):
    it_starts_refuses_a_second_and_stops(start, port)
    if sys.platform == "linux":  # only Linux tells children of a killed parent
        a_killed_run_does_not_stop_the_next(start, port)


def it_starts_refuses_a_second_and_stops(start, port):
    first = start()
    said = until(first, "Stop with Ctrl-C")
    for step in ("PostgreSQL", "Valkey", "Database", "Web, worker and beat"):
        assert re.search(rf"{step} .* \d+\.\d s", said), said
    assert f"http://127.0.0.1:{port}/" in said
    assert answers(port)
    assert (start.home / "secret-key").stat().st_mode & 0o777 == 0o600

    second = start(at=port + 1)
    assert second.wait(20) == 1
    assert f"already runs here: http://127.0.0.1:{port}/" in second.stdout.read()

    first.send_signal(signal.SIGINT)
    assert first.wait(40) == 0
    assert not answers(port)
    assert not Postgres(start.home / "postgres").answers()
    assert not Valkey(start.home / "valkey").answers()


def a_killed_run_does_not_stop_the_next(start, port):
    first = start()
    until(first, "Stop with Ctrl-C")
    first.kill()
    first.wait()
    assert Postgres(start.home / "postgres").answers()

    second = start()
    said = until(second, "Stop with Ctrl-C")
    assert said.count("was still running") == 2
    assert answers(port)
    second.terminate()
    assert second.wait(40) == 0
    time.sleep(0.1)
    assert not answers(port)


def test_a_busy_port_is_refused_before_anything_starts(start):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        refused = start(at=taken)
        assert refused.wait(20) == 1
    assert f"port {taken} is busy" in refused.stdout.read()
    assert not (start.home / "postgres").exists()
