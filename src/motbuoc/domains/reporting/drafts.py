"""Reads of drafts: who sees which, how their paragraphs read, and which figures changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, F, FilteredRelation, Prefetch, Q, QuerySet

from motbuoc.domains.ledger.figures import sheet_of, units_to_read_for
from motbuoc.domains.ledger.selectors import periods_for
from motbuoc.domains.ledger.submitted import ReportingPeriod, Submission
from motbuoc.domains.reporting.drafted import Draft, DraftSection, Outline, Paragraph, Part
from motbuoc.domains.reporting.fields import Run, fields_in, fields_of_sheet, filled, plain
from motbuoc.domains.reporting.outlines import NAMES, SHIPPED, cycles_of
from motbuoc.domains.reporting.states import TRANSITIONS
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.core.transitions import Transition, steps_from
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitOn, UnitsOn, known_on
from motbuoc.foundation.units.selectors import keeper_of


def drafts_for(viewer: Person) -> QuerySet[Draft]:
    """The drafts of units in reach of `viewer`, the newest first, as far as they may read what was asked for."""
    day = clock.today()
    seen = policy.cleared(
        policy.sight(viewer, Action.VIEW_REPORT),
        lambda units, wide: policy.holds("unit", units, day, wide=wide),
        "period__document__classification",
    )
    related = ("period__schedule__basis", "period__document", "unit", "made_by", "led_by")
    heavy = ("period__document__text", "period__document__reading", "period__document__layout")
    dated = FilteredRelation("unit__versions", condition=known_on(day, "unit__versions__"))
    found = Draft.objects.filter(seen).annotate(dated=dated, unit_name=F("dated__name"))
    return found.select_related(*related).defer(*heavy)


def periods_to_report_for(viewer: Person) -> QuerySet[ReportingPeriod]:
    """The periods of the ledger on which `viewer` may draft reports for some unit."""
    granted = policy.granted_units(viewer, Action.MAKE_REPORT)
    led = UnitClosure.objects.filter(in_force(clock.today()), ancestor__in=granted, is_archive=False)
    of_theirs = Submission.objects.filter(unit__in=led.values("descendant")).order_by().values("period")
    asked = policy.within_reach(viewer, Action.MAKE_REPORT, "schedule__unit")
    return periods_for(viewer).filter(asked | Q(pk__in=of_theirs))


def units_to_report_for(viewer: Person, period: ReportingPeriod) -> UnitsOn:
    """The units of a period's tree for which `viewer` may draft its report, the highest first.

    Those that have others below them, the top, and of the others those whose own people ask: an office above does
    not write the report of each single unit, the unit itself does.
    """
    mine = policy.within_reach(viewer, Action.MAKE_REPORT, "pk")
    day = period.cutoff_on
    above = UnitClosure.objects.filter(
        in_force(day), depth__gt=0, is_archive=False, descendant__in=period.submissions.values("unit")
    ).values("ancestor")
    found = units_to_read_for(viewer, period).filter(mine)
    asked = Q(pk__in=policy.granted_units(viewer, Action.MAKE_REPORT)) & Q(
        pk__in=period.submissions.values("unit")
    )
    return found.filter(Q(pk__in=above) | Q(pk=period.schedule.unit_id) | asked).order_by("name", "pk")


def outlines_for(viewer: Person) -> QuerySet[Outline]:
    """The outlines of the units in reach of `viewer`."""
    within = policy.within_reach(viewer, Action.VIEW_REPORT, "unit")
    dated = FilteredRelation("unit__versions", condition=known_on(clock.today(), "unit__versions__"))
    rows = Outline.objects.filter(within, is_closed=False).select_related("made_by")
    return rows.annotate(dated=dated, unit_name=F("dated__name"))


def units_of_outlines_for(viewer: Person) -> UnitsOn:
    """The units of which `viewer` may keep outlines, the highest first: those of their own grants."""
    granted = policy.granted_units(viewer, Action.MAKE_REPORT)
    return Unit.objects.on(clock.today()).filter(pk__in=granted).order_by("name", "pk")


class Choice(NamedTuple):
    """An outline to choose: the name it goes by in a form, and the one it is called by."""

    value: str
    label: str


def outline_choices(unit_id: int, cycle: str = "") -> list[Choice]:
    """The outlines a unit may use, first those for periods of the `cycle` ("": of any).

    Its own and those of the units above that are for it, then those for any period; then the one that comes with
    the system; then all others.
    """
    day = clock.today()
    above = UnitClosure.objects.filter(in_force(day), descendant=unit_id, is_archive=False).values("ancestor")
    own = Outline.objects.filter(unit__in=above, is_closed=False).order_by("name", "pk")
    ranked = [(_rank(row.cycle, cycle), Choice(str(row.pk), _labelled(row))) for row in own]
    ranked += [(2 if not cycle or cycle in cycles_of(code) else 4, Choice(code, NAMES[code])) for code in SHIPPED]
    return [choice for _place, choice in sorted(ranked, key=lambda pair: pair[0])]


def _rank(of_outline: str, cycle: str) -> int:
    if not cycle or of_outline == cycle:
        return 0
    return 3 if of_outline else 1


def _labelled(row: Outline) -> str:
    return f"{row.name} ({row.get_cycle_display()})" if row.cycle else row.name


class Chosen(NamedTuple):
    """An outline by which one wants to report: its value in a form, its name, its cycles ((): any)."""

    value: str
    label: str
    cycles: tuple[str, ...]


def outline_chosen(viewer: Person, value: str) -> Chosen | None:
    """The outline that an address names, if `viewer` may use it; None if there is none."""
    if value in SHIPPED:
        return Chosen(value, NAMES[value], cycles_of(value))
    row = outlines_for(viewer).filter(pk=int(value)).first() if value.isdecimal() and len(value) < 10 else None
    return Chosen(value, row.name, (row.cycle,) if row.cycle else ()) if row else None


@dataclass(frozen=True)
class Shown:
    """A paragraph as it reads: its `runs`, or its table or chart; what the records say where that differs."""

    paragraph: Paragraph
    runs: list[Run]
    made_text: str
    is_news: bool  # the records changed since a person last looked at them beside their own words

    @property
    def text(self) -> str:
        """Its words."""
        return plain(self.runs)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing of it to print."""
        return self.paragraph.kind not in (Part.TABLE, Part.CHART) and not self.text.strip()

    @property
    def has_typed(self) -> bool:
        """Whether a number in it was typed by hand, or a field is not known."""
        return any(each.get("is_typed") or each.get("is_unknown") for each in self.runs)


