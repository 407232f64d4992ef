"""Programs ask for later days, decide on them, offer help, read notices, and see how a day was counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motbuoc.domains.work.models import Assignment, Request
from motbuoc.domains.work.offering import offer_help
from motbuoc.domains.work.outlook_tables import Outlook, OutlookRun
from motbuoc.domains.work.states import OWED
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import Notice
from tests.factories import Cast, make_directive, step_on
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(cast: Cast) -> Assignment:
    """A task of unit A with a day, under way."""
    make_directive(cast)
    task = Assignment.objects.filter(unit=cast.unit_a).order_by("pk")[0]
    Assignment.objects.filter(pk=task.pk).update(due_on=clock.today(), first_due_on=clock.today())
    task.refresh_from_db()
    return step_on(task, "acknowledge", cast.secretary)


class TestRequests:
    def test_an_extension_is_asked_for_and_granted_by_who_issued(self, cast, mine) -> None:
        secretary, officer = Program(cast.secretary), Program(cast.officer)
        path, later = f"assignments/{mine.pk}", (clock.today() + timedelta(days=10)).isoformat()
        asked = {"kind": "extension", "reason": "Chờ số liệu", "version": mine.version}
        secretary.send(f"{path}/requests", 422, **asked)
        made = secretary.send(f"{path}/requests", 201, **asked, wanted_on=later)
        assert officer.ask("requests", tab="mine")["rows"][0]["reason"] == "Chờ số liệu"
        assert secretary.ask("requests", tab="mine")["total"] == 0
        decide = f"requests/{made['id']}/decide"
        secretary.send(decide, 403, version=made["version"], grant=True)
        Program(cast.secretary_b).send(f"requests/{made['id']}/withdraw", 404, version=made["version"])
        officer.send(decide, 422, version=made["version"], grant=False)
        done = officer.send(decide, version=made["version"], grant=True)
        assert (done["state"], done["granted_on"]) == ("granted", later)
        officer.send(decide, 409, version=made["version"], grant=True)
        assert secretary.ask("requests", tab="decided", assignment=mine.pk)["total"] == 1
        told = secretary.ask(f"{path}/deadline")
        assert (told["first_due_on"], told["due_on"]) == (clock.today().isoformat(), later)
        assert [(move["kind"], move["after"]) for move in told["moves"]] == [("extension", later)]
        assert Program(cast.secretary_b).ask("requests", tab="all")["total"] == 0

    def test_one_takes_back_ones_own(self, cast, mine) -> None:
        secretary = Program(cast.secretary)
        asked = {"kind": "suspension", "reason": "Chờ hướng dẫn", "version": mine.version}
        made = secretary.send(f"assignments/{mine.pk}/requests", 201, **asked)
        back = secretary.send(f"requests/{made['id']}/withdraw", version=made["version"])
        assert back["state"] == "withdrawn"

    def test_a_token_to_work_decides_nothing(self, cast, mine) -> None:
        held = Request.objects.create(
            assignment=mine, kind="suspension", reason="x", asked_by=cast.secretary, asked_on=clock.today()
        )
        working = Program(cast.officer, "read", "work")
        assert "decide" in working.send(f"requests/{held.pk}/decide", 403, version=1, grant=True)["detail"]


class TestHelp:
    def test_help_is_offered_and_answered(self, cast, mine) -> None:
        officer, secretary = Program(cast.officer), Program(cast.secretary)
        offer = officer.send(f"assignments/{mine.pk}/help-offers", 201, words="Cử đồng chí hỗ trợ")
        [seen] = secretary.ask("help-offers")["rows"]
        assert seen["steps"]
        needs = next(step for step in seen["steps"] if step["asks"])
        step = f"help-offers/{offer['id']}/steps"
        secretary.send(step, 422, version=seen["version"], step=needs["name"])
        done = secretary.send(step, version=seen["version"], step=needs["name"], text="Cần mẫu biểu")
        assert done["answer"] == "Cần mẫu biểu"
        Program(cast.secretary_b).send(step, 404, version=1, step=needs["name"])

    def test_many_offers_cost_no_more_queries_than_one(self, cast, mine) -> None:
        officer, tasks = Program(cast.officer), list(Assignment.objects.filter(state__in=OWED))
        offer_help(actor=cast.officer, assignment=tasks.pop(), words="Cử đồng chí hỗ trợ")
        officer.ask("help-offers")
        with CaptureQueriesContext(connection) as one:
            officer.ask("help-offers")
        for task in tasks:
            offer_help(actor=cast.officer, assignment=task, words="Cử đồng chí hỗ trợ")
        with CaptureQueriesContext(connection) as many:
            rows = officer.ask("help-offers")["rows"]
        assert len(rows) == len(tasks) + 1 > 4
        assert all(step["name"] == "withdraw_help" for row in rows for step in row["steps"])
        assert len(many) == len(one)

    def test_what_may_need_help_is_told_only_while_it_is_worth_it(self, cast, mine) -> None:
        officer = Program(cast.officer)
        officer.ask("outlook", 404)
        facts = {"unit_count": 9, "unit_late": 5, "kind_count": 0, "kind_late": 0}
        Outlook.objects.create(assignment=mine, likelihood=0.72, **facts)
        run = OutlookRun.objects.create(
            day=clock.today(), made_at=clock.now(), lead_days=5, prior=2, least=10, count=50, late=10, judged=40
        )
        assert officer.ask("may-need-help")["rows"] == []
        OutlookRun.objects.filter(pk=run.pk).update(brier=0.1, base_brier=0.2)
        [row] = officer.ask("may-need-help")["rows"]
        assert (row["assignment_id"], row["in_ten"], row["unit_late"]) == (mine.pk, 7, 5)
        assert officer.ask("outlook")["is_shown"]
        Program(cast.secretary).ask("may-need-help", 403)


class TestNotices:
    def test_one_reads_what_one_was_told_and_takes_it_back(self, cast, mine) -> None:
        for person in (cast.secretary, cast.secretary_b):
            Notice.objects.create(
                person=person,
                occasion="assigned",
                parameters={"on": clock.today().isoformat()},
                object_type="assignment",
                object_id=mine.pk,
                unit=cast.unit_a,
                reach="app",
                key=f"thử-{person.pk}",
            )
        Notice.objects.exclude(key__startswith="thử").delete()
        secretary = Program(cast.secretary)
        told = secretary.ask("notices")
        [row] = told["rows"]
        assert (row["object_id"], told["unread"]) == (mine.pk, 1)
        assert row["about"]
        [other] = Program(cast.secretary_b).ask("notices")["rows"]
        assert (other["object_id"], other["about"]) == (None, None)  # not theirs to see any more
        moment = secretary.send("notices/read")["moment"]
        assert secretary.ask("notices")["total"] == 0
        assert secretary.ask("notices", unread_only=False)["total"] == 1
        assert secretary.send("notices/unread", moment=moment)["unread"] == 1
        assert secretary.send("notices/read", notice=other["id"])["unread"] == 1  # another's
        assert Notice.objects.filter(person=cast.secretary_b, read_at=None).exists()

    def test_one_says_how_one_is_told(self, cast) -> None:
        member = Program(cast.member)
        said = {**member.ask("preferences"), "quiet_from": 19, "by_mail": False}
        assert member.send("preferences", **said)["quiet_from"] == 19
        member.send("preferences", 422, **{**said, "quiet_from": 24})
        assert member.ask("preferences")["by_mail"] is False


class TestDays:
    def test_a_day_is_explained(self, cast) -> None:
        told = Program(cast.member).ask("deadline-trial", start="2026-04-28", count=3)
        assert told["due_on"] == "2026-05-05"
        assert "2026-04-30" in {each["day"] for each in told["skipped"]}
        Program(cast.member).ask("deadline-trial", 422, start="1800-01-01", count=3)
        Program(cast.member).ask("deadline-trial", 422, start="2026-04-28", count=0)

    def test_an_event_is_recorded_and_a_recalculation_confirmed(self, cast, mine) -> None:
        Assignment.objects.filter(pk=mine.pk).update(time_kind="event", due_on=None, first_due_on=None)
        mine.refresh_from_db()
        secretary, today = Program(cast.secretary), clock.today().isoformat()
        path = f"assignments/{mine.pk}"
        assert secretary.ask(f"{path}/deadline")["awaits_event"]
        secretary.send(f"{path}/event", 422, version=mine.version, on=today)
        told = secretary.send(f"{path}/event", version=mine.version, on=today, due_on=today)
        assert (told["due_on"], told["awaits_event"]) == (today, False)
        officer = Program(cast.officer)
        preview = officer.ask("recalculation")
        assert preview["total"] == 0
        officer.send("recalculation", 422, digest=preview["digest"])
