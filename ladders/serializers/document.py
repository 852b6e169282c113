"""A version of a ladder as a file: the same data that was imported."""

from ladders.formats import json, yaml
from ladders.models import LadderVersion
from ladders.models.document import document


def yaml_text(version: LadderVersion) -> str:
    """The version as a YAML file."""
    return yaml.write(document(version))


def json_text(version: LadderVersion) -> str:
    """The version as a JSON file."""
    return json.write(document(version))
