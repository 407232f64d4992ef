"""What stands behind the parameters of addresses. Who adds a page with a new parameter adds a line to `BEHIND`.

A maker gets a place of the neighbourhood and gives the things of it that the parameter may name. What it makes
must stand in that place's unit and nowhere else, and carry its `words` where a page would show them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Any

import docx

from motbuoc.domains.cascade.models import Dissemination, Localisation
from motbuoc.domains.consultation.models import CommentGroup, Consultation, ConsultedProvision, ConsultedVersion
from motbuoc.domains.consultation.services import Plan as DraftPlan
from motbuoc.domains.consultation.services import ask_units, make_consultation, take_consultation_step
from motbuoc.domains.dialogue.asking import ask
from motbuoc.domains.dialogue.concluding import Promise, promise
from motbuoc.domains.dialogue.models import DialogueRule, Question
from motbuoc.domains.dialogue.services import Plan as DialoguePlan
from motbuoc.domains.dialogue.services import (
    Terms,
    hold_dialogue,
    make_rule,
    plan_dialogue,
    take_dialogue_step,
)
from motbuoc.domains.documents.models import Addressee, Citation, Document, DocumentLink, DocumentVersion
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.inspections.models import CheckItem, CheckPlan, Chosen, Finding, FindingFile, Visit
from motbuoc.domains.inspections.services import make_plan, plan_visit
from motbuoc.domains.inspections.visiting import add_finding, take_visit_step
from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.defining import Definition, define_indicator
from motbuoc.domains.ledger.forming import make_form, put_box, put_field, use_form
from motbuoc.domains.ledger.models import Indicator, ReportForm
from motbuoc.domains.ledger.periods import Span
from motbuoc.domains.ledger.scheduling import Terms as ScheduleTerms
from motbuoc.domains.ledger.scheduling import exempt_unit, make_schedule, open_period
from motbuoc.domains.ledger.submitted import HandedIn, ReportingPeriod, Schedule, Submission
from motbuoc.domains.listening.intake import Words
from motbuoc.domains.listening.models import Opinion, Theme
from motbuoc.domains.listening.privacy import Reply
from motbuoc.domains.listening.receipts import new_form_key
from motbuoc.domains.listening.services import BoxTerms, make_box, say
from motbuoc.domains.listening.sorting import sort_opinion
from motbuoc.domains.registers.drafting import Draft, draft_text, letterhead_of
from motbuoc.domains.registers.incoming import Paper, register_incoming
from motbuoc.domains.registers.models import Incoming, Number, Outgoing
from motbuoc.domains.registers.numbering import open_term, reserve_number
from motbuoc.domains.registers.services import draft_outgoing
from motbuoc.domains.reporting.drafted import Draft as ReportDraft
from motbuoc.domains.reporting.drafted import Paragraph, Remark
from motbuoc.domains.reporting.drafting import add_paragraph, begin_draft
from motbuoc.domains.reporting.filed import ask_file
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.outlining import make_outline
from motbuoc.domains.reporting.services import request_report
from motbuoc.domains.reporting.worded import Wording
from motbuoc.domains.surveys.building import Asking, add_question
from motbuoc.domains.surveys.models import Survey
from motbuoc.domains.surveys.services import SurveyPlan, make_survey
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.linked import Portion
from motbuoc.domains.work.models import Assignment, Evidence, HelpOffer, Request
from motbuoc.domains.work.offering import offer_help
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action, Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.files.services import keep_file
from motbuoc.foundation.notices.models import Delivery, Webhook
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.reorganisation.services import rename_unit
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitGroup
from motbuoc.interfaces.jobs.draft_files import make_draft_file
from motbuoc.interfaces.jobs.reports import make_report
from tests.factories import LONG_AGO, Cast, make_document, make_person, make_unit, picture, step_on

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CAN_MEND = {
    "code": "dispatch_subject.size",
    "severity": "must",
    "found": "11",
    "expected": "12",
    "can_fix": True,
    "spots": [],
    "message": "",
    "source": "36-HD/VPTW, Phụ lục 3, no. 5",
}


@dataclass(frozen=True)
class Thing:
    """An object named in an address by `value`. Who may do `see` on its unit sees it; nobody else its `words`.

    What `is_common` is seen by whoever may do `see` anywhere; to change it takes a right on its unit all the same.
    """

    value: object
    see: Action
    words: str
    is_common: bool = False


@dataclass
class Place:
    """A unit of the neighbourhood, who works there with every right, and the papers of its own."""

    name: str
    unit: Unit
    worker: Person
    cast: Cast

    def _document(self, kind: str) -> Document:
        whole = replace(self.cast, bloc=self.unit, department=self.unit, officer=self.worker)
        document = make_document(whole)
        document.subject = document.code = self.words(kind)
        document.addressees.update(selection=Addressee.Selection.ONE_UNIT, unit=self.unit)
        saved = BytesIO()
        paper = docx.Document()
        paper.add_paragraph(f"{document.text} {self.words(kind)}")
        paper.save(saved)
        document.file = keep_file(f"{self.words(kind)}.docx", saved.getvalue(), WORD)
        document.layout = [CAN_MEND]
        document.save()
        for duty in document.duties.all():
            duty.text = f"{duty.text} {self.words(kind)}"
            duty.save()
        return document

    def words(self, kind: str) -> str:
        """Words that nothing else of the neighbourhood carries."""
        return f"Sen {self.name}-{kind}"

    @cached_property
    def renamed(self) -> Reorganisation:
        """What was done to the unit: it was given its name."""
        administrator = make_person(f"Người Trị {self.name}", f"tri-{self.name}", Role.ADMINISTRATOR, self.unit)
        basis = Basis(clock.today(), self.words("basis"))
        name = f"Đơn vị {self.name}" if self.name == "above" else self.words("unit")
        return rename_unit(actor=administrator, unit=self.unit, basis=basis, name=name, short_name=name)

    @cached_property
    def in_review(self) -> Document:
        """A document not yet issued, whose file can be mended."""
        return self._document("review")

    @cached_property
    def directive(self) -> Document:
        """A document issued to this unit alone, with a report."""
        document = self._document("issued")
        confirmed = confirm_document(actor=self.worker, document=document, version=document.version)
        issue_directive(actor=self.worker, document=confirmed, version=confirmed.version)
        return Document.objects.get(pk=document.pk)

    @cached_property
    def plan(self) -> Document:
        """A document under review that carries the directive out."""
        plan = self._document("plan")
        Localisation.objects.create(plan=plan, directive=self.directive, made_by=self.worker)
        return plan

    @cached_property
    def link(self) -> DocumentLink:
        """A link from the one to the other, stated by the worker."""
        return DocumentLink.objects.create(
            source=self.in_review, target=self.directive, relation="amends", stated_by=self.worker
        )

    @cached_property
    def dissemination(self) -> Dissemination:
        """A session in which the unit studied the directive; its words stand in those of the document."""
        return Dissemination.objects.create(
            document=self.directive,
            unit=self.unit,
            held_on=clock.today(),
            form="conference",
            sessions=1,
            attended=40,
            expected=50,
            recorded_by=self.worker,
        )

    @cached_property
    def assignment(self) -> Assignment:
        """Work under way, with a picture as evidence."""
        assignment = self.directive.assignments.order_by("pk")[0]
        step_on(assignment, "acknowledge", self.worker)
        return step_on(assignment, "progress", self.worker, self.words("work"), files=[picture()])

    @cached_property
    def help_offer(self) -> HelpOffer:
        """Help offered with that work, not answered yet."""
        return offer_help(actor=self.worker, assignment=self.assignment, words=self.words("help"))

    @cached_property
    def evidence(self) -> Evidence:
        """That picture."""
        return Evidence.objects.get(entry__assignment=self.assignment)

    @cached_property
    def report(self) -> Report:
        """The report on the directive, made."""
        today = clock.today()
        report = request_report(actor=self.worker, document=self.directive, start=today, end=today)
        make_report.call(report.pk)
        return report

    @cached_property
    def check_plan(self) -> CheckPlan:
        """A plan of inspections with one unit chosen."""
        words = {"subject": self.words("check-plan"), "seed": "x"}
        plan = make_plan(actor=self.worker, unit_id=self.unit.pk, year=2026, size=1, **words)
        Chosen.objects.create(plan=plan, unit=self.unit, words=self.words("check-plan"), added_by=self.worker)
        return plan

    @cached_property
    def inspected(self) -> Unit:
        """A unit below, which the unit inspects."""
        return make_unit(f"Tổ {self.name}", UnitKind.PARTY_CELL, self.unit)

    def _visit(self, kind: str) -> Visit:
        """The unit's inspection of one below it, under way, with a task to look at and a finding."""
        visit = Visit(by_unit=self.unit, unit=self.inspected, subject=self.words(kind), day=clock.today())
        visit = plan_visit(actor=self.worker, visit=visit, team=[self.worker], others="")
        visit = take_visit_step(actor=self.worker, visit=visit, version=1, name="begin_visit")
        CheckItem.objects.create(visit=visit, assignment=self.assignment)
        add_finding(actor=self.worker, visit=visit, text=self.words(kind), files=[picture()])
        return Visit.objects.get(pk=visit.pk)

    @cached_property
    def visit_begun(self) -> Visit:
        """One of which the unit has not been told yet."""
        return self._visit("visit-begun")

    @cached_property
    def visit_sent(self) -> Visit:
        """One whose draft waits for the unit's comment."""
        visit = self._visit("visit-sent")
        asked = {"version": visit.version, "name": "send_draft", "comment_by": clock.today()}
        return take_visit_step(actor=self.worker, visit=visit, text=self.words("visit-sent"), **asked)

    @cached_property
    def dialogue_rule(self) -> DialogueRule:
        """A rule of dialogues of the unit."""
        terms = Terms(f"Quy định {self.name}", "Điều 1", tuple(UnitKind.values), 1, 7, 10, 10)
        return make_rule(actor=self.worker, unit_id=self.unit.pk, terms=terms)

    @cached_property
    def question(self) -> Question:
        """A question asked at a dialogue of the unit, which was held and has promised something."""
        plan = DialoguePlan(None, self.words("dialogue"), "Bí thư", clock.today())
        made = plan_dialogue(actor=self.worker, unit_id=self.unit.pk, plan=plan)
        made = take_dialogue_step(actor=self.worker, dialogue=made, version=1, name="announce_dialogue")
        reply = Reply("Thử Để Tên", "nơi nhận của người thử")
        asked = ask(dialogue=made, words=Words(self.words("question"), new_form_key()), reply=reply).question
        counts = {"workers": 9}
        hold_dialogue(
            actor=self.worker, dialogue=made, version=2, held_on=clock.today(), counts=counts, minutes=""
        )
        what = Promise(self.words("promise"), self.unit.pk, clock.today())
        promise(actor=self.worker, dialogue=made, what=what)
        return Question.objects.get(pk=asked.pk)

    @cached_property
    def opinion(self) -> Opinion:
        """Something said into the unit's box, in a theme of its own."""
        terms = BoxTerms(self.unit.pk, self.words("box"))
        box = make_box(actor=self.worker, unit_id=self.unit.pk, terms=terms)
        said = say(box=box, words=Words(self.words("opinion"), new_form_key())).opinion
        theme = Theme.objects.create(unit=self.unit, name=self.words("theme"), made_on=clock.today())
        return sort_opinion(
            actor=self.worker, opinion=said, version=1, theme=theme, tendency="worried", is_pressing=False
        )

    @cached_property
    def survey(self) -> Survey:
        """A survey of the unit that is being built, in two languages, with a question."""
        today, words = clock.today(), self.words("survey")
        plan = SurveyPlan(words, words, "Đồng ý", today, today, languages=("en",))
        made = make_survey(actor=self.worker, unit_id=self.unit.pk, plan=plan)
        asking = Asking(self.words("survey"), ("Có", "Không"))
        add_question(actor=self.worker, survey=made, version=1, kind="single", asking=asking)
        return Survey.objects.get(pk=made.pk)

    @cached_property
    def consultation(self) -> Consultation:
        """A draft of the unit in two versions of one provision, open to everybody and to the unit itself."""
        today, words = clock.today(), self.words("consultation")
        plan = DraftPlan(words, today, today, is_public=True)
        made = make_consultation(actor=self.worker, unit_id=self.unit.pk, plan=plan)
        file = keep_file(f"{words}.txt", words.encode(), "text/plain")
        asked: dict[str, Any] = {"added_on": today, "added_by": self.worker}
        told: dict[str, Any] = {"number": 1, "level": 0, "anchor": "dieu-1", "label": "Điều 1"}
        for number in (1, 2):
            draft = ConsultedVersion.objects.create(consultation=made, number=number, file=file, **asked)
            ConsultedProvision.objects.create(draft=draft, text=f"{words} {number}", **told)
        ask_units(actor=self.worker, consultation=made, version=1, units=[self.unit.pk], due_on=today)
        return take_consultation_step(actor=self.worker, consultation=made, version=2, name="open_consultation")

    @cached_property
    def indicator(self) -> Indicator:
        """Something that the unit counts."""
        what = Definition(f"CT-{self.name}", f"Cuộc họp {self.name}", self.words("indicator"))
        return define_indicator(actor=self.worker, unit_id=self.unit.pk, what=what, valid_from=LONG_AGO)

    @cached_property
    def counted(self) -> Indicator:
        """Something that the system counts."""
        what = Definition(f"HT-{self.name}", f"Việc xong {self.name}", counter="work.done")
        return define_indicator(actor=self.worker, unit_id=self.unit.pk, what=what, valid_from=LONG_AGO)

    @cached_property
    def report_form(self) -> ReportForm:
        """A form of the unit that asks for it, in use."""
        form = make_form(actor=self.worker, unit_id=self.unit.pk, code=f"BM-{self.name}", name="Biểu mẫu thử")
        put_field(actor=self.worker, form=form, version=1, indicator=self.indicator)
        put_field(actor=self.worker, form=form, version=2, indicator=self.counted)
        put_box(actor=self.worker, form=form, version=3, title=self.words("form"))
        return use_form(actor=self.worker, form=form, version=4)

    @cached_property
    def schedule(self) -> Schedule:
        """A unit below fills it in month by month; another is exempted, with a reason that is told to few."""
        schedule = make_schedule(
            actor=self.worker,
            unit_id=self.unit.pk,
            form=self.report_form,
            terms=ScheduleTerms(f"Báo cáo tháng {self.name}", PeriodCycle.MONTH),
            units=[self.inspected],
        )
        exempt_unit(actor=self.worker, schedule=schedule, unit=self.unit, reason=self.words("schedule"))
        return schedule

    @cached_property
    def period(self) -> ReportingPeriod:
        """The month of it that is open."""
        span = Span(date(2026, 10, 1), date(2026, 10, 31))
        return open_period(actor=self.worker, schedule=self.schedule, span=span)

    @cached_property
    def report_draft(self) -> ReportDraft:
        """The report of that month, with a paragraph of the worker's own."""
        subject = self.words("report")
        draft = begin_draft(
            actor=self.worker, period=self.period, unit_id=self.unit.pk, outline="urgent", subject=subject
        )
        add_paragraph(actor=self.worker, section=draft.sections.all()[0], text=self.words("report"))
        make_draft_file.call(ask_file(actor=self.worker, draft=draft, kind="word", shows="")[0].pk)
        return draft

    @cached_property
    def submission(self) -> Submission:
        """What the unit below has to hand in for it."""
        return Submission.objects.get(period=self.period)

    @cached_property
    def outgoing(self) -> Outgoing:
        """A draft written here."""
        head = letterhead_of(self.unit.pk, clock.today())
        text = draft_text(Draft(head, "CV", self.words("draft"), self.words("draft")))
        return draft_outgoing(
            actor=self.worker, unit=self.unit, regime="party", kind="CV", subject=self.words("draft"), text=text
        )

    @cached_property
    def incoming(self) -> Incoming:
        """A paper registered with its scan."""
        paper = Paper(sender="Huyện ủy Mẫu", subject=self.words("incoming"), arrived_on=clock.today())
        return register_incoming(actor=self.worker, unit=self.unit, paper=paper, upload=picture())

    @cached_property
    def reserved(self) -> Number:
        """A number kept free in the first term."""
        open_term(actor=self.worker, unit=self.unit, name="2025-2030", begins_on=LONG_AGO, basis="Đại hội")
        return reserve_number(
            actor=self.worker, unit=self.unit, regime="party", kind="CV", reason=self.words("number")
        )

    @cached_property
    def position(self) -> Position:
        """What somebody holds who is known here only."""
        person = Person.objects.create(full_name=self.words("person"))
        return Position.objects.create(
            person=person, unit=self.unit, title=PositionTitle.MEMBER, valid_from=LONG_AGO
        )

    @cached_property
    def grant(self) -> Grant:
        """One more role of the worker, whose name may be read wherever their rights reach."""
        since = LONG_AGO + clock.ONE_DAY
        return Grant.objects.create(person=self.worker, role=Role.MEMBER, unit=self.unit, valid_from=since)


