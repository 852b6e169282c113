"""Waiting until a freshly started app is ready to be shown."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request

from config.children import Children
from config.embedded import CannotStart


def wait_for(address: str, children: Children, patience: float = 60) -> None:
    """Return when /readyz says yes; CannotStart when a child ends or patience does."""
    deadline = time.monotonic() + patience
    state = "no answer"
    while time.monotonic() < deadline:
        if ended := children.ended():
            raise CannotStart(f"{ended[0]} ended while starting (exit {ended[1]}); see above.")
        ready, state = _ask(address)
        if ready:
            return
        time.sleep(0.2)
    raise CannotStart(f"after {patience:.0f} s it is still not ready: {state}")


def _ask(address: str) -> tuple[bool, str]:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            return True, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return False, json.dumps(json.loads(error.read())["parts"])
    except (OSError, ValueError) as error:
        return False, str(error)
