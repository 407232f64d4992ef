"""The template components. All are shown, with the markup that makes them, on the gallery page.

Those that stand once on a page are templates in `components/`; those that stand in every row of a table are built
here without a template, because an include costs three times a plain line.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template.loader import get_template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motbuoc.foundation.history.models import HistoryLine
from motbuoc.interfaces.papers.acts import changes_in, words_of
from motbuoc.interfaces.web.templatetags import signs

register = template.Library()

LEVELS = {"error": "bad", "success": "good", "debug": "info"}
"""The kind of notice for the levels of Django's messages that are called otherwise."""


def _component(name: str, **values: Any) -> SafeString:
    return SafeString(get_template(f"components/{name}.html").render(values))


def trimmed(content: SafeString) -> SafeString:
    """What stands between two tags, without the white space around it; empty when there is nothing else."""
    return SafeString(content.strip())


def _number(value: Any) -> str:
    return number_format(value, force_grouping=True) if isinstance(value, int | float) else str(value)


# Blocks that stand around other markup.


@register.simple_block_tag
def page_head(content: SafeString, title: str, subtitle: str = "", *, classification: str = "") -> SafeString:
    """The page's heading, with the class of what it shows; between the tags, what can be done here."""
    badge = signs.class_badge(classification) if classification else ""
    return _component("page_head", title=title, subtitle=subtitle, badge=badge, actions=trimmed(content))


@register.simple_block_tag
def panel(
    content: SafeString, title: str = "", *, note: str = "", id: str = "", level: int = 2, flush: bool = False
) -> SafeString:
    """A titled part of a page. `flush`: its content reaches the edge, as a table does. `level`: of the heading."""
    return _component("panel", content=content, title=title, note=note, id=id, level=level, flush=flush)


@register.simple_block_tag
def data_table(
    content: SafeString, caption: str, *, cards: bool = True, dense: bool = False, css: str = ""
) -> SafeString:
    """A table around thead and tbody.

    On a phone each row becomes a card, with each cell's `data-label` before it; with `cards=False` the table stays
    a table and scrolls.
    """
    return _component("data_table", content=content, caption=caption, cards=cards, dense=dense, css=css)


@register.simple_block_tag
def filters(content: SafeString, label: str = "", *, results: str = "results") -> SafeString:
    """A form that narrows a list by address; `results` is the id of the element that holds the list."""
    return _component("filters", content=content, label=label or _("Filter the list"), results=results)


@register.simple_block_tag
def tabs(content: SafeString, label: str) -> SafeString:
    """Side by side views of one list; holds `tab`s."""
    return format_html('<nav class="tabs" aria-label="{}"><ul>{}</ul></nav>', label, content)


@register.simple_block_tag
def figures(content: SafeString, label: str = "") -> SafeString:
    """A line of big numbers; holds `figure`s."""
    return format_html('<ul class="figures" aria-label="{}">{}</ul>', label or _("In figures"), content)


@register.simple_block_tag
def timeline(content: SafeString, label: str) -> SafeString:
    """What happened, in order; holds `timeline_entry`s."""
    return format_html('<ol class="timeline" aria-label="{}">{}</ol>', label, content)


@register.simple_block_tag
def timeline_entry(
    content: SafeString, title: str, *, at: Any = None, who: str = "", sign: str = "dot"
) -> SafeString:
    """One thing that happened: what, when, by whom; between the tags, in what words."""
    return _component("timeline_entry", content=trimmed(content), title=title, at=at, who=who, sign=sign)


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    """A sentence that must be seen. `kind`: info, good, warning, bad, or the level of one of Django's messages."""
    return _component("notice", content=content, kind=LEVELS.get(kind, kind), title=title)


@register.simple_block_tag
def empty_note(content: SafeString, title: str, sign: str = "inbox") -> SafeString:
    """Says that there is nothing here and, between the tags, what to do next."""
    return _component("empty_note", content=trimmed(content), title=title, sign=sign)


@register.simple_block_tag
def dialog(content: SafeString, opener: str, title: str = "", *, kind: str = "quiet", id: str = "") -> SafeString:
    """A question in a window of its own, opened by a button; without JavaScript it unfolds in place.

    It stands open where something in it is to be mended.
    """
    wrong = "is-invalid" in content or "notice-bad" in content
    return _component(
        "dialog", content=content, opener=opener, title=title or opener, kind=kind, id=id, wrong=wrong
    )


# Single parts.


@register.simple_tag
def history(lines: Iterable[HistoryLine], *, folded: bool = False) -> SafeString:
    """What was done to an object, in order, from its lines of history; nothing at all where there are none.

    What was done for a reason is told with what it changed.
    """
    told = [
        (line, words_of(line.action), changes_in(line.values) if "reason" in line.values else []) for line in lines
    ]
    return _component("history", lines=told, folded=folded)


