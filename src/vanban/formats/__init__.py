"""The official layouts, by regime and date.

Each `*.toml` beside this file is one layout: whose it is, from when until when it holds, the paper it comes from,
and every measure, mark and word of it. The code that writes documents holds none of these.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from vanban.document import Regime


class NoLayout(ValueError):
    """No official layout is known for this regime on this date, or for this kind of paper."""


Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one element is printed. Sizes and spacings in points, indents in millimetres, colour as RRGGBB.

    A measure is what the writer prints. Where the source leaves room, `<measure>_range` beside it holds the least
    and the most it allows (both included; the most may be infinite). Without a range, only the measure itself is
    right, except for spacings and line heights, about which the source is then silent. See `allowed`.
    """

    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str | None = None
    align: str = "left"
    before: float = 0
    after: float = 0
    first_line_mm: float = 0
    line_exactly: float | None = None
    line_times: float | None = None
    keep_next: bool = False
    size_range: Range | None = None
    before_range: Range | None = None
    first_line_mm_range: Range | None = None
    line_exactly_range: Range | None = None
    line_times_range: Range | None = None

    def allowed(self, measure: str) -> Range | None:
        """Give the least and the most that the source allows for "size", "before", "first_line_mm" and so on.

        None where the source says nothing of it: a spacing, an indent or a line height without a range.
        """
        said: Range | None = getattr(self, f"{measure}_range")
        return (self.size, self.size) if said is None and measure == "size" else said


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet and its margins, in millimetres; `…_range` as in `TextStyle`, without one the margin is fixed.

    `number_at` is the margin that holds the page number ("top" or "bottom"; where in the line it stands is
    `styles["page_number"].align`). `mirrored`: on the back of a two-sided sheet left and right change places.
    """

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    number_from_edge_mm: float
    number_at: str = "top"
    mirrored: bool = False
    top_mm_range: Range | None = None
    bottom_mm_range: Range | None = None
    left_mm_range: Range | None = None
    right_mm_range: Range | None = None

    def allowed(self, margin: str) -> Range:
        """Give the least and the most that the source allows for "top_mm", "bottom_mm", "left_mm", "right_mm"."""
        said: Range | None = getattr(self, f"{margin}_range")
        return said or (getattr(self, margin), getattr(self, margin))


@dataclass(frozen=True, slots=True)
class Metrics:
    """Mean letter widths of the layout's font, in em."""

    capital: float
    small: float
    space: float


@dataclass(frozen=True, slots=True)
class Banner:
    """One line of the right half of the letterhead, with the rule under it if it has one."""

    text: str
    style: str
    rule_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The two columns on top of the first page. `date_beside` and `urgency_under` name the cell of the place.

    `circulation_at` says where a limit of circulation stands: at the "edge" (page 1, top right, as far from the
    edge as the page number) or in the left "column". `mark_box_mm`: marks in the column stand in a frame so much
    wider than their words. The limits among `last_page_marks` stand on the last page instead: under the "text" or
    at the page's "foot" (`last_page_mark_at`). `dispatch_lead` opens a dispatch's subject.
    """

    left_mm: float
    right_mm: float
    banner: tuple[Banner, ...]
    number: str
    number_separator: str
    place_and_date: str
    short_date: str
    pad_number_below: int
    pad_day_below: int
    pad_month_below: int
    blank: str
    date_beside: str
    urgency_under: str
    circulation_at: str
    last_page_marks: tuple[str, ...] = ()
    last_page_mark_at: str = "text"
    star: str | None = None
    issuer_rule_share: float | None = None
    mark_box_mm: float | None = None
    dispatch_lead: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """What closes the title block: a line of signs, or a rule as a share of the length of the words above."""

    end: str | None = None
    rule_share: float | None = None


@dataclass(frozen=True, slots=True)
class Bases:
    """The legal bases (Căn cứ): what stands before each, after each, and after the last."""

    separator: str
    last: str
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """The line with address and telephone, under a rule at the foot of the "first" or the "last" page."""

    page: str


@dataclass(frozen=True, slots=True)
class Addressees:
    """Kính gửi: the label and the marks after each name, after the last, and after an only one."""

    label: str
    separator: str
    last: str
    single: str
    names_beside_label: bool
    indent_mm: float
    label_mm: float
    dash_mm: float
    before: float
    after: float
    label_by_type: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Nơi nhận: the label and the marks after each name and after the last."""

    label: str
    separator: str
    last: str
    dash_mm: float


