"""What is left of a person's ways of being told when their account is closed, and when they are erased."""

import pytest

from motbuoc.foundation.access.models import ApiToken, Grant
from motbuoc.foundation.administration.accounts import close_account, erase_person
from motbuoc.foundation.administration.api_tokens import make_token
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import CalendarAddress, Delivery, Preference, PushSubscription
from motbuoc.foundation.people.models import Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(cast):
    """With everything that can be kept of them."""
    person = cast.secretary
    CalendarAddress.objects.create(person=person, secret_hash="x")
    PushSubscription.objects.create(
        person=person, endpoint="https://push.example/1", p256dh="k", auth="a", device="máy"
    )
    Preference.objects.create(person=person)
    for number, state in enumerate(("sent", "waiting")):
        Delivery.objects.create(
            person=person,
            channel="mail",
            address="thu@mau.example",
            key=f"k{number}",
            state=state,
            made_at=clock.now(),
        )
    make_token(actor=person, name="máy tính ở nhà", scopes=["read"], expires_on=clock.today())
    return person


def test_an_account_that_is_closed_takes_its_ways_with_it(cast, secretary) -> None:
    close_account(actor=cast.administrator, person=secretary)
    assert not CalendarAddress.objects.exists()
    assert not PushSubscription.objects.exists()
    assert ApiToken.objects.get().revoked_at


def test_nothing_says_where_an_erased_person_was_reached(cast, secretary) -> None:
    today = clock.today()
    Position.objects.filter(person=secretary).update(valid_until=today)
    Grant.objects.filter(person=secretary).update(valid_until=today)
    erase_person(actor=cast.administrator, person=secretary, reason="đã chuyển công tác")
    kept = [*Delivery.objects.values(), *ApiToken.objects.values(), *Preference.objects.values()]
    assert "thu@mau.example" not in str(kept)
    assert "máy tính" not in str(kept)
    assert {row.state for row in Delivery.objects.all()} == {"sent", "given_up"}
    assert not PushSubscription.objects.exists()
    assert not Preference.objects.exists()
