"""Codes that let people in; accounts closed and opened; names changed and erased."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
import time_machine

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.administration.accounts import close_account, erase_person, rename_person, reopen_account
from motbuoc.foundation.administration.codes import LETTERS, digest_of, new_code
from motbuoc.foundation.administration.founding import found_installation
from motbuoc.foundation.administration.invitations import (
    DAYS,
    accept_invitation,
    invitation_behind,
    invite_person,
    withdraw_invitation,
)
from motbuoc.foundation.administration.people_found import cards_of, people_for, people_left
from motbuoc.foundation.administration.services import Term, add_person
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine, HistoryPersonal
from motbuoc.foundation.history.services import verify
from motbuoc.foundation.people.models import Account, Invitation, Person, Position, PositionTitle
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import LONG_AGO, Cast, make_person

PASSWORD = "tre-xanh-ven-song"


@pytest.fixture
def newcomer(cast: Cast) -> Person:
    return add_person(
        actor=cast.administrator,
        unit=cast.unit_b,
        full_name="Hà Thử Mới",
        title=PositionTitle.MEMBER,
        term=Term(LONG_AGO),
    ).person


def test_a_code_is_made_of_letters_nobody_mistakes() -> None:
    codes = {new_code() for _time in range(200)}
    assert len(codes) == 200
    assert all(set(code) <= {*LETTERS, "-"} and [*map(len, code.split("-"))] == [4, 4, 4] for code in codes)
    assert digest_of("ktxm p4qc-93gh") == digest_of("KTXM-P4QC-93GH") != digest_of("KTXM-P4QC-93GJ")


def test_who_is_invited_chooses_name_and_password_once(cast: Cast, newcomer: Person) -> None:
    code = invite_person(actor=cast.administrator, person=newcomer).code
    assert invitation_behind(code.lower().replace("-", " ")).person == newcomer
    account = accept_invitation(code=code, username=" Ha.Moi ", password=PASSWORD)
    assert (account.username, account.person, account.check_password(PASSWORD)) == ("ha.moi", newcomer, True)
    with pytest.raises(Refusal):
        accept_invitation(code=code, username="khac", password=PASSWORD)
    assert HistoryLine.objects.latest("pk").actor == newcomer


def test_the_code_is_kept_nowhere(cast: Cast, newcomer: Person, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        invited = invite_person(actor=cast.administrator, person=newcomer)
    plain = invited.code.replace("-", "")
    kept = f"{Invitation.objects.values()} {HistoryLine.objects.values()} {caplog.text}".replace("-", "")
    assert plain not in kept
    assert plain not in repr(invited.invitation.__dict__).replace("-", "")


def test_every_code_that_opens_nothing_gets_the_same_answer(cast: Cast, newcomer: Person) -> None:
    first = invite_person(actor=cast.administrator, person=newcomer).code
    second = invite_person(actor=cast.administrator, person=newcomer).code
    withdraw_invitation(actor=cast.administrator, person=newcomer)
    third = invite_person(actor=cast.administrator, person=newcomer).code
    said = set()
    for code in (first, second, "CCCC-CCCC-CCCC", "", "đ" * 500):
        with pytest.raises(Refusal) as refusal:
            accept_invitation(code=code, username="ha.moi", password=PASSWORD)
        said.add(str(refusal.value.message))
    with time_machine.travel(clock.now() + timedelta(days=DAYS, seconds=1)), pytest.raises(Refusal) as refusal:
        accept_invitation(code=third, username="ha.moi", password=PASSWORD)
    assert {*said, str(refusal.value.message)} == {*said}
    assert len(said) == 1
    assert not Account.objects.filter(person=newcomer).exists()


@pytest.mark.parametrize(("username", "password"), [("bithu", PASSWORD), ("đào", PASSWORD), ("a", PASSWORD), ("ha.moi", "1234567890"), ("ha.moi", "ngan")])  # fmt: skip  # noqa: E501
def test_a_bad_name_or_password_does_not_use_the_code_up(
    cast: Cast, newcomer: Person, username: str, password: str
) -> None:
    code = invite_person(actor=cast.administrator, person=newcomer).code
    with pytest.raises(Refusal):
        accept_invitation(code=code, username=username, password=password)
    assert accept_invitation(code=code, username="ha.moi", password=PASSWORD).person == newcomer


def test_nobody_lets_in_whom_they_do_not_look_after_whole(cast: Cast, newcomer: Person) -> None:
    below = make_person("Kim Thử Dưới", "duoi", Role.ADMINISTRATOR, cast.unit_b)
    for actor in (cast.officer, cast.secretary_b, cast.inspector, cast.stranger):
        with pytest.raises(NotAllowed):
            invite_person(actor=actor, person=newcomer)
    invite_person(actor=below, person=newcomer)
    Grant.objects.create(person=newcomer, role=Role.DEPARTMENT_OFFICER, unit=cast.bloc, valid_from=LONG_AGO)
    for deed in (
        lambda: invite_person(actor=below, person=newcomer),
        lambda: withdraw_invitation(actor=below, person=newcomer),
        lambda: close_account(actor=below, person=newcomer),
        lambda: rename_person(actor=below, person=newcomer, full_name="Khác"),
        lambda: erase_person(actor=below, person=newcomer, reason="Thử"),
        lambda: invite_person(actor=below, person=cast.administrator),
        lambda: invite_person(actor=below, person=cast.stranger),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_a_closed_account_ends_its_sessions_for_good(cast: Cast, client) -> None:
    client.force_login(cast.member.account)
    assert client.get("/").status_code == 200
    close_account(actor=cast.administrator, person=cast.member)
    assert client.get("/").status_code == 302
    with pytest.raises(Refusal):
        invite_person(actor=cast.administrator, person=cast.member)
    reopen_account(actor=cast.administrator, person=cast.member)
    assert client.get("/").status_code == 302  # not even the old session
    member = Person.objects.get(pk=cast.member.pk)
    code = invite_person(actor=cast.administrator, person=member).code
    account = accept_invitation(code=code, username="", password=PASSWORD)
    assert (account.username, account.check_password(PASSWORD)) == ("dangvien", True)
    with pytest.raises(Refusal):
        close_account(actor=cast.administrator, person=cast.administrator)


def test_erasing_takes_the_name_and_keeps_what_was_done(cast: Cast) -> None:
    secretary = cast.secretary
    with pytest.raises(Refusal):
        erase_person(actor=cast.administrator, person=secretary, reason="Đã chuyển đi")
    invite_person(actor=cast.administrator, person=secretary, email="thu@mau.example")
    yesterday = clock.today() - clock.ONE_DAY
    for kind in (Position, Grant):
        kind.objects.filter(person=secretary).update(valid_until=yesterday)
    assert secretary in people_left(cast.administrator, clock.today())
    with pytest.raises(Refusal):
        erase_person(actor=cast.administrator, person=secretary, reason=" ")
    rename_person(actor=cast.administrator, person=secretary, full_name="Phạm Thử Thư Hai")
    assert "Phạm" in str(list(HistoryPersonal.objects.values()))
    erase_person(actor=cast.administrator, person=secretary, reason="Đã chuyển đi")
    assert "Phạm" not in str([*HistoryPersonal.objects.values(), *HistoryLine.objects.values()])
    erased = Person.objects.get(pk=secretary.pk)
    assert "Phạm" not in erased.full_name
    assert "pham" not in erased.folded_name
    assert erased.erased_at
    assert not Account.objects.filter(username="bithu").exists()
    assert not Invitation.objects.exclude(email="").exists()
    assert Position.objects.filter(person=erased).exists()
    assert verify()[1] is None
    with pytest.raises(Refusal):
        rename_person(actor=cast.administrator, person=erased, full_name="Phạm Thử Thư")


def test_people_are_found_by_name_with_or_without_marks(cast: Cast, newcomer: Person) -> None:
    admin, today = cast.administrator, clock.today()
    found = people_for(admin, today)
    assert newcomer in found
    assert cast.stranger not in found
    assert list(people_for(admin, today, "ha mo")) == [newcomer] == list(people_for(admin, today, "HÀ MỚI"))
    assert not people_for(cast.secretary, clock.today()).exists()


def test_a_card_tells_how_far_somebody_is_with_signing_in(cast: Cast, newcomer: Person) -> None:
    def state() -> str:
        return cards_of([newcomer], clock.today())[0].account

    assert state() == "none"
    code = invite_person(actor=cast.administrator, person=newcomer).code
    assert state() == "invited"
    accept_invitation(code=code, username="ha.moi", password=PASSWORD)
    assert state() == "active"
    close_account(actor=cast.administrator, person=newcomer)
    assert state() == "closed"


def test_an_installation_is_founded_once(db: None) -> None:
    how = {"short_name": "TU", "code": "TU", "kind": UnitKind.PARTY_ORG_PROVINCE}
    invited = found_installation(name="Đảng bộ tỉnh Mẫu", administrator="Tạ Thử Trị", **how)
    account = accept_invitation(code=invited.code, username="quan.tri", password=PASSWORD)
    assert Grant.objects.get().person == account.person
    with pytest.raises(Refusal):
        found_installation(name="Khác", administrator="Khác", **how)
