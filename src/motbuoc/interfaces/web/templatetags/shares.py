"""Bars of shares: how many of a hundred, with the interval in which the share lies."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

BAR = (
    '<svg class="share-bar" viewBox="0 0 100 12" preserveAspectRatio="none" role="img" aria-label="{}">'
    '<rect class="share-all" width="100" height="12"/><rect class="share-part" width="{}" height="12"/>{}</svg>'
)
ENDS = '<path class="share-ends" d="M{0} 6H{1}M{0} 3V9M{1} 3V9" vector-effect="non-scaling-stroke"/>'


@register.simple_tag
def share_bar(share: float | None, low: float | None = None, high: float | None = None) -> SafeString:
    """A share in percent as a bar, and over it a line from `low` to `high`; nothing where it is hidden."""
    if share is None:
        return SafeString("")
    words = f"{share:.1f} %".replace(".", ",")
    ends = SafeString("")
    if low is not None and high is not None:
        ends = format_html(ENDS, f"{low:.1f}", f"{high:.1f}")
        words += " " + _("(between %(low)s and %(high)s)") % {
            "low": f"{low:.1f}".replace(".", ","),
            "high": f"{high:.1f}".replace(".", ","),
        }
    return format_html(BAR, words, f"{share:.1f}", ends)