def shown(paragraph: Paragraph, figures: dict[str, Any]) -> Shown:
    """How a paragraph reads with the figures of its draft."""
    made: list[Run] = paragraph.made.get("runs", [])
    text = plain(made)
    if not paragraph.edited:
        return Shown(paragraph, made, text, is_news=False)
    sources = sorted({source for each in made for source in each["sources"]})
    runs = filled(paragraph.edited, figures, sources, text)
    return Shown(paragraph, runs, text, is_news=text != paragraph.made_then or paragraph.is_gone)


class ShownSection(NamedTuple):
    """A section with its paragraphs: those that are printed, and those left out."""

    section: DraftSection
    paragraphs: list[Shown]
    left_out: list[Shown]


def sections_for(viewer: Person) -> QuerySet[DraftSection]:
    """The sections of the drafts that `viewer` may read."""
    seen = drafts_for(viewer).order_by().values("pk")
    return DraftSection.objects.filter(draft__in=seen).select_related("owner", "draft__made_by", "draft__led_by")


def paragraphs_for(viewer: Person) -> QuerySet[Paragraph]:
    """The paragraphs of the drafts that `viewer` may read."""
    seen = drafts_for(viewer).order_by().values("pk")
    related = ("section__owner", "section__draft__made_by", "section__draft__led_by", "edited_by")
    return Paragraph.objects.filter(section__draft__in=seen).select_related(*related)


