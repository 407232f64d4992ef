"""Calling an operation from the machine itself, without a server: what the command line does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.urls import resolve

from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.api.v1 import api

PREFIX = "/api/v1/"


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked: where, and what it takes in the address, behind it, and as body."""

    name: str
    group: str
    summary: str
    description: str
    method: str
    path: str
    in_path: tuple[str, ...]
    in_query: tuple[str, ...]
    in_body: tuple[str, ...]
    is_form: bool
    shapes: Mapping[str, Mapping[str, Any]]
    required: frozenset[str]

    @property
    def takes(self) -> tuple[str, ...]:
        """Everything it takes, in order."""
        return (*self.in_path, *self.in_query, *self.in_body)

    def words_of(self, name: str) -> str:
        """What may be given for one of them: its values, or what kind of thing it is."""
        return _words(self.shapes[name])


def operations() -> dict[str, Operation]:
    """Every operation by its name, drawn from the description that programs read too."""
    schema = api.get_openapi_schema(path_prefix=PREFIX)
    found = {}
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            asked = {
                place: {p["name"]: p for p in told["parameters"] if p["in"] == place}
                for place in ("path", "query")
            }
            kind, body = _body(told, schema)
            outside = {**asked["path"], **asked["query"]}
            shapes = {**{name: each["schema"] for name, each in outside.items()}, **body["properties"]}
            needed = [name for name, each in outside.items() if each.get("required")]
            found[told["operationId"]] = Operation(
                told["operationId"],
                told["tags"][0],
                told["summary"],
                told.get("description", ""),
                method.upper(),
                path,
                tuple(asked["path"]),
                tuple(asked["query"]),
                tuple(body["properties"]),
                kind != "application/json",
                {name: _whole(shape, schema) for name, shape in shapes.items()},
                frozenset([*needed, *body.get("required", ())]),
            )
    return found


def _body(told: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    for kind, content in told.get("requestBody", {}).get("content", {}).items():
        return kind, _whole(content["schema"], schema)
    return "application/json", {"properties": {}}


def _whole(shape: Any, schema: Mapping[str, Any]) -> Any:
    """A shape with what it refers to in its place."""
    if isinstance(shape, list):
        return [_whole(each, schema) for each in shape]
    if not isinstance(shape, dict):
        return shape
    if "$ref" in shape:
        return _whole(schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]], schema)
    return {name: _whole(each, schema) for name, each in shape.items()}


def _words(shape: Mapping[str, Any]) -> str:
    if values := shape.get("enum"):
        return "|".join(str(value) for value in values if value != "")
    if several := shape.get("anyOf"):
        return " or ".join(dict.fromkeys(_words(each) for each in several if each.get("type") != "null"))
    if shape.get("type") == "array":
        return f"{_words(shape['items'])}, any number"
    if properties := shape.get("properties"):
        return "{" + ", ".join(properties) + "}"
    kind = {"date": "YYYY-MM-DD", "date-time": "date and time", "binary": "@file"}.get(shape.get("format", ""))
    return kind or {"string": "words", "integer": "number", "boolean": "true|false"}.get(
        shape.get("type", ""), "words"
    )


def call(
    person: Person,
    operation: Operation,
    values: Mapping[str, str | list[str]],
    files: Mapping[str, list[Path]],
) -> HttpResponseBase:
    """The answer to an operation called in the name of a person; the policy is asked as for anybody.

    A list is given as several values of one name.

    Raises:
        KeyError: something in the address is missing.
    """
    parts = {name: quote(str(values[name]), safe="") for name in operation.in_path}
    path = operation.path.format(**parts)
    query = {name: values[name] for name in operation.in_query if name in values}
    body: dict[str, Any] = {name: values[name] for name in operation.in_body if name in values}
    make = RequestFactory(headers={"host": settings.ALLOWED_HOSTS[0]})
    if operation.method == "GET":
        request = make.get(path, query)
    elif operation.is_form:
        sent = {
            name: [SimpleUploadedFile(file.name, file.read_bytes()) for file in each]
            for name, each in files.items()
        }
        request = make.post(path, {**body, **sent}, query_params=query)
    else:
        typed = {name: _typed(value, operation.shapes[name]) for name, value in body.items()}
        request = make.post(path, json.dumps(typed), content_type="application/json", query_params=query)
    request.operator = person  # type: ignore[attr-defined]
    match = resolve(path)
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return answer


def _typed(value: str | list[str], shape: Mapping[str, Any]) -> Any:
    """A number, list or truth value as JSON has it; anything else is words."""
    if shape.get("type") == "array" and isinstance(value, str):
        whole = _typed(value, {})
        return whole if isinstance(whole, list) else [whole]
    if isinstance(value, list):
        return [_typed(each, {}) for each in value]
    kinds = {each.get("type") for each in shape.get("anyOf", [shape])}
    try:
        return value if kinds and kinds <= {"string", "null"} else json.loads(value)
    except ValueError:
        return value
