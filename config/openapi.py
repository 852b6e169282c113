"""How the API describes itself: every operation names the refusals it can answer with."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework.serializers import Serializer

PROBLEM = {
    "type": "object",
    "description": "A refusal (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "The reason, written for the reader."},
        "errors": {
            "type": "object",
            "description": "What is wrong, by field.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
REFUSALS = {
    "BadFilter": "A filter is not understood.",
    "BadInput": "Bad input, named by field.",
    "Stranger": "Nobody is signed in, or the token does not count.",
    "NotAllowed": "Seen, but not allowed; the reason is in `detail`.",
    "NotFound": "Nothing here that you may see.",
    "WrongMoment": "The wrong moment, or somebody else was first.",
    "SavedFirst": "Somebody else saved this first.",
    "UsedUp": "The allowance of this minute is used up; see `Retry-After`.",
}
ALWAYS = {"401": "Stranger", "403": "NotAllowed", "404": "NotFound", "429": "UsedUp"}
READING = {"400": "BadFilter"}
WRITING = {"400": "BadInput", "409": "WrongMoment", "412": "SavedFirst"}
ONCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 200},
    "description": "The same key and body answer the same, once.",
}


class Schema(AutoSchema):
    """Adds the refusals and the idempotency key of every POST, and gives each thing one name."""

    def get_operation_id(self) -> str:
        """The verb and the whole path: `get_cases_by_id_history`. No two are alike."""
        path = self.path.removeprefix("/api/v1").replace("{", "by_").replace("}", "")
        words = [word.replace("-", "_") for word in path.split("/") if word]
        return "_".join([self.method.lower(), *(words or ["index"])])

    def get_serializer_name(self, serializer: Serializer, direction: str) -> str:
        """App, noun and class: names carry no suffix here, so two apps may both know a `Track`."""
        kind = type(serializer)
        app, *_, module = kind.__module__.split(".")
        words = [app, *module.split("_"), kind.__name__]
        if module.replace("_", "").lower() == kind.__name__.lower():
            words = [app, kind.__name__]
        return "".join(word[:1].upper() + word[1:] for word in words)

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """One operation with the problems that every door of this kind can answer."""
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        refusals = ALWAYS | (READING if self.method == "GET" else WRITING)
        for status, name in refusals.items():
            operation["responses"].setdefault(status, _ref("responses", name))
        operation["responses"] = dict(sorted(operation["responses"].items()))
        if self.method == "POST":
            operation.setdefault("parameters", []).append(_ref("parameters", "Once"))
        return operation


class BearerScheme(OpenApiAuthenticationExtension):
    """Names the personal token in the schema."""

    target_class = "people.api.authentication.BearerToken"
    name = "bearerToken"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """HTTP bearer."""
        return {"type": "http", "scheme": "bearer"}


def with_refusals(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Describe each refusal once, where every operation points at it (a drf-spectacular hook)."""
    problem = {"application/problem+json": {"schema": _ref("schemas", "Problem")}}
    components = result["components"]
    components["schemas"]["Problem"] = PROBLEM
    components["parameters"] = {"Once": ONCE}
    components["responses"] = {
        name: {"description": description, "content": problem}
        for name, description in REFUSALS.items()
    }
    return result


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}
