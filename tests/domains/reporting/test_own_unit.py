"""A unit writes its own report for the level above: its secretary, of their own unit and no other."""

from __future__ import annotations

import pytest

from motbuoc.domains.reporting.drafted import Draft
from motbuoc.domains.reporting.drafting import begin_draft, edit_paragraph, take_draft_step
from motbuoc.domains.reporting.drafts import (
    draft_steps_for,
    drafts_for,
    periods_to_report_for,
    sections_of,
    units_to_report_for,
)
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.people.models import Person
from tests.factories import LONG_AGO, Cast, make_person
from tests.factories.reporting import Reported, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(cast: Cast) -> Reported:
    return make_draft(cast)


def begin(person: Person, reported: Reported, unit_id: int) -> Draft:
    draft = begin_draft(
        actor=person, period=reported.november, unit_id=unit_id, outline="short", subject="kết quả của chi bộ"
    )
    return Draft.objects.get(pk=draft.pk)


def step(actor: Person, draft: Draft, name: str) -> Draft:
    fresh = Draft.objects.get(pk=draft.pk)
    return take_draft_step(actor=actor, draft=fresh, version=fresh.version, name=name)


def test_what_is_offered(cast: Cast, reported: Reported) -> None:
    assert reported.november in periods_to_report_for(cast.secretary)
    assert [unit.pk for unit in units_to_report_for(cast.secretary, reported.november)] == [cast.unit_a.pk]
    above = [unit.pk for unit in units_to_report_for(cast.officer, reported.november)]
    assert above == [cast.bloc.pk]  # an office above does not write the report of each single unit
    for person in (cast.member, cast.inspector, cast.stranger, cast.department_worker):
        assert reported.november not in periods_to_report_for(person)


def test_in_its_own_words_and_figures(cast: Cast, reported: Reported) -> None:
    draft = begin(cast.secretary, reported, cast.unit_a.pk)
    text = "\n".join(one.text for section in sections_of(draft) for one in section.paragraphs)
    assert "Cuộc đối thoại: 04 cuộc; kỳ trước: 03." in text
    assert "Đã phát 120 tờ rơi tuyên truyền" in text
    assert "Chi bộ Sở Ánh Dương:" not in text  # it does not name itself before its words


def test_no_other_unit(cast: Cast, reported: Reported) -> None:
    for unit in (cast.bloc, cast.unit_b, cast.province):
        with pytest.raises(NotAllowed):
            begin(cast.secretary, reported, unit.pk)
    draft = begin(cast.secretary, reported, cast.unit_a.pk)
    assert draft in drafts_for(cast.secretary)
    assert reported.draft not in drafts_for(cast.secretary)  # that of the level above
    assert draft not in drafts_for(cast.secretary_b)
    assert draft not in drafts_for(cast.member)
    assert draft in drafts_for(cast.officer)  # who stands above reads it
    row = reported.paragraph("i2_05")
    with pytest.raises(NotAllowed):
        edit_paragraph(actor=cast.secretary, paragraph=row, version=row.version, text="Không.")


def test_approved_by_another_of_the_unit_unless_there_is_but_one(cast: Cast, reported: Reported, settings) -> None:
    draft = begin(cast.secretary, reported, cast.unit_a.pk)
    step(cast.secretary, draft, "hand_in")
    with pytest.raises(Refusal):
        step(cast.secretary, draft, "approve")
    fresh = Draft.objects.get(pk=draft.pk)
    assert "approve" not in {each.name for each in draft_steps_for(cast.secretary, fresh)}
    settings.APPROVE_OWN_DRAFT = True
    assert "approve" in {each.name for each in draft_steps_for(cast.secretary, fresh)}
    settings.APPROVE_OWN_DRAFT = False
    second = make_person("Vũ Thử Phó", "pho", Role.UNIT_SECRETARY, cast.unit_a)
    assert step(second, draft, "approve").state == "agreed"


def test_a_clerk_and_a_member_do_not(cast: Cast, reported: Reported) -> None:
    for role in (Role.CLERK, Role.MEMBER, Role.CENTRAL_OFFICER):
        person = make_person(f"Ai {role}", f"ai-{role}", role, cast.unit_a)
        with pytest.raises(NotAllowed):
            begin(person, reported, cast.unit_a.pk)
    Grant.objects.create(person=cast.stranger, role=Role.UNIT_SECRETARY, unit=cast.unit_a, valid_from=LONG_AGO)
    assert begin(cast.stranger, reported, cast.unit_a.pk)
