"""What the operations of the programming interface name, and what to send them.

Who adds an operation says in `OF_WHAT` what stands behind its address, and of a new number among what it takes
either in `NAMED` what it is the id of or in `PLAIN` that it is none; tests ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from motbuoc.foundation.access.models import ApiToken
from motbuoc.foundation.access.roles import SCOPES
from motbuoc.foundation.administration.api_tokens import digest_of
from motbuoc.foundation.core import clock
from motbuoc.interfaces.api.calling import Operation
from tests.factories import picture
from tests.house.neighbourhood import Answer, Neighbourhood, Visitor
from tests.house.things import (
    Maker,
    addressee,
    asked,
    assignment,
    check_item,
    check_plan,
    chosen,
    citation,
    comment_group,
    commitment,
    consultation,
    copy,
    dialogue,
    dialogue_rule,
    directive,
    dissemination,
    duty,
    evidence,
    exemption,
    finding,
    finding_file,
    form_field,
    handed_in,
    help_offer,
    in_review,
    incoming,
    indicator,
    link,
    narrative_box,
    number,
    opinion,
    opinion_box,
    outgoing,
    outline,
    paragraph,
    period,
    person,
    plan,
    portion,
    provision,
    question,
    remark,
    report,
    report_draft,
    report_form,
    schedule,
    survey,
    survey_question,
    theme,
    unit,
    unit_group,
    version,
    visit,
)

OF_WHAT: dict[str, tuple[Maker, ...]] = {
    "units": (unit,),
    "periods": (period,),
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
    "parts": (portion,),
    "requests": (asked,),
    "help-offers": (help_offer,),
    "citations": (citation,),
    "links": (link,),
    "versions": (version,),
    "duties": (duty,),
    "addressees": (addressee,),
    "dialogues": (dialogue,),
    "questions": (question,),
    "commitments": (commitment,),
    "surveys": (survey,),
    "consultations": (consultation,),
    "comment-groups": (comment_group,),
    "opinion-boxes": (opinion_box,),
    "opinions": (opinion,),
    "themes": (theme,),
    "reports": (report,),
    "indicators": (indicator,),
    "forms": (report_form,),
    "form-fields": (form_field,),
    "schedules": (schedule,),
    "exemptions": (exemption,),
    "report-drafts": (report_draft,),
    "paragraphs": (paragraph,),
    "remarks": (remark,),
    "outlines": (outline,),
    "submissions": (handed_in,),
}
"""What the `pk` of an operation names, by what stands before it in the address."""

NAMED: dict[str, Maker] = {
    "unit": unit,
    "units": unit,
    "under": unit,
    "items.units": unit,
    "leads": unit,
    "supports": unit,
    "monitor": unit,
    "group": unit_group,
    "target": directive,
    "document": directive,
    "replacement": directive,
    "directive": directive,
    "copies": copy,
    "assignment": assignment,
    "assignments": assignment,
    "answers": assignment,
    "needs": assignment,
    "chosen.id": assignment,
    "requests_together.chosen.id": asked,
    "product_evidence": evidence,
    "team": person,
    "visit_finding.item": check_item,
    "board.item": provision,
    "document_link.provision": provision,
    "board_sheet.item": provision,
    "items.serves": duty,
    "links.serves": duty,
    "links.item": duty,
    "indicator": indicator,
    "numerator": indicator,
    "denominator": indicator,
    "form": report_form,
    "form_check_put.field": form_field,
    "others": form_field,
    "basis": directive,
    "period": period,
    "since": period,
    "cells.field": form_field,
    "words.box": narrative_box,
    "rule": dialogue_rule,
    "question": question,
    "other": question,
    "theme": theme,
    "survey_crossed.group": survey_question,
    "survey_crossed.other": survey_question,
}
"""Of what a number is the id, by "operation.field" or by the field alone; "list.field" in a list of things."""

PLAIN = {
    "version",
    "chosen.version",
    "page",
    "size",
    "percent",
    "year",
    "count",
    "start",
    "number",
    "sessions",
    "attended",
    "expected",
    "quiet_from",
    "quiet_until",
    "notice",  # of nobody but oneself
    "most",
    "near",
    "at",
    "save",
    "cycle_day",
    "due_count",
    "rungs.days",
    "patience.days",
    "breakdown",  # everybody's
    "category",  # so are its parts
    "decimals",
    "closes_on_day",
    "due_days",
    "opens_before",
    "against",
    "counts.count",
    "population",
    "provision",  # its number in the draft, as "changed_in"
    "changed_in",
    "after",
    "questions.points",
    "questions.targets.wanted",
    "questions.after",  # the place of another in the same list
    "cells.category",  # everybody's, as what it is a part of
}
"""Numbers that are no ids of what others could see."""

NOBODYS = 987_654_321
"""An id that nothing has."""

Ids = Callable[[str], object]
"""What to send as the id called so."""


def what(operation: Operation, name: str) -> Maker | None:
    """What a number is the id of; None if it is none."""
    return NAMED.get(f"{operation.name}.{name}") or NAMED.get(name)


def numbers(shape: Mapping[str, Any], name: str) -> Iterator[str]:
    """The names of the numbers in a shape called `name`."""
    if several := shape.get("anyOf"):
        for each in several:
            yield from numbers(each, name)
    elif shape.get("type") == "array":
        yield from numbers(shape["items"], name)
    elif properties := shape.get("properties"):
        for inner, each in properties.items():
            yield from numbers(each, f"{name}.{inner}")
    elif shape.get("type") == "integer":
        yield name


def numbers_of(operation: Operation) -> list[str]:
    """The names of all numbers that an operation takes beside what is in its address."""
    names = (*operation.in_query, *operation.in_body)
    return list(dict.fromkeys(found for name in names for found in numbers(operation.shapes[name], name)))


def example(shape: Mapping[str, Any], name: str, ids: Ids) -> object:
    """Something of the shape; for its ids what `ids` has."""
    if several := shape.get("anyOf"):
        return example(several[0], name, ids)
    if values := shape.get("enum"):
        return values[0]
    if shape.get("type") == "array":
        return [example(shape["items"], name, ids)]
    if properties := shape.get("properties"):
        needed = shape.get("required", ())
        return {inner: example(properties[inner], f"{name}.{inner}", ids) for inner in needed}
    if shape.get("format") == "binary":
        return picture()
    if shape.get("type") == "integer":
        return ids(name) or max(1, shape.get("minimum", 1))
    if shape.get("type") == "number":
        return max(1, shape.get("minimum", 1))
    if shape.get("type") == "boolean":
        return True
    return "2026-01-01" if shape.get("format") == "date" else "acknowledge"


def asking(operation: Operation, ids: Ids, also: str = "") -> tuple[dict[str, object], dict[str, object]]:
    """What an operation needs behind its address and as body, each of the kind it asks for; and `also`."""
    taken = {*operation.required, also.partition(".")[0]}
    query, body = (
        {name: example(operation.shapes[name], name, ids) for name in place if name in taken}
        for place in (operation.in_query, operation.in_body)
    )
    if "csv" in operation.shapes.get("kind", {}).get("enum", ()):
        query["kind"] = "csv"  # of the kinds of file the one that can be read through, and bears no time
    return query, body


def ids_in(around: Neighbourhood, operation: Operation, place: str) -> Ids:
    """The ids of what is in a place of the neighbourhood."""

    def found(name: str) -> object:
        maker = what(operation, name)
        return around.things(place, maker)[-1].value if maker else None

    return found


def key_of(visitor: Visitor) -> dict[str, str]:
    """The headers of a program of the visitor's, with a token for everything."""
    key = f"mb_{visitor.name}"
    made = {"name": "thử", "scopes": list(SCOPES), "made_at": clock.now()}
    ApiToken.objects.get_or_create(
        digest=digest_of(key), person=visitor.person, expires_on=clock.today() + timedelta(days=9), defaults=made
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {key}"}


def call(visitor: Visitor, operation: Operation, pk: object, query: Mapping[str, object], body: Any) -> Answer:
    """The answer that a program of the visitor's gets; `body` is what is sent, or JSON as text."""
    behind = f"?{urlencode(query, doseq=True)}" if query else ""
    url = operation.path.format(pk=pk) + behind
    kind = {} if operation.is_form or operation.method == "GET" else {"content_type": "application/json"}
    return visitor.ask(operation.method, url, body, **kind, **key_of(visitor))
