"""Findings as a text for people and as plain values for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vanban.checking.finding import Finding, Severity, Spot
from vanban.checking.rules import area_of, areas, rows

_PLACES = 4  # places named for one finding; the rest are counted


def report(findings: Iterable[Finding]) -> str:
    """Return the findings as lines of text, by the part of the paper: what, where, by which rule."""
    listed = list(findings)
    if not listed:
        return "Nothing departs from the rules of layout."
    parts = []
    for area in areas():
        group = [finding for finding in listed if area_of(finding.code) == area]
        if group:
            parts.append(area)
            parts.extend(_lines(finding) for finding in group)
    must = sum(finding.severity is Severity.MUST for finding in listed)
    mendable = sum(finding.can_fix for finding in listed)
    parts.append(f"{len(listed)} findings: {must} must be mended; {mendable} can be mended by the program.")
    return "\n".join(parts)


def _lines(finding: Finding) -> str:
    mark = "MUST  " if finding.severity is Severity.MUST else "should"
    places = [place for spot in finding.spots[:_PLACES] if (place := _place(spot))]
    more = len(finding.spots) - _PLACES
    where = "; ".join(places) + (f"; and {more} more" if more > 0 else "")
    lines = [f"  {mark}  {finding.message}  [{finding.code}]"]
    if where:
        lines.append(f"          {where}")
    lines.append(f"          Rule: {finding.source}.{' Can be mended.' if finding.can_fix else ''}")
    return "\n".join(lines)


def _place(spot: Spot) -> str:
    page = f"page {spot.page}" if spot.page else ""
    number = f"paragraph {spot.paragraph}" if spot.paragraph else f"line {spot.line}" if spot.line else ""
    place = ", ".join(part for part in (page, number) if part)
    return f"{place}: “{spot.words}”" if spot.words else place


def as_dict(finding: Finding) -> dict[str, Any]:
    """Return a finding as values that JSON can hold; places as [start, end] of the text, or null."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "source": finding.source,
        "expected": finding.expected,
        "found": finding.found,
        "can_fix": finding.can_fix,
        "spots": [
            {
                "words": spot.words,
                "span": [spot.span.start, spot.span.end] if spot.span else None,
                "paragraph": spot.paragraph,
                "page": spot.page,
                "line": spot.line,
            }
            for spot in finding.spots
        ],
    }


def table_of_rules() -> str:
    """Return every rule with its sources as a Markdown table, for the guide."""
    lines = ["| Code | Binding | What is said | Source |", "| --- | --- | --- | --- |"]
    lines.extend(f"| `{row.code}` | {row.severity} | {row.message} | {row.source} |" for row in rows())
    return "\n".join(lines)
