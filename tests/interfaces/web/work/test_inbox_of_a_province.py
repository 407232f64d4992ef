"""The inbox of somebody who sees more units than can be named: numbered pages as far as rows are counted."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from motbuoc.domains.work import listing, wanted
from motbuoc.domains.work.inbox import Mark, Narrowing
from motbuoc.domains.work.listing import listing_for
from motbuoc.domains.work.selectors import inbox_for
from motbuoc.foundation.access import policy
from tests.domains.work.test_listing import many as many


@pytest.fixture
def all_are_wide(monkeypatch):
    """Every unit is more than few, so that small data takes the way of a whole province."""
    monkeypatch.setattr(policy, "WIDE", 0)
    monkeypatch.setattr(policy, "_more_than_few", policy.Prepared(policy._some_below))
    monkeypatch.setattr(wanted, "FEW", 0)
    monkeypatch.setattr(wanted, "_prepared_few", wanted.PreparedCounts(wanted._how_many))


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
def test_the_page_of_somebody_who_sees_a_province(cast, many, as_person, all_are_wide, monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 21)
    monkeypatch.setattr(
        listing, "_prepared_caps", listing.PreparedCounts(listing._counted_parts, spare=listing.DAYS)
    )
    client, expected = as_person(cast.officer), [row.pk for row in inbox_for(cast.officer, "all")]
    assert not listing_for(cast.officer, Narrowing()).is_gathered
    seen, address, leaves = [], "?tab=all", 0
    while address:
        response = client.get(reverse("inbox") + address)
        seen += [
            int(part.split("/")[0])
            for part in response.content.decode().split('class="task-words" href="/viec/')[1:]
        ]
        page, leaves = response.context["page"], leaves + 1
        address = response.context["further"] or (
            f"?tab=all&page={page.next_page_number()}" if page and page.has_next() else ""
        )
    assert seen == expected
    assert leaves == -(-len(expected) // 20)


@pytest.mark.parametrize(
    "word", ["", "99..1", "0.2026-13-40.1", "0.2026-01-01", "x", "1.2026-01-01.9" + "9" * 30, "٣..1"]
)
def test_a_mark_that_means_nothing_begins_the_list(cast, many, as_person, word):
    assert Mark.read(word) is None
    assert as_person(cast.officer).get(reverse("inbox"), {"after": word}).status_code == 200