Maker = Callable[[Place], list[Thing]]


NOTHING_OF_THEIRS = object()
"""What a parameter names that only its owner could see, and that none of the visitors owns."""


def in_review(place: Place) -> list[Thing]:
    """A document that only its reviewers may see."""
    return [Thing(place.in_review.pk, Action.REVIEW_DOCUMENT, place.words("review"))]


def directive(place: Place) -> list[Thing]:
    """A document that the readers of the unit may see."""
    return [Thing(place.directive.pk, Action.VIEW_DOCUMENT, place.words("issued"))]


def plan(place: Place) -> list[Thing]:
    """The unit's plan that carries the directive out."""
    return [Thing(place.plan.pk, Action.REVIEW_DOCUMENT, place.words("plan"))]


def dissemination(place: Place) -> list[Thing]:
    """A study session of the unit."""
    return [Thing(place.dissemination.pk, Action.VIEW_ASSIGNMENT, place.words("issued"))]


def document(place: Place) -> list[Thing]:
    """Both."""
    return in_review(place) + directive(place)


def copy(place: Place) -> list[Thing]:
    """The unit's copy of its own directive."""
    return [Thing(place.directive.copies.get().pk, Action.VIEW_DOCUMENT, place.words("issued"))]


def outgoing(place: Place) -> list[Thing]:
    """A draft of the unit's own."""
    return [Thing(place.outgoing.pk, Action.REGISTER_DOCUMENT, place.words("draft"))]


