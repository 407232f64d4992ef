"""The course of a figure as a picture: one Vega-Lite chart, drawn on the server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import vl_convert
from django.core.cache import caches

from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.trends import Point
from motbuoc.interfaces.papers.timeline_picture import CONFIG, TODAY

WIDTH, HEIGHT = 760, 220


def trend_picture(indicator: Indicator, points: Sequence[Point]) -> str:
    """The figure of each period as a column, as an SVG drawing; the same picture is drawn once."""
    written = json.dumps(_chart(indicator, points), ensure_ascii=False)
    key, memory = f"trend-{sha256(written.encode()).hexdigest()}", caches["pages"]
    if (kept := memory.get(key)) is None:
        kept = vl_convert.vegalite_to_svg(json.loads(written), show_warnings=False)
        memory.set(key, kept)
    return str(kept)


def _chart(indicator: Indicator, points: Sequence[Point]) -> dict[str, Any]:
    labels = [point.period.label for point in points]
    rows = [
        {"period": point.period.label, "value": None if point.value is None else float(point.value)}
        for point in points
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": rows},
        "mark": {"type": "bar", "color": TODAY, "size": 26},
        "encoding": {
            "x": {
                "field": "period",
                "type": "ordinal",
                "sort": labels,
                "axis": {"title": None, "labelAngle": -30, "labelLimit": 160},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "axis": {"title": indicator.measured_in, "tickCount": 5},
            },
        },
        "config": CONFIG,
    }
