"""Every state against every step, who may take which, and what each leaves behind."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from motbuoc.domains.documents.models import Cycle, TimeKind
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.selectors import steps_for
from motbuoc.domains.work.services import take_step
from motbuoc.domains.work.states import TRANSITIONS, AssignmentState
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action, Role
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.history.proving import verify
from tests.factories import make_directive, picture, step_on

S = AssignmentState
WAYS = {
    S.ASSIGNED: (),
    S.ACKNOWLEDGED: ("acknowledge",),
    S.IN_PROGRESS: ("acknowledge", "progress"),
    S.SUBMITTED: ("acknowledge", "submit"),
    S.QUESTIONED: ("acknowledge", "submit", "ask"),
    S.RETURNED: ("acknowledge", "submit", "return"),
    S.ACCEPTED: ("acknowledge", "submit", "accept"),
    S.SUSPENDED: ("acknowledge", "suspend"),
    S.CANCELLED: ("cancel",),
}
NAMES = sorted({transition.name for transition in TRANSITIONS})


@pytest.fixture
def assignment(cast):
    make_directive(cast)
    return Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)


@pytest.fixture
def periodic(cast):
    make_directive(cast)
    found = Assignment.objects.filter(unit=cast.unit_a, time_kind=TimeKind.PERIODIC)
    found.update(cycle=Cycle.MONTH, due_on=date(2026, 1, 31), first_due_on=date(2026, 1, 31))
    return found.get()


def actor_of(cast, name):
    transition = next(t for t in TRANSITIONS if t.name == name)
    return cast.secretary if transition.action == Action.WORK_ON_ASSIGNMENT else cast.officer


def brought_to(cast, assignment, state):
    """The assignment, led to `state` by those whose steps these are."""
    for name in WAYS[state]:
        assignment = step_on(assignment, name, actor_of(cast, name), "Đã làm")
    assert assignment.state == state
    return assignment


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("name", NAMES)
def test_every_state_with_every_step(cast, periodic, state, name):
    assignment = brought_to(cast, periodic, S(state))
    possible = [t for t in TRANSITIONS if t.name == name and state in t.sources]
    lines = HistoryLine.objects.count()
    if possible:
        assert step_on(assignment, name, actor_of(cast, name), "Đã làm").state == possible[0].target
        line = HistoryLine.objects.latest("pk")
        assert (line.action, line.object_id, line.values["state"]) == (
            name,
            assignment.pk,
            [state, possible[0].target],
        )
        assert HistoryLine.objects.count() == lines + 1
    else:
        with pytest.raises(Refusal):
            step_on(assignment, name, actor_of(cast, name), "Đã làm")
        assert Assignment.objects.get(pk=assignment.pk).state == state
        assert HistoryLine.objects.count() == lines
    assert verify()[1] is None


@pytest.mark.parametrize("state", S.values)
def test_the_buttons_are_exactly_the_steps_that_succeed(cast, periodic, state):
    assignment = brought_to(cast, periodic, S(state))
    people = (cast.officer, cast.secretary, cast.secretary_b, cast.member, cast.inspector, cast.stranger)
    for person in people:
        offered = {step.name for step in steps_for(person, assignment)}
        right = {
            cast.officer: Action.DECIDE_ASSIGNMENT,
            cast.secretary: Action.WORK_ON_ASSIGNMENT,
        }.get(person)
        assert offered == {t.name for t in TRANSITIONS if state in t.sources and t.action == right}


@pytest.mark.parametrize("name", NAMES)
def test_nobody_without_the_right_takes_a_step(cast, periodic, name):
    source = next(t.sources[0] for t in TRANSITIONS if t.name == name)
    assignment = brought_to(cast, periodic, S(source))
    allowed = actor_of(cast, name)
    for person in (cast.central_officer, cast.secretary_b, cast.member, cast.inspector, cast.stranger):
        with pytest.raises(NotAllowed):
            step_on(assignment, name, person, "Không được phép")
    other = cast.officer if allowed == cast.secretary else cast.secretary
    with pytest.raises(NotAllowed):
        step_on(assignment, name, other, "Không được phép")
    assert not Entry.objects.filter(text="Không được phép").exists()


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (S.SUBMITTED, "return"),
        (S.ACCEPTED, "reopen"),
        (S.CANCELLED, "reopen"),
        (S.ASSIGNED, "suspend"),
        (S.SUSPENDED, "resume"),
        (S.SUBMITTED, "cancel"),
    ],
)
def test_a_return_needs_a_reason(cast, assignment, state, name):
    assignment = brought_to(cast, assignment, state)
    with pytest.raises(Refusal, match=r"reason|lý do"):
        step_on(assignment, name, cast.officer, "  \n ")
    assert Assignment.objects.get(pk=assignment.pk).state == state


@pytest.mark.parametrize("name", ["progress", "submit"])
def test_work_needs_words(cast, assignment, name):
    assignment = brought_to(cast, assignment, S.ACKNOWLEDGED)
    with pytest.raises(Refusal):
        step_on(assignment, name, cast.secretary, " ")
    assert Entry.objects.filter(assignment=assignment).count() == 1


class TestFourEyes:
    """Who submitted a result does not decide on it, whatever roles they hold."""

    @pytest.fixture(autouse=True)
    def _both_roles(self, cast):
        Grant.objects.create(
            person=cast.officer, role=Role.UNIT_SECRETARY, unit=cast.unit_a, valid_from=date(2020, 1, 1)
        )

    @pytest.mark.parametrize("name", ["accept", "accept_period", "return"])
    def test_not_on_their_own_result(self, cast, periodic, name):
        assignment = step_on(periodic, "acknowledge", cast.officer)
        assignment = step_on(assignment, "submit", cast.officer, "Tự nộp")
        assert steps_for(cast.officer, assignment) == []
        with pytest.raises(Refusal):
            step_on(assignment, name, cast.officer, "Tự duyệt")
        assert Assignment.objects.get(pk=assignment.pk).state == S.SUBMITTED
        assert step_on(assignment, name, cast.second_officer, "Đồng chí khác duyệt").state != S.SUBMITTED

    def test_on_the_result_of_another(self, cast, assignment):
        assignment = brought_to(cast, assignment, S.SUBMITTED)
        assert {step.name for step in steps_for(cast.officer, assignment)} == {"accept", "return", "ask", "cancel"}
        assert step_on(assignment, "accept", cast.officer).state == S.ACCEPTED


class TestDates:
    """What each step does to the dates."""

    def test_accepting_a_period_moves_the_due_day_and_keeps_the_first(self, cast, periodic):
        assignment = periodic
        for due_on in (date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)):
            if assignment.state == S.ASSIGNED:
                assignment = step_on(assignment, "acknowledge", cast.secretary)
            assignment = step_on(assignment, "submit", cast.secretary, "Báo cáo kỳ này")
            assignment = step_on(assignment, "accept_period", cast.officer)
            assert (assignment.due_on, assignment.first_due_on) == (due_on, date(2026, 1, 31))
            assert (assignment.state, assignment.submitted_on) == (S.IN_PROGRESS, None)

    def test_accepting_a_period_needs_a_period(self, cast, assignment):
        assignment = brought_to(cast, assignment, S.SUBMITTED)
        with pytest.raises(Refusal):
            step_on(assignment, "accept_period", cast.officer)
        assert Assignment.objects.get(pk=assignment.pk).due_on == date(2026, 4, 30)

    def test_only_the_unit_makes_news(self, cast, assignment):
        with time_machine.travel("2027-01-10T05:00:00Z", tick=False):
            assignment = brought_to(cast, assignment, S.SUBMITTED)
            assert assignment.news_on == assignment.submitted_on == date(2027, 1, 10)
        with time_machine.travel("2027-01-20T05:00:00Z", tick=False):
            assignment = step_on(assignment, "return", cast.officer, "Thiếu số liệu")
            assert assignment.news_on == date(2027, 1, 10)

    def test_opening_again_takes_the_acceptance_back(self, cast, assignment):
        assignment = brought_to(cast, assignment, S.ACCEPTED)
        assert assignment.accepted_on
        assert step_on(assignment, "reopen", cast.second_officer, "Số liệu sai").accepted_on is None


class TestCollision:
    """Two people at once: the second is told and nothing of theirs is written."""

    def test_an_old_version_is_refused(self, cast, assignment):
        seen = assignment.version
        step_on(assignment, "acknowledge", cast.secretary)
        with pytest.raises(Collision):
            take_step(
                actor=cast.secretary,
                assignment=assignment,
                version=seen,
                name="progress",
                text="Đến sau",
                files=[picture()],
            )
        assert not Entry.objects.filter(text="Đến sau").exists()
        assert not StoredFile.objects.filter(name="anh.png").exists()


class TestEvidence:
    """Files are kept with their entry, or not at all."""

    def kept(self, tmp_path):
        return sorted(path for path in (tmp_path / "files").rglob("*") if path.is_file())

    def test_is_kept_with_its_digest_in_the_history(self, cast, assignment):
        assignment = brought_to(cast, assignment, S.ACKNOWLEDGED)
        step_on(assignment, "progress", cast.secretary, "Có ảnh", [picture(), picture("hai.png")])
        files = [evidence.file for evidence in Entry.objects.latest("pk").evidence.order_by("pk")]
        assert [stored.name for stored in files] == ["anh.png", "hai.png"]
        assert HistoryLine.objects.latest("pk").values["files"] == [stored.sha256 for stored in files]

    def test_one_bad_file_leaves_nothing_of_any(self, cast, assignment, tmp_path):
        assignment = brought_to(cast, assignment, S.ACKNOWLEDGED)
        before = self.kept(tmp_path)
        bad = picture("bien-ban.pdf")
        with pytest.raises(Refusal, match="bien-ban"):
            step_on(assignment, "submit", cast.secretary, "Nộp", [picture(), bad])
        assert self.kept(tmp_path) == before
        assert not StoredFile.objects.filter(media_type="image/png").exists()
        assert Assignment.objects.get(pk=assignment.pk).state == S.ACKNOWLEDGED

    def test_a_refused_step_leaves_no_file(self, cast, assignment, tmp_path):
        before = self.kept(tmp_path)
        with pytest.raises(Refusal):
            step_on(assignment, "submit", cast.secretary, "Chưa tiếp nhận", [picture()])
        assert self.kept(tmp_path) == before
        assert StoredFile.objects.filter(media_type="image/png").count() == 0

    def test_too_many_are_refused(self, cast, assignment):
        assignment = brought_to(cast, assignment, S.ACKNOWLEDGED)
        with pytest.raises(Refusal, match="10"):
            step_on(assignment, "progress", cast.secretary, "Nhiều", [picture(f"{n}.png") for n in range(11)])
        assert not StoredFile.objects.filter(media_type="image/png").exists()
