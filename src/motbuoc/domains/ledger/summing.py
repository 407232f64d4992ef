"""Adding up ahead: a period's facts as a published file, and the totals of units that have others below them.

The roll-up is the engine's (`rollup`). Pages read what it kept as long as it holds (`totals.stamp_of`), and add
up by themselves otherwise, so a round that comes late makes a page slower and never wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from motbuoc.domains.ledger.submitted import ReportingPeriod, Summed
from motbuoc.domains.ledger.totals import facts_known, stamp_of
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.units.models import UnitClosure, UnitVersion
from motbuoc.foundation.units.selectors import keepers_of

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = "ledger"  # in the folder of data: one file a period, and the manifest
AT_ONCE = 20_000  # facts read, or totals written, at a time
MOST_A_ROUND = 20  # periods of one round


def folder() -> Path:
    """Where the published facts are."""
    return Path(settings.DATA_DIR) / FOLDER


def periods_to_sum() -> list[ReportingPeriod]:
    """The periods whose kept totals no longer hold, the latest first."""
    rows = ReportingPeriod.objects.filter(facts_version__gt=0).select_related("schedule").order_by("-end", "-pk")
    return [period for period in rows if period.summed_as != stamp_of(period)]


def sum_period(period: ReportingPeriod) -> int:
    """Publish the facts of a period and keep the totals of its inner units; how many totals there are.

    What is accepted meanwhile is left to the next round: the stamp is that of the facts which were read.
    """
    # The engines take a second to load, which no page and no command should pay that adds nothing up.
    from motbuoc.domains.ledger.rollup.reading import reading  # takes a second to load
    from motbuoc.domains.ledger.rollup.snapshots import Snapshots  # takes a second to load
    from motbuoc.domains.ledger.rollup.totals import rolled_up  # takes a second to load

    with transaction.atomic():
        fresh = ReportingPeriod.objects.select_related("schedule").get(pk=period.pk)
        stamp, tree = stamp_of(fresh), tree_table(fresh.schedule.unit_id, fresh.cutoff_on)
        facts = facts_table(fresh)
    snapshots = Snapshots(folder())
    snapshots.publish(fresh.pk, facts)
    with reading(snapshots, tree, periods=[fresh.pk]) as look:
        totals = look.rows(rolled_up(look.facts, look.tree, look.depth()))
    inner = {row for row in tree.column("parent").to_pylist() if row is not None}
    rows = [row for row in totals.to_pylist() if row["unit"] in inner]
    _keep(fresh, stamp, rows)
    snapshots.sweep()
    return len(rows)


@transaction.atomic
def _keep(period: ReportingPeriod, stamp: str, rows: list[dict[str, Any]]) -> None:
    locked = ReportingPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if locked.facts_version > period.facts_version:
        return  # somebody's figures were accepted meanwhile: the next round has them all
    Summed.objects.filter(period=period).delete()
    Summed.objects.bulk_create(
        (
            Summed(
                period=period,
                unit_id=row["unit"],
                indicator_id=row["indicator"],
                category_id=row["category"] or None,
                amount=row["amount"],
                entries=row["entries"],
                estimates=row["estimates"],
            )
            for row in rows
        ),
        batch_size=AT_ONCE // 20,
    )
    ReportingPeriod.objects.filter(pk=period.pk).update(summed_as=stamp)


def facts_table(period: ReportingPeriod) -> pa.Table:
    """The facts of a period as the engine takes them."""
    import pyarrow as pa  # takes a second to load

    from motbuoc.domains.ledger.rollup.shapes import FACTS  # takes a second to load

    schema = FACTS.to_pyarrow()
    names = ("unit_id", "indicator_id", "category_id", "amount", "is_estimate")
    rows = facts_known().filter(period=period).order_by("unit", "indicator", "category").values_list(*names)
    batches = []
    for batch in _batches(rows.iterator(chunk_size=AT_ONCE)):
        units, indicators, categories, amounts, estimates = zip(*batch, strict=True)
        columns = (
            [period.pk] * len(batch),
            [period.end] * len(batch),
            units,
            indicators,
            [category or 0 for category in categories],
            [amount.quantize(Decimal("0.001")) for amount in amounts],
            [bool(each) for each in estimates],
        )
        arrays = [pa.array(column, kind.type) for column, kind in zip(columns, schema, strict=True)]
        batches.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def tree_table(top_id: int, day: date) -> pa.Table:
    """The tree under a unit on a day; a unit that has ended hangs under the one that keeps what it left."""
    import pyarrow as pa  # takes a second to load

    from motbuoc.domains.ledger.rollup.shapes import TREE  # takes a second to load

    depths = dict(
        UnitClosure.objects.filter(in_force(day), ancestor=top_id, is_archive=False).values_list(
            "descendant_id", "depth"
        )
    )
    parents = dict(UnitVersion.objects.filter(in_force(day), unit__in=depths).values_list("unit_id", "parent_id"))
    rows = [(unit, parents[unit] if depth else None, depth) for unit, depth in depths.items()]
    ended = UnitClosure.objects.filter(in_force(day), ancestor=top_id, is_archive=True)
    keepers = keepers_of(list(ended.values_list("descendant_id", flat=True)), day)
    rows += [(unit, keeper, depths[keeper] + 1) for unit, keeper in keepers.items() if keeper in depths]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    schema = TREE.to_pyarrow()
    return pa.table([pa.array(c, k.type) for c, k in zip(columns, schema, strict=True)], schema=schema)


def sum_what_changed() -> int:
    """Add up what no longer holds, some periods a round; how many were."""
    return sum(1 for period in periods_to_sum()[:MOST_A_ROUND] if sum_period(period) >= 0)