def incoming(place: Place) -> list[Thing]:
    """A line of the unit's incoming book, with a file."""
    return [Thing(place.incoming.pk, Action.VIEW_REGISTER, place.words("incoming"))]


def number(place: Place) -> list[Thing]:
    """A number that the unit keeps free."""
    return [Thing(place.reserved.pk, Action.VIEW_REGISTER, place.words("number"))]


def duty(place: Place) -> list[Thing]:
    """The first duty of either document."""
    return [replace(thing, value=found.duties.all()[0].pk) for thing, found in _both(place)]


def provision(place: Place) -> list[Thing]:
    """The first item of the directive."""
    return [replace(thing, value=place.directive.provisions.all()[0].pk) for thing in directive(place)]


def addressee(place: Place) -> list[Thing]:
    """The addressee of either document."""
    return [replace(thing, value=found.addressees.get().pk) for thing, found in _both(place)]


def citation(place: Place) -> list[Thing]:
    """What either document cites."""
    return [
        replace(thing, value=Citation.objects.create(document=found, start=1, end=9, raw="Chỉ thị 9").pk)
        for thing, found in _both(place)
    ]


def version(place: Place) -> list[Thing]:
    """A further version of either document."""
    return [
        replace(
            thing,
            value=DocumentVersion.objects.create(
                document=found,
                file=keep_file(f"{thing.words}.txt", thing.words.encode(), "text/plain"),
                text=thing.words,
                kind="later",
                brought_by=place.worker,
            ).pk,
        )
        for thing, found in _both(place)
    ]


