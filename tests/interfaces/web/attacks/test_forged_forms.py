"""Forms with what the page never offered: ids of other people's things, and fields that no page has."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse

from motbuoc.domains.documents.models import Document, Duty, DutyUnit
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Account
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import TEXT, make_directive, make_document, make_person, make_unit, picture, step_on


@pytest.fixture
def foreign(cast):
    """Another bloc with a department of its own, a document in review and a directive."""
    bloc = make_unit("Đảng ủy Khối Khác", UnitKind.BLOC_COMMITTEE, cast.province)
    department = make_unit("Ban của Khối Khác", UnitKind.DEPARTMENT, bloc)
    base = make_unit("Chi bộ Khối Khác", UnitKind.PARTY_BASE_CELL, bloc)
    officer = make_person("Bùi Thử Xa", "xa", Role.DEPARTMENT_OFFICER, bloc)
    return type(cast)(**{**vars(cast), "bloc": bloc, "department": department, "unit_a": base, "officer": officer})


@pytest.fixture
def document(cast):
    return make_document(cast)


@pytest.fixture
def officer(cast, as_person):
    return as_person(cast.officer)


def row(thing: Model) -> dict[str, Any]:
    """All columns of a row as they are stored."""
    return type(thing)._base_manager.filter(pk=thing.pk).values().get()


def changed(before: dict[str, Any], thing: Model) -> set[str]:
    """The columns that are no longer as they were."""
    return {name for name, value in row(thing).items() if before[name] != value}


def typed_duty(duty: Duty, /, **more: Any) -> dict[str, Any]:
    return {"verb": "Tổ chức", "what": "hội nghị", "time_kind": "undated", "version": duty.version, **more}


class TestForeignIds:
    """What a picker does not offer cannot be picked."""

    @pytest.mark.parametrize("field", ["leads", "supports"])
    def test_units_of_another_bloc_get_no_duty(self, foreign, officer, document, field):
        duty = document.duties.first()
        for unit in (foreign.bloc, foreign.department, foreign.unit_a, foreign.province):
            answer = officer.post(
                reverse("duty_correct", args=[duty.pk]), typed_duty(duty, **{field: [str(unit.pk)]})
            )
            assert answer.status_code == 422
        assert not DutyUnit.objects.filter(duty=duty).exists()

    def test_an_addressee_cannot_mean_a_unit_of_another_bloc(self, foreign, officer, document):
        addressee = document.addressees.get()
        sent = {"selection": "one_unit", "unit": foreign.unit_a.pk}
        assert officer.post(reverse("addressee_resolve", args=[addressee.pk]), sent).status_code == 422
        addressee.refresh_from_db()
        assert (addressee.selection, addressee.unit_id) == ("group", None)

    def test_a_document_cannot_be_brought_in_for_another_bloc(self, foreign, officer):
        sent = {"file": picture("cv.png"), "unit": foreign.bloc.pk}
        assert officer.post(reverse("document_upload"), sent).status_code == 422
        assert not Document.objects.exists()

    def test_a_duty_is_cut_only_where_the_page_offers_it(self, officer, document):
        duty = document.duties.first()
        for at in (duty.start - 1, duty.start, duty.start + 1, duty.end, 0):
            sent = {"at": at, "version": duty.version}
            assert officer.post(reverse("duty_split", args=[duty.pk]), sent).status_code == 422
        assert document.duties.count() == 4

    def test_ids_in_the_form_do_not_turn_it_on_another_thing(self, cast, foreign, officer, document):
        mine, theirs = document.duties.first(), make_document(foreign).duties.first()
        before = row(theirs)
        sent = typed_duty(mine, pk=theirs.pk, id=theirs.pk, duty=theirs.pk, document=theirs.document_id)
        assert officer.post(reverse("duty_correct", args=[mine.pk]), sent).status_code == 302
        assert not changed(before, theirs)
        assert row(mine)["document_id"] == document.pk

    def test_an_address_for_reports_takes_only_places_of_that_report(self, cast, officer):
        make_directive(cast)
        assert officer.get("/bao-cao/1/nguon/-1/").status_code == 404

    def test_a_list_narrowed_to_foreign_ids_is_empty(self, cast, foreign, officer):
        directive = make_directive(foreign)
        make_directive(cast)
        for asked in (f"directive={directive.pk}", f"unit={foreign.unit_a.pk}"):
            page = officer.get(f"{reverse('inbox')}?tab=all&{asked}").content.decode()
            assert "Chi bộ Khối Khác" not in page


class TestForgedSteps:
    """A step that the page does not offer is not taken."""

    @pytest.fixture
    def submitted(self, cast):
        assignment = make_directive(cast).assignments.get(unit=cast.unit_a, duty__position=0)
        step_on(assignment, "acknowledge", cast.secretary)
        return step_on(assignment, "submit", cast.secretary, "Đã xong")

    @pytest.mark.parametrize("step", ["accept", "return", "reopen", "accept_period"])
    def test_a_unit_does_not_judge_its_own_work(self, cast, as_person, submitted, step):
        before = row(submitted)
        sent = {"step": step, "version": submitted.version, "text": "Tự duyệt"}
        answer = as_person(cast.secretary).post(reverse("assignment_detail", args=[submitted.pk]), sent)
        assert answer.status_code == 403
        assert not changed(before, submitted)

    @pytest.mark.parametrize("step", ["", "issue", "delete", "__class__", "acknowledge"])
    def test_no_step_that_is_not_there(self, cast, as_person, submitted, step):
        before = row(submitted)
        sent = {"step": step, "version": submitted.version}
        answer = as_person(cast.secretary).post(reverse("assignment_detail", args=[submitted.pk]), sent)
        assert answer.status_code in (302, 303, 409, 422)
        assert not changed(before, submitted)

    @pytest.mark.parametrize("version", [-1, 0, 99, "", "x"])
    def test_a_version_that_was_never_shown_saves_nothing(self, officer, document, version):
        before = row(document)
        sent = {"subject": "Đè lên", "version": version}
        assert officer.post(reverse("document_header", args=[document.pk]), sent).status_code in (409, 422)
        assert not changed(before, document)


class TestFieldsThatNoPageHas:
    """More fields than a form has change nothing more."""

    def test_correcting_a_header(self, cast, foreign, officer, document):
        before = row(document)
        forged = {"state": "issued", "unit": foreign.bloc.pk, "unit_id": foreign.bloc.pk, "text": "khác"}
        forged |= {"brought_by": foreign.officer.pk, "brought_by_id": foreign.officer.pk, "file_id": 1}
        forged |= {"released_at": "2020-01-01", "regime": "state", "copies": [foreign.bloc.pk]}
        sent = {"subject": "Trích yếu mới", "version": 1, **forged}
        assert officer.post(reverse("document_header", args=[document.pk]), sent).status_code == 302
        typed = {"superior", "issuer", "code", "type", "place", "issued_on", "subject", "version"}
        typed |= {"folded", "code_key", "name_key"}  # what it is found and sorted by
        assert "subject" in changed(before, document) <= typed
        assert not document.copies.exists()

    def test_correcting_a_duty(self, foreign, officer, document):
        duty = document.duties.first()
        before = row(duty)
        forged = {"is_dropped": "on", "document_id": 99, "text": "khác", "start": 0, "end": 1, "position": 9}
        forged |= {"confidence": 0, "provision": "", "provision_id": ""}
        sent = typed_duty(duty, **forged)
        assert officer.post(reverse("duty_correct", args=[duty.pk]), sent).status_code == 302
        settled = {"confidence", "unsure"}  # by having been looked at
        typed = {"verb", "what", "product", "time_kind", "cycle", "due_on", "for_addressees", "version"}
        assert changed(before, duty) <= typed | settled
        assert row(duty)["confidence"] == 1

    def test_taking_a_step(self, cast, foreign, as_person):
        assignment = make_directive(cast).assignments.get(unit=cast.unit_a, duty__position=0)
        before = row(assignment)
        forged = {"state": "accepted", "unit": cast.unit_b.pk, "unit_id": cast.unit_b.pk, "due_on": "31/12/2099"}
        forged |= {"submitted_by": cast.officer.pk, "accepted_on": "01/01/2026", "actor": cast.officer.pk}
        sent = {"step": "acknowledge", "version": assignment.version, "percent": 100, "text": "x", **forged}
        sent["evidence"] = picture()
        url = reverse("assignment_detail", args=[assignment.pk])
        assert as_person(cast.secretary).post(url, sent).status_code == 302
        assert changed(before, assignment) <= {"state", "news_on", "version"}
        assert row(assignment)["state"] == "acknowledged"
        entry = Entry.objects.get()
        assert (entry.percent, entry.text, entry.evidence.count()) == (None, "", 0)
        assert entry.written_by_id == cast.secretary.pk

    def test_bringing_a_document_in(self, cast, foreign, officer):
        sent = {"file": SimpleUploadedFile("cv.txt", TEXT.encode()), "unit": cast.bloc.pk, "state": "issued"}
        sent |= {"brought_by": foreign.officer.pk, "unit_id": foreign.bloc.pk, "pk": 77, "id": 77}
        assert officer.post(reverse("document_upload"), sent).status_code == 302
        stored = Document.objects.get()
        assert (stored.state, stored.brought_by, stored.unit) == ("read", cast.officer, cast.bloc)
        assert stored.pk != 77

    def test_asking_for_a_report(self, cast, foreign, officer):
        directive, other = make_directive(cast), make_directive(foreign)
        day = clock.today().strftime("%d/%m/%Y")
        sent = {"start": day, "end": day, "document": other.pk, "document_pk": other.pk, "state": "ready"}
        sent |= {"made_by": foreign.officer.pk, "actor": foreign.officer.pk, "content": "{}"}
        assert officer.post(reverse("report_request", args=[directive.pk]), sent).status_code == 302
        report = Report.objects.get()
        assert (report.document_id, report.made_by) == (directive.pk, cast.officer)
        assert not report.content

    def test_signing_in(self, cast, client, sign_in):
        before = row(cast.secretary.account)
        grants = Grant.objects.count()
        sign_in(client, is_superuser="on", is_staff="on", role="department_officer", person=cast.officer.pk)
        assert client.session["_auth_user_id"] == str(cast.secretary.account.pk)
        assert changed(before, cast.secretary.account) <= {"last_login", "password"}
        assert Grant.objects.count() == grants
        assert Account.objects.get(username="bithu").person == cast.secretary


def test_issuing_gives_duties_to_nobody_that_the_form_names(cast, foreign, officer, document):
    confirmed = confirm_document(actor=cast.officer, document=document, version=document.version)
    sent = {"version": confirmed.version, "unit": foreign.unit_a.pk, "unit_ids": [foreign.unit_a.pk]}
    assert officer.post(reverse("document_issue", args=[document.pk]), sent).status_code == 302
    given = set(Assignment.objects.values_list("unit_id", flat=True))
    assert given == {cast.unit_a.pk, cast.unit_b.pk, cast.department.pk}
