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
    summary: str
    method: str
    path: str
    in_path: tuple[str, ...]
    in_query: tuple[str, ...]
    in_body: tuple[str, ...]
    is_form: bool

    @property
    def takes(self) -> tuple[str, ...]:
        """Everything it takes, in order."""
        return (*self.in_path, *self.in_query, *self.in_body)


def operations() -> dict[str, Operation]:
    """Every operation by its name, drawn from the description that programs read too."""
    schema = api.get_openapi_schema(path_prefix=PREFIX)
    found = {}
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            names = {
                place: [p["name"] for p in told["parameters"] if p["in"] == place] for place in ("path", "query")
            }
            kind, body = _body(told, schema)
            found[told["operationId"]] = Operation(
                told["operationId"],
                told["summary"],
                method.upper(),
                path,
                tuple(names["path"]),
                tuple(names["query"]),
                body,
                kind != "application/json",
            )
    return found


def _body(told: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    for kind, content in told.get("requestBody", {}).get("content", {}).items():
        shape = content["schema"]
        if "$ref" in shape:
            shape = schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]
        return kind, tuple(shape["properties"])
    return "application/json", ()


def call(
    person: Person, operation: Operation, values: Mapping[str, str], files: Mapping[str, Path]
) -> HttpResponseBase:
    """The answer to an operation called in the name of a person; the policy is asked as for anybody.

    Raises:
        KeyError: something in the address is missing.
    """
    parts = {name: quote(values[name], safe="") for name in operation.in_path}
    path = operation.path.format(**parts)
    query = {name: values[name] for name in operation.in_query if name in values}
    body: dict[str, Any] = {name: values[name] for name in operation.in_body if name in values}
    make = RequestFactory(headers={"host": settings.ALLOWED_HOSTS[0]})
    if operation.method == "GET":
        request = make.get(path, query)
    elif operation.is_form:
        sent = {name: SimpleUploadedFile(file.name, file.read_bytes()) for name, file in files.items()}
        request = make.post(path, {**body, **sent}, query_params=query)
    else:
        typed = {name: _typed(value) for name, value in body.items()}
        request = make.post(path, json.dumps(typed), content_type="application/json", query_params=query)
    request.operator = person  # type: ignore[attr-defined]
    match = resolve(path)
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return answer


def _typed(value: str) -> Any:
    """A number, list or truth value as JSON has it; anything else is words."""
    try:
        return json.loads(value)
    except ValueError:
        return value
