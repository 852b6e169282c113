"""Hands on the keyboard only: Tab, arrows, Space, Enter; every stop has to be seen."""

from __future__ import annotations

import re
from typing import Any

from tests.browser.visitor import Visitor

MOST_STOPS = 150
STOP = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const label = one.labels?.length ? [...one.labels].map(l => l.textContent).join(' ') : '';
    const name = one.getAttribute('aria-label') || label || one.textContent || '';
    const across = [.1, .5, .9].map(part => box.left + box.width * part);
    const down = [.1, .5, .9].map(part => box.top + box.height * part);
    const own = at => at && (one.contains(at) || at.contains(one) || one.labels?.length
        && [...one.labels].some(label => label.contains(at)));
    return {
        tag: one.localName, kind: one.type || '', name: name.replace(/\\s+/g, ' ').trim(),
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        shown: across.some(x => down.some(y => own(document.elementFromPoint(x, y)))),
    };
}"""


class Keyboard:
    """What a person without a mouse does in a visitor's window."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def walk_to(self, name: str, *tags: str) -> None:
        """Tab until the focus stands on what is called so; each stop on the way has to be seen."""
        wanted = re.compile(re.escape(name).replace(":", r"\s*:"))
        stop = self.stop()
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            stop = self.stop()
            if stop["tag"] == "body":
                continue
            assert stop["ring"], f"{self.visitor.path}: the focus on {stop} is not seen"
            assert stop["shown"], f"{self.visitor.path}: {stop} has the focus, but is covered"
            if wanted.match(stop["name"]) and (not tags or stop["tag"] in tags):
                return
        raise AssertionError(f"{self.visitor.path}: Tab never comes to “{name}”, last: {stop}")

    def open(self, name: str, status: int = 200, *, leaves: bool = True) -> None:
        """Follow a link."""
        self.walk_to(name, "a")
        self.enter(status) if leaves else self.page.keyboard.press("Enter")

    def press(self, name: str, status: int = 200) -> None:
        """Press a button, with the space bar."""
        self.walk_to(name, "button")
        self.enter(status, key="Space")

    def enter(self, status: int = 200, key: str = "Enter") -> None:
        """Send what has the focus on its way."""
        with self.visitor.leaving(status):
            self.page.keyboard.press(key)

    def type_into(self, label: str, text: str) -> None:
        """Go to a field and type."""
        self.walk_to(label, "input", "textarea")
        self.type(text)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.page.keyboard.type(text)

    def choose(self, label: str) -> None:
        """Go to a group of radio buttons, and down to the one that is called so."""
        while self.stop()["kind"] != "radio":
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(9):
            if self.stop()["name"].startswith(label):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"No choice is called “{label}”")

    def stands_in(self) -> str:
        """The element that has the focus."""
        return self.stop()["tag"]

    def stop(self) -> dict[str, Any]:
        """What has the focus: its tag, its name, whether a ring shows it and nothing covers it."""
        return self.page.evaluate(STOP)
