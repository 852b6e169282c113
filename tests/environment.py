"""The environment of a test run, decided before any setting is read (a pytest plugin)."""

from __future__ import annotations

import atexit
import os
from contextlib import ExitStack

import pytest

from config.embedded import CannotStart
from config.shared import servers

ENVIRONMENT = {
    "DOT_ENV": "false",
    "DEBUG": "false",
    "LOCAL": "true",
    "DEMO": "true",
    "SECRET_KEY": "only-for-tests",
    "CACHE_URL": "locmemcache://",  # one process is one host here; nothing leaks between runs
    "EMAIL_URL": "memorymail://",
    "PUBLIC_URL": "http://testserver",
    "LOG_LEVEL": "CRITICAL",
    "PASSWORD_HASHERS": "django.contrib.auth.hashers.MD5PasswordHasher",
    "API_CALLS_PER_MINUTE": "1000000",
    "LOGIN_RATE": "1000000/m/ip",
}
FOREIGN = ("DATABASE_POOL", "REPLICA_URL", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "ADMINS")
_stack = ExitStack()
atexit.register(_stack.close)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Set the environment and start the servers that are not configured."""
    os.environ.update(ENVIRONMENT)
    os.environ["BROKER_PREFIX"] = f"test-{os.getpid()}:"
    for name in FOREIGN:
        os.environ.pop(name, None)
    options = early_config.known_args_namespace
    if options.help or options.version:
        os.environ.setdefault("DATABASE_URL", "postgres://nowhere/nothing")
        os.environ.setdefault("BROKER_URL", "memory://")
        return
    try:
        os.environ.update(_stack.enter_context(servers("test", forgetful=True)))
    except CannotStart as problem:
        raise pytest.UsageError(str(problem)) from problem


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers unless another run uses them."""
    _stack.close()
