"""PostgreSQL and Valkey from wheels, for when no server is configured."""

import os
import secrets
from pathlib import Path

LOCAL_DIR = Path(__file__).resolve().parent.parent / ".local"


def secret_key() -> str:
    """Return the secret key kept in .local/, making it on first use (0600)."""
    path = LOCAL_DIR / "secret-key"
    LOCAL_DIR.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()


def url(name: str) -> str:
    """Return the address of a running embedded part."""
    from django.core.exceptions import ImproperlyConfigured

    path = LOCAL_DIR / name.lower().replace("_", "-")
    if not path.exists():
        raise ImproperlyConfigured(
            f"{name} is not set and no embedded server is running here. "
            "Start it with `make run`, or set DATABASE_URL and the others (see .env.example)."
        )
    return path.read_text()
