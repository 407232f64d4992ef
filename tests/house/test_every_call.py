"""Every operation of the programming interface declares its right, and tells each visitor what is theirs alone."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest

from motbuoc.interfaces import api as interface
from motbuoc.interfaces.api.calling import Operation, operations
from motbuoc.interfaces.api.v1 import api
from tests.house.calls import (
    NOBODYS,
    OF_WHAT,
    PLAIN,
    Ids,
    asking,
    call,
    ids_in,
    numbers_of,
    what,
)
from tests.house.neighbourhood import Neighbourhood
from tests.house.things import Thing

pytestmark = pytest.mark.django_db
FUNCTIONS = {
    operation.operation_id or api.get_openapi_operation_id(operation): operation.view_func
    for _prefix, router in api._routers
    for view in router.path_operations.values()
    for operation in view.operations
}
every_operation = pytest.mark.parametrize("operation", operations().values(), ids=lambda o: o.name)

FIVE_THOUSAND_DIGITS = "9" * 5_000
WILD = (
    "null",
    '""',
    '"\\u0000"',
    '"\\ud800"',
    "-1",
    "9223372036854775808",
    FIVE_THOUSAND_DIGITS,
    "1e999",
    "true",
    "[]",
    "[null]",
    "{}",
    '"0001-01-01"',
    '"9999-12-31"',
    '"%s"' % ("ẵ" * 30_000),
)
"""What no program sends that was written with care, as JSON has it."""
TRIED = 2
"""How many of these each thing that is sent is tried with: others for each, the same every time."""


@every_operation
def test_the_operation_declares_its_right(operation: Operation) -> None:
    assert hasattr(FUNCTIONS[operation.name], "right"), "put @asks(…) or @about_oneself right above the function"


@every_operation
def test_it_is_said_what_its_numbers_name(operation: Operation) -> None:
    unsaid = [name for name in numbers_of(operation) if not what(operation, name) and name not in PLAIN]
    assert not unsaid, "say in NAMED what they are the ids of, or in PLAIN that they are none (calls.py)"
    assert "pk" not in operation.in_path or kind_of(operation) in OF_WHAT, "say in OF_WHAT what it is (calls.py)"


def kind_of(operation: Operation) -> str:
    """What stands before the id in its address."""
    return operation.path.split("/{")[0].rsplit("/", 1)[1]


def things_of(around: Neighbourhood, operation: Operation, place: str) -> list[Thing]:
    """What stands behind its address in a place."""
    makers = OF_WHAT[kind_of(operation)] if operation.in_path else ()
    return [thing for maker in makers for thing in around.things(place, maker)]


@every_operation
def test_nobody_is_told_what_is_not_theirs(around: Neighbourhood, operation: Operation) -> None:
    wrong = []
    things = [(place, thing) for place in around.places for thing in things_of(around, operation, place)]
    for visitor in around.visitors:
        for place, thing in things or [("own", None)]:
            query, body = asking(operation, ids_in(around, operation, place))
            answer = call(visitor, operation, thing.value if thing else "", query, body)
            where = f"{operation.name} {thing and thing.words} of {place} by {visitor.name}"
            if answer.status >= 500 or answer.error:
                wrong.append(f"{where}: {answer.status} {answer.error}")
            if thing and not visitor.sees(thing, place) and answer.status not in (403, 404):
                wrong.append(f"{where}: {answer.status}")
            wrong += [f"{where} tells {words}" for words in around.told(visitor, answer)]
    assert not wrong, "\n".join(wrong)


@every_operation
def test_an_id_out_of_sight_is_answered_as_one_that_nothing_has(
    around: Neighbourhood, operation: Operation
) -> None:
    wrong = []
    for name in numbers_of(operation):
        if maker := what(operation, name):
            for visitor in (around.visitors[0], *around.visitors[-2:]):  # nobody's friend, and who may do much
                thing = next(iter(things_of(around, operation, "own")), None)
                wrong += _told_apart(around, operation, visitor, thing, name, maker)
    assert not wrong, "\n".join(wrong)


def _told_apart(around, operation, visitor, thing, name, maker) -> Iterator[str]:
    others = ids_in(around, operation, "own")

    def ask(value: object):
        ids: Ids = lambda asked: value if asked == name else others(asked)  # noqa: E731 - read beside its use
        query, body = asking(operation, ids, also=name)
        return call(visitor, operation, thing.value if thing else "", query, body)

    nothing = ask(NOBODYS)
    for place in ("own", "beside", "strange"):
        for found in around.things(place, maker):
            answer = ask(found.value)
            where = f"{operation.name} with {name} of {place} by {visitor.name}"
            if answer.status >= 500 or answer.error:
                yield f"{where}: {answer.status} {answer.error}"
            if told := around.told(visitor, answer):
                yield f"{where} tells {told}"
            alike = (nothing.status, nothing.text.replace(str(NOBODYS), str(found.value)))
            if not visitor.sees(found, place) and (answer.status, answer.text) != alike:
                yield f"{where}: {_apart(answer, nothing)}"


def _apart(answer, nothing) -> str:
    """Both, from a little before where they differ."""
    alike = sum(
        1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(answer.text, nothing.text, strict=False))
    )
    start = max(0, alike - 30)
    return " but ".join(f"{one.status} {one.text[start : start + 120]}" for one in (answer, nothing))


@every_operation
def test_one_wild_value_breaks_no_call(around: Neighbourhood, operation: Operation) -> None:
    wrong = []
    thing = next(iter(things_of(around, operation, "own")), None)
    for name in operation.takes:
        for value in Random(f"{operation.name} {name}").sample(WILD, TRIED):
            pk = thing.value if thing else ""
            query, body = asking(operation, ids_in(around, operation, "own"))
            sent: object = body
            if name in operation.in_path:
                pk = quote(_as_typed(value))
            elif name in operation.in_query:
                query[name] = _as_typed(value)
            elif operation.is_form:
                body[name] = _as_typed(value)
            else:
                sent = json.dumps({**body, name: "<here>"}).replace('"<here>"', value)
            answer = call(around.master, operation, pk, query, sent)
            if answer.status >= 500 or answer.error:
                wrong.append(f"{operation.name} {name}={value[:40]}: {answer.status} {answer.error[:300]}")
    assert not wrong, "\n".join(wrong)


def _as_typed(value: str) -> str:
    """What is no JSON but typed: words without their quotes, and the characters that are written as signs."""
    return json.loads(value).encode(errors="replace").decode() if value.startswith('"') else value


def test_a_name_in_the_description_is_one_shape() -> None:
    names = [
        node.name
        for path in sorted(Path(interface.__file__).parent.glob("*.py"))
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef)
    ]
    assert len(names) > 100
    assert {name for name in names if names.count(name) > 1} == set()  # the later would stand for the earlier
