"""How the domain says no: verdicts for policies, exceptions for actions."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Denied:
    """A policy's no. Falsy; the reason is what the person reads."""

    reason: str

    def __bool__(self) -> bool:
        return False


Verdict = Denied | bool


class Refusal(Exception):
    """The base of every no; `reason` is written for the person who asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Forbidden(Refusal):
    """Seen, but not allowed: 403."""


class Conflict(Refusal):
    """The wrong moment, or somebody else was first: 409."""


class Stale(Refusal):
    """Somebody else saved this text first: 412."""

    def __init__(self, reason: str, current: dict | None = None) -> None:
        super().__init__(reason)
        self.current = current or {}


class Invalid(Refusal):
    """Bad input, named by field: 400 in the API, 422 on the page.

    `errors` maps a field's name to its messages; `non_field_errors` holds what belongs to none.
    """

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(" ".join(message for messages in errors.values() for message in messages))
        self.errors = errors


def enforce(verdict: Verdict) -> None:
    """Raise Forbidden with the policy's own reason unless the verdict is yes."""
    if isinstance(verdict, Denied):
        raise Forbidden(verdict.reason)
    if not verdict:
        raise Forbidden("This is not open to you.")