@dataclass(frozen=True, slots=True)
class Closing:
    """The two columns under the text, and the room for signature and seal in points."""

    left_mm: float
    right_mm: float
    signing_room: float
    keep_lower: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableForm:
    """Tables: the border in points, the space beside the text of a cell, the columns of running numbers."""

    border: float
    padding_mm: float
    centred_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnexForm:
    """Appendices: how they are named and numbered, and the line that ties them to the document."""

    label: str
    numbering: str
    restart_pages: bool
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One official layout. It holds from `valid_from` to `valid_until`, both included; None means still."""

    name: str
    regime: Regime
    valid_from: date
    valid_until: date | None
    source: str
    font: str
    language: str
    page: Page
    metrics: Metrics
    letterhead: Letterhead
    title: Title
    bases: Bases
    addressees: Addressees
    distribution: Distribution
    closing: Closing
    contact: Contact
    table: TableForm
    annex: AnnexForm
    centred_headings: tuple[str, ...]
    end_mark: str
    styles: Mapping[str, TextStyle]

    def holds_on(self, day: date) -> bool:
        """Say whether this layout is in force on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def layout_for(regime: Regime | None, on: date | None) -> Layout:
    """Give the layout in force for a regime on a day.

    Raises:
        NoLayout: the regime or the day is unknown, or no layout is on file for them.
    """
    if regime is None or on is None:
        raise NoLayout("a layout needs a regime and a date: the document has no date and none was given")
    for layout in layouts():
        if layout.regime == regime and layout.holds_on(on):
            return layout
    raise NoLayout(f"no layout on file for the regime {regime} on {on:%d/%m/%Y}")


@cache
def layouts() -> tuple[Layout, ...]:
    """Give every layout on file, the oldest first."""
    return tuple(sorted((_layout(table) for table in _tables()), key=lambda layout: layout.valid_from))


def _tables() -> Iterator[dict[str, Any]]:
    folder = resources.files(__package__)
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            yield _read(file.name)


def _read(name: str) -> dict[str, Any]:
    table = tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    base = table.pop("based_on", None)
    if base is None:
        return table
    inherited = _read(f"{base}.toml")
    inherited.pop("valid_until", None)
    return _merged(inherited, table)


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in own.items():
        inherited = result.get(key)
        if isinstance(inherited, dict) and isinstance(value, dict):
            value = _merged(inherited, value)
        result[key] = value
    return result


def _layout(table: dict[str, Any]) -> Layout:
    letterhead, closing, grid = table["letterhead"], table["closing"], table["table"]
    return Layout(
        name=table["name"],
        regime=Regime(table["regime"]),
        valid_from=table["valid_from"],
        valid_until=table.get("valid_until"),
        source=table["source"],
        font=table["font"],
        language=table["language"],
        page=Page(**_ranged(table["page"])),
        metrics=Metrics(**table["metrics"]),
        letterhead=_letterhead(letterhead),
        title=Title(**table["title"]),
        bases=Bases(**table["bases"]),
        addressees=Addressees(**table["addressees"]),
        distribution=Distribution(**table["distribution"]),
        closing=Closing(**{**closing, "keep_lower": tuple(closing["keep_lower"])}),
        contact=Contact(**table["contact"]),
        table=TableForm(**{**grid, "centred_columns": tuple(grid["centred_columns"])}),
        annex=AnnexForm(**table["annex"]),
        centred_headings=tuple(table["headings"]["centred"]),
        end_mark=table["body"]["end"],
        styles={name: TextStyle(**_ranged(style)) for name, style in table["styles"].items()},
    )


def _letterhead(table: dict[str, Any]) -> Letterhead:
    banner = tuple(Banner(**line) for line in table["banner"])
    return Letterhead(**{**table, "banner": banner, "last_page_marks": tuple(table.get("last_page_marks", ()))})


def _ranged(values: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if key.endswith("_range") else value for key, value in values.items()}