@register.simple_tag
def crumbs(*pairs: str) -> SafeString:
    """The way to this page: label, address, label, address …, and perhaps a last label for the page itself.

    An address is a path, or a URL name without arguments.
    """
    steps = [(label, _address(url)) for label, url in zip(pairs[::2], pairs[1::2], strict=False)]
    last = pairs[-1] if len(pairs) % 2 else ""
    return _component("crumbs", steps=steps, last=last)


def _address(url: str) -> str:
    return url if url.startswith("/") else reverse(url)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside a word."""
    return signs.drawing(name)


@register.simple_tag
def button(
    label: str, url: str = "", kind: str = "quiet", sign: str = "", name: str = "", value: str = ""
) -> SafeString:
    """A link that looks like a button when it has a `url`, otherwise the form's submit button.

    `kind`: primary (one a page), quiet, danger or link.
    """
    face = format_html("{}{}", signs.drawing(sign) if sign else "", label)
    if url:
        return format_html('<a class="btn btn-{}" href="{}">{}</a>', kind, url, face)
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button type="submit" class="btn btn-{}"{}>{}</button>', kind, named, face)


@register.simple_tag(takes_context=True)
def post_button(
    context: template.Context, label: str, url: str, kind: str = "quiet", sign: str = "", **values: Any
) -> SafeString:
    """A button that does something at once: a small form that posts `values` to `url`."""
    hidden = {"csrfmiddlewaretoken": context.get("csrf_token", ""), **values}
    fields = format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden.items())
    press = button(label, kind=kind, sign=sign)
    return format_html('<form class="post-button" method="post" action="{}">{}{}</form>', url, fields, press)


@register.simple_tag
def status(state: str, more: str = "") -> SafeString:
    """The state of a document, an assignment or a report: drawing and word."""
    return signs.badge(signs.STATES[state], more)


@register.simple_tag
def lateness(value: int, more: str = "") -> SafeString | str:
    """How late: drawing and word; nothing at all when on time. `more` may say by how many days."""
    sign = signs.LATENESS.get(value)
    return signs.badge(sign, f" {more}" if more else "") if sign else ""


@register.simple_tag
def class_badge(*classes: str) -> SafeString:
    """How widely something may be known: drawing and word of the narrowest class; nothing when normal."""
    return signs.class_badge(*classes)


@register.simple_tag
def validity_badge(validity: str) -> SafeString:
    """Whether a document holds: drawing and word; nothing when it is in force."""
    return signs.validity_badge(validity)


@register.simple_tag
def tab(
    label: str, url: str, *, current: bool = False, count: int | None = None, more: bool = False
) -> SafeString:
    """One of several `tabs`; `more`: there are more than `count`, which nobody counted."""
    here = SafeString(' aria-current="page"') if current else ""
    number = (
        ""
        if count is None
        else format_html(' <span class="count">{}{}</span>', _number(count), "+" if more else "")
    )
    return format_html('<li><a href="{}"{}>{}{}</a></li>', url, here, label, number)


@register.simple_tag
def figure(
    value: Any, label: str, *, note: str = "", url: str = "", kind: str = "", sign: str = "", unit: str = ""
) -> SafeString:
    """A big number and what it counts. `kind`: a colour class such as is-overdue, given together with `sign`."""
    words = format_html(
        '<span class="figure-value">{}{}{}</span><span class="figure-label">{}</span>{}',
        signs.drawing(sign) if sign else "",
        _number(value),
        format_html("<small>{}</small>", unit) if unit else "",
        label,
        format_html('<span class="figure-note">{}</span>', note) if note else "",
    )
    inner = format_html('<a href="{}">{}</a>', url, words) if url else format_html("<div>{}</div>", words)
    return format_html('<li class="figure {}">{}</li>', kind, inner)


@register.simple_tag
def progress(value: int, total: int = 100, label: str = "", *, text: str = "") -> SafeString:
    """How much of `total` is done; the words stand beside the bar (`text`, or whole percent rounded down)."""
    share = value * 100 // total if total else 0
    return format_html(
        '<span class="progress-line"><progress class="bar" value="{}" max="100" aria-label="{}"></progress>'
        '<span class="progress-text">{}</span></span>',
        share,
        label or _("Done"),
        text or f"{share} %",
    )


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form's field with its label, help and error."""
    return bound.as_field_group()


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], results: str = "results") -> dict[str, Any]:
    """The way through a list of several pages; keeps the filters of the address."""
    paginator = page.paginator
    around = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "around": list(around), "dots": paginator.ELLIPSIS, "request": context["request"]}
