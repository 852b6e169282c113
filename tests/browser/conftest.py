"""A Chromium, people in front of it, and the cast with passwords."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser, expect, sync_playwright

from people.models import Person
from tests import cast as story
from tests.browser.inspection import BEFORE, HEIGHT, WIDTHS
from tests.browser.visitor import PASSWORD, Visitor
from tests.left_out import leave_out

AXE = Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js"
PATIENCE = 30_000  # milliseconds; a busy machine is no failure
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run
    --disable-background-networking --disable-component-update --disable-sync""".split()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, or the test is left out."""
    if not AXE.exists():
        leave_out("browser tests that check every page by axe (npm is missing, or `npm ci` failed)")
    return AXE.read_text()


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests in this room.

    Playwright keeps an event loop running in this thread; Django would refuse queries beside it.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def cast(transactional_db: None) -> story.Cast:
    """Everybody of the story; they can sign in."""
    cast = story.assemble()
    Person.objects.update(password=make_password(PASSWORD))
    return cast


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What was found on the pages; any fails the test at its end."""
    found: list[str] = []
    yield found
    listed = "\n".join(dict.fromkeys(found))
    assert not found, f"Found on the pages:\n{listed}"


@pytest.fixture
def sit_down(
    browser: Browser, live_server: Any, problems: list[str]
) -> Iterator[Callable[..., Visitor]]:
    """`sit_down()`: somebody at a new browser; with `axe=` every page is looked at."""
    contexts, seen = [], set()

    def arrive(axe: str = "", **options: Any) -> Visitor:
        usual = {
            "viewport": {"width": WIDTHS[0], "height": HEIGHT},
            "reduced_motion": "reduce",
            "locale": "en-GB",
        }
        context = browser.new_context(**(usual | options))
        context.set_default_timeout(PATIENCE)
        context.add_init_script(BEFORE)
        contexts.append(context)
        visitor = Visitor(context, live_server.url, axe, seen, problems)
        visitor.scripts = options.get("java_script_enabled", True)
        return visitor

    yield arrive
    for context in contexts:
        context.close()