def link(place: Place) -> list[Thing]:
    """A link from the document in review to the directive, which who may review sees."""
    return [Thing(place.link.pk, Action.REVIEW_DOCUMENT, place.words("review"))]


def assignment(place: Place) -> list[Thing]:
    """Work given to the unit."""
    return [Thing(place.assignment.pk, Action.VIEW_ASSIGNMENT, place.words("work"))]


def asked(place: Place) -> list[Thing]:
    """A request about it."""
    made = Request.objects.create(
        assignment=place.assignment,
        kind="suspension",
        reason=place.words("work"),
        asked_by=place.worker,
        asked_on=clock.today(),
        state="withdrawn",
    )
    return [Thing(made.pk, Action.VIEW_ASSIGNMENT, place.words("work"))]


def portion(place: Place) -> list[Thing]:
    """A part of it, given to a position that somebody holds there."""
    made = Portion.objects.create(
        assignment=place.assignment,
        title=place.position.title,
        what=place.words("part"),
        given_by=place.worker,
        given_on=clock.today(),
    )
    return [Thing(made.pk, Action.WORK_ON_ASSIGNMENT, place.words("part"))]


def evidence(place: Place) -> list[Thing]:
    """What the unit brought as evidence of it."""
    return [Thing(place.evidence.pk, Action.VIEW_ASSIGNMENT, place.words("work"))]


