"""How every act is answered: the form, then exactly what it would do, then the act.

The form's values travel through the preview as hidden fields, so that nothing typed is lost; the act is done only
with the very values that were previewed, else it is previewed again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import PositionTitle
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.reorganisation.previews import Preview, Sight, people_named, preview
from motbuoc.foundation.reorganisation.selectors import leaders_of, members_of, roles_given_on
from motbuoc.foundation.reorganisation.succession import Kept
from motbuoc.interfaces.web.forms import Form
from motbuoc.interfaces.web.unit_search import FIND, typed
from motbuoc.interfaces.web.units.registers import registers_of
from motbuoc.interfaces.web.units.words import Told
from motbuoc.interfaces.web.viewer import ViewerRequest

BUTTONS = {"csrfmiddlewaretoken", FIND, "edit", "more", "look", "go", "previewed"}
KEPT = ("keep_asked", "keep_positions", "keep_grants")
MOST_CHOICES = 300  # people or roles chosen one by one
MOST_SEEN = 200  # pairs of a person and a unit told by name
AnyForm = TypeVar("AnyForm", bound=Form)


@dataclass(frozen=True)
class Plan:
    """An act ready to be done or previewed: a call with who goes on, the units that end, and those whose readers
    are compared."""

    act: Callable[[Kept], Reorganisation]
    units: Collection[int]
    ending: Collection[int] = ()


def asked_form(
    request: ViewerRequest, kind: type[AnyForm], initial: dict[str, Any] | None = None, **options: Any
) -> AnyForm:
    """The form as it is to be drawn: empty, or with all that was typed (where a unit is looked for, or the preview
    was sent back), or bound to what was posted."""
    if request.method != "POST":
        return kind(initial=initial, **options)
    posted = kind(request.POST, **options)
    if {FIND, "edit", "more"} & set(request.POST):
        return kind(initial=typed(posted), **options)
    return posted


def answer(
    request: ViewerRequest,
    values: dict[str, Any],
    form: Form,
    plan: Callable[[], Plan],
    *,
    parts: Sequence[Form] = (),
    template: str = "units/act_form.html",
) -> HttpResponse:
    """The form, its preview, or the page of the act once it is done; `values`: `heading`, and perhaps `unit`.

    Raises:
        NotAllowed: as the act.
    """
    values = values | {"form": form, "parts": parts}
    if not form.is_bound:
        return render(request, template, values)
    if all([each.is_valid() for each in (form, *parts)]):  # noqa: C419 - each shows what is wrong with it
        ready = plan()
        kept = _kept(request.POST, ready, form.cleaned_data["effective_on"])
        with form.refusals():
            return _done(request, ready, kept) or _previewed(request, values, ready, kept)
    return render(request, template, values, status=422)


def _done(request: ViewerRequest, plan: Plan, kept: Kept) -> HttpResponse | None:
    """Do the act, if it is the one that was previewed."""
    if "go" not in request.POST or request.POST.get("previewed") != _digest(_pairs(request.POST)):
        return None
    made = plan.act(kept)
    messages.success(request, _("Done and recorded: %(act)s.") % {"act": Told(made).sentence})
    return redirect("reorganisation_detail", made.pk)


def _previewed(request: ViewerRequest, values: dict[str, Any], plan: Plan, kept: Kept) -> HttpResponse:
    seen = preview(lambda: plan.act(kept), plan.units)
    told = Told(seen.act, plan.ending)
    carried = [pair for pair in _pairs(request.POST) if pair[0] not in KEPT]
    choices = _choices(plan, kept, seen)
    values = values | {
        "told": told,
        "act": seen.act,
        "registers": registers_of(request.viewer, told),
        "gained": sight(seen.gained, seen),
        "lost": sight(seen.lost, seen),
        "carried": carried,
        "previewed": _digest(carried + _ticks(choices)),
        "is_again": "go" in request.POST,
        **choices,
    }
    return render(request, "units/act_preview.html", values)


def _pairs(posted: QueryDict) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, all_ in posted.lists() if name not in BUTTONS for value in all_]


def _ticks(choices: dict[str, Any]) -> list[tuple[str, str]]:
    """What the ticks of the preview send when nobody touches them."""
    if not choices["positions"] and not choices["grants"]:
        return []
    sent = [("keep_asked", "yes")]
    for name in ("positions", "grants"):
        sent += [(f"keep_{name}", str(choice.pk)) for choice in choices[name] if choice.is_kept]
    return sent


def _digest(pairs: list[tuple[str, str]]) -> str:
    return sha256(repr(sorted(pairs)).encode()).hexdigest()


def _ids(values: Iterable[str]) -> set[int]:
    return {int(value) for value in values if value.isdecimal() and len(value) < 18}


def _kept(posted: QueryDict, plan: Plan, day: Any) -> Kept:
    """Who goes on as it was ticked; plain members always do. As the rule has it where nobody was asked."""
    if "keep_asked" not in posted or not plan.ending:
        return Kept()
    members = members_of(plan.ending, day).values_list("pk", flat=True)
    return Kept(_ids(posted.getlist("keep_positions")) | set(members), _ids(posted.getlist("keep_grants")))


@dataclass(frozen=True, slots=True)
class Choice:
    """A position or a role of a unit that ends: whether it goes on."""

    pk: int
    person: str
    words: Any
    unit: str
    is_kept: bool


def _choices(plan: Plan, kept: Kept, seen: Preview) -> dict[str, Any]:
    day = seen.act.effective_on
    if not plan.ending:
        return {"positions": [], "grants": [], "too_many": False}
    leaders = list(leaders_of(plan.ending, day)[: MOST_CHOICES + 1])
    roles = list(roles_given_on(plan.ending, day)[: MOST_CHOICES + 1])
    if len(leaders) > MOST_CHOICES or len(roles) > MOST_CHOICES:
        return {"positions": [], "grants": [], "too_many": True}
    names = names_of(plan.ending, day)
    staying = kept.positions or ()
    return {
        "positions": [
            Choice(p.pk, p.person.full_name, PositionTitle(p.title).label, names[p.unit_id], p.pk in staying)
            for p in leaders
        ],
        "grants": [
            Choice(g.pk, g.person.full_name, Role(g.role).label, names[g.unit_id], g.pk in kept.grants)
            for g in roles
        ],
        "too_many": False,
    }


def sight(pairs: Sight, seen: Preview) -> dict[str, Any]:
    """Whose sight of which unit changes: the names of the people by unit, and how many pairs are not told."""
    shown = set(sorted(pairs)[:MOST_SEEN])
    people = people_named(shown)
    names = names_of({unit for _person, unit in shown}, clock.today())
    names |= {int(pk): of["name"] for pk, of in seen.act.after.items()}
    units: dict[int, list[str]] = {}
    for person, unit in shown:
        units.setdefault(unit, []).append(people[person])
    rows = sorted((names.get(unit, ""), sorted(found)) for unit, found in units.items())
    return {"rows": rows, "count": len(pairs), "hidden": len(pairs) - len(shown)}
