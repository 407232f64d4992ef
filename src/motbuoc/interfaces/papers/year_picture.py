"""The year of a figure as a picture: what it has brought so far, where it will probably end, and the target."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any

import vl_convert
from django.core.cache import caches
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.choices import Basis
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.periods import Span, after, label_of
from motbuoc.domains.ledger.projected import Projection
from motbuoc.domains.ledger.trends import Point
from motbuoc.interfaces.papers.figure_words import figure_words
from motbuoc.interfaces.papers.timeline_picture import CONFIG, DUE, INK, TODAY

WIDTH, HEIGHT = 760, 240


def year_picture(
    indicator: Indicator, projection: Projection, trend: Sequence[Point], target: Decimal | None
) -> str:
    """An SVG drawing of a projection that is shown; the same picture is drawn once."""
    written = json.dumps(_chart(indicator, projection, trend, target), ensure_ascii=False)
    key, memory = f"year-{sha256(written.encode()).hexdigest()}", caches["pages"]
    if (kept := memory.get(key)) is None:
        kept = vl_convert.vegalite_to_svg(json.loads(written), show_warnings=False)
        memory.set(key, kept)
    return str(kept)


def _so_far(indicator: Indicator, projection: Projection, trend: Sequence[Point]) -> list[tuple[str, Decimal]]:
    """The year's figure at the end of each of its periods; of a share that of each period."""
    newest, found, sum_ = projection.period.end, [], Decimal(0)
    for point in trend:
        if point.period.end.year == newest.year and point.period.end <= newest and point.value is not None:
            is_added = indicator.basis == Basis.IN_PERIOD and not indicator.is_share
            sum_ = sum_ + point.value if is_added else point.value
            found.append((point.period.label, sum_))
    return found


def _to_come(projection: Projection) -> list[str]:
    """What the periods of the year that are still to come are called."""
    period, schedule = projection.period, projection.period.schedule
    found, span = [], after(schedule.cycle, Span(period.start, period.end), schedule.closes_on_day)
    while span.end.year == period.end.year:
        found.append(label_of(schedule.cycle, span))
        span = after(schedule.cycle, span, schedule.closes_on_day)
    return found


def _chart(
    indicator: Indicator, projection: Projection, trend: Sequence[Point], target: Decimal | None
) -> dict[str, Any]:
    known, ahead = _so_far(indicator, projection, trend), _to_come(projection)
    rows: list[dict[str, Any]] = [{"kind": "known", "period": label, "value": float(v)} for label, v in known]
    end = ahead[-1]
    way = [*known[-1:], (end, projection.amount or Decimal(0))]
    rows += [{"kind": "way", "period": label, "value": float(value)} for label, value in way]
    lower, upper = projection.lower or Decimal(0), projection.upper or Decimal(0)
    words = f"{figure_words(indicator, lower)} – {figure_words(indicator, upper)}"
    rows.append({"kind": "end", "period": end, "value": float(lower), "upper": float(upper), "words": words})
    if target is not None:
        named = _("Target: %(target)s") % {"target": figure_words(indicator, target)}
        rows.append({"kind": "target", "value": float(target), "words": named})
    labels = [*(label for label, _value in known), *ahead]
    x = {
        "field": "period",
        "type": "ordinal",
        "scale": {"domain": labels},
        "axis": {"title": None, "labelAngle": -30, "labelLimit": 160},
    }
    y = {"field": "value", "type": "quantitative", "axis": {"title": indicator.measured_in, "tickCount": 5}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": rows},
        "layer": _layers(x, y, has_target=target is not None),
        "config": CONFIG,
    }


def _layers(x: dict[str, Any], y: dict[str, Any], *, has_target: bool) -> list[dict[str, Any]]:
    def of(kind: str, mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
        return {"transform": [{"filter": f"datum.kind == '{kind}'"}], "mark": mark, "encoding": encoding}

    spot = {"type": "point", "color": TODAY, "filled": True, "size": 60}
    line = {"type": "line", "color": TODAY, "strokeWidth": 2}
    interval = {"type": "rule", "color": TODAY, "strokeWidth": 3}
    words = {"type": "text", "color": INK, "fontSize": 12, "align": "right", "dx": -10}
    at_value, upper = {"field": "value", "type": "quantitative"}, {"field": "upper", "type": "quantitative"}
    told = {"field": "words", "type": "nominal"}
    cap = {"type": "tick", "color": TODAY, "thickness": 3, "size": 16}
    found = [
        of("known", line, {"x": x, "y": y}),
        of("known", spot, {"x": x, "y": y}),
        of("way", line | {"strokeDash": [5, 4]}, {"x": x, "y": y}),
        of("end", interval, {"x": x, "y": at_value, "y2": {"field": "upper"}}),
        of("end", cap, {"x": x, "y": at_value}),
        of("end", cap, {"x": x, "y": upper}),
        of("end", words, {"x": x, "y": upper, "text": told}),
    ]
    if has_target:
        found.append(of("target", {"type": "rule", "color": DUE, "strokeDash": [2, 3]}, {"y": at_value}))
        left = {"type": "text", "color": DUE, "fontSize": 12, "align": "left", "x": 6, "dy": -7}
        found.append(of("target", left, {"y": at_value, "text": told}))
    return found
