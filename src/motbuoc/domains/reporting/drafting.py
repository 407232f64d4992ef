"""Writes to drafts of reports: begun, assembled anew, edited, put forward, approved."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.domains.reporting.assembling import Asked, Assembly, Made
from motbuoc.domains.reporting.drafted import Draft, DraftSection, DraftVersion, Outline, Paragraph, Part
from motbuoc.domains.reporting.drafts import changed_since, content_of, may_approve_draft, may_write_in
from motbuoc.domains.reporting.fields import plain, with_fields
from motbuoc.domains.reporting.outlines import SHIPPED, level_of
from motbuoc.domains.reporting.states import TRANSITIONS, DraftState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.units.selectors import keeper_of

LONGEST = 20_000  # characters of a paragraph
OWN = "-own"  # how the key of a paragraph begins that was made of nothing
THE_SAME = 60  # percent of the letters, of words from the same source that were changed there


@transaction.atomic
def begin_draft(*, actor: Person, period: ReportingPeriod, unit_id: int, outline: str, subject: str) -> Draft:
    """Begin the report of a unit over a period and assemble it; `outline` is the id of one, or a shipped name.

    Raises:
        NotAllowed: the actor may not make reports for the unit.
        Refusal: there is no such outline, the report is about nothing, or the unit is not in the period's tree.
    """
    _require(actor, unit_id)
    if not subject.strip():
        raise Refusal(_("Write what the report is about."))
    tree = Unit.objects.on(period.cutoff_on).under([period.schedule.unit_id], period.cutoff_on)
    if not tree.filter(pk=unit_id).exists():
        raise Refusal(_("This unit was not in the tree that the period is about."))
    sections = _sections_of(outline)
    draft = Draft.objects.create(
        period=period, unit_id=unit_id, subject=subject.strip()[:500], made_by=actor, made_at=clock.now()
    )
    DraftSection.objects.bulk_create(
        DraftSection(
            draft=draft,
            position=position,
            number=each["number"],
            title=each["title"],
            level=level_of(each["number"]),
            item=each["item"],
            parts=each["parts"],
        )
        for position, each in enumerate(sections)
    )
    _assemble(draft)
    draft.save()
    _note(actor, "begin_draft", draft, period=period.label)
    return draft


def _sections_of(outline: str) -> list[dict[str, Any]]:
    if outline in SHIPPED:
        return SHIPPED[outline]
    row = Outline.objects.filter(pk=int(outline), is_closed=False).first() if outline.isdecimal() else None
    if row is None:
        raise Refusal(_("There is no such outline. Reload the page."))
    return list(row.sections)


def _require(actor: Person, unit_id: int) -> None:
    policy.require(actor, Action.MAKE_REPORT, keeper_of(unit_id, clock.today()))


def _note(actor: Person, act: str, draft: Draft, **values: Any) -> None:
    record(actor, Act(act, "report_draft", draft.pk, draft.unit_id, values))


@transaction.atomic
def refresh_draft(*, actor: Person, draft: Draft, version: int) -> Draft:
    """Assemble a draft from the ledger of now. What a person wrote, chose or left out stays as it is.

    Raises:
        NotAllowed: the actor may not make reports for the unit.
        Refusal: it is handed in.
        Collision: somebody changed it since `version`.
    """
    _require(actor, draft.unit_id)
    fresh = claim(draft, version)
    _check_written(fresh)
    _assemble(fresh)
    fresh.save()
    _note(actor, "refresh_draft", fresh)
    return fresh


def _check_written(draft: Draft) -> None:
    if draft.state != DraftState.WRITTEN:
        raise Refusal(_("This report is handed in, so its text stays. Give it back to its drafters to change it."))


def _assemble(draft: Draft) -> None:
    assembly = Assembly(draft.period, draft.unit_id)
    draft.figures, draft.as_of = assembly.figures, clock.now()
    sections = list(draft.sections.all())
    taken = frozenset(section.item for section in sections if section.item)
    for section in sections:
        _put(section, assembly.section(Asked(section.item, section.parts, taken)))


def _put(section: DraftSection, made: list[Made]) -> None:
    """Make a section's paragraphs what the records say, each found again by its key or by its words."""
    order = list(section.paragraphs.all())
    held = {row.key: row for row in order}
    rows: list[Paragraph] = []
    for one in made:
        row = held.pop(one.key, None) or _changed_words(held, one, {each.key for each in made})
        if row is None:
            row = Paragraph(section=section, kind=one.kind, is_left_out=not one.is_chosen)
        elif row.made != one.made or row.is_gone:
            row.version += 1  # whoever has it open is told
        row.key, row.made, row.is_gone = one.key, one.made, False
        rows.append(row)
    for position, row in enumerate(_arranged(order, rows) if section.is_arranged else rows):
        row.position = position
        row.save()
    for row in held.values():
        if row.edited and not row.key.startswith(OWN):  # the words stay; the page says that their ground is gone
            row.is_gone, row.version = True, row.version + 1
            row.save()
        elif not row.edited and not row.remarks.exists():
            row.delete()