def help_offer(place: Place) -> list[Thing]:
    """An offer of help with the unit's work."""
    return [Thing(place.help_offer.pk, Action.VIEW_ASSIGNMENT, place.words("help"))]


def report(place: Place) -> list[Thing]:
    """A report on the unit's own directive."""
    return [Thing(place.report.pk, Action.VIEW_REPORT, place.words("issued"))]


def report_draft(place: Place) -> list[Thing]:
    """A report that the unit is drafting."""
    return [Thing(place.report_draft.pk, Action.VIEW_REPORT, place.words("report"))]


def draft_section(place: Place) -> list[Thing]:
    """Its first section."""
    return [replace(thing, value=place.report_draft.sections.all()[0].pk) for thing in report_draft(place)]


def paragraph(place: Place) -> list[Thing]:
    """What the worker wrote in it."""
    found = Paragraph.objects.get(section__draft=place.report_draft, edited=place.words("report"))
    return [replace(thing, value=found.pk) for thing in report_draft(place)]


def remark(place: Place) -> list[Thing]:
    """What was remarked on it."""
    written = Paragraph.objects.get(pk=paragraph(place)[0].value)
    made = Remark.objects.create(paragraph=written, text=place.words("report"), written_by=place.worker)
    return [replace(thing, value=made.pk) for thing in report_draft(place)]


