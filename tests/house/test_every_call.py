"""Every operation of the programming interface declares its right, and tells each visitor what is theirs alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motbuoc.foundation.access.models import ApiToken
from motbuoc.foundation.access.roles import SCOPES
from motbuoc.foundation.administration.api_tokens import digest_of
from motbuoc.foundation.core import clock
from motbuoc.interfaces.api.calling import Operation, operations
from motbuoc.interfaces.api.v1 import api
from tests.house.neighbourhood import Neighbourhood, Visitor
from tests.house.things import Maker, assignment, directive, evidence, in_review, report, unit

pytestmark = pytest.mark.django_db
FUNCTIONS = {
    operation.operation_id or api.get_openapi_operation_id(operation): operation.view_func
    for _prefix, router in api._routers
    for view in router.path_operations.values()
    for operation in view.operations
}
ABOUT_ONESELF = {"me"}
OF_WHAT: dict[str, tuple[Maker, ...]] = {
    "unit": (unit,),
    "document": (directive, in_review),
    "assignment": (assignment,),
    "evidence": (evidence,),
    "report": (report,),
    "board": (directive,),
}
"""What the `pk` of an operation names, by the first word of its name."""
SENT: dict[str, object] = {"version": 1, "step": "acknowledge", "start": "2026-01-01", "end": "2026-02-01"}
"""What is sent to every operation that takes something; each takes its own from it."""
every_operation = pytest.mark.parametrize("operation", operations().values(), ids=lambda o: o.name)


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
    function = next(f for name, f in FUNCTIONS.items() if name.endswith(operation.name))
    assert operation.name.endswith(tuple(ABOUT_ONESELF)) or hasattr(function, "right"), (
        "put @asks(…) right above the function"
    )


@every_operation
def test_nobody_is_told_what_is_not_theirs(around: Neighbourhood, operation: Operation) -> None:
    wrong = []
    makers = OF_WHAT.get(operation.name.split("_")[0], ()) if operation.in_path else ()
    assert makers or not operation.in_path, "say in OF_WHAT what stands behind its address"
    things = [
        (place, thing) for maker in makers for place in around.places for thing in around.things(place, maker)
    ]
    for visitor in around.visitors:
        for place, thing in things or [("", None)]:
            url = operation.path.format(pk=thing.value if thing else "")
            kind = {} if operation.is_form or operation.method == "GET" else {"content_type": "application/json"}
            answer = visitor.ask(
                operation.method, url, SENT if operation.in_body else {}, **kind, **key_of(visitor)
            )
            if answer.status >= 500 or answer.error:
                wrong.append(f"{url} by {visitor.name}: {answer.status} {answer.error}")
            if thing and thing.see not in visitor.may(place) and answer.status not in (403, 404, 422):
                wrong.append(f"{url} of {place} by {visitor.name}: {answer.status}")
            wrong += [f"{url} by {visitor.name} tells {words}" for words in around.told(visitor, answer)]
    assert not wrong, "\n".join(wrong)
