"""Writes to forms: their fields, boxes and checks, version by version."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.choices import Comparison, FormState
from motbuoc.domains.ledger.models import Check, FormField, Indicator, NarrativeBox, ReportForm
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim, once
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

MOST_FIELDS = 400


@transaction.atomic
def make_form(*, actor: Person, unit_id: int, code: str, name: str) -> ReportForm:
    """Begin a form of a unit, as a draft.

    Raises:
        NotAllowed: the actor keeps no forms there.
        Refusal: the code or the name is missing.
        Collision: the unit has a form of this code.
    """
    policy.require(actor, Action.KEEP_FORMS, unit_id)
    if not code.strip() or not name.strip():
        raise Refusal(_("Give it a code and a name."))
    with once(_("There is a form of this code already. Make a new version of that one.")):
        form = ReportForm.objects.create(unit_id=unit_id, code=code.strip(), name=name.strip(), made_by=actor)
    record(actor, Act("make_form", "report_form", form.pk, unit_id, {"code": form.code, "name": form.name}))
    return form


def _draft(actor: Person, form: ReportForm, version: int | None) -> ReportForm:
    """The form, claimed, if the actor may change it and it still may change."""
    policy.require(actor, Action.KEEP_FORMS, form.unit_id)
    fresh = claim(form, version)
    if fresh.state != FormState.DRAFT:
        raise Refusal(_("This version is in use, so it stays as units have it. Make a new version to change it."))
    fresh.save()
    return fresh


def _note(actor: Person, act: str, form: ReportForm, **values: object) -> None:
    record(actor, Act(act, "report_form", form.pk, form.unit_id, dict(values)))


@transaction.atomic
def put_field(
    *,
    actor: Person,
    form: ReportForm,
    version: int,
    indicator: Indicator,
    heading: str = "",
    is_required: bool = True,
    is_broken_down: bool = False,
) -> FormField:
    """Ask for an indicator at the end of a form, or change how it is asked for.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the form is in use or full; the indicator has ended, is a share, or has no breakdown.
    """
    fresh = _draft(actor, form, version)
    if indicator.is_share:
        raise Refusal(_("A share is worked out from its two parts: ask for these."))
    if indicator.valid_until is not None:
        raise Refusal(_("This indicator has ended already."))
    if is_broken_down and indicator.breakdown_id is None:
        raise Refusal(_("This indicator has no breakdown."))
    last = fresh.fields.aggregate(last=Max("position"))["last"] or 0
    if fresh.fields.count() >= MOST_FIELDS:
        raise Refusal(_("A form has at most %(most)s fields.") % {"most": MOST_FIELDS})
    asked = {"heading": heading.strip(), "is_required": is_required, "is_broken_down": is_broken_down}
    field, _made = FormField.objects.update_or_create(
        form=fresh, indicator=indicator, defaults=asked, create_defaults={**asked, "position": last + 1}
    )
    _note(actor, "put_field", fresh, indicator=indicator.pk, **asked)
    return field


@transaction.atomic
def put_fields(
    *, actor: Person, form: ReportForm, version: int, indicators: Sequence[Indicator]
) -> list[FormField]:
    """Ask for several indicators at the end of a form, each by its parts where it has any.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: nothing is chosen; or as `put_field`, and then none is asked for.
    """
    policy.require(actor, Action.KEEP_FORMS, form.unit_id)
    if not indicators:
        raise Refusal(_("Choose what the form is to ask for."))
    return [
        put_field(
            actor=actor,
            form=form,
            version=version + done,  # each of them is a change of the form
            indicator=indicator,
            is_broken_down=indicator.breakdown_id is not None,
        )
        for done, indicator in enumerate(indicators)
    ]


@transaction.atomic
def drop_field(*, actor: Person, form: ReportForm, version: int, field: FormField) -> None:
    """Ask for it no more; the checks on it go with it.

    Raises:
        NotAllowed, Collision, Refusal: as ever; the form is in use.
    """
    fresh = _draft(actor, form, version)
    _note(actor, "drop_field", fresh, indicator=field.indicator_id)
    fresh.checks.filter(others=field).delete()
    fresh.fields.filter(pk=field.pk).delete()


@transaction.atomic
def move_field(*, actor: Person, form: ReportForm, version: int, field: FormField, by: int) -> None:
    """Move a field up (-1) or down (1).

    Raises:
        NotAllowed, Collision, Refusal: as ever; the form is in use.
    """
    fresh = _draft(actor, form, version)
    rows = list(fresh.fields.all())
    place = next(at for at, row in enumerate(rows) if row.pk == field.pk)
    rows.insert(max(0, place + by), rows.pop(place))
    for position, row in enumerate(rows, 1):
        row.position = position
    FormField.objects.bulk_update(rows, ["position"])
    _note(actor, "move_field", fresh, indicator=field.indicator_id, by=by)


@transaction.atomic
def put_box(
    *,
    actor: Person,
    form: ReportForm,
    version: int,
    title: str,
    item: str = "",
    hint: str = "",
    is_required: bool = False,
) -> NarrativeBox:
    """Ask for words under a title, at the end of a form.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the form is in use, or the title is missing.
    """
    fresh = _draft(actor, form, version)
    if not title.strip():
        raise Refusal(_("Write what the words are to be about."))
    last = fresh.boxes.aggregate(last=Max("position"))["last"] or 0
    box = NarrativeBox.objects.create(
        form=fresh,
        item=item.strip(),
        title=title.strip(),
        hint=hint.strip(),
        position=last + 1,
        is_required=is_required,
    )
    _note(actor, "put_box", fresh, title=box.title, item=box.item)
    return box


@transaction.atomic
def drop_box(*, actor: Person, form: ReportForm, version: int, box: NarrativeBox) -> None:
    """Ask for these words no more.

    Raises:
        NotAllowed, Collision, Refusal: as ever; the form is in use.
    """
    fresh = _draft(actor, form, version)
    _note(actor, "drop_box", fresh, title=box.title)
    fresh.boxes.filter(pk=box.pk).delete()


@transaction.atomic
def put_check(
    *,
    actor: Person,
    form: ReportForm,
    version: int,
    field: FormField,
    comparison: str,
    others: Collection[FormField] = (),
    percent: int | None = None,
    blocks: bool = True,
    words: str = "",
) -> Check:
    """Let the figure of a field be checked against others, or against the unit's own past.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the form is in use; nothing to compare with; a field compared with itself.
    """
    fresh = _draft(actor, form, version)
    among = {row.pk for row in others}
    if comparison == Comparison.NEAR_LAST:
        if not percent:
            raise Refusal(_("Say by how many percent it may differ from the last period."))
        among, blocks = set(), False  # the past explains nothing by itself: the unit does
    elif not among or field.pk in among:
        raise Refusal(_("Choose the other fields that it is compared with."))
    if fresh.fields.filter(pk__in={field.pk, *among}).count() < len(among) + 1:
        raise Refusal(_("Choose fields of this form."))
    check = Check.objects.create(
        form=fresh,
        field=field,
        comparison=Comparison(comparison).value,
        percent=percent if comparison == Comparison.NEAR_LAST else None,
        blocks=blocks,
        words=words.strip(),
    )
    check.others.set(among)
    _note(actor, "put_check", fresh, indicator=field.indicator_id, comparison=str(comparison))
    return check


@transaction.atomic
def drop_check(*, actor: Person, form: ReportForm, version: int, check: Check) -> None:
    """Check this no more.

    Raises:
        NotAllowed, Collision, Refusal: as ever; the form is in use.
    """
    fresh = _draft(actor, form, version)
    _note(actor, "drop_check", fresh, indicator=check.field.indicator_id, comparison=check.comparison)
    fresh.checks.filter(pk=check.pk).delete()


@transaction.atomic
def use_form(*, actor: Person, form: ReportForm, version: int) -> ReportForm:
    """Let a draft be asked for; the version before it is closed, and schedules ask for this one from now on.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it is no draft, or asks for nothing.
    """
    fresh = _draft(actor, form, version)
    if not fresh.fields.exists() and not fresh.boxes.exists():
        raise Refusal(_("The form asks for nothing yet. Add a field or a box for words."))
    before = ReportForm.objects.filter(unit=fresh.unit_id, code=fresh.code, state=FormState.IN_USE)
    for old in before:
        old.schedules.update(form=fresh)
    before.update(state=FormState.CLOSED)
    fresh.state = FormState.IN_USE
    fresh.save()
    _note(actor, "use_form", fresh, number=fresh.number)
    return fresh


@transaction.atomic
def renew_form(*, actor: Person, form: ReportForm) -> ReportForm:
    """Begin the next version of a form, with the fields, boxes and checks of the last.

    What was redefined since is asked for by its new definition; what has ended otherwise is left out.
    Where a draft is there already, it is that.

    Raises:
        NotAllowed: the actor keeps no forms there.
    """
    policy.require(actor, Action.KEEP_FORMS, form.unit_id)
    versions = ReportForm.objects.filter(unit=form.unit_id, code=form.code)
    if draft := versions.filter(state=FormState.DRAFT).first():
        return draft
    return copy_form(actor=actor, form=versions.order_by("-number")[0])


def copy_form(*, actor: Person, form: ReportForm) -> ReportForm:
    """Begin the next version as a copy of `form`, which need not be the last; inside the caller's transaction.

    Raises:
        Collision: a new version was begun meanwhile.
    """
    versions = ReportForm.objects.filter(unit=form.unit_id, code=form.code)
    number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    with once(_("Somebody else began a new version in this very moment. Reload the page.")):
        new = ReportForm.objects.create(
            unit_id=form.unit_id, code=form.code, number=number, name=form.name, made_by=actor
        )
    _copy(form, new)
    _note(actor, "renew_form", new, number=new.number)
    return new


def _copy(last: ReportForm, new: ReportForm) -> None:
    fields, asked = {}, set()
    for row in last.fields.select_related("indicator"):
        indicator = _newest(row.indicator)
        if indicator is None or indicator.pk in asked or indicator.is_share:
            continue
        asked.add(indicator.pk)
        fields[row.pk] = FormField.objects.create(
            form=new,
            indicator=indicator,
            position=row.position,
            heading=row.heading,
            is_required=row.is_required,
            is_broken_down=row.is_broken_down and indicator.breakdown_id is not None,
        )
    for box in last.boxes.all():
        box.pk, box.form = None, new
        box.save()
    for check in last.checks.prefetch_related("others"):
        others = [row.pk for row in check.others.all()]
        if check.field_id in fields and all(pk in fields for pk in others):
            kept = {name: getattr(check, name) for name in ("comparison", "percent", "blocks", "words")}
            Check.objects.create(form=new, field=fields[check.field_id], **kept).others.set(
                [fields[pk] for pk in others]
            )


def _newest(indicator: Indicator) -> Indicator | None:
    """The definition that goes on in place of an indicator, if one does; itself where it has not ended."""
    found: Indicator | None = indicator
    while found is not None and found.valid_until is not None:
        found = found.successors.order_by("-valid_from").first()
    return found


@transaction.atomic
def close_form(*, actor: Person, form: ReportForm, version: int) -> ReportForm:
    """Ask for a form no more.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: a schedule asks for it.
    """
    policy.require(actor, Action.KEEP_FORMS, form.unit_id)
    fresh = claim(form, version)
    if fresh.schedules.filter(is_closed=False).exists():
        raise Refusal(_("A schedule asks for this form. Close that first."))
    fresh.state = FormState.CLOSED
    fresh.save()
    _note(actor, "close_form", fresh, number=fresh.number)
    return fresh