def wording(place: Place) -> list[Thing]:
    """What a language model would say of it, to be read."""
    section = place.report_draft.sections.all()[0]
    sentences = [{"paragraph": paragraph(place)[0].value, "text": place.words("report"), "runs": []}]
    made = Wording.objects.create(
        section=section,
        sentences=sentences,
        asked_of="thu",
        state="answered",
        text="Đã làm.",
        asked_by=place.worker,
    )
    return [replace(thing, value=made.pk) for thing in report_draft(place)]


def outline(place: Place) -> list[Thing]:
    """An outline of the unit's own; its name is told to the units below, which may use it."""
    made = make_outline(
        actor=place.worker,
        unit_id=place.unit.pk,
        name="Đề cương riêng",
        cycle="",
        lines=f"1. | {place.words('outline')}",
    )
    return [Thing(made.pk, Action.VIEW_REPORT, place.words("outline"))]


def check_plan(place: Place) -> list[Thing]:
    """A plan of inspections, seen by whoever inspects."""
    return [Thing(place.check_plan.pk, Action.INSPECT_WORK, place.words("check-plan"))]


def chosen(place: Place) -> list[Thing]:
    """The unit chosen in it."""
    return [replace(thing, value=place.check_plan.chosen.get().pk) for thing in check_plan(place)]


def visit(place: Place) -> list[Thing]:
    """An inspection of which the unit knows nothing yet, and one that it was told of."""
    begun, sent = place.visit_begun, place.visit_sent
    return [
        Thing(begun.pk, Action.INSPECT_WORK, place.words("visit-begun")),
        Thing(sent.pk, Action.VIEW_VISIT, place.words("visit-sent")),
    ]


def dialogue_rule(place: Place) -> list[Thing]:
    """A rule of dialogues, changed by whoever holds them; units below read of it in their list."""
    return [Thing(place.dialogue_rule.pk, Action.VIEW_DIALOGUE, place.words("rule"))]


def dialogue(place: Place) -> list[Thing]:
    """A dialogue that was held."""
    return [Thing(place.question.dialogue_id, Action.VIEW_DIALOGUE, place.words("dialogue"))]


def question(place: Place) -> list[Thing]:
    """What was asked there."""
    return [Thing(place.question.pk, Action.VIEW_DIALOGUE, place.words("question"))]


def commitment(place: Place) -> list[Thing]:
    """What was promised there."""
    promised = place.question.dialogue.commitments.get()
    return [Thing(promised.pk, Action.VIEW_DIALOGUE, place.words("promise"))]


def _of_visits(place: Place, model: Any, path: str) -> list[Thing]:
    pairs = zip(visit(place), (place.visit_begun, place.visit_sent), strict=True)
    return [replace(thing, value=model.objects.filter(**{path: of}).first().pk) for thing, of in pairs]


def check_item(place: Place) -> list[Thing]:
    """A line of the checklist of either."""
    return _of_visits(place, CheckItem, "visit")


def finding(place: Place) -> list[Thing]:
    """What was found on either."""
    return _of_visits(place, Finding, "visit")


def finding_file(place: Place) -> list[Thing]:
    """A picture of it."""
    return _of_visits(place, FindingFile, "finding__visit")


def period(place: Place) -> list[Thing]:
    """A period that the unit asks one below it to report on."""
    return [Thing(place.period.pk, Action.VIEW_FIGURES, place.words("schedule"))]


def schedule(place: Place) -> list[Thing]:
    """The schedule under which it asks."""
    return [Thing(place.schedule.pk, Action.VIEW_FIGURES, place.words("schedule"))]


def exemption(place: Place) -> list[Thing]:
    """That a unit need not report under it."""
    return [replace(thing, value=place.schedule.exemptions.get().pk) for thing in schedule(place)]


def indicator(place: Place) -> list[Thing]:
    """Something that the unit has defined, for whoever sees figures at all."""
    return [Thing(place.indicator.pk, Action.VIEW_FIGURES, place.words("indicator"), is_common=True)]


def report_form(place: Place) -> list[Thing]:
    """The form that is filled in under it."""
    return [Thing(place.report_form.pk, Action.VIEW_FIGURES, place.words("form"))]


def form_field(place: Place) -> list[Thing]:
    """A field of that."""
    return [
        replace(thing, value=place.report_form.fields.get(indicator=place.indicator).pk)
        for thing in report_form(place)
    ]


def narrative_box(place: Place) -> list[Thing]:
    """A box for words of it."""
    return [replace(thing, value=place.report_form.boxes.get().pk) for thing in report_form(place)]


def unit(place: Place) -> list[Thing]:
    """The unit itself."""
    return [Thing(place.unit.pk, Action.VIEW_UNIT, place.words("person"))]


