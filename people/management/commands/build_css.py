"""`manage.py build_css`: join the style sheets named in index.css into the one that pages load."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

_IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)
_FOLDER = Path(settings.BASE_DIR) / "static" / "css"


def joined(folder: Path = _FOLDER) -> str:
    """Return the text of site.css: every sheet that index.css imports, in its order."""
    names = _IMPORT.findall((folder / "index.css").read_text())
    head = "/* Made by `make css` out of index.css. Change the sheets it names, not this file. */\n"
    return head + "\n".join((folder / name).read_text().strip() + "\n" for name in names)


class Command(BaseCommand):
    """Write static/css/site.css, or only check that it is fresh."""

    help = "Join the style sheets into static/css/site.css."

    def add_arguments(self, parser) -> None:
        """Take --check, which writes nothing."""
        parser.add_argument("--check", action="store_true", help="fail if site.css is stale")

    def handle(self, *, check: bool, **options) -> None:
        """Join, then write or compare."""
        target = _FOLDER / "site.css"
        text = joined()
        if not check:
            target.write_text(text)
        elif not target.exists() or target.read_text() != text:
            raise CommandError("static/css/site.css is stale: run `make css` and commit it.")
