"""The chart of a report on its page: the course of one figure over its periods."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import vl_convert
from django.core.cache import caches

from motbuoc.interfaces.papers.timeline_picture import CONFIG, TODAY

WIDTH, HEIGHT = 560, 200


def chart_svg(chart: dict[str, Any]) -> str:
    """The chart of a paragraph (`labels`, `values`) as an SVG drawing; the same one is drawn once."""
    written = json.dumps(_chart(chart), ensure_ascii=False)
    key, memory = f"report-chart-{sha256(written.encode()).hexdigest()}", caches["pages"]
    if (kept := memory.get(key)) is None:
        kept = vl_convert.vegalite_to_svg(json.loads(written), show_warnings=False)
        memory.set(key, kept)
    return str(kept)


def _chart(chart: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {"period": label, "value": value} for label, value in zip(chart["labels"], chart["values"], strict=True)
    ]
    bars = {"mark": {"type": "bar", "color": TODAY, "size": 28}}
    words = {
        "mark": {"type": "text", "dy": -7, "fontSize": 12},
        "encoding": {"text": {"field": "value", "type": "quantitative"}},
    }
    axis = {
        "title": None,
        "labelAngle": 0,
        "labelLimit": 0,
        "labelOverlap": True,
        "labelExpr": "split(datum.label, ' năm ')",
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": rows},
        "layer": [bars, words],
        "encoding": {
            "x": {"field": "period", "type": "ordinal", "sort": chart["labels"], "axis": axis},
            "y": {"field": "value", "type": "quantitative", "axis": {"title": None, "tickCount": 4}},
        },
        "config": CONFIG,
    }
