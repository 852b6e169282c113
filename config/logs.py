"""How logs are written: one event a line, who and what, never the body of anything."""

import re
from collections.abc import MutableMapping
from logging import DEBUG, INFO
from typing import Any

import structlog

__all__ = ["DEBUG", "INFO", "configured"]

Event = MutableMapping[str, Any]
RESET_KEY = re.compile(r"(/account/reset/)\w+-[^/]+")
PROBES = ("GET /healthz", "GET /readyz")


def without_probes(logger: Any, method: str, event: Event) -> Event:
    """Drop the lines of health probes: they come every few seconds, and who asks acts on them."""
    if event.get("request") in PROBES:
        raise structlog.DropEvent
    return event


def without_keys(logger: Any, method: str, event: Event) -> Event:
    """The address of a password reset is a key; a log is no place for it."""
    if "request" in event:
        event["request"] = RESET_KEY.sub(r"\1…", str(event["request"]))
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
]


def configured(*, level: str, as_json: bool) -> dict[str, Any]:
    """Configure structlog and return the matching LOGGING: JSON for machines, text for people."""
    structlog.configure(
        processors=[
            without_probes,
            without_keys,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": _rendering(as_json),
            }
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # django-structlog writes the line of each request; Django's own would say it twice.
            "django.request": {"handlers": ["nowhere"], "propagate": False},
            "django.server": {"handlers": ["nowhere"], "propagate": False},
            "celery": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
        },
    }


def _rendering(as_json: bool) -> list[Any]:
    bare = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if as_json:
        tail = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        return [bare, *tail]
    # The fancy traceback shows local variables, and those may hold what somebody wrote.
    plain = structlog.dev.plain_traceback
    return [bare, structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
