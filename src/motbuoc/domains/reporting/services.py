"""Writes of reports: asked for by a person, made by a job, frozen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.composer import compose
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.selectors import cited, facts_of, frame_of, head_of, items_of, reporter_of
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.services import keep_file, kept_together
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person, PositionTitle
from motbuoc.foundation.units.models import Unit, UnitOn
from motbuoc.foundation.units.selectors import keeper_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADS = {PositionTitle.HEAD: "TRƯỞNG BAN", PositionTitle.SECRETARY: "BÍ THƯ"}


@transaction.atomic
def request_report(*, actor: Person, document: Document, start: date, end: date) -> Report:
    """Ask for the periodic report of a directive over the days from `start` to `end`.

    Raises:
        NotAllowed: the actor may not make reports for the directive's unit.
        Refusal: the directive is not issued, the days make no period, or they end before it was issued.
    """
    policy.require(actor, Action.MAKE_REPORT, keeper_of(document.unit_id, clock.today()))
    if document.state != DocumentState.ISSUED:
        raise Refusal(_("The directive has not been issued yet, so there is nothing to report on."))
    if start > end or end > clock.today():
        raise Refusal(_("The period must begin before it ends and must not end after today."))
    if document.released_at and end < (issued := timezone.localdate(document.released_at)):
        raise Refusal(
            _("The directive was issued to the units on %(day)s. Choose a period that ends on that day or later.")
            % {"day": f"{issued:%d/%m/%Y}"}
        )
    unit = reporter_of(document, end)
    report = Report.objects.create(
        document=document, unit=unit, period_start=start, period_end=end, made_by=actor, made_at=clock.now()
    )
    period = {"start": start.isoformat(), "end": end.isoformat(), "document": document.pk}
    record(actor, Act("request_report", "report", report.pk, document.unit_id, period))
    return report


def compose_report(report: Report) -> dict[str, Any]:
    """The content of a report, from the records as they are now, letterhead and signature included."""
    document, end = report.document, report.period_end
    reporter = reporter_of(document, end)
    content = compose(
        frame_of(document, reporter, report.period_start, end),
        items_of(document),
        facts_of(document, report.period_start, end),
    ).as_json()
    period = {"start": report.period_start.isoformat(), "end": end.isoformat()}
    return content | {"period": period} | _letter(document, reporter, timezone.localdate(report.made_at))


def _letter(document: Document, reporter: UnitOn, day: date) -> dict[str, Any]:
    """Letterhead and ending on `day`: a department prints its committee above it, a committee its superior.

    What is made of an internal or restricted directive is itself marked as not for outside the house.
    """
    owner = Unit.objects.on(day).get(pk=keeper_of(document.unit_id, day))
    is_department = reporter.pk != owner.pk
    head = head_of(reporter, day)
    return {
        "header": {
            "superior": document.issuer or owner.name.upper() if is_department else document.superior,
            "issuer": reporter.name.upper().split(" ĐẢNG ỦY")[0] if is_department else document.issuer,
            "symbol": f"BC/{reporter.symbol}",
            "type": "BC",
            "type_name": phrases.TYPE_NAME.upper(),
            "place": document.place,
            "circulation": "" if document.classification == Classification.NORMAL else phrases.CIRCULATION,
            "date": day.isoformat(),
            "subject": phrases.SUBJECT.format(document=cited(document)),
        },
        "regime": document.regime or "party",
        "recipients": [
            phrases.RECIPIENT_REPORTED.format(issuer=f"Ban Thường vụ {owner.name}"),
            phrases.RECIPIENT_ARCHIVE.format(unit=reporter.short_name),
        ],
        "signature": {
            "authority": "" if is_department else phrases.ON_BEHALF,
            "title": HEADS[PositionTitle(head.title)] if head else "",
            "name": str(head.person) if head else "",
        },
    }


@kept_together()
@transaction.atomic
def finish_report(*, report: Report, content: dict[str, Any], word_file: bytes) -> Report:
    """Freeze a composed report with its Word file.

    Raises:
        Refusal: it is already finished.
    """
    fresh = Report.objects.select_for_update().get(pk=report.pk)
    if fresh.state == Report.State.READY:
        raise Refusal(_("The report is already made."))
    name = f"{phrases.TYPE_NAME} {report.document.code} {report.period_end.isoformat()}.docx".replace("/", "-")
    stored = keep_file(name, word_file, WORD)
    fresh.content, fresh.file, fresh.state = content, stored, Report.State.READY
    fresh.save()
    told = {"sha256": stored.sha256}
    record(fresh.made_by, Act("make_report", "report", fresh.pk, report.document.unit_id, told))
    return fresh


@transaction.atomic
def fail_report(*, report: Report) -> None:
    """Say that a report could not be made; the person can ask again."""
    unmade = Report.objects.filter(pk=report.pk).exclude(state=Report.State.READY)
    if unmade.update(state=Report.State.FAILED):
        record(report.made_by, Act("fail_report", "report", report.pk, report.document.unit_id))
