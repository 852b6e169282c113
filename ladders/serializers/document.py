"""A version of a ladder as a file: the same data that was imported."""

from typing import NamedTuple

from ladders.formats import exports, json, yaml
from ladders.formats.exports import FORMS
from ladders.models import LadderVersion
from ladders.models.document import document

__all__ = ["FORMS", "File", "file", "json_text", "yaml_text"]


class File(NamedTuple):
    """What a door answers: the bytes, their type and the name to save them under."""

    data: bytes
    content_type: str
    name: str


def file(version: LadderVersion, form: str) -> File:
    """The version in one of FORMS; `version` comes with its ladder."""
    made = exports.FORMS[form]
    name = f"{version.ladder.slug}-{version.number}.ladder.{made.suffix}"
    charset = "" if made.suffix.endswith("xlsx") else "; charset=utf-8"
    return File(made.write(document(version)), f"{made.content_type}{charset}", name)


def yaml_text(version: LadderVersion) -> str:
    """The version as a YAML file."""
    return yaml.write(document(version))


def json_text(version: LadderVersion) -> str:
    """The version as a JSON file."""
    return json.write(document(version))
