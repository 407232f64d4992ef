"""Writes to themes: grown from the words of opinions, named, merged; opinions put into them and sorted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motbuoc.domains.listening.grouping import Group, Grouping, group
from motbuoc.domains.listening.intake import looked_through
from motbuoc.domains.listening.keeping import Stand, keep
from motbuoc.domains.listening.models import Opinion, Theme, ThemeMap
from motbuoc.domains.listening.placing import Themes
from motbuoc.domains.listening.selectors import asked_on
from motbuoc.domains.listening.states import GONE
from motbuoc.domains.listening.weighing import by_label
from motbuoc.domains.listening.wording import wording
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

AT_ONCE = 2_000  # rows written in one statement
AT_ONCE_GROUPED = 3_000  # opinions that are grouped while whoever asked waits


class Grown(NamedTuple):
    """What grouping again has found: opinions looked at, themes that are new, opinions that stand in a theme."""

    opinions: int
    new: int
    placed: int


def is_long_to_group(unit_id: int) -> bool:
    """Whether a unit has so many opinions that they are better grouped in the background."""
    return _to_group(unit_id).count() > AT_ONCE_GROUPED


def group_again(*, actor: Person, unit_id: int) -> Grown:
    """Group a unit's opinions of the last days (`MOTBUOC_OPINION_GROUPED_DAYS`) into themes.

    What a person named, merged and placed stays (`keeping`), also what they do while it runs: nothing is locked
    until the groups are found. A new group becomes a theme with its words for a name until a person names it.

    Raises:
        NotAllowed: the actor does not listen for that unit.
    """
    policy.require(actor, Action.ANSWER_OPINION, asked_on(unit_id))
    rows = list(_to_group(unit_id).order_by("pk").values_list("pk", "text"))
    texts = [text for _pk, text in rows]
    grouping = group(texts)
    with transaction.atomic():
        grown = _placed_in_themes(unit_id, [pk for pk, _text in rows], texts, grouping)
        record(actor, Act("group_opinions", "unit", unit_id, unit_id, grown._asdict()))
    return grown


def _to_group(unit_id: int) -> QuerySet[Opinion]:
    since = clock.today() - timedelta(days=settings.OPINION_GROUPED_DAYS)
    return Opinion.objects.filter(box__unit=unit_id, said_on__gte=since).exclude(text=GONE)


def _placed_in_themes(unit_id: int, opinions: list[int], texts: list[str], grouping: Grouping) -> Grown:
    Unit.objects.select_for_update().get(pk=unit_id)
    rows = _to_group(unit_id).values_list("pk", "theme_id", "is_placed")
    known = {pk: (theme, is_placed) for pk, theme, is_placed in rows}
    before = [known.get(pk, (None, False))[0] for pk in opinions]
    placed = {at: before[at] for at, pk in enumerate(opinions) if known.get(pk, (None, False))[1]}
    stands = keep(texts, grouping, before, placed)
    made = _made(unit_id, stands, grouping.groups)
    now = [stand.theme if stand.group is None else made[stand.group] for stand in stands]
    _move_all(opinions, before, now)
    _map(unit_id, texts, now)
    return Grown(len(opinions), len(made), sum(theme is not None for theme in now))


def _made(unit_id: int, stands: Sequence[Stand], groups: Sequence[Group]) -> dict[int, int]:
    """New themes for the groups in which opinions stand that are no known theme's, by the number of the group."""
    wanted = {stand.group for stand in stands if stand.group is not None}
    found = {}
    for each in groups:
        if each.number in wanted:
            words = list(each.words)
            name = ", ".join(words[:3]) or _("Without a name")
            theme = Theme.objects.create(unit_id=unit_id, name=name[:120], words=words, made_on=clock.today())
            found[each.number] = theme.pk
    return found


def _move_all(opinions: list[int], before: Sequence[int | None], now: Sequence[int | None]) -> None:
    moved: dict[int | None, list[int]] = {}
    for pk, was, theme in zip(opinions, before, now, strict=True):
        if was != theme:
            moved.setdefault(theme, []).append(pk)
    for theme, keys in moved.items():
        for start in range(0, len(keys), AT_ONCE):
            Opinion.objects.filter(pk__in=keys[start : start + AT_ONCE]).update(theme=theme)


