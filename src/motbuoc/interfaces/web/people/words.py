"""Terms, accounts and reasons in plain words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.policy import Through
from motbuoc.foundation.administration.people_found import AccountState, Card
from motbuoc.foundation.administration.selectors import Reason
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import StandIn
from motbuoc.interfaces.web.templatetags.signs import Sign, badge

ACCOUNTS = {
    AccountState.NONE: Sign("untouched", "is-open", gettext_lazy("No account")),
    AccountState.INVITED: Sign("hourglass", "is-waiting", gettext_lazy("Invited")),
    AccountState.ACTIVE: Sign("done", "is-done", gettext_lazy("Can sign in")),
    AccountState.CLOSED: Sign("cross", "is-returned", gettext_lazy("Closed")),
}


def account_badge(card: Card) -> SafeString:
    """How far somebody is with signing in: drawing and word."""
    return badge(ACCOUNTS[card.account])


def day(on: date) -> str:
    """A day as everywhere on the screen."""
    return date_format(on, "SHORT_DATE_FORMAT")


def span(row: Any) -> str:
    """From when to when a dated row holds, its last day counted in."""
    if row.valid_until is None:
        return _("since %(day)s") % {"day": day(row.valid_from)}
    return _("%(first)s to %(last)s") % {"first": day(row.valid_from), "last": last_day(row)}


def last_day(row: Any) -> str:
    """The last day on which a row with an end holds."""
    return day(row.valid_until - clock.ONE_DAY)


def why(reason: Reason) -> str:
    """Through what somebody holds a role, in a sentence's end."""
    source, named = reason.source, {"role": reason.role.label, "unit": reason.unit_name}
    if reason.through == Through.STAND_IN and isinstance(source, StandIn):
        named |= {"holder": source.position.person.full_name, "last": last_day(source)}
        return _("standing in for %(holder)s at %(unit)s until %(last)s") % named
    if reason.through == Through.VACANCY or not isinstance(source, Grant):
        return _("next in line at %(unit)s, where nobody was given the work") % named
    named |= {"term": span(source), "giver": source.given_by.full_name if source.given_by else ""}
    if source.given_by:
        return _("through the role “%(role)s” at %(unit)s, given by %(giver)s, %(term)s") % named
    return _("through the role “%(role)s” at %(unit)s, %(term)s") % named
