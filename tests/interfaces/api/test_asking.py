"""Programs ask with tokens: what they get, what they are refused, and what stays hidden."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.models import Assignment, Request
from motbuoc.domains.work.requesting import ask
from motbuoc.foundation.access.models import ApiToken
from motbuoc.foundation.access.roles import SCOPES
from motbuoc.foundation.administration.accounts import close_account, reopen_account
from motbuoc.foundation.administration.api_tokens import revoke_token
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import make_directive, make_document, picture, step_on
from tests.interfaces.api.programs import token

pytestmark = pytest.mark.django_db


@pytest.fixture
def directive(cast) -> Document:
    """A directive issued today."""
    return make_directive(cast)


class TestTokens:
    def test_without_a_key_with_a_wrong_one_or_with_a_session_there_is_no_answer(self, cast) -> None:
        browser = Client()
        browser.force_login(cast.officer.account)
        for client in (Client(), Client(headers={"authorization": "Bearer mb_x"}), browser):
            assert client.get("/api/v1/me").status_code == 401

    def test_a_key_is_kept_nowhere_and_its_making_is_in_the_history(self, cast) -> None:
        key = token(cast.officer, "read")
        row = ApiToken.objects.get()
        assert key not in str(vars(row))
        line = HistoryLine.objects.get(action="make_token")
        assert key not in str(vars(line))
        assert line.actor_id == cast.officer.pk

    def test_taken_back_over_or_of_a_closed_account_it_opens_nothing(self, cast, calls) -> None:
        client = calls(cast.officer)
        assert client.get("/api/v1/me").json()["name"] == "Lê Thử Ban"
        ApiToken.objects.update(expires_on=clock.today() - clock.ONE_DAY)
        assert client.get("/api/v1/me").status_code == 401
        ApiToken.objects.update(expires_on=clock.today())
        assert client.get("/api/v1/me").status_code == 200
        cast.officer.account.is_active = False
        cast.officer.account.save()
        assert client.get("/api/v1/me").status_code == 401
        cast.officer.account.is_active = True
        cast.officer.account.save()
        revoke_token(actor=cast.officer, pk=ApiToken.objects.get().pk)
        assert client.get("/api/v1/me").status_code == 401

    def test_nobody_takes_back_anothers(self, cast) -> None:
        token(cast.officer, "read")
        assert revoke_token(actor=cast.secretary, pk=ApiToken.objects.get().pk) is None
        assert ApiToken.objects.get().revoked_at is None

    @pytest.mark.parametrize(("scopes", "days"), [((), 1), (("all",), 1), (("read",), -1), (("read",), 400)])
    def test_a_token_for_nothing_or_for_ever_is_refused(self, cast, scopes, days) -> None:
        with pytest.raises(Refusal):
            token(cast.officer, *scopes, days=days)

    def test_scopes_narrow_and_never_widen(self, cast, calls, directive) -> None:
        reading = calls(cast.officer, "read")
        actions = set(reading.get("/api/v1/me").json()["actions"])
        assert "view_document" in actions
        assert not actions & {"issue_directive", "decide_assignment", "view_restricted"}
        asked = {"step": "acknowledge", "version": 1}
        mine = Assignment.objects.filter(unit=cast.unit_a).first()
        answer = calls(cast.secretary, "read").post(f"/api/v1/assignments/{mine.pk}/steps", asked)
        assert answer.status_code == 403
        assert calls(cast.member, *SCOPES).post(f"/api/v1/assignments/{mine.pk}/steps", asked).status_code == 403
        assert (
            calls(cast.secretary, "read", "work")
            .post(f"/api/v1/assignments/{mine.pk}/steps", asked)
            .json()["state"]
            == "acknowledged"
        )

    def test_without_the_scope_for_classes_only_what_is_normal_is_there(self, cast, calls, directive) -> None:
        Document.objects.filter(pk=directive.pk).update(classification="restricted", subject="Việc kín đáo")
        for path in ("documents", "directives", "assignments"):
            narrow = calls(cast.officer, "read").get(f"/api/v1/{path}")
            assert "Việc kín đáo" not in narrow.content.decode()
            assert narrow.json()["total"] == 0
            assert calls(cast.officer, "read", "classes").get(f"/api/v1/{path}").json()["total"] > 0


def test_a_token_does_not_pass_by_the_second_factor(cast, calls, settings) -> None:
    client = calls(cast.officer)
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.get("/api/v1/me").status_code == 401
    assert calls(cast.secretary).get("/api/v1/me").status_code == 200


def test_tokens_end_with_the_account_and_do_not_come_back_with_it(cast, calls) -> None:
    client = calls(cast.officer)
    close_account(actor=cast.administrator, person=cast.officer)
    reopen_account(actor=cast.administrator, person=cast.officer)
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("documents", {"year": 10000}),
        ("documents", {"year": -5}),
        ("documents", {"words": "a\0b", "issuer": "\0", "type": "\0"}),
        ("units", {"words": "a\0b"}),
        ("assignments", {"words": "a\0b", "state": "\0"}),
    ],
)
def test_what_no_page_would_ask_is_no_error_of_ours(cast, calls, directive, path, sent) -> None:
    assert calls(cast.officer).get(f"/api/v1/{path}", sent).status_code in (200, 422)


@pytest.mark.parametrize(
    "wrong",
    [
        {"percent": 101},
        {"percent": -1},
        {"classification": "foo"},
        {"figures": "hai cuộc"},
        {"figures": '[{"name": "Hội nghị", "amount": -1}]'},
        {"figures": '[{"name": "Hội nghị", "amount": "NaN"}]'},
        {"figures": '[{"name": "\\u0000", "amount": 1}]'},
    ],
)
def test_a_step_with_what_no_form_lets_through_is_refused(cast, calls, directive, wrong) -> None:
    mine = Assignment.objects.filter(unit=cast.unit_a).first()
    step_on(mine, "acknowledge", cast.secretary)
    mine.refresh_from_db()
    sent = {"step": "progress", "version": mine.version, "text": "Đã\0 họp", "files": [picture()], **wrong}
    answer = calls(cast.secretary).post(f"/api/v1/assignments/{mine.pk}/steps", sent)
    assert answer.status_code == 422
    assert not mine.entries.filter(step="progress").exists()


FIGURES = '[{"name": "Cuộc họp", "amount": 2.5, "measure": "cuộc"}]'


class TestWork:
    def test_the_main_job_from_confirming_to_acceptance(self, cast, calls) -> None:
        document = make_document(cast)
        officer, secretary = calls(cast.officer), calls(cast.secretary)
        asked = {"content_type": "application/json"}
        confirmed = officer.post(
            f"/api/v1/documents/{document.pk}/confirm", {"version": document.version}, **asked
        )
        assert confirmed.status_code == 200, confirmed.content
        issued = officer.post(
            f"/api/v1/documents/{document.pk}/issue", {"version": confirmed.json()["version"]}, **asked
        ).json()
        assert issued["document"]["state"] == "issued"
        assert issued["assignments"] == Assignment.objects.count() > 0

        row = secretary.get("/api/v1/assignments").json()["rows"][0]
        whole = secretary.get(f"/api/v1/assignments/{row['id']}").json()
        assert [step["name"] for step in whole["steps"]] == ["acknowledge"]
        for step, more in (
            ("acknowledge", {}),
            ("progress", {"text": "Đã họp", "percent": 40, "figures": FIGURES, "files": [picture()]}),
            ("submit", {"text": "Đã xong"}),
        ):
            sent = {"step": step, "version": whole["version"], **more}
            answer = secretary.post(f"/api/v1/assignments/{row['id']}/steps", sent)
            assert answer.status_code == 200, answer.content
            whole = answer.json()
        [evidence] = whole["entries"][1]["evidence"]
        assert b"".join(secretary.get(f"/api/v1/evidence/{evidence['id']}").streaming_content).startswith(
            b"\x89PNG"
        )
        done = officer.post(
            f"/api/v1/assignments/{row['id']}/steps", {"step": "accept", "version": whole["version"]}
        )
        assert done.json()["state"] == "accepted"
        totals = officer.get("/api/v1/directives").json()["rows"][0]["totals"]
        assert totals["done"] == 1
        board = officer.get(f"/api/v1/directives/{document.pk}/board").json()
        assert sum(cell["done"] for unit in board["rows"] for cell in unit["cells"]) == 1

    def test_who_was_slower_is_told_and_changes_nothing(self, cast, calls, directive) -> None:
        mine = Assignment.objects.filter(unit=cast.unit_a).first()
        secretary = calls(cast.secretary)
        sent = {"step": "acknowledge", "version": mine.version}
        assert secretary.post(f"/api/v1/assignments/{mine.pk}/steps", sent).status_code == 200
        again = secretary.post(f"/api/v1/assignments/{mine.pk}/steps", sent)
        assert again.status_code == 409
        assert "detail" in again.json()
        assert mine.entries.count() == 1

    def test_what_cannot_be_done_says_why(self, cast, calls, directive) -> None:
        mine = Assignment.objects.filter(unit=cast.unit_a).first()
        secretary = calls(cast.secretary)
        answer = secretary.post(
            f"/api/v1/assignments/{mine.pk}/steps", {"step": "submit", "version": mine.version}
        )
        assert answer.status_code == 422
        assert answer.json()["detail"]

    def test_a_neighbours_task_is_not_found_like_one_that_never_was(self, cast, calls, directive) -> None:
        other = Assignment.objects.filter(unit=cast.unit_b).first()
        secretary = calls(cast.secretary)
        answers = [secretary.get(f"/api/v1/assignments/{pk}") for pk in (other.pk, 987654, 0, -5, 2**70)]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1

    def test_lists_are_narrowed_and_paged(self, cast, calls, directive) -> None:
        officer = calls(cast.officer)
        total = officer.get("/api/v1/assignments").json()["total"]
        pages = [officer.get("/api/v1/assignments", {"page": n, "size": 3}).json()["rows"] for n in (1, 2)]
        assert len(pages[0]) == 3
        assert not {row["id"] for row in pages[0]} & {row["id"] for row in pages[1]}
        mine = officer.get("/api/v1/assignments", {"unit": cast.unit_a.pk}).json()
        assert 0 < mine["total"] < total
        assert officer.get("/api/v1/assignments", {"size": 1000}).status_code == 422


def test_an_inspectors_looks_are_written_down_as_on_pages(cast, calls, directive) -> None:
    one = Assignment.objects.filter(unit=cast.unit_a).first()
    client = calls(cast.inspector)
    assert client.get(f"/api/v1/assignments/{one.pk}").status_code == 200
    look = HistoryLine.objects.get(action="look")
    assert (look.object_type, look.object_id, look.actor_id) == ("assignment", one.pk, cast.inspector.pk)


class TestFollowing:
    def test_several_at_once_each_by_itself(self, cast, calls, directive) -> None:
        tasks = list(Assignment.objects.filter(unit=cast.unit_a).order_by("pk"))
        foreign = Assignment.objects.filter(unit=cast.unit_b).first()
        chosen = [{"id": task.pk, "version": task.version} for task in [*tasks, foreign]]
        chosen[1]["version"] += 5
        secretary = calls(cast.secretary)
        sent = {"name": "acknowledge", "chosen": chosen}
        answer = secretary.post("/api/v1/together", sent, content_type="application/json")
        outcomes = {one["id"]: one["refusal"] for one in answer.json()["outcomes"]}
        assert outcomes.keys() == {task.pk for task in tasks}  # a neighbour's is not there
        assert [bool(outcomes[task.pk]) for task in tasks[:2]] == [False, True]
        foreign.refresh_from_db()
        assert foreign.state == "assigned"
        sent = {"name": "cancel", "chosen": chosen}
        assert secretary.post("/api/v1/together", sent, content_type="application/json").status_code == 422

    def test_several_requests_are_decided_each_by_itself(self, cast, calls, directive) -> None:
        rows = Assignment.objects.filter(due_on__isnull=False, unit__in=[cast.unit_a, cast.unit_b])
        later = clock.today() + timedelta(days=400)
        asked = [
            ask(
                actor=cast.secretary if task.unit == cast.unit_a else cast.secretary_b,
                assignment=task,
                version=task.version,
                kind="extension",
                reason="Chờ số liệu",
                wanted_on=later,
            )
            for task in rows
        ]
        chosen = [{"id": one.pk, "version": one.version} for one in asked]
        chosen[0]["version"] += 5
        sent, path = {"chosen": chosen, "grant": True, "answer": "Đồng ý"}, "/api/v1/requests/together"
        assert calls(cast.secretary).post(path, sent, content_type="application/json").status_code == 403
        answer = calls(cast.officer).post(path, sent, content_type="application/json")
        assert [bool(one["refusal"]) for one in answer.json()["outcomes"]] == [True, False]
        assert [Request.objects.get(pk=one.pk).state for one in asked] == ["open", "granted"]

    def test_a_board_is_narrowed_and_paged(self, cast, calls, directive) -> None:
        officer, path = calls(cast.officer), f"/api/v1/directives/{directive.pk}/board"
        whole = officer.get(path).json()
        assert whole["unit_count"] == len(whole["rows"]) > 1
        page = officer.get(path, {"size": 1, "page": 2}).json()
        assert [row["unit_id"] for row in page["rows"]] == [whole["rows"][1]["unit_id"]]
        found = officer.get(path, {"words": "anh duong", "state": "assigned"}).json()
        assert [row["unit_id"] for row in found["rows"]] == [cast.unit_a.pk]
        assert officer.get(path, {"under": cast.province.pk}).status_code == 404
        assert officer.get(path, {"under": cast.unit_a.pk, "item": 0, "lateness": "overdue"}).status_code == 200
        assert officer.get(path, {"state": "x"}).status_code == 422

    def test_the_timeline_and_the_desk_tell_of_units_in_reach(self, cast, calls, directive) -> None:
        mine = Assignment.objects.filter(unit=cast.unit_a).order_by("pk").first()
        step_on(mine, "acknowledge", cast.secretary)
        Assignment.objects.filter(pk=mine.pk).update(due_on=clock.today() - 3 * clock.ONE_DAY)
        told = calls(cast.officer).get(f"/api/v1/directives/{directive.pk}/timeline").json()
        assert sum(day["count"] for line in told["lines"] for day in line["acknowledged"]) == 1
        below = calls(cast.secretary_b).get(f"/api/v1/directives/{directive.pk}/timeline").json()
        assert sum(day["count"] for line in below["lines"] for day in line["acknowledged"]) == 0
        desk = calls(cast.officer).get("/api/v1/desk").json()
        assert cast.unit_a.pk in {row["unit_id"] for row in desk["late_units"]}
        assert desk["units_late"] >= 1
        assert calls(cast.secretary).get("/api/v1/desk").status_code == 403
