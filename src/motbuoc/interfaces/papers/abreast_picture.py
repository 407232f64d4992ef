"""Units beside each other as a picture: one Vega-Lite chart, drawn on the server, as wide as a telephone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import vl_convert
from django.core.cache import caches
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.abreast import Abreast, Beside, is_of_the_year
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.interfaces.papers.figure_words import figure_words, member_words
from motbuoc.interfaces.papers.timeline_picture import CONFIG, DUE, HEADER, INK, TODAY

WIDTH, BAR = 300, 13  # in pixels
MOST = 30  # units that are drawn; all stand in the table
FILLED = (1, 0.4, 0)
"""This period, the last, a year ago: full, light, empty, so that they are told apart in grey as well."""


def abreast_picture(indicator: Indicator, period: ReportingPeriod, beside: Beside) -> str:
    """The first units as an SVG drawing, each with its name above its bars; the same picture is drawn once."""
    written = json.dumps(_chart(indicator, period, beside), ensure_ascii=False)
    key, memory = f"abreast-{sha256(written.encode()).hexdigest()}", caches["pages"]
    if (kept := memory.get(key)) is None:
        kept = vl_convert.vegalite_to_svg(json.loads(written), show_warnings=False)
        memory.set(key, kept)
    return str(kept)


def _chart(indicator: Indicator, period: ReportingPeriod, beside: Beside) -> dict[str, Any]:
    units = [row for row in beside.units if row.now is not None][:MOST]
    periods = [each for each in (period, beside.last, beside.year_ago) if each]
    labels = [each.label for each in periods]
    aims = is_of_the_year(indicator, period)
    rows = [drawn for row in units for drawn in _rows(indicator, row, labels, beside, aims=aims)]
    largest = max((max(row["value"] or 0, row["target"] or 0) for row in rows), default=0) or 1
    value = {"type": "quantitative", "axis": None, "scale": {"domain": [0, largest * 1.3]}}
    which = {"field": "which", "type": "nominal", "sort": labels, "axis": None}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "facet": {
            "row": {
                "field": "unit",
                "type": "nominal",
                "sort": [member_words(row.member) for row in units],
                "title": None,
                "header": HEADER | {"labelLimit": 2 * WIDTH},
            }
        },
        "spacing": 6,
        "spec": {
            "width": WIDTH,
            "height": BAR * len(labels),
            "encoding": {"y": which},
            "layer": [_bars(value, labels), _words(value), *([_aims(value)] if aims else [])],
        },
        "config": CONFIG | {"view": {"stroke": None}},
    }


def _rows(
    indicator: Indicator, row: Abreast, labels: Sequence[str], beside: Beside, *, aims: bool
) -> list[dict[str, Any]]:
    values = [row.now, *([row.last] if beside.last else []), *([row.year_ago] if beside.year_ago else [])]
    return [
        {
            "unit": member_words(row.member),
            "which": label,
            "value": None if value is None else float(value),
            "words": figure_words(indicator, value),
            "target": float(row.target) if aims and row.target is not None else None,
        }
        for label, value in zip(labels, values, strict=True)
    ]


def _bars(value: dict[str, Any], labels: Sequence[str]) -> dict[str, Any]:
    return {
        "mark": {"type": "bar", "fill": TODAY, "stroke": TODAY, "strokeWidth": 1, "height": BAR - 3},
        "encoding": {
            "x": {"field": "value", **value},
            "fillOpacity": {
                "field": "which",
                "type": "nominal",
                "scale": {"domain": list(labels), "range": list(FILLED[: len(labels)])},
                "legend": None,  # the page says it in words
            },
        },
    }


def _words(value: dict[str, Any]) -> dict[str, Any]:
    text = {"type": "text", "align": "left", "dx": 4, "fontSize": 11, "fill": INK}
    return {"mark": text, "encoding": {"x": {"field": "value", **value}, "text": {"field": "words"}}}


def _aims(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "mark": {
            "type": "tick",
            "color": DUE,
            "thickness": 2,
            "size": BAR,
            "description": _("Target of the year"),
        },
        "encoding": {"x": {"field": "target", **value}},
    }