def person(place: Place) -> list[Thing]:
    """Somebody who holds a position in the unit alone."""
    return [Thing(place.position.person_id, Action.MANAGE_PEOPLE, place.words("person"))]


def position(place: Place) -> list[Thing]:
    """That position."""
    return [Thing(place.position.pk, Action.MANAGE_PEOPLE, place.words("person"))]


def submission(place: Place) -> list[Thing]:
    """The report of the unit below, to be filled in."""
    return [Thing(place.submission.pk, Action.VIEW_FIGURES, place.words("form"))]


def handed_in(place: Place) -> list[Thing]:
    """One that was handed in."""
    HandedIn.objects.get_or_create(
        submission=place.submission,
        number=1,
        defaults={
            "content": {"cells": [], "words": {}, "counted": {}, "nothing_because": place.words("form")},
            "handed_in_by": place.worker,
        },
    )
    return submission(place)


def counted_field(place: Place) -> list[Thing]:
    """A line of the form that the system fills in."""
    field = place.report_form.fields.get(indicator=place.counted)
    return [Thing(field.pk, Action.VIEW_FIGURES, place.words("form"))]


def delivery(place: Place) -> list[Thing]:
    """A message to somebody of the unit that was given up."""
    made = Delivery.objects.create(
        person=place.position.person, channel="mail", address="x@mau.example", key=place.name, state="given_up"
    )
    return [Thing(made.pk, Action.MANAGE_PEOPLE, place.words("person"))]


def gateway(place: Place) -> list[Thing]:
    """Where the unit's chat group is told."""
    made = Webhook.objects.create(
        unit=place.unit, url=f"https://chat.example/{place.name}", secret="x", made_by=place.worker
    )
    return [Thing(made.pk, Action.MANAGE_RIGHTS, made.url)]


def opinion_box(place: Place) -> list[Thing]:
    """A box of the unit, that hangs there."""
    return [Thing(place.opinion.box_id, Action.NOTE_OPINION, place.words("box"))]


def opinion(place: Place) -> list[Thing]:
    """What was said into it: for who listens there, and for no level above."""
    return [Thing(place.opinion.pk, Action.ANSWER_OPINION, place.words("opinion"))]


def theme(place: Place) -> list[Thing]:
    """The theme in which it stands."""
    return [Thing(place.opinion.theme_id, Action.VIEW_THEMES, place.words("theme"))]


def situation(place: Place) -> list[Thing]:
    """The unit to which it was said, whose situation is told."""
    assert place.opinion
    return [Thing(place.unit.pk, Action.VIEW_THEMES, place.words("theme"))]


def survey(place: Place) -> list[Thing]:
    """A survey that is being built."""
    return [Thing(place.survey.pk, Action.VIEW_SURVEY, place.words("survey"))]


def survey_question(place: Place) -> list[Thing]:
    """A question of it."""
    return [Thing(place.survey.questions.get().pk, Action.VIEW_SURVEY, place.words("survey"))]


def consultation(place: Place) -> list[Thing]:
    """A draft laid before others."""
    return [Thing(place.consultation.pk, Action.VIEW_CONSULTATION, place.words("consultation"))]


def asked_unit(place: Place) -> list[Thing]:
    """What the unit is asked about it."""
    return [Thing(place.consultation.asked.get().pk, Action.VIEW_CONSULTATION, place.words("consultation"))]


def comment_group(place: Place) -> list[Thing]:
    """A group of what was said of it."""
    made, words = place.consultation, place.words("consultation")
    row = ConsultedProvision.objects.get(draft__consultation=made, draft__number=2)
    group = CommentGroup.objects.create(consultation=made, provision=row, title=words)
    return [Thing(group.pk, Action.VIEW_CONSULTATION, words)]


def grant(place: Place) -> list[Thing]:
    """A role on the unit."""
    return [Thing(place.grant.pk, Action.VIEW_RIGHTS, place.words("person"))]


def reorganisation(place: Place) -> list[Thing]:
    """What was done to the unit today: it was renamed."""
    return [Thing(place.renamed.pk, Action.VIEW_UNIT, place.words("basis"))]


def unit_group(place: Place) -> list[Thing]:
    """A saved group that the unit owns; units below use it by name, and do not see the words it is called by."""
    group = UnitGroup.objects.create(owner=place.unit, name="Nhóm mẫu", wordings=place.words("group"))
    return [Thing(group.pk, Action.VIEW_UNIT, place.words("group"))]


def _both(place: Place) -> list[tuple[Thing, Document]]:
    return list(zip(document(place), (place.in_review, place.directive), strict=True))


