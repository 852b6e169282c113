"""The sheet that pages load is made of the sheets that people edit, and fits its budget."""

import gzip
import re
from pathlib import Path

from django.conf import settings

from people.management.commands.build_css import joined

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))


def test_the_joined_sheet_is_fresh() -> None:
    assert (STATIC / "css" / "site.css").read_text() == joined()


def test_every_sheet_is_part_of_it() -> None:
    index = (STATIC / "css" / "index.css").read_text()
    sheets = {path.relative_to(STATIC / "css").as_posix() for path in STATIC.rglob("*.css")}
    assert sheets - {"index.css", "site.css"} == set(re.findall(r'"([^"]+)"', index))


def test_styles_and_scripts_fit_the_budget() -> None:
    style = gzip.compress((STATIC / "css" / "site.css").read_bytes())
    scripts = [gzip.compress(path.read_bytes()) for path in (STATIC / "js").glob("*.js")]
    assert len(style) <= 25_000
    assert sum(map(len, scripts)) <= 30_000


def test_no_page_carries_styles_or_scripts_inside() -> None:
    inside = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.IGNORECASE)
    pages = [path for path in TEMPLATES if path.parent.name != "mail"]
    assert [str(path) for path in pages if inside.search(path.read_text())] == []
