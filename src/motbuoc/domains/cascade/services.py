"""Writes of localisation: a unit's plan written here or brought in, and what its items carry out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.cascade.drafting import Draft, PlanItem, file_of, places_of, words_of
from motbuoc.domains.cascade.matching import asks_for_a_plan
from motbuoc.domains.cascade.models import ItemLink, Localisation
from motbuoc.domains.cascade.selectors import receivers
from motbuoc.domains.documents.linking import state_link
from motbuoc.domains.documents.models import Document, Duty, DutyUnit, Relation
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.services import import_document
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from vanban.formats import NoLayout


def write_plan(*, actor: Person, directive: Document, unit: Unit, draft: Draft) -> Localisation:
    """Write the unit's plan of a directive as a Word file, keep it as its document to be reviewed, and link it.

    Every item of the plan is tied to the directive's item it was written for.

    Raises:
        NotAllowed: the actor may not bring documents in for the unit.
        Refusal: the unit has not received the directive; the plan carries out none of its items, has one without
            words, or names a unit that is not below; no layout is known for the day.
    """
    _check(actor, directive, unit)
    today = clock.today()
    units = {pk for item in draft.items for pk in item.units} | set(draft.units)
    names = dict(Unit.objects.on(today).under([unit.pk], today).filter(pk__in=units).values_list("pk", "name"))
    if not draft.items:
        raise Refusal(_("The plan carries out nothing yet. Write what your unit does for at least one item."))
    if not all(words_of(item) for item in draft.items):
        raise Refusal(_("An item of the plan has no words. Write what your unit does, or leave the item out."))
    if not draft.units or units - names.keys():
        raise Refusal(_("Choose the units that carry the plan out: your own unit or units below it."))
    dated = Unit.objects.on(today).get(pk=unit.pk)
    try:
        content = file_of(draft, directive, dated, names)
    except NoLayout:
        raise Refusal(_("No layout is known for this day. Check the day of the plan.")) from None
    name = f"{draft.code.strip(' -') or 'KH'}.docx".replace("/", "-")
    upload = SimpleUploadedFile(name, content)

    def localise(plan: Document) -> None:
        _set_items(_localise(actor, plan, directive), draft)

    return _brought(actor, directive, unit, upload, localise)


def bring_plan(*, actor: Person, directive: Document, unit: Unit, upload: UploadedFile[Any]) -> Localisation:
    """Read an uploaded plan of the unit, keep it to be reviewed, and link it to the directive it carries out.

    Raises:
        NotAllowed, Refusal: as `write_plan` and `documents.services.import_document`.
    """
    _check(actor, directive, unit)
    return _brought(actor, directive, unit, upload, lambda plan: _localise(actor, plan, directive))


def _brought(
    actor: Person,
    directive: Document,
    unit: Unit,
    upload: UploadedFile[Any],
    localise: Callable[[Document], object],
) -> Localisation:
    """Keep the plan and localise with it, both or neither."""
    plan = import_document(
        actor=actor, unit=unit, upload=upload, classification=directive.classification, then=localise
    )
    return Localisation.objects.get(plan=plan, directive=directive)


def _check(actor: Person, directive: Document, unit: Unit) -> None:
    policy.require(actor, Action.IMPORT_DOCUMENT, unit.pk)
    if not documents_for(actor).filter(pk=directive.pk, state=DocumentState.ISSUED).exists():
        raise Refusal(_("There is no such directive among those issued to your units."))
    if not receivers(directive).filter(unit=unit.pk).exists():
        raise Refusal(_("This unit has no task from the directive, so it has nothing to localise."))


def _localise(actor: Person, plan: Document, directive: Document) -> Localisation:
    owed = Assignment.objects.filter(document=directive, unit=plan.unit_id).select_related("duty").order_by("pk")
    asked = [row for row in owed if asks_for_a_plan(f"{row.duty.text} {row.duty.product}")]
    made = Localisation.objects.create(
        plan=plan, directive=directive, made_by=actor, answers=asked[0] if len(asked) == 1 else None
    )
    state_link(actor=actor, source=plan, target=directive, relation=Relation.IMPLEMENTS)
    values = {"directive": directive.pk, "answers": made.answers_id}
    record(actor, Act("localise", "document", plan.pk, plan.unit_id, values))
    return made


def _set_items(localisation: Localisation, draft: Draft) -> None:
    """Put the items as they were written in place of what the reader found in the file."""
    plan, directive = localisation.plan, localisation.directive
    places = places_of(draft.items, plan.text)
    if places is None:
        return  # the reader's own findings stand, to be linked by hand
    plan.duties.all().delete()
    provisions = list(plan.provisions.all())
    for position, (item, (start, end)) in enumerate(zip(draft.items, places, strict=True)):
        provision = next((p for p in provisions if p.start <= start < p.end), None)
        duty = _duty(plan, item, position, provision, start, end)
        leads = item.units or draft.units
        DutyUnit.objects.bulk_create(
            DutyUnit(duty=duty, unit_id=pk, part=DutyUnit.Part.LEAD) for pk in dict.fromkeys(leads)
        )
        ItemLink.objects.create(localisation=localisation, item=duty, serves=item.serves, target=item.target[:300])
    fields = {"runs_until": directive.runs_until, "report_cycle": directive.report_cycle}
    Document.objects.filter(pk=plan.pk).update(**fields)


def _duty(plan: Document, item: PlanItem, position: int, provision: Any, start: int, end: int) -> Duty:
    verb, _space, what = plan.text[start:end].partition(" ")
    return Duty.objects.create(
        document=plan,
        provision=provision,
        position=position,
        start=start,
        end=end,
        text=plan.text[start:end],
        verb=verb[:80],
        what=what or verb,
        product=item.product[:300],
        time_kind=item.time_kind,
        due_on=item.due_on,
        cycle=item.serves.cycle if item.time_kind == item.serves.time_kind else "",
        for_addressees=False,
    )


@transaction.atomic
def link_items(
    *,
    actor: Person,
    localisation: Localisation,
    version: int,
    links: Mapping[int, Sequence[int]],
    targets: Mapping[int, str],
    answers: Assignment | None = None,
) -> Localisation:
    """Say which items of the directive each item of the plan carries out; `version` is that of the plan.

    `links` and `targets` are by the id of the plan's item; `answers` is the task of which the plan is the result.

    Raises:
        NotAllowed: the actor may not review the plan.
        Refusal: an item is of another document, or the task of another unit or directive.
        Collision: somebody changed the plan since `version`.
    """
    policy.require(actor, Action.REVIEW_DOCUMENT, localisation.plan.unit_id)
    plan = claim(localisation.plan, version)
    _check_links(localisation, links, answers)
    before = sorted(localisation.links.values_list("item_id", "serves_id"))
    localisation.links.all().delete()
    ItemLink.objects.bulk_create(
        ItemLink(localisation=localisation, item_id=item, serves_id=pk, target=targets.get(item, "")[:300])
        for item, pks in links.items()
        for pk in dict.fromkeys(pks)
    )
    localisation.answers = answers
    localisation.save(update_fields=["answers"])
    plan.save()
    after = sorted((item, pk) for item, pks in links.items() for pk in pks)
    values = {"items": [len(before), len(after)], "answers": answers.pk if answers else None}
    record(actor, Act("link_items", "document", plan.pk, plan.unit_id, values))
    return localisation


def _check_links(
    localisation: Localisation, links: Mapping[int, Sequence[int]], answers: Assignment | None
) -> None:
    plan, directive = localisation.plan, localisation.directive
    items = set(plan.duties.values_list("pk", flat=True))
    served = set(directive.duties.values_list("pk", flat=True))
    if links.keys() - items or {pk for pks in links.values() for pk in pks} - served:
        raise Refusal(_("An item has changed meanwhile. Reload the page and choose again."))
    if answers and (answers.document_id, answers.unit_id) != (directive.pk, plan.unit_id):
        raise Refusal(_("The plan can only be the result of a task that its own unit has from this directive."))
