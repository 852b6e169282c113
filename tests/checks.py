"""`make check`: everything about the code that needs no test, each told in one line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
HOST = "twintrack.example.com"
TYPES = ("types", [str(BIN / "mypy"), "--no-error-summary"])


def main() -> int:
    """Run every check, say how each went, and fail when any did. Types take as long as the rest."""
    with tempfile.TemporaryDirectory() as static, ThreadPoolExecutor() as beside:
        deployed = os.environ | production(static)
        types = beside.submit(run, *TYPES, deployed)
        results = [run(name, words, deployed) for name, words in checks()] + [types.result()]
    failed = results.count(False)
    print(f"{failed} of {len(results)} failed." if failed else f"All {len(results)} are well.")
    return 1 if failed else 0


def checks() -> list[tuple[str, list[str]]]:
    """The names and commands, quick ones first."""
    nowhere = ["--file", os.devnull]
    templates = sorted(map(str, (ROOT / "templates").rglob("*.html")))
    return [
        ("style", [str(BIN / "ruff"), "check", "."]),
        ("format", [str(BIN / "ruff"), "format", "--check", "."]),
        ("templates", [str(BIN / "djade"), "--target-version", "5.2", "--check", *templates]),
        ("imports form a line", [str(BIN / "lint-imports"), "--no-cache"]),
        ("no missing migration", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
        ("states.md is fresh", [*MANAGE, "draw_states", "--check"]),
        ("deployment settings", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]),
        ("API schema", [*MANAGE, "spectacular", "--validate", "--fail-on-warn", *nowhere]),
        ("static files", [*MANAGE, "collectstatic", "--no-input", "--verbosity", "0"]),
        ("a page from the manifest", [sys.executable, "-m", "tests.checks", "page"]),
    ]


def run(name: str, words: list[str], environment: dict[str, str]) -> bool:
    """One check; its output is shown only when it fails."""
    began = time.monotonic()
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    ok = done.returncode == 0
    said = "" if ok else f"\n{(done.stdout + done.stderr).strip()}"
    seconds = time.monotonic() - began
    print(f"  {name:<26}{'ok' if ok else 'FAILED':<8}{seconds:5.1f} s{said}", flush=True)
    return ok


def production(static: str) -> dict[str, str]:
    """An environment as in production, but with the servers of the tests."""
    return {
        "DOT_ENV": "false",
        "LOCAL": "false",
        "DEBUG": "false",
        "DEMO": "false",
        "SECRET_KEY": "a-key-that-only-this-check-uses-0123456789-abcdefghijkl",
        "ALLOWED_HOSTS": HOST,
        "PUBLIC_URL": f"https://{HOST}",
        "EMAIL_URL": "smtp://localhost:25",
        "STATIC_ROOT": static,
        "LOG_LEVEL": "ERROR",
    }


def page() -> int:
    """Render the sign-in page as production does: every file it links to must be there."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    answer = Client(headers={"host": HOST}).get("/account/login/", secure=True)
    links = re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.content.decode())
    root = Path(settings.STATIC_ROOT)
    missing = [link for link in links if not (root / link.removeprefix("/static/")).is_file()]
    print(f"{answer.status_code}, {len(links)} files linked, missing: {missing}")
    return 0 if answer.status_code == 200 and links and not missing else 1


if __name__ == "__main__":
    sys.exit(page() if sys.argv[1:] == ["page"] else main())
