"""The web process as it is deployed: how soon it answers, and how much memory it takes."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from assessments.bench.doors import Cast, Door

PAGES = ("/", "/people/", "/cases/", "/track/", "/api/v1/cases/?page_size=100")
PATIENCE = 30
VISITS = 4


def serve(cast: Cast) -> dict[str, Any]:
    """Start gunicorn with two workers on the measured database, visit pages, and end it."""
    door = Door(cast.hr)
    cookie = "; ".join(f"{name}={one.value}" for name, one in door.client.cookies.items())
    port = _free_port()
    environment = os.environ | {"DATABASE_URL": _address(), "BIND": f"127.0.0.1:{port}"}
    environment |= {"WEB_WORKERS": "2", "LOG_LEVEL": "ERROR", "SECURE_SSL_REDIRECT": "false"}
    words = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
    began = time.monotonic()
    server = subprocess.Popen(words, cwd=settings.BASE_DIR, env=environment)  # noqa: S603
    try:
        _first_answer(port)
        booted = time.monotonic() - began
        for path in PAGES * VISITS:
            _visit(port, path, cookie)
        return {"boot_to_first_answer_s": round(booted, 2), "web_mib": _memory(server.pid)}
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def _address() -> str:
    """The measured database as DATABASE_URL has it."""
    known = connection.settings_dict
    secret = f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else ""
    port = f":{known['PORT']}" if known["PORT"] else ""
    on_socket = known["HOST"].startswith("/")
    host = f"/{quote(known['HOST'])}" if on_socket else f"{known['HOST']}{port}"
    return f"postgres://{quote(known['USER'], safe='')}{secret}@{host}/{known['NAME']}"


def _first_answer(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            return _visit(port, "/healthz", "")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise RuntimeError(f"The web process did not answer within {PATIENCE} s.")


def _visit(port: int, path: str, cookie: str) -> None:
    headers = {"Cookie": cookie, "Host": "localhost"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        answer.read()


def _memory(pid: int) -> float | None:
    """Proportional set size of the process and its children in MiB; only Linux tells."""
    family, sizes = [pid], []
    try:
        for parent in family:
            for task in Path(f"/proc/{parent}/task").iterdir():
                family += map(int, (task / "children").read_text().split())
        for member in family:
            said = Path(f"/proc/{member}/smaps_rollup").read_text()
            sizes.append(int(re.search(r"^Pss:\s+(\d+)", said, re.MULTILINE).group(1)))  # type: ignore[union-attr]
    except OSError:
        return None
    return round(sum(sizes) / 1024, 1)
