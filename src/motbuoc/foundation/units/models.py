"""Tables of the dated tree."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import TimeSpan, in_force, ordered_span
from motbuoc.foundation.units.kinds import UnitKind
from vanban.text import fold

UnitsOn = Any
"""A `UnitQuerySet` with the annotations of `UnitQuerySet.on`, which the type checker cannot follow."""
UnitOn = Any
"""One unit of it: a `Unit` with its name, short_name, code, symbol, kind and parent_id on a day."""


def known_on(day: date, prefix: str = "") -> Q:
    """The condition that a version tells what a unit was on `day`, or last was if it had ended by then."""
    ended = Q(**{f"{prefix}is_last": True, f"{prefix}valid_until__lte": day})
    return in_force(day, prefix) | ended


class UnitQuerySet(QuerySet["Unit"]):
    """Units, read as they were on a day."""

    def on(self, day: date) -> UnitsOn:
        """Those that exist on `day`, with the name, short_name, code, symbol, kind and parent_id of then."""
        return self._dated(in_force(day, "versions__"))

    def known_by(self, day: date) -> UnitsOn:
        """Those that exist on `day` or did before it: with the name they then had or last had."""
        return self._dated(known_on(day, "versions__")).annotate(ended_on=F("dated__valid_until"))

    def _dated(self, condition: Q) -> UnitsOn:
        known: UnitsOn = self.annotate(dated=FilteredRelation("versions", condition=condition))
        return known.filter(dated__isnull=False).annotate(
            name=F("dated__name"),
            short_name=F("dated__short_name"),
            code=F("dated__code"),
            symbol=F("dated__symbol"),
            kind=F("dated__kind"),
            parent_id=F("dated__parent_id"),
        )

    def called(self, words: str) -> UnitsOn:
        """Those of `on` or `known_by` with all of `words` in a name or the code, marks and capitals aside."""
        named: UnitsOn = self.annotate(found_by=F("dated__folded"))
        for word in fold(words).split():
            named = named.filter(found_by__contains=word)
        return named

    def under(self, units: QuerySet[Unit] | list[int], day: date) -> UnitQuerySet:
        """Those that are one of `units` or stand below one of them on `day`."""
        below = UnitClosure.objects.filter(in_force(day), ancestor__in=units, is_archive=False)
        return self.filter(pk__in=below.values("descendant_id"))


class Unit(models.Model):
    """A unit's permanent identity; everything that can change about it is in its versions."""

    created_at = models.DateTimeField(default=clock.now)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return getattr(self, "name", f"unit {self.pk}")


class FoundBy(models.TextField):  # type: ignore[type-arg]
    """The names and the code of a version without marks, in lower case: what a search looks in.

    A plain text column, filled whenever a row is inserted or saved (`bulk_update` names it itself).
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The words of the row as it is about to be stored."""
        words: str = model_instance.words_found_by  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, words)
        return words

    def deconstruct(self) -> Any:
        """A plain text column to the migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class UnitVersion(TimeSpan):
    """What a unit was for a span of days: names, code, symbol, kind and place in the tree, with the act behind it.

    `code` is the unit's own in the whole installation on any day; `symbol` is what its documents bear after the
    stroke (`BC/ĐUK`), which others may bear as well. `is_last`: the unit ended with this version.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=80)
    code = models.CharField(max_length=40)
    symbol = models.CharField(max_length=40)
    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="child_versions")
    legal_basis = models.CharField(max_length=250, blank=True)
    is_last = models.BooleanField(default=False)
    folded = FoundBy(blank=True, default="", editable=False)

    class Meta:
        constraints = [
            ordered_span("unit_version"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_starts_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_until__isnull=True), name="unit_version_open_once"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")), name="unit_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(is_last=False) | Q(valid_until__isnull=False), name="unit_version_last_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until__isnull=True), name="unit_code_open_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def words_found_by(self) -> str:
        """What `folded` holds."""
        return fold(f"{self.name} {self.short_name} {self.code}")


class UnitClosure(TimeSpan):
    """That `ancestor` stands `depth` steps above `descendant` (0: the unit itself) for a span of days.

    `is_archive`: the descendant has ended, and what it left is read by those who read the unit that keeps it.
    """

    ancestor = models.ForeignKey(Unit, models.PROTECT, related_name="closure_below")
    descendant = models.ForeignKey(Unit, models.PROTECT, related_name="closure_above")
    depth = models.PositiveSmallIntegerField()
    is_archive = models.BooleanField(default=False)

    class Meta:
        constraints = [
            ordered_span("unit_closure"),
            models.UniqueConstraint(
                fields=["ancestor", "descendant", "valid_from"], name="unit_closure_pair_starts_once"
            ),
        ]
        indexes = [models.Index(fields=["descendant", "depth"], name="unit_closure_upwards")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} over {self.descendant_id}"


class UnitIdentifier(TimeSpan):
    """A unit's identifier in some scheme of others (the Government's codes, an office's own), for a span of days.

    Values are kept as they are written: schemes and their order of parts change (20/2020/QĐ-TTg, 09/2025/QĐ-TTg).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=80)

    class Meta:
        constraints = [
            ordered_span("unit_identifier"),
            models.UniqueConstraint(
                fields=["scheme", "value"], condition=Q(valid_until__isnull=True), name="unit_identifier_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class UnitHost(TimeSpan):
    """That a Party unit (or one of a mass organisation) is at home in a legal body; each may have several."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="hosts")
    host = models.ForeignKey(Unit, models.PROTECT, related_name="hosted")

    class Meta:
        constraints = [
            ordered_span("unit_host"),
            models.UniqueConstraint(fields=["unit", "host", "valid_from"], name="unit_host_starts_once"),
            models.CheckConstraint(condition=~Q(unit=F("host")), name="unit_not_its_own_host"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.host_id}"


class UnitGroup(models.Model):
    """A saved selection over the tree, used as an addressee; who is in it is found on the day it is asked.

    `owner` is the unit whose documents may use it (and those of the units below it); None: everybody's. A unit is
    in the group when it stands under the asking document's unit and is of one of `kinds` or among `units`, and not
    among `without`. `wordings` are the words documents call the group by, one a line.
    """

    owner = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="groups")
    name = models.CharField(max_length=200)
    wordings = models.TextField(blank=True)
    kinds = models.JSONField(default=list)
    units = models.ManyToManyField(Unit, blank=True, related_name="in_groups")
    without = models.ManyToManyField(Unit, blank=True, related_name="left_out_of_groups")
    is_closed = models.BooleanField(_("No longer offered"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="unit_group_named_once"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(owner__isnull=True), name="unit_group_of_all_named_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