def _arranged(order: list[Paragraph], rows: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs as somebody put them, each new one behind what it follows in the records."""
    found = list(order)
    for before, row in zip([None, *rows], rows, strict=False):
        if row.pk is None:
            found.insert(found.index(before) + 1 if before else 0, row)
    return found


def _changed_words(held: dict[str, Paragraph], made: Made, keys: set[str]) -> Paragraph | None:
    """The paragraph from the same source whose words were changed there, taken out of those `held`."""
    if made.kind != Part.WORDS:
        return None
    sources = {source for each in made.made["runs"] for source in each["sources"]}
    for key, row in held.items():
        before = row.made.get("runs", [])
        shares = sources.intersection(source for each in before for source in each["sources"])
        if key not in keys and shares and fuzz.ratio(row.made.get("said", ""), made.made["said"]) >= THE_SAME:
            return held.pop(key)
    return None


@transaction.atomic
def edit_paragraph(*, actor: Person, paragraph: Paragraph, version: int, text: str) -> Paragraph:
    """Write a paragraph in one's own words; empty ones take back what was written before.

    Raises:
        NotAllowed, Refusal: as `check_writer`; or it is a table or a chart, or too long.
        Collision: somebody changed the paragraph since `version`.
    """
    fresh = _held(actor, paragraph, version)
    if fresh.kind in (Part.TABLE, Part.CHART):
        raise Refusal(_("Tables and charts are made of the ledger. They can be left out, not changed."))
    if len(text) > LONGEST:
        raise Refusal(_("At most %(most)s characters in a paragraph.") % {"most": LONGEST})
    before, words = fresh.edited, " ".join(text.split())
    if words == " ".join(with_fields(fresh.made.get("runs", [])).split()):
        words = ""  # as it was made: nothing of one's own
    fresh.edited, fresh.made_then = words, plain(fresh.made.get("runs", []))
    fresh.edited_by, fresh.edited_at = (actor, clock.now()) if words else (None, None)
    draft = fresh.section.draft
    _note(actor, "edit_paragraph", draft, paragraph=fresh.pk, text=[before, words])
    if not words and (fresh.is_gone or fresh.key.startswith(OWN)):
        fresh.delete()
    else:
        fresh.save()
    return fresh


def _held(actor: Person, paragraph: Paragraph, version: int | None) -> Paragraph:
    """The paragraph, claimed, if the actor may write the report and it is being written."""
    check_writer(actor, paragraph.section)
    return claim(paragraph, version)


def whose_it_is(section: DraftSection) -> str:
    """What somebody is told for whom an owned section is not to write."""
    words = _("%(owner)s writes this section. Remark on it and suggest how it should read, or ask %(lead)s.")
    return words % {"owner": section.owner, "lead": section.draft.lead}


def check_writer(actor: Person, section: DraftSection) -> Draft:
    """Hold the report of a section that the actor is about to write in.

    Raises:
        NotAllowed: the actor may not make reports for the unit.
        Refusal: it is handed in, or the section is another's to write.
    """
    draft = Draft.objects.select_for_update().get(pk=section.draft_id)
    _require(actor, draft.unit_id)
    _check_written(draft)
    fresh = DraftSection.objects.select_related("owner", "draft").get(pk=section.pk)
    if not may_write_in(actor, fresh):
        raise Refusal(whose_it_is(fresh))
    return draft


@transaction.atomic
def keep_own_words(*, actor: Person, paragraph: Paragraph, version: int) -> Paragraph:
    """Leave what a person wrote although the records changed: the difference is not told of again.

    Raises:
        NotAllowed, Refusal, Collision: as `edit_paragraph`.
    """
    fresh = _held(actor, paragraph, version)
    fresh.made_then = plain(fresh.made.get("runs", []))
    if fresh.is_gone:  # it goes on as the person's own
        fresh.key, fresh.kind, fresh.made, fresh.made_then = f"{OWN}{fresh.pk}", Part.TEXT, {"runs": []}, ""
        fresh.is_gone = False
    fresh.save()
    _note(actor, "keep_own_words", fresh.section.draft, paragraph=fresh.pk)
    return fresh


@transaction.atomic
def leave_out(*, actor: Person, paragraph: Paragraph, version: int, is_left_out: bool) -> Paragraph:
    """Leave a paragraph out of the report, or put it back.

    Raises:
        NotAllowed, Refusal, Collision: as `edit_paragraph`.
    """
    fresh = _held(actor, paragraph, version)
    fresh.is_left_out = is_left_out
    fresh.save()
    act = "leave_out_paragraph" if is_left_out else "put_back_paragraph"
    _note(actor, act, fresh.section.draft, paragraph=fresh.pk)
    return fresh


@transaction.atomic
def add_paragraph(*, actor: Person, section: DraftSection, text: str) -> Paragraph:
    """Add a paragraph of one's own at the end of a section.

    Raises:
        NotAllowed, Refusal: as `edit_paragraph`; or nothing is written.
    """
    draft = check_writer(actor, section)
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        raise Refusal(_("Write a paragraph of at most %(most)s characters.") % {"most": LONGEST})
    last = section.paragraphs.aggregate(last=Max("position"))["last"] or 0
    row = Paragraph.objects.create(
        section=section,
        position=max(last + 1, 1000),  # behind what is made, however much that will be
        kind=Part.TEXT,
        key=f"{OWN}{clock.now().isoformat()}",
        made={"runs": []},
        edited=words,
        edited_by=actor,
        edited_at=clock.now(),
    )
    _note(actor, "add_paragraph", draft, paragraph=row.pk, text=["", words])
    return row


@transaction.atomic
def take_draft_step(*, actor: Person, draft: Draft, version: int, name: str, reason: str = "") -> Draft:
    """Hand a draft in, approve it, or give it back to its drafters.

    Raises:
        NotAllowed: the actor may not take this step for the unit.
        Refusal: it is not possible now; a reason is missing; a figure is not any more what the ledger says and no
            reason is given to go on; or who handed it in would approve it.
        Collision: somebody changed it since `version`.
    """
    fresh = claim(draft, version)
    transition = step(TRANSITIONS, name, fresh.state)
    policy.require(actor, Action(transition.action), keeper_of(fresh.unit_id, clock.today()))
    if transition.asks == "reason" and not reason.strip():
        raise Refusal(_("Write the reason: it stays in the history."))
    if transition.asks == "words" and not reason.strip() and (changed := changed_since(fresh)):
        named = "; ".join(f"{row.name}: {row.then} → {row.now or '–'}" for row in changed[:5])
        raise Refusal(
            _("Figures have changed in the ledger: %(figures)s. Refresh the report, or write why it goes on.")
            % {"figures": named}
        )
    if name == "approve" and not may_approve_draft(actor, fresh):
        raise Refusal(
            _("You handed this in yourself. Somebody else approves it, so that two people have read it.")
        )
    before, fresh.state = fresh.state, transition.target
    if name == "hand_in":
        fresh.handed_in_by = actor
        keep_version(actor, fresh)
    if name == "approve":
        fresh.approved_by = actor
    fresh.save()
    values: dict[str, Any] = {"state": [before, fresh.state]}
    _note(actor, f"{name}_draft", fresh, **values | ({"reason": reason.strip()} if reason.strip() else {}))
    return fresh


def keep_version(actor: Person, draft: Draft) -> DraftVersion:
    """Keep how a draft reads as it is handed in; part of that step."""
    number = draft.versions.count() + 1
    return DraftVersion.objects.create(
        draft=draft, number=number, content=content_of(draft), handed_in_by=actor, handed_in_at=clock.now()
    )


def words_to_edit(paragraph: Paragraph) -> str:
    """What stands in the form of a paragraph: what a person wrote, else the made text with its fields."""
    return paragraph.edited or with_fields(paragraph.made.get("runs", []))