def sections_of(draft: Draft) -> list[ShownSection]:
    """The sections of a draft, in order."""
    unsettled = Count("remarks", filter=Q(remarks__settled_at__isnull=True))
    # Said again: rows that are counted over lose the order of their table.
    paragraphs = (
        Paragraph.objects.select_related("edited_by").annotate(unsettled=unsettled).order_by("position", "pk")
    )
    rows = draft.sections.select_related("owner").prefetch_related(Prefetch("paragraphs", paragraphs))
    found = []
    for section in rows:
        read = [shown(paragraph, draft.figures) for paragraph in section.paragraphs.all()]
        kept = [one for one in read if not one.paragraph.is_left_out]
        found.append(ShownSection(section, kept, [one for one in read if one.paragraph.is_left_out]))
    return found


def content_of(draft: Draft) -> list[str]:
    """The headings and paragraphs of a draft as they read, one each; of tables and charts the title."""
    found = []
    for section in sections_of(draft):
        found.append(str(section.section))
        found += [one.text or one.paragraph.made.get("title", "") for one in section.paragraphs]
    return [words for words in found if words]


class Changed(NamedTuple):
    """A field that is not any more what the draft says: its name, what it is of, then and now ("": no figure)."""

    field: str
    name: str
    then: str
    now: str


def changed_since(draft: Draft, sections: Sequence[ShownSection] | None = None) -> list[Changed]:
    """The figures printed in a draft that the ledger says otherwise now."""
    used = fields_used(sections_of(draft) if sections is None else sections)
    if not used:
        return []
    now = fields_of_sheet(sheet_of(draft.period, unit_of(draft)))
    return [
        Changed(name, draft.figures[name]["name"], draft.figures[name]["words"], now.get(name, ""))
        for name in sorted(used)
        if name in draft.figures and draft.figures[name]["words"] != now.get(name, "")
    ]


def fields_used(sections: Iterable[ShownSection]) -> set[str]:
    """The fields that are printed, in words and in tables."""
    found: set[str] = set()
    for section in sections:
        for one in section.paragraphs:
            found |= {each["cell"] for each in one.runs if each.get("cell")} | fields_in(one.paragraph.edited)
            for row in one.paragraph.made.get("rows", []):
                found |= {cell["cell"] for cell in row if cell.get("cell")}
    return found


def unit_of(draft: Draft) -> UnitOn:
    """The draft's unit as it was on the cut-off day."""
    return Unit.objects.on(draft.period.cutoff_on).get(pk=draft.unit_id)


def may_draft(person: Person, draft: Draft) -> bool:
    """Whether `person` may write on the report."""
    return policy.may_on(person, Action.MAKE_REPORT, keeper_of(draft.unit_id, clock.today()))


def leads(person: Person, draft: Draft) -> bool:
    """Whether `person` is responsible for the report, as far as they may write on it at all."""
    return draft.lead == person


def may_write_in(person: Person, section: DraftSection) -> bool:
    """Whether a section is `person`'s to write, who may write on the report at all.

    An owned one is its owner's, and that of who is responsible for the report.
    """
    return section.owner_id in (None, person.pk) or leads(person, section.draft)


def may_approve_draft(person: Person, draft: Draft) -> bool:
    """Whether nothing but their own hand stands against it.

    Two people read what a unit says, unless the installation serves units so small that one person is all there is
    (`APPROVE_OWN_DRAFT`).
    """
    return bool(settings.APPROVE_OWN_DRAFT) or draft.handed_in_by_id != person.pk


def draft_steps_for(viewer: Person, draft: Draft) -> list[Transition]:
    """The steps `viewer` may take on a draft now."""
    own = keeper_of(draft.unit_id, clock.today())
    return [
        each
        for each in steps_from(TRANSITIONS, draft.state)
        if policy.may_on(viewer, Action(each.action), own)
        and (each.name != "approve" or may_approve_draft(viewer, draft))
    ]
