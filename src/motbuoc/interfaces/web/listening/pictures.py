"""Pictures of the issue board, drawn in grey and read by words too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motbuoc.domains.listening.models import Opinion

BAR, GAP, HIGH = 9, 3, 36  # of a week's bar: width, distance, greatest height
PERCENT, THICK = 2, 14  # of the strip of shares: of one percent, and its height
ORDER = ("upset", "worried", "neutral", "agree")


def course_picture(course: Sequence[tuple[date, int]]) -> SafeString | str:
    """The weeks of a theme as bars, the oldest first; empty where nothing is shown."""
    if not course:
        return ""
    top = max(count for _week, count in course) or 1
    words = ", ".join(f"{date_format(week, 'd/m')}: {count}" for week, count in course)
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}"/>',
        (
            (at * (BAR + GAP), HIGH - height + 1, BAR, height)
            for at, (_week, count) in enumerate(course)
            for height in [max(1, round(count / top * HIGH))]
        ),
    )
    wide = len(course) * (BAR + GAP) - GAP
    label = _("By week: %(words)s") % {"words": words}
    picture = '<svg class="weeks" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>'
    return format_html(picture, wide, HIGH + 2, wide, HIGH + 2, label, bars)


def shares_picture(shares: Mapping[str, int]) -> SafeString | str:
    """The shares of the tendencies as one strip, from upset to agree; empty where none is shown."""
    if not shares:
        return ""
    names, parts, left = dict(Opinion.Tendency.choices), [], 0
    for name in ORDER:
        if wide := shares.get(name, 0) * PERCENT:
            parts.append((name, left, wide, THICK))
            left += wide
    rects = format_html_join("", '<rect class="share-{}" x="{}" y="0" width="{}" height="{}"/>', parts)
    words = ", ".join(f"{names[name]} {shares[name]} %" for name in ORDER if shares.get(name))
    picture = '<svg class="shares" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>'
    return format_html(picture, left, THICK, left, THICK, words, rects)
