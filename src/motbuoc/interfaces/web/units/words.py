"""An act on the tree in words: who gave to whom, what was before and what is after."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motbuoc.foundation.reorganisation.browsing import ended_by
from motbuoc.foundation.reorganisation.models import Reorganisation, ReorganisationKind
from motbuoc.foundation.units.kinds import UnitKind

K = ReorganisationKind
MOST_NAMED = 6  # units named in one sentence
SIGNS = {
    K.CREATE: "plus",
    K.RENAME: "pencil",
    K.MOVE: "leave",
    K.CONVERT: "back",
    K.MERGE: "link",
    K.SPLIT: "board",
    K.DISSOLVE: "cross",
}
"""The drawing of each act."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one unit was and is by an act (None: not there): `name`, `code`, `symbol`, `kind`, `above`."""

    unit_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    ends: bool

    @property
    def name(self) -> str:
        """What it is called now, or last was."""
        return str((self.after or self.before or {}).get("name", ""))


class Told:
    """An act with its two sides. `ending`: the units that end with it, where it was not stored (a preview)."""

    def __init__(self, act: Reorganisation, ending: Collection[int] | None = None) -> None:
        self.act = act
        self.ending = set(ended_by(act) if ending is None else ending)
        self.kind = K(act.kind)
        known = sorted({*map(int, act.before), *map(int, act.after)})
        given = [pk for pk in known if (pk in self.ending if self.kind == K.MERGE else str(pk) in act.before)]
        self.givers, self.takers = given, [pk for pk in known if pk not in given]
        self.changes = [
            Change(pk, act.before.get(str(pk)), act.after.get(str(pk)), pk in self.ending)
            for pk in (*self.givers, *self.takers)
        ]

    @property
    def is_hand_over(self) -> bool:
        """Whether one side gave to another."""
        return self.kind in (K.MERGE, K.SPLIT, K.DISSOLVE)

    @property
    def sign(self) -> str:
        """The drawing."""
        return SIGNS[self.kind]

    def names(self, units: Collection[int], *, before: bool = False) -> str:
        """The names of units of the act, after it or before it."""
        sides = (self.act.before, self.act.after) if before else (self.act.after, self.act.before)
        units = list(units)
        found = [
            (sides[0].get(str(pk)) or sides[1].get(str(pk)) or {}).get("name", "") for pk in units[:MOST_NAMED]
        ]
        named = "; ".join(name for name in found if name)
        if len(units) <= MOST_NAMED:
            return named
        return _("%(named)s and %(number)s other units") % {"named": named, "number": len(units) - MOST_NAMED}

    @property
    def sentence(self) -> str:
        """The whole act in one sentence."""
        words = {"from": self.names(self.givers, before=True), "to": self.names(self.takers)}
        match self.kind:
            case K.CREATE:
                return _("%(to)s was created") % words
            case K.RENAME:
                return self._renamed()
            case K.MOVE:
                return _("%(from)s now stands under %(to)s") % words if self.takers else self._to_the_top()
            case K.CONVERT:
                return self._converted()
            case K.MERGE:
                return _("%(from)s merged into %(to)s") % words
            case K.SPLIT if self.ending:
                return _("%(from)s split into %(to)s") % words
            case K.SPLIT:
                return _("%(to)s taken out of %(from)s") % words
            case K.DISSOLVE:
                return _("%(from)s dissolved; %(to)s takes over") % words

    def _to_the_top(self) -> str:
        return _("%(unit)s now stands at the top of its line") % {"unit": self.names(self.givers)}

    def _renamed(self) -> str:
        change = self.changes[0]
        before, after = change.before or {}, change.after or {}
        if before.get("name") != after.get("name"):
            return _("%(from)s renamed %(to)s") % {"from": before.get("name"), "to": after.get("name")}
        words = {"unit": after.get("name"), "from": before.get("code"), "to": after.get("code")}
        return _("%(unit)s: short name, code or symbol changed (code %(from)s, now %(to)s)") % words

    def _converted(self) -> str:
        change = self.changes[0]
        words = {
            "unit": change.name,
            "from": kind_label((change.before or {}).get("kind")),
            "to": kind_label((change.after or {}).get("kind")),
        }
        return _("%(unit)s: from %(from)s to %(to)s") % words


def kind_label(kind: Any) -> str:
    """The word for a kind of unit."""
    return str(UnitKind(kind).label) if kind in UnitKind.values else ""
