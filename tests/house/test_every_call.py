"""Every operation of the programming interface declares its right, and tells each visitor what is theirs alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from motbuoc.foundation.access.models import ApiToken
from motbuoc.foundation.access.roles import SCOPES
from motbuoc.foundation.administration.api_tokens import digest_of
from motbuoc.foundation.core import clock
from motbuoc.interfaces.api.calling import Operation, operations
from motbuoc.interfaces.api.v1 import api
from tests.factories import picture
from tests.house.neighbourhood import Neighbourhood, Visitor
from tests.house.things import (
    Maker,
    asked,
    assignment,
    check_item,
    check_plan,
    chosen,
    citation,
    copy,
    directive,
    dissemination,
    evidence,
    finding,
    finding_file,
    help_offer,
    in_review,
    incoming,
    link,
    number,
    outgoing,
    plan,
    report,
    unit,
    version,
    visit,
)

pytestmark = pytest.mark.django_db
FUNCTIONS = {
    operation.operation_id or api.get_openapi_operation_id(operation): operation.view_func
    for _prefix, router in api._routers
    for view in router.path_operations.values()
    for operation in view.operations
}
OF_WHAT: dict[str, tuple[Maker, ...]] = {
    "units": (unit,),
    "documents": (directive, in_review),
    "directives": (directive, in_review),
    "plans": (plan,),
    "study-sessions": (dissemination,),
    "copies": (copy,),
    "incoming": (incoming,),
    "outgoing": (outgoing,),
    "numbers": (number,),
    "assignments": (assignment,),
    "evidence": (evidence,),
    "check-plans": (check_plan,),
    "chosen": (chosen,),
    "visits": (visit,),
    "check-items": (check_item,),
    "findings": (finding,),
    "finding-files": (finding_file,),
    "requests": (asked,),
    "help-offers": (help_offer,),
    "citations": (citation,),
    "links": (link,),
    "versions": (version,),
    "reports": (report,),
}
"""What the `pk` of an operation names, by what stands before it in the address."""
every_operation = pytest.mark.parametrize("operation", operations().values(), ids=lambda o: o.name)


def sent_to(operation: Operation) -> dict[str, object]:
    """What the operation needs, each of the kind it asks for."""
    return {name: example(operation.shapes[name]) for name in operation.in_body if name in operation.required}


def asked_of(operation: Operation) -> str:
    """What has to stand behind its address."""
    needed = {n: example(operation.shapes[n]) for n in operation.in_query if n in operation.required}
    return f"?{urlencode(needed)}" if needed else ""


def example(shape: Mapping[str, Any]) -> object:
    """Something of the shape."""
    if several := shape.get("anyOf"):
        return example(several[0])
    if values := shape.get("enum"):
        return values[0]
    if shape.get("type") == "array":
        return [example(shape["items"])]
    if properties := shape.get("properties"):
        return {name: example(properties[name]) for name in shape["required"]}
    if shape.get("format") == "binary":
        return picture()
    if shape.get("type") == "integer":
        return max(1, shape.get("minimum", 1))
    if shape.get("type") == "boolean":
        return True
    return "2026-01-01" if shape.get("format") == "date" else "acknowledge"


def key_of(visitor: Visitor) -> dict[str, str]:
    """The headers of a program of the visitor's, with a token for everything."""
    key = f"mb_{visitor.name}"
    made = {"name": "thử", "scopes": list(SCOPES), "made_at": clock.now()}
    ApiToken.objects.get_or_create(
        digest=digest_of(key), person=visitor.person, expires_on=clock.today() + timedelta(days=9), defaults=made
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {key}"}


@every_operation
def test_the_operation_declares_its_right(operation: Operation) -> None:
    assert hasattr(FUNCTIONS[operation.name], "right"), "put @asks(…) or @about_oneself right above the function"


@every_operation
def test_nobody_is_told_what_is_not_theirs(around: Neighbourhood, operation: Operation) -> None:
    wrong = []
    makers = OF_WHAT.get(operation.path.split("/{")[0].rsplit("/", 1)[1], ()) if operation.in_path else ()
    assert makers or not operation.in_path, "say in OF_WHAT what stands behind its address"
    things = [
        (place, thing) for maker in makers for place in around.places for thing in around.things(place, maker)
    ]
    for visitor in around.visitors:
        for place, thing in things or [("", None)]:
            url = operation.path.format(pk=thing.value if thing else "") + asked_of(operation)
            kind = {} if operation.is_form or operation.method == "GET" else {"content_type": "application/json"}
            answer = visitor.ask(operation.method, url, sent_to(operation), **kind, **key_of(visitor))
            if answer.status >= 500 or answer.error:
                wrong.append(f"{url} by {visitor.name}: {answer.status} {answer.error}")
            if thing and thing.see not in visitor.may(place) and answer.status not in (403, 404):
                wrong.append(f"{url} of {place} by {visitor.name}: {answer.status}")
            wrong += [f"{url} by {visitor.name} tells {words}" for words in around.told(visitor, answer)]
    assert not wrong, "\n".join(wrong)
