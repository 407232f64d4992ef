"""Every role × every class × everything made of a document; and what is not seen is not counted either."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motbuoc.domains.documents.models import DutyUnit
from motbuoc.domains.documents.searching import Question, documents_sought
from motbuoc.domains.documents.selectors import addressees_for, documents_for, duties_for
from motbuoc.domains.documents.services import classify_document, confirm_document
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.selectors import reports_for, sources_for
from motbuoc.domains.reporting.services import request_report
from motbuoc.domains.work.boards import board_for
from motbuoc.domains.work.inbox import INBOX, Narrowing, directives_in
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.listing import counts_for, tasks_for
from motbuoc.domains.work.models import Assignment, Evidence
from motbuoc.domains.work.selectors import (
    assignments_for,
    directives_for,
    entries_for,
    evidence_for,
    inbox_for,
    owed_by,
)
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.totals import totals_for
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.jobs.reports import make_report
from tests.factories import LONG_AGO, make_directive, make_document, make_person, picture, step_on

NORMAL, INTERNAL, RESTRICTED = Classification
READERS = {
    "officer": 3,
    "inspector": 3,
    "secretary": 3,
    "central_officer": 2,
    "member": 1,
    "stranger": 0,
}
"""How many of the classes, from the widest on, each of the cast reads."""


def sees(person: str, classification: Classification) -> bool:
    return list(Classification).index(classification) < READERS[person]


def lived(cast, classification):
    """A directive of a class with everything that can be made of one."""
    directive = make_directive(cast, classification)
    first = directive.assignments.filter(unit=cast.unit_a).order_by("pk").first()
    step_on(first, "acknowledge", cast.secretary)
    step_on(first, "progress", cast.secretary, "Đã họp", files=[picture()])
    today = clock.today()
    report = request_report(actor=cast.officer, document=directive, start=today, end=today)
    make_report.call(report.pk)
    return SimpleNamespace(
        directive=directive,
        first=Assignment.objects.get(pk=first.pk),
        report=Report.objects.get(pk=report.pk),
        evidence=Evidence.objects.get(entry__assignment=first),
    )


@pytest.fixture
def made(cast):
    return {classification: lived(cast, classification) for classification in Classification}


@pytest.mark.parametrize("name", READERS)
def test_everything_made_of_a_document_follows_its_class(cast, made, name):
    viewer = getattr(cast, name)
    for classification, all_of in made.items():
        seen = sees(name, classification)
        directive, pk = all_of.directive, all_of.directive.pk
        assert documents_for(viewer).filter(pk=pk).exists() == seen
        assert directives_for(viewer).filter(pk=pk).exists() == seen
        assert documents_sought(viewer, Question("viec lam mau")).filter(pk=pk).exists() == seen
        assert documents_sought(viewer, Question(classification=classification)).exists() == seen
        assert duties_for(viewer).filter(document=pk).exists() == seen
        assert addressees_for(viewer).filter(document=pk).exists() == seen
        assert assignments_for(viewer).filter(document=pk).exists() == seen
        assert (all_of.evidence in evidence_for(viewer)) == seen
        assert bool([e for entry in entries_for(viewer, all_of.first) for e in entry.evidence.all()]) == seen
        assert (pk in totals_for(viewer, [directive])) == seen
        assert (pk in {row[0] for row in directives_in(viewer)}) == seen
        tasks = tasks_for(viewer, "all", Narrowing(document_id=pk), 0, 50)
        assert {task.classification for task in tasks} == ({classification} if seen else set())
        on_board = seen and name not in ("member", "stranger")
        assert bool(board_for(viewer, directive).totals.count) == on_board
        assert bool(board_for(viewer, directive).rows) == on_board
        in_history = history_of(viewer, "assignment", all_of.first.pk, classification).exists()
        assert in_history == on_board
        in_reports = seen and name not in ("member", "stranger", "secretary")
        assert reports_for(viewer).filter(pk=all_of.report.pk).exists() == in_reports
        behind = any(sources_for(viewer, all_of.report, place).exists() for place in range(4))
        assert behind == seen


@pytest.mark.parametrize("name", READERS)
def test_what_is_not_seen_is_not_told_by_subtraction(cast, name):
    """Every number that is shown is the same as if the directives of narrower classes were not there."""
    viewer = getattr(cast, name)
    for classification in Classification:
        if sees(name, classification):
            lived(cast, classification)
    before = numbers(viewer)
    for classification in Classification:
        if not sees(name, classification):
            lived(cast, classification)
    assert numbers(viewer) == before


def numbers(viewer):
    directives = list(directives_for(viewer))
    return (
        documents_sought(viewer, Question()).count(),
        [directive.pk for directive in directives],
        totals_for(viewer, Assignment.document.field.related_model.objects.all()),
        directives_in(viewer),
        counts_for(viewer, Narrowing()),
        counts_for(viewer, Narrowing(words="hội nghị")),
        counts_for(viewer, Narrowing(lateness=Lateness.NONE)),
        {tab: len(tasks_for(viewer, tab, Narrowing(), 0, 100)) for tab in INBOX},
        owed_by(viewer).count(),
        reports_for(viewer).count(),
        evidence_for(viewer).count(),
        [board_for(viewer, directive).totals for directive in directives],
    )


def test_a_document_in_review_is_for_its_reviewers_whatever_its_class(cast):
    for classification in Classification:
        document = make_document(cast, classification=classification)
        assert documents_for(cast.officer).filter(pk=document.pk).exists()
        for other in (cast.central_officer, cast.inspector, cast.secretary, cast.member):
            assert not documents_for(other).filter(pk=document.pk).exists()


def test_raising_a_class_applies_at_once_and_lowering_too(cast):
    made = lived(cast, NORMAL)
    pk = made.directive.pk
    assert assignments_for(cast.member).filter(document=pk).count() == 3
    for version, (classification, member, central) in enumerate(
        ((RESTRICTED, 0, False), (INTERNAL, 0, True), (NORMAL, 3, True)), made.directive.version
    ):
        classify_document(
            actor=cast.officer,
            document=made.directive,
            version=version,
            classification=classification,
            reason="Theo yêu cầu",
        )
        assert assignments_for(cast.member).filter(document=pk).count() == member
        assert reports_for(cast.central_officer).filter(pk=made.report.pk).exists() == central
        assert evidence_for(cast.secretary).count() == 1


def test_a_file_may_be_narrower_than_its_directive_and_never_wider(cast):
    directive = make_directive(cast, INTERNAL)
    first = directive.assignments.filter(unit=cast.unit_a).order_by("pk").first()
    step_on(first, "acknowledge", cast.secretary)
    step_on(first, "progress", cast.secretary, "Rộng", files=[picture("rong.png")])
    step_on(first, "progress", cast.secretary, "Hẹp", files=[picture("hep.png")], classification=RESTRICTED)

    def files(viewer):
        return {evidence.file.name for evidence in evidence_for(viewer)}

    def shown(viewer):
        return {e.file.name for entry in entries_for(viewer, first) for e in entry.evidence.all()}

    for viewer in (cast.officer, cast.secretary, cast.inspector):
        assert files(viewer) == shown(viewer) == {"rong.png", "hep.png"}
    assert files(cast.central_officer) == shown(cast.central_officer) == {"rong.png"}
    assert files(cast.member) == set()  # sent as wide as can be, it is still of an internal directive


def test_a_person_with_two_grants_sees_each_class_where_it_is_granted(cast):
    both = make_person("Bùi Thử Kép", "kep", Role.MEMBER, cast.unit_a)
    Grant.objects.create(person=both, role=Role.UNIT_SECRETARY, unit=cast.unit_b, valid_from=LONG_AGO)
    made = {classification: lived(cast, classification) for classification in Classification}
    for classification, all_of in made.items():
        units = set(assignments_for(both).filter(document=all_of.directive).values_list("unit", flat=True))
        assert units == ({cast.unit_a.pk, cast.unit_b.pk} if classification == NORMAL else {cast.unit_b.pk})
        assert (all_of.evidence in evidence_for(both)) == (classification == NORMAL)
        assert [row.unit_id for row in board_for(both, all_of.directive).rows] == [cast.unit_b.pk]
        assert totals_for(both, [all_of.directive])[all_of.directive.pk].units == len(units)
        line = history_of(both, "assignment", all_of.first.pk, classification)
        assert not line.exists()
    narrowings = (Narrowing(), Narrowing(words="đối thoại"), Narrowing(unit_id=cast.unit_b.pk))
    for narrowing in narrowings:
        expected = list(inbox_for(both, "all", narrowing))
        assert [task.pk for task in tasks_for(both, "all", narrowing, 0, 50)] == [row.pk for row in expected]
        assert counts_for(both, narrowing).held("all").number == len(expected)


def test_a_supporting_unit_reads_what_was_sent_to_it(cast):
    document = make_document(cast, classification=RESTRICTED)
    charged = document.duties.get(for_addressees=False)
    DutyUnit.objects.create(duty=charged, unit=cast.unit_b, part=DutyUnit.Part.SUPPORT)
    confirmed = confirm_document(actor=cast.officer, document=document, version=document.version)
    issue_directive(actor=cast.officer, document=confirmed, version=confirmed.version)
    member = make_person("Bùi Thử Bình", "thanhvien", Role.MEMBER, cast.unit_b)
    supported = Assignment.objects.get(duty=charged)
    assert assignments_for(cast.secretary_b).filter(pk=supported.pk).exists()
    assert not assignments_for(member).exists()


ASKS_FOR_THE_CLASS = re.compile(r'"classification" (=|<>|IN)')


def test_the_queries_of_an_officer_do_not_ask_for_the_class(cast, made):
    directives = list(directives_for(cast.officer))
    looks = (
        lambda viewer: list(documents_for(viewer)),
        lambda viewer: list(assignments_for(viewer)),
        lambda viewer: list(evidence_for(viewer)),
        lambda viewer: list(reports_for(viewer)),
        lambda viewer: totals_for(viewer, directives),
        lambda viewer: counts_for(viewer, Narrowing()),
        lambda viewer: tasks_for(viewer, "all", Narrowing(), 0, 9),
        lambda viewer: board_for(viewer, directives[-1]),
    )
    narrowed: list[str] = []
    for look in looks:
        asked = {name: asked_by(look, getattr(cast, name)) for name in ("officer", "central_officer")}
        assert len(asked["officer"]) == len(asked["central_officer"])
        assert not any(ASKS_FOR_THE_CLASS.search(sql) for sql in asked["officer"])
        narrowed += asked["central_officer"]
    assert any(ASKS_FOR_THE_CLASS.search(sql) for sql in narrowed)
    assert not any('"motbuoc_document"' in sql for sql in asked_by(looks[4], cast.officer))
    assert not any('"motbuoc_document"' in sql for sql in asked_by(looks[7], cast.central_officer))


def asked_by(look, viewer):
    look(viewer)  # what is read once for a person
    with CaptureQueriesContext(connection) as queries:
        look(viewer)
    return [query["sql"] for query in queries]