def _map(unit_id: int, texts: Sequence[str], now: Sequence[int | None]) -> None:
    """Keep the middles of the themes, by which what comes next is placed."""
    middles = by_label([wording(text) for text in texts], now) if any(now) else Themes({}, {}, 0)
    ThemeMap.objects.update_or_create(
        unit_id=unit_id,
        defaults={"middles": middles.as_data(), "grouped_on": clock.today(), "grouped": len(texts)},
    )


def _held(actor: Person, theme: Theme, version: int) -> Theme:
    policy.require(actor, Action.ANSWER_OPINION, asked_on(theme.unit_id))
    fresh = claim(theme, version)
    if fresh.merged_into_id:
        raise Refusal(_("This theme was merged into another. Go on with that one."))
    return fresh


@transaction.atomic
def name_theme(
    *, actor: Person, theme: Theme, version: int, name: str, told: str = "", keeps: bool = False
) -> Theme:
    """Give a theme its name, or confirm it, and say what the public reads about what is being done.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: no name, or it was merged into another.
        TellsWho: what all come to read tells who somebody is (`keeps`: who writes says it is no such thing).
    """
    fresh = _held(actor, theme, version)
    words, public = looked_through(name, keeps=keeps), looked_through(told, keeps=keeps)
    if not words or len(words) > 120:
        raise Refusal(_("Give it a name of at most 120 characters."))
    values = {"name": [fresh.name, words], "told": bool(public)}
    fresh.name, fresh.told, fresh.is_named = words, public, True
    fresh.save()
    record(actor, Act("name_theme", "theme", fresh.pk, fresh.unit_id, values))
    return fresh


@transaction.atomic
def merge_themes(*, actor: Person, theme: Theme, version: int, into: Theme) -> Theme:
    """Merge a theme into another of its unit: all that stands in it, and what will come, stands there.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it is the same one, of another unit, or was merged itself.
    """
    fresh = _held(actor, theme, version)
    if into.pk == fresh.pk or into.unit_id != fresh.unit_id or into.merged_into_id:
        raise Refusal(_("Choose another theme of this unit."))
    fresh.merged_into = into
    fresh.save()
    moved = fresh.opinions.update(theme=into)
    Theme.objects.filter(merged_into=fresh).update(merged_into=into)
    _forward(fresh.unit_id, fresh.pk, into.pk)
    record(actor, Act("merge_themes", "theme", fresh.pk, fresh.unit_id, {"into": into.pk, "opinions": moved}))
    return into


def _forward(unit_id: int, old: int, new: int) -> None:
    """What is like a merged theme is placed in the one that took it in: both their middles lead there."""
    kept = ThemeMap.objects.filter(unit=unit_id).first()
    if kept is None:
        return
    middles = kept.middles.get("middles", {})
    gone = middles.pop(str(old), None)
    if gone:
        there = middles.get(str(new), {})
        middles[str(new)] = {term: max(gone.get(term, 0), there.get(term, 0)) for term in {*gone, *there}}
        kept.save()


@transaction.atomic
def sort_opinion(
    *, actor: Person, opinion: Opinion, version: int, theme: Theme | None, tendency: str, is_pressing: bool
) -> Opinion:
    """Put an opinion into a theme, or out of all, and note how whoever said it stands to what it is about.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the theme is not one of the unit to which it was said; there is no such tendency.
    """
    home = opinion.box.unit_id
    policy.require(actor, Action.ANSWER_OPINION, asked_on(home))
    if theme is not None and (theme.unit_id != home or theme.merged_into_id):
        raise Refusal(_("Choose another theme of this unit."))
    if tendency not in Opinion.Tendency.values:
        raise Refusal(_("Say how whoever wrote stands to it."))
    fresh = claim(opinion, version)
    new = {"theme_id": theme.pk if theme else None, "tendency": tendency, "is_pressing": is_pressing}
    values = {name: [getattr(fresh, name), value] for name, value in new.items() if getattr(fresh, name) != value}
    for name, value in new.items():
        setattr(fresh, name, value)
    fresh.is_placed = True
    fresh.save()
    record(actor, Act("sort_opinion", "opinion", fresh.pk, home, values))
    return fresh
