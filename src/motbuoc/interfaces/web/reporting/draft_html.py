"""A draft's paragraphs as HTML, without templates: there are hundreds of runs on a page, each a link or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motbuoc.domains.reporting.drafted import DraftSection, Paragraph, Part
from motbuoc.domains.reporting.drafts import Shown, ShownSection
from motbuoc.domains.reporting.fields import Run
from motbuoc.domains.reporting.worded import Wording
from motbuoc.interfaces.papers.report_chart import chart_svg


@dataclass(frozen=True)
class Written:
    """A paragraph with its HTML."""

    shown: Shown
    html: SafeString

    @property
    def paragraph(self) -> Paragraph:
        """The row."""
        return self.shown.paragraph

    @property
    def is_news(self) -> bool:
        """Whether the records changed under a person's words."""
        return self.shown.is_news

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing of it to print."""
        return self.shown.is_blank

    @property
    def made_text(self) -> str:
        """What the records say."""
        return self.shown.made_text


@dataclass(frozen=True)
class WrittenSection:
    """A section with its paragraphs' HTML."""

    row: DraftSection
    paragraphs: list[Written]
    left_out: list[Written]
    may_write: bool = False
    ways: tuple[bool, bool] = (False, False)  # whether it can be moved up, and down
    wording: Wording | None = None


def in_html(
    section: ShownSection, *, may_write: bool, ways: tuple[bool, bool], wording: Wording | None
) -> WrittenSection:
    """A section as the page shows it, to somebody who may write in it or not; and the suggestion that waits."""
    return WrittenSection(
        section.section,
        [Written(one, paragraph_html(one)) for one in section.paragraphs],
        [Written(one, paragraph_html(one)) for one in section.left_out],
        may_write,
        ways,
        wording,
    )


def paragraph_html(one: Shown) -> SafeString:
    """The words, table or chart of a paragraph, each run that rests on something a link to its sources."""
    row = one.paragraph
    sources = reverse("paragraph_sources", args=[row.pk, 0]).removesuffix("0/")
    if row.kind == Part.TABLE:
        return _table(row.made, sources)
    if row.kind == Part.CHART:
        caption = f'<figcaption><a class="thread" href="{sources}0/">{escape(row.made["title"])}</a></figcaption>'
        return mark_safe(f'<figure class="draft-chart">{chart_svg(row.made)}{caption}</figure>')  # noqa: S308 - drawn here
    words = "".join(_run(run, place, sources) for place, run in enumerate(one.runs))
    return mark_safe(f"<p>{words}</p>" if words else "")  # noqa: S308 - escaped in _run


def _run(run: Run, place: int, sources: str) -> str:
    words = escape(run["text"])
    if run.get("is_typed") or run.get("is_unknown"):
        said = _("Typed by hand, without a source") if run.get("is_typed") else _("There is no such figure")
        return f'<mark class="typed" title="{escape(said)}">{words}</mark>'
    if not run["sources"]:
        return str(words)
    kind = "thread is-figure" if run.get("cell") else "thread"
    return f'<a class="{kind}" href="{sources}{place}/">{words}</a>'


def _table(made: dict[str, Any], sources: str) -> SafeString:
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in made["columns"])
    place, rows = 0, []
    for row in made["rows"]:
        cells = []
        for column, cell in enumerate(row):
            words = _run(cell, place, sources)
            cells.append(f'<th scope="row">{words}</th>' if column == 1 else f"<td>{words}</td>")
            place += 1
        rows.append(f"<tr>{''.join(cells)}</tr>")
    title = escape(made["title"])
    return mark_safe(  # noqa: S308 - all words escaped above
        f'<div class="annex-wrap" role="region" aria-label="{title}" tabindex="0"><table class="annex">'
        f"<caption>{title}</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
