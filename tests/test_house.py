"""What keeps the house standing: its rooms, their sizes, and templates that are used."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("people", "ladders", "assessments")
NO_SUBJECT = {
    "core",
    "common",
    "utils",
    "helpers",
    "services",
    "signals",
    "mixins",
    "constants",
    "misc",
}
LONGEST = 300


def tracked(*patterns):
    """Files that git knows, or would take in; `make test` also runs without git."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout.split("\n")
    found = [ROOT / name for name in listed if name] or [
        path
        for pattern in patterns
        for path in ROOT.rglob(pattern.split("/")[-1])
        if ".venv" not in path.parts
    ]
    return [path for path in found if path.exists()]


MODULES = [
    path
    for path in tracked("*.py")
    if path.relative_to(ROOT).parts[0] in (*APPS, "config") and "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted(
    (ROOT / "templates").rglob("*.txt")
)


def test_the_modules_are_found():
    assert len(MODULES) > 100
    assert len(TEMPLATES) > 30


def test_no_room_is_without_a_subject():
    names = {part for path in MODULES for part in path.relative_to(ROOT).with_suffix("").parts}

    assert not names & NO_SUBJECT


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_a_sentence_and_stays_small(path):
    text = path.read_text()
    if not text.strip():
        return
    doc = ast.get_docstring(ast.parse(text)) or ""

    assert doc.split("\n\n")[0].rstrip().endswith((".", "?")), "open with one sentence"
    assert len(text.splitlines()) <= LONGEST, "split it by noun"


def test_the_median_file_is_short():
    sizes = sorted(len(path.read_text().splitlines()) for path in MODULES if path.stat().st_size)

    assert sizes[len(sizes) // 2] <= 120
    assert sizes[int(len(sizes) * 0.9)] <= 220


def test_serializers_do_not_repeat_the_name_of_their_room():
    named = [
        node.name
        for app in APPS
        for path in (ROOT / app / "serializers").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Serializer")
    ]

    assert named == []


def test_the_domain_knows_no_http():
    doors = re.compile(
        r"^\s*(from|import) (rest_framework|django\.http|django\.shortcuts|celery)\b"
    )
    rooms = ("actions", "models", "policies", "states", "visibility", "duties", "panels")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in MODULES
        if set(path.relative_to(ROOT).with_suffix("").parts) & set(rooms)
        and path.relative_to(ROOT).parts[1] in {*rooms, *(f"{room}.py" for room in rooms)}
        for line in path.read_text().splitlines()
        if doors.match(line)
    ]

    assert found == []


def test_every_template_is_used():
    by_name = {str(path.relative_to(ROOT / "templates")): path for path in TEMPLATES}
    texts = [path.read_text() for path in [*MODULES, *TEMPLATES]]
    everything = "\n".join(texts)
    unused = [
        name
        for name in by_name
        if name not in everything and not _named_by_convention(name, everything)
    ]

    assert unused == []


def _named_by_convention(name, everything):
    """Templates that Django, allauth or a mail's two halves look up by themselves."""
    if name in {"400.html", "403.html", "404.html", "500.html"} or name.startswith("account/"):
        return True
    return re.sub(r"\.(html|txt)$", "", name) in everything


def test_no_template_styles_or_scripts_inline():
    pattern = re.compile(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*(src=|type=\"importmap\"))")
    found = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if pattern.search(path.read_text()) and "mail" not in path.parts
    ]

    assert found == []


def test_nothing_is_left_for_later():
    pattern = re.compile("TO" + "DO|FIX" + "ME|XX" + "X")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in [*MODULES, *TEMPLATES]
        for line in path.read_text().splitlines()
        if pattern.search(line)
    ]

    assert found == []
