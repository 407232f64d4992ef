"""Ladders: who is told of a unit's documents, when, and how."""

from typing import Annotated, Any

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.notices.ladders import MOST_DAYS, Step, change_ladder, drop_ladder, ladder_of, steps_of
from motbuoc.foundation.notices.occasions import OF_LADDERS, Occasion, Reach, Recipient
from motbuoc.foundation.reorganisation.selectors import units_for
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.interfaces.api.asking import Caller, asks, row_id, shows
from motbuoc.interfaces.api.rows import CHANGED, told

router = Router(tags=["units"])
Days = Annotated[int, Field(ge=0, le=MOST_DAYS)]


class RungTold(Schema):
    """That somebody is told so many working days before or after an occasion."""

    occasion: Occasion
    days: Days
    recipient: Recipient
    reach: Reach


class PatienceTold(Schema):
    """So many working days more for each unit of a kind."""

    kind: UnitKind
    days: Days


class LadderTold(Schema):
    """The ladder that holds for a unit's documents: its own, that of `owner_id` above it, or the common one."""

    version: int | None
    is_own: bool
    owner_id: int | None
    rungs: list[RungTold]
    patience: list[PatienceTold]


class LadderAsked(Schema):
    """The whole ladder as it is to be; `version`: of the unit's own, none where it has none yet."""

    version: int | None = None
    rungs: Annotated[list[RungTold], Field(max_length=80)]
    patience: Annotated[list[PatienceTold], Field(max_length=100)] = []


@router.get("/units/{pk}/ladder", response=LadderTold, summary="Who is told when", operation_id="unit_ladder")
@asks(Action.VIEW_UNIT, do=Action.VIEW_BOARD)
def unit_ladder(request: Caller, pk: int) -> Any:
    """The ladder that holds for the documents of a unit."""
    return _ladder(request, _unit(request, pk, Action.VIEW_BOARD))


@router.post(
    "/units/{pk}/ladder",
    response={200: LadderTold, **CHANGED},
    summary="Change who is told when",
    operation_id="unit_ladder_change",
)
@asks(Action.VIEW_UNIT, do=Action.ISSUE_DIRECTIVE)
def unit_ladder_change(request: Caller, pk: int, asked: LadderAsked) -> Any:
    """Give the unit a ladder of its own, or change the one it has."""
    unit = _unit(request, pk, Action.ISSUE_DIRECTIVE)
    known = {value for value, _label in OF_LADDERS}
    if any(rung.occasion not in known for rung in asked.rungs):
        raise Refusal(_("A ladder has rungs for: %(known)s.") % {"known": ", ".join(sorted(known))})
    rungs = [Step(r.occasion.value, r.days, r.recipient.value, r.reach.value) for r in asked.rungs]
    patience = {each.kind.value: each.days for each in asked.patience if each.days}
    steps = steps_of(rungs, patience)
    change_ladder(
        actor=request.viewer, unit=unit, version=asked.version, rungs=steps.all(), patience=steps.patience
    )
    return _ladder(request, unit)


@router.post(
    "/units/{pk}/ladder/drop",
    response=LadderTold,
    summary="Go back to the ladder above",
    operation_id="unit_ladder_drop",
)
@asks(Action.VIEW_UNIT, do=Action.ISSUE_DIRECTIVE)
def unit_ladder_drop(request: Caller, pk: int) -> Any:
    """Take the unit's own ladder away; that of the unit above holds, or the common one."""
    unit = _unit(request, pk, Action.ISSUE_DIRECTIVE)
    drop_ladder(actor=request.viewer, unit=unit)
    return _ladder(request, unit)


def _unit(request: Caller, pk: int, action: Action) -> Any:
    unit = units_for(request.viewer, clock.today()).filter(pk=row_id(pk)).first()
    if unit is None:
        raise Http404
    shows(request, "unit", pk, pk)
    policy.require(request.viewer, action, pk)
    return unit


def _ladder(request: Caller, unit: Any) -> dict[str, Any]:
    own, steps, owner = ladder_of(unit)
    seen = units_for(request.viewer, clock.today()).filter(pk=owner or 0).exists()
    return {
        "version": own.version if own else None,
        "is_own": own is not None,
        "owner_id": owner if seen and not own else None,
        "rungs": [told(RungTold, step) for step in steps.all()],
        "patience": [{"kind": kind, "days": days} for kind, days in steps.patience.items()],
    }
