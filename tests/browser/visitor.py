"""A person at a browser: reads, follows links, fills in forms, presses buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import resolve
from playwright.sync_api import BrowserContext, Locator, Request, Response, expect

from people.models import Person
from tests.browser import inspection

PASSWORD = "twintrack-demo"


class Visitor:
    """One window. `problems` collects what should not be on any page that was looked at."""

    def __init__(
        self, context: BrowserContext, address: str, axe: str, seen: set[Any], problems: list[str]
    ) -> None:
        self.context, self.page = context, context.new_page()
        self.address, self.axe, self.seen, self.problems = address, axe, seen, problems
        self.scripts, self.looks = True, bool(axe)
        self.requests = self.status = self.awaited = 0
        self.page.on("request", self._requested)
        self.page.on("response", self._answered)
        self.page.on("pageerror", lambda error: self._note(f"a script failed: {error}"))
        self.page.on("console", self._said)

    # --- What a person does ----------------------------------------------------------------------

    def sign_in(self, person: Person) -> Visitor:
        """Through the form, as everybody does."""
        self.go("/account/login/")
        self.writes("Email", person.email or "")
        self.writes("Password", PASSWORD)
        self.press("Sign in")
        return self

    def is_signed_in_as(self, person: Person) -> Visitor:
        """Without going through the form."""
        client = Client()
        client.force_login(Person.objects.get(pk=person.pk))
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.address}
        self.context.add_cookies([cookie])
        return self

    def another_tab(self) -> Visitor:
        """One more tab of the same browser."""
        return Visitor(self.context, self.address, self.axe, self.seen, self.problems)

    def go(self, path: str, status: int | None = 200) -> None:
        """Type an address; None: whatever it answers."""
        with self.leaving(status):
            self.page.goto(self.address + path)

    def follow(self, name: str, status: int = 200) -> None:
        """Click the first link of this name."""
        with self.leaving(status):
            self.named("link", name).click()

    def press(self, name: str, status: int | None = 200) -> None:
        """Click the first button of this name."""
        with self.leaving(status):
            self.named("button", name).click()

    def writes(self, label: str, text: str) -> Locator:
        """Fill in a field and go on to the next."""
        field = self.field(label)
        field.fill(text)
        return field

    def choose(self, label: str) -> None:
        """One radio button or tick."""
        self.field(label).check()

    def reads(self, text: str) -> None:
        """The page says this somewhere in its main part."""
        expect(self.page.locator("main")).to_contain_text(text)

    def field(self, label: str) -> Locator:
        """The first field whose label begins so."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(?!\w)")).first

    def named(self, role: Any, name: str) -> Locator:
        """The first of this role whose name begins so, visible words and those for ears alike."""
        words = re.escape(name).replace(":", r"\s*:")
        return self.page.get_by_role(role, name=re.compile(f"^{words}")).first

    @property
    def path(self) -> str:
        """Where the person is."""
        return self.page.url.removeprefix(self.address)

    # --- What is watched meanwhile ---------------------------------------------------------------

    @property
    def view(self) -> str:
        """The name of the page."""
        return resolve(self.path.split("?")[0].split("#")[0]).view_name

    def look(self, *, closely: bool = False) -> None:
        """Look at the page: closely when told or new of its kind, else only by axe."""
        kind = (self.view, self.status)
        if self.requests > inspection.MOST_REQUESTS:
            self._note(f"{self.requests} requests")
        inspect = inspection.look if kind in self.seen and not closely else inspection.look_closely
        self.seen.add(kind)
        for problem in inspection.moved(self.page) + inspect(self.page, self.axe):
            self._note(problem)

    @contextmanager
    def leaving(self, status: int | None = 200) -> Iterator[None]:
        """Around what leads to another page; it has to be answered so, and be well."""
        with self.page.expect_navigation() as answer:
            yield
        response: Response | None = answer.value
        self.status = response.status if response else 200
        if self.scripts:
            inspection.settle(self.page)
        assert status in (None, self.status), f"{self.path}: {self.status}, {self._text()}"
        if self.looks:
            self.look()

    def _text(self) -> str:
        return self.page.inner_text("main")[:2000]

    def _requested(self, request: Request) -> None:
        if request.url.startswith("data:"):
            return
        if request.is_navigation_request() and not request.redirected_from:
            self.requests = 0
        self.requests += 1
        if not request.url.startswith(self.address + "/"):
            self._note(f"asks another origin for {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() or response.status == self.awaited:
            return
        if response.status >= 400:
            self._note(f"{response.url} answered {response.status}")

    def _said(self, message: Any) -> None:
        refused = message.text.startswith("Failed to load resource")  # told by _answered
        if message.type in ("error", "warning") and not refused:
            self._note(f"the console says: {message.text}")

    def _note(self, problem: str) -> None:
        self.problems.append(f"{self.path} ({self.status}): {problem}")
