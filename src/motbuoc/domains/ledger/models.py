"""Tables of what is asked: indicators, what they are broken down by, and forms."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.choices import Basis, Comparison, FormState, Measure
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit


class Breakdown(models.Model):
    """What a figure may be broken down by: men and women, kinds of units, fields of life."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """One part of a breakdown; the parts add up to the figure."""

    breakdown = models.ForeignKey(Breakdown, models.CASCADE, related_name="categories")
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["breakdown", "position"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(fields=["breakdown", "position"], name="category_position_once"),
            models.UniqueConstraint(fields=["breakdown", "name"], name="category_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Indicator(Versioned):
    """Something that is counted, with what counts and what does not.

    One with a `denominator` is a share: it is never entered, but worked out from its parts wherever it is shown,
    so that the share of many units is that of their sums. `counter` names what the system counts itself
    (`counters.py`). `unit` defined it. It is asked for in periods that begin within its `valid_from` and
    `valid_until`; one that is redefined ends, and another begins (`succeeds`), and a series that crosses from one
    to the other says so. `item`: of the programme it belongs to, "1" to "7" of the dispatch.
    """

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    definition = models.TextField(blank=True)
    item = models.CharField(max_length=20, blank=True)
    measure = models.CharField(max_length=12, choices=Measure.choices, default=Measure.TIMES)
    measure_word = models.CharField(max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.IN_PERIOD)
    may_estimate = models.BooleanField(default=True)
    breakdown = models.ForeignKey(Breakdown, models.PROTECT, null=True, blank=True, related_name="indicators")
    numerator = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    denominator = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    counter = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="indicators")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    succeeds = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["item", "code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"], condition=Q(valid_until__isnull=True), name="indicator_code_open_once"
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, counter=""),
                name="indicator_share_has_both_parts",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="indicator_span_ordered",
            ),
            models.CheckConstraint(condition=Q(decimals__lte=3), name="indicator_decimals_at_most_3"),
            models.CheckConstraint(
                condition=~Q(measure=Measure.OTHER) | ~Q(measure_word=""), name="indicator_measure_said"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_share(self) -> bool:
        """Whether it is worked out from two others."""
        return self.denominator_id is not None

    @property
    def basis_word(self) -> str:
        """A short word for what its values count, where that is not the days of the period."""
        words = {Basis.CUMULATIVE: _("so far"), Basis.STOCK: _("on the cut-off day")}
        return "" if self.is_share else words.get(Basis(self.basis), "")

    @property
    def measured_in(self) -> str:
        """The word behind its numbers; "%" for a share."""
        if self.is_share:
            return "%"
        return self.measure_word or str(Measure(self.measure).label)


class Mapping(models.Model):
    """What another requester calls an indicator, so that what was reported once is given to many."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="mappings")
    requester = models.CharField(max_length=200)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["requester", "code"]
        constraints = [models.UniqueConstraint(fields=["indicator", "requester"], name="mapping_once_a_requester")]

    def __str__(self) -> str:
        return f"{self.requester}: {self.code}"


class ReportForm(Versioned):
    """One version of a form (biểu mẫu): `number` counts the versions of a `code`."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="report_forms")
    code = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=FormState.choices, default=FormState.DRAFT)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "code", "number"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["unit", "code"], condition=Q(state=FormState.DRAFT), name="form_one_draft"
            ),
            models.CheckConstraint(condition=Q(state__in=FormState.values), name="form_state_known"),
        ]

    def __str__(self) -> str:
        return self.name


class FormField(models.Model):
    """A line of a form: one indicator, by its categories where `is_broken_down`."""

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="fields")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="fields")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200, blank=True)  # stands above this line
    is_required = models.BooleanField(default=True)
    is_broken_down = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["form", "indicator"], name="form_asks_once")]

    def __str__(self) -> str:
        return f"{self.form_id}: {self.indicator_id}"


class NarrativeBox(models.Model):
    """A place for words in a form, by item."""

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="boxes")
    item = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    hint = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField()
    is_required = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "narrative boxes"

    def __str__(self) -> str:
        return self.title


class Check(models.Model):
    """A rule of validation: `field` compared with the sum of `others`, or with its own past.

    `percent`: by how much it may differ from the last period. One that `blocks` must hold before the form is
    handed in; another asks for a note at the cell.
    """

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="checks")
    field = models.ForeignKey(FormField, models.CASCADE, related_name="checks")
    comparison = models.CharField(max_length=10, choices=Comparison.choices)
    others = models.ManyToManyField(FormField, blank=True, related_name="+")
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    blocks = models.BooleanField(default=True)
    words = models.CharField(max_length=300, blank=True)  # said to the unit instead of the rule's own sentence

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(comparison=Comparison.NEAR_LAST) | Q(percent__isnull=False),
                name="check_near_says_how_near",
            )
        ]

    def __str__(self) -> str:
        return f"{self.field_id} {self.comparison}"