BEHIND: dict[str, Maker | object] = {
    "check.pk": check_plan,
    "check_item.pk": check_item,
    "chosen.pk": chosen,
    "help_offer.pk": help_offer,
    "visit.pk": visit,
    "finding_drop.pk": finding,
    "finding_file.pk": finding_file,
    "dialogue.pk": dialogue,
    "dialogue_rule_change.pk": dialogue_rule,
    "commitment.pk": commitment,
    "question.pk": question,
    "question_note.pk": dialogue,
    "box.pk": opinion_box,
    "opinion.pk": opinion,
    "opinion_note.pk": opinion_box,
    "theme.pk": theme,
    "situation.pk": situation,
    "survey.pk": survey,
    "consultation.pk": consultation,
    "consultation_reply.pk": asked_unit,
    "consultation_prepare.pk": asked_unit,
    "consultation_prepare.number": 1,
    "comment_group_detail.pk": comment_group,
    "consultation_compare.number": 2,
    "consultation_comments.number": 1,
    "draft_comment.number": 1,
    "consultation_text.number": 1,
    "consultation_file.number": 1,
    "survey_question_change.pk": survey_question,
    "survey_translate.language": "en",
    "survey_sheet.kind": "word",
    "survey_export.kind": "csv",
    "address": NOTHING_OF_THEIRS,
    "support_question.number": 1,
    "published_dialogues.unit": NOTHING_OF_THEIRS,
    "document.pk": document,
    "document_mended.pk": in_review,
    "copy.pk": copy,
    "period.pk": period,
    "figure.pk": period,
    "figure_export.kind": "csv",
    "figure_signs_export.kind": "csv",
    "schedule.pk": schedule,
    "indicator.pk": indicator,
    "form.pk": report_form,
    "form_field.pk": form_field,
    "exemption.pk": exemption,
    "outgoing.pk": outgoing,
    "outgoing_package.pk": NOTHING_OF_THEIRS,
    "incoming.pk": incoming,
    "number_cancel.pk": number,
    "duty.pk": duty,
    "duty_add.pk": document,
    "addressee.pk": addressee,
    "citation.pk": citation,
    "link.pk": link,
    "version.pk": version,
    "assignment.pk": assignment,
    "request.pk": asked,
    "part.pk": portion,
    "evidence.pk": evidence,
    "board.pk": directive,
    "board_export.kind": "csv",
    "localise.pk": directive,
    "descent.pk": directive,
    "comparison.pk": directive,
    "disseminate.pk": directive,
    "dissemination.pk": dissemination,
    "plan.pk": plan,
    "report.pk": report,
    "draft.pk": report_draft,
    "draft_begin.period_pk": period,
    "paragraph.pk": paragraph,
    "remark.pk": remark,
    "outline.pk": outline,
    "section_give.section_pk": draft_section,
    "section_move.section_pk": draft_section,
    "draft_export.kind": "excel",
    "draft_file.kind": "word",
    "paragraph_add.section_pk": draft_section,
    "wording_ask.section_pk": draft_section,
    "wording.pk": wording,
    "paragraph_sources.place": 0,
    "report_request.document_pk": directive,
    "report_sources.place": 0,
    "unit_group_edit.pk": unit_group,
    "unit_group_close.pk": unit_group,
    "reorganisation.pk": reorganisation,
    "person.pk": person,
    "account.pk": person,
    "invitation.pk": person,
    "position_add.pk": person,
    "position_end.pk": position,
    "unit.pk": unit,
    "grant_give.pk": unit,
    "grant_end.pk": grant,
    "stand.pk": NOTHING_OF_THEIRS,
    "browser.pk": NOTHING_OF_THEIRS,
    "delivery.pk": delivery,
    "submission.pk": submission,
    "submission_version.pk": handed_in,
    "submission_version.number": 1,
    "submission_records.field_pk": counted_field,
    "gateway.pk": gateway,
    "secret": NOTHING_OF_THEIRS,
    "username": "bithu",
    "session.pk": NOTHING_OF_THEIRS,
    "api_token_revoke.pk": NOTHING_OF_THEIRS,
    "mfa.pk": NOTHING_OF_THEIRS,
    "provider_id": NOTHING_OF_THEIRS,
    "uidb36": "1",
    "key": "set-password",
}
"""By "page.parameter", by "the first word of the page's name.parameter", or by the parameter alone: a maker of
things, or a plain value where the parameter names no object."""


def behind(door: str, parameter: str) -> Maker | object | None:
    """What `BEHIND` says of a parameter of a page; None if nobody has said."""
    names = (f"{door}.{parameter}", f"{door.split('_')[0]}.{parameter}", parameter)
    return next((BEHIND[name] for name in names if name in BEHIND), None)
