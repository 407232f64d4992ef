"""The timeline of a directive as a picture: one Vega-Lite chart, drawn on the server.

The lines differ by their dashes as well as by colour, so that they are told apart in grey. The colours are those
of the light page; the style sheet turns them into the page's own (`css/timeline.css`), in the dark and on paper.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

import vl_convert
from django.core.cache import caches
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from motbuoc.domains.work.timeline import STEPS, Line, Timeline

INK, MUTED, RULE = "#1b2330", "#555d6a", "#ddd8cb"
TODAY, DUE = "#1f3f7a", "#9c1c17"
COLOURS = {"acknowledge": "#38505f", "submit": "#55378a", "accept": "#175233"}
DASHES = {"acknowledge": [2, 2], "submit": [6, 3], "accept": [1, 0]}
WORDS: dict[str, Any] = {
    "acknowledge": pgettext_lazy("timeline", "Acknowledged"),
    "submit": pgettext_lazy("timeline", "Handed in"),
    "accept": pgettext_lazy("timeline", "Accepted"),
}
WIDTH, HEIGHT = 820, 44  # of one item's strip, in pixels


def picture_of(timeline: Timeline, names: Sequence[str]) -> str:
    """The timeline as an SVG drawing, a strip for each of its lines with the name above it.

    The same picture is drawn once: drawing takes longer than all that is read for it.
    """
    written = json.dumps(_chart(timeline, names), ensure_ascii=False)
    key, memory = f"timeline-{sha256(written.encode()).hexdigest()}", caches["pages"]
    if (kept := memory.get(key)) is None:
        kept = vl_convert.vegalite_to_svg(json.loads(written), show_warnings=False)
        memory.set(key, kept)
    return str(kept)


def _chart(timeline: Timeline, names: Sequence[str]) -> dict[str, Any]:
    first, last = timeline.first_day, timeline.last_day
    rows = [row for line, name in zip(timeline.lines, names, strict=True) for row in _rows(line, name, timeline)]
    time = {
        "field": "day",
        "type": "temporal",
        "scale": {"domain": [_day(first), _day(last)]},
        "axis": {"title": None, "format": "%d/%m/%Y", "labelOverlap": True, "tickCount": 8},
    }
    strip = {"width": WIDTH, "height": HEIGHT, "layer": [_steps(time), _due_days(time), _today(time)]}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "facet": {
            "row": {"field": "item", "type": "nominal", "sort": list(names), "title": None, "header": HEADER}
        },
        "spec": strip,
        "config": CONFIG,
    }


HEADER = {"title": None, "labelOrient": "top", "labelAnchor": "start", "labelPadding": 4, "labelLimit": 0}
FONT = "Arial"  # what widths are measured by; the page sets its own
CONFIG = {
    "font": FONT,
    "background": "transparent",
    "view": {"stroke": RULE},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "domainColor": RULE,
        "tickColor": RULE,
        "gridColor": RULE,
        "labelFontSize": 12,
    },
    "header": {"labelColor": INK, "labelFontSize": 12, "labelFontWeight": 500},
    "legend": {
        "orient": "top",
        "title": None,
        "labelColor": INK,
        "labelFontSize": 13,
        "symbolSize": 600,
        "labelLimit": 300,
    },
    "facet": {"spacing": 8},
}


def _steps(time: dict[str, Any]) -> dict[str, Any]:
    """How many have come as far as each step, as a share of the item's tasks."""
    words = [str(WORDS[step]) for step in STEPS]
    share = {"domain": [0, 1]}
    return {
        "transform": [{"filter": "datum.kind == 'step'"}],
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
        "encoding": {
            "x": time,
            "y": {
                "field": "share",
                "type": "quantitative",
                "scale": share,
                "axis": {"title": None, "format": ".0%", "values": [0, 0.5, 1]},
            },
            "color": {
                "field": "step",
                "type": "nominal",
                "sort": words,
                "scale": {"domain": words, "range": [COLOURS[step] for step in STEPS]},
            },
            "strokeDash": {
                "field": "step",
                "type": "nominal",
                "sort": words,
                "scale": {"domain": words, "range": [DASHES[step] for step in STEPS]},
            },
        },
    }


def _due_days(time: dict[str, Any]) -> dict[str, Any]:
    return {
        "transform": [{"filter": "datum.kind == 'due'"}],
        "mark": {"type": "point", "shape": "triangle-down", "filled": True, "size": 70, "color": DUE, "y": 4},
        "encoding": {"x": time},
    }


def _today(time: dict[str, Any]) -> dict[str, Any]:
    return {
        "transform": [{"filter": "datum.kind == 'today'"}],
        "mark": {"type": "rule", "color": TODAY, "strokeWidth": 2},
        "encoding": {"x": time},
    }


def _rows(line: Line, name: str, timeline: Timeline) -> Iterator[dict[str, Any]]:
    """The points of a strip: every step begins with nobody on the day the item was given, and goes on to today."""
    for step in STEPS:
        points = [(line.given_on, 0), *line.by_then(step), (timeline.today, line.total(step))]
        for day, number in points:
            yield {
                "kind": "step",
                "item": name,
                "step": str(WORDS[step]),
                "day": day.isoformat(),
                "share": round(number / line.count, 4),
            }
    for day, _number in line.due_days:
        yield {"kind": "due", "item": name, "day": day.isoformat()}
    yield {"kind": "today", "item": name, "day": timeline.today.isoformat()}


def _day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "date": day.day}


def summary_of(timeline: Timeline) -> str:
    """The picture in a sentence, for whoever does not see it; the table beside it has the rest."""
    count = sum(line.count for line in timeline.lines)
    done = {step: sum(line.total(step) for line in timeline.lines) for step in STEPS}
    return _(
        "Of %(count)s tasks in %(items)s items, %(acknowledge)s were acknowledged, %(submit)s handed in and "
        "%(accept)s accepted by %(day)s."
    ) % {"count": count, "items": len(timeline.lines), "day": f"{timeline.today:%d/%m/%Y}", **done}
