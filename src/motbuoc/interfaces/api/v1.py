"""The first version: its address, its description (OpenAPI), and how refusals are answered."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router, Schema

from motbuoc.foundation.access import policy
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.api import (
    ahead,
    boards,
    cascade,
    check_plans,
    concluding,
    consultations,
    copies,
    deadlines,
    dialogues,
    documents,
    drafts,
    duties,
    figures,
    incoming,
    indicators,
    ladders,
    library,
    localising,
    notices,
    numbers,
    opinions,
    orders,
    outgoing,
    outlines,
    overview,
    parts,
    periods,
    questions,
    remarks,
    report_forms,
    reports,
    requests,
    reviewing,
    schedules,
    studying,
    submissions,
    surveys,
    touches,
    units,
    urging,
    visits,
    waiting,
    work,
    workdays,
)
from motbuoc.interfaces.api.asking import Caller, Key, about_oneself, operator, status_of

DESCRIPTION = """
Everything a program may do here it does for a person, with a token that this person made under *Đăng nhập và bảo
mật* and can take back. The token's scopes narrow what it is good for; the one policy decides the rest, as on the
pages: what the person may not see is not found (404), what they may see but not do is refused (403).

What changes something names the `version` it rests on; where somebody was quicker the answer is 409 and nothing
was changed. What cannot be done like this answers 422 with a sentence in Vietnamese that says what to do.
"""

REFUSALS = {
    401: "No key, or one that opens nothing",
    403: "Not allowed to this person, or the token is not for it",
    404: "Not there, or not for this person",
    422: "It cannot be done like this",
}
NOT_READ = {400: "What was sent cannot be read"}


class Interface(NinjaAPI):
    """The interface, whose description tells of every operation also how it is refused."""

    def get_openapi_schema(self, **asked: Any) -> Any:
        """The description, with the answers that any operation may give."""
        schema = super().get_openapi_schema(**asked)
        shape = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for methods in schema["paths"].values():
            for told in methods.values():
                for status, why in {**REFUSALS, **(NOT_READ if "requestBody" in told else {})}.items():
                    told["responses"].setdefault(status, {"description": why, "content": shape})
        return schema


api = Interface(
    title="Một Bước",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    auth=[Key(), operator],
    openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
)
about = Router(tags=["about"])


class Me(Schema):
    """Whose token this is, and what it is good for."""

    id: int
    name: str
    actions: list[str]


@about.get("/me", response=Me, summary="Whose token this is, and what it is good for", operation_id="me")
@about_oneself
def me(request: Caller) -> Me:
    """The person the token acts for."""
    person = request.viewer
    return Me(id=person.pk, name=person.full_name, actions=sorted(policy.actions_of(person)))


for path, router in (
    ("", about),
    ("", units.router),
    ("", ladders.router),
    ("", documents.router),
    ("", reviewing.router),
    ("", duties.router),
    ("", library.router),
    ("", touches.router),
    ("", copies.router),
    ("", incoming.router),
    ("", outgoing.router),
    ("", numbers.router),
    ("", orders.router),
    ("", work.router),
    ("", waiting.router),
    ("", parts.router),
    ("", boards.router),
    ("", overview.router),
    ("", requests.router),
    ("", deadlines.router),
    ("", notices.router),
    ("", urging.router),
    ("", cascade.router),
    ("", localising.router),
    ("", studying.router),
    ("", check_plans.router),
    ("", visits.router),
    ("", concluding.router),
    ("", figures.router),
    ("", ahead.router),
    ("", reports.router),
    ("", drafts.router),
    ("", remarks.router),
    ("", outlines.router),
    ("", indicators.router),
    ("", report_forms.router),
    ("", schedules.router),
    ("", periods.router),
    ("", submissions.router),
    ("", dialogues.router),
    ("", surveys.router),
    ("", consultations.router),
    ("", questions.router),
    ("", opinions.router),
    ("", workdays.router),
):
    api.add_router(path, router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as a problem."""
    return api.create_response(request, {"detail": str(refusal.message)}, status=status_of(refusal))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    """Not there, or not for this person: the same answer."""
    return api.create_response(request, {"detail": "Not found"}, status=404)


def _open_to_programs() -> Any:
    """The addresses. Whoever asks is known by their key, not by a session: no page of signing in stands before."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        vars(pattern.callback)["login_required"] = False
    return patterns, app, namespace


urls = _open_to_programs()
