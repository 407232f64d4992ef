"""The history can prove that it was not altered, and names the first line that was."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from motbuoc.foundation.core import request_id
from motbuoc.foundation.history.models import HistoryHead, HistoryLine, HistoryPersonal, HistorySeal
from motbuoc.foundation.history.proving import Finding, newest_seal, proof_of, seal_kept_as, verify
from motbuoc.foundation.history.sealing import LineMissing, seal_lines
from motbuoc.foundation.history.selectors import history_of, length_of_history
from motbuoc.foundation.history.services import Act, erase_personal, record, retain
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from tests.factories import LONG_AGO, Cast
from tests.foundation.tampering import without_triggers


@pytest.fixture
def seven_lines(cast: Cast, settings) -> list[HistoryLine]:
    """Two seals of three lines, and a line that waits for its seal; each line with personal values."""
    settings.HISTORY_SEAL_LINES = 3
    for number in range(6):
        write(cast, number)
    seal_lines()
    write(cast, 6)
    return list(HistoryLine.objects.order_by("pk"))


def write(cast: Cast, number: int) -> None:
    values = {"verb": ["", "tổ chức"], "n": 1.5}
    record(cast.officer, Act("correct_duty", "duty", number, cast.bloc.pk, values, {"born_on": "1970-01-01"}))


def test_a_whole_history_verifies(seven_lines: list[HistoryLine]) -> None:
    assert [line.pk for line in seven_lines] == [1, 2, 3, 4, 5, 6, 7]
    assert list(HistorySeal.objects.order_by("number").values_list("first_line", "last_line")) == [(1, 3), (4, 6)]
    assert verify() == (7, None)
    assert length_of_history() == 7


def test_sealing_again_seals_only_what_is_new(seven_lines: list[HistoryLine]) -> None:
    assert seal_lines() == 1
    assert seal_lines() == 0
    assert HistorySeal.objects.get(number=3).count == 1
    assert verify() == (7, None)


def test_a_line_needs_the_transaction_of_its_write(cast: Cast) -> None:
    connection.in_atomic_block = False
    try:
        with pytest.raises(transaction.TransactionManagementError):
            write(cast, 0)
    finally:
        connection.in_atomic_block = True


@pytest.mark.parametrize("table", [HistoryLine, HistorySeal])
def test_the_database_refuses_to_change_or_remove(seven_lines: list[HistoryLine], table: type) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        table.objects.filter(pk=2).update(digest="0" * 64)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        table.objects.filter(pk=2)._raw_delete(using="default")
    name = table._meta.db_table
    key = table._meta.pk.column
    emptying = {
        "sqlite": f"INSERT OR REPLACE INTO {name} SELECT * FROM {name} WHERE {key} = 2",
        "postgresql": f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {name} CASCADE",
    }[connection.vendor]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(emptying)
    assert verify() == (7, None)


def test_the_database_refuses_to_change_personal_values(seven_lines: list[HistoryLine]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        HistoryPersonal.objects.filter(line=2).update(values={})
    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT OR REPLACE INTO motbuoc_historypersonal VALUES (2, 'aa', '{}')")


@pytest.mark.parametrize(
    "change",
    [
        {"action": "drop_duty"},
        {"object_id": 99},
        {"values": {"verb": ["", "chỉ đạo"], "n": 1.5}},
        {"request": "abc"},
        {"digest": "0" * 64},
        {"personal_digest": ""},
    ],
)
@pytest.mark.parametrize("number", [2, 7])
def test_an_altered_line_is_named(seven_lines: list[HistoryLine], change: dict, number: int) -> None:
    without_triggers()
    HistoryLine.objects.filter(pk=number).update(**change)
    assert verify() == (number - 1, Finding("altered", number))


def test_a_sealed_line_is_named_even_if_its_digest_was_made_anew(seven_lines: list[HistoryLine]) -> None:
    without_triggers()
    HistoryLine.objects.filter(pk=5).update(digest=HistoryLine.objects.get(pk=4).digest)
    assert verify() == (4, Finding("altered", 5))


def test_a_removed_line_is_named(seven_lines: list[HistoryLine]) -> None:
    without_triggers()
    HistoryPersonal.objects.filter(line=2).delete()
    HistoryLine.objects.filter(pk=2)._raw_delete(using="default")
    assert verify() == (1, Finding("removed", 2))


def test_lines_cut_off_the_end_are_noticed(seven_lines: list[HistoryLine]) -> None:
    without_triggers()
    HistoryPersonal.objects.filter(line=7).delete()
    HistoryLine.objects.filter(pk=7)._raw_delete(using="default")
    assert verify() == (6, Finding("cut_off", 7))
    with pytest.raises(LineMissing, match="7"):
        seal_lines()


@pytest.mark.parametrize("number", [0, 8])
def test_a_line_slipped_in_is_named(seven_lines: list[HistoryLine], number: int) -> None:
    line = HistoryLine.objects.get(pk=7)
    line.pk, line.personal_digest = number, ""
    line.save(force_insert=True)
    assert verify().finding == Finding("slipped_in", number)


@pytest.mark.parametrize(
    "change",
    [
        {"count": F("count") + 1},
        {"root": "0" * 64},
        {"digest": "0" * 64},
        {"last_line": 20},
        {"leaves": b"0" * 96},
    ],
)
def test_an_altered_seal_is_noticed(seven_lines: list[HistoryLine], change: dict) -> None:
    without_triggers()
    HistorySeal.objects.filter(number=2).update(**change)
    assert verify() == (3, Finding("seal_altered", 4, 2))


@pytest.mark.parametrize("number", [1, 2])
def test_a_removed_seal_is_noticed(seven_lines: list[HistoryLine], number: int) -> None:
    without_triggers()
    HistorySeal.objects.filter(number=number).delete()
    finding = verify().finding
    assert finding
    assert (finding.kind, finding.seal) == ("seal_removed", number)


@pytest.mark.parametrize("change", [{"values": {"born_on": "1971-01-01"}}, {"salt": "00"}, {"salt": "no"}])
def test_altered_personal_values_are_noticed(seven_lines: list[HistoryLine], change: dict) -> None:
    without_triggers()
    HistoryPersonal.objects.filter(line=3).update(**change)
    assert verify() == (2, Finding("personal_altered", 3))


def test_personal_values_that_vanish_without_a_word_are_noticed(seven_lines: list[HistoryLine]) -> None:
    HistoryPersonal.objects.filter(line=3).delete()
    assert verify().finding == Finding("personal_removed")


def test_a_lost_head_is_noticed(seven_lines: list[HistoryLine]) -> None:
    HistoryHead.objects.all().delete()
    assert verify().finding == Finding("slipped_in", 1)


class TestErasure:
    def test_of_a_person_leaves_a_line_and_a_whole_history(self, cast: Cast) -> None:
        member = cast.member
        personal = {"born_on": ["", "1970-01-01"]}
        record(cast.officer, Act("correct_person", "person", member.pk, cast.unit_a.pk, {}, personal))
        record(cast.officer, Act("correct_person", "person", cast.stranger.pk, cast.unit_a.pk, {}, personal))
        record(cast.officer, Act("add_position", "position", 5, cast.unit_a.pk, {}, {"note": "x"}))
        seal_lines()
        erased = erase_personal(
            actor=cast.officer, person=member, unit_id=cast.unit_a.pk, objects=[("position", 5)]
        )
        assert erased == 2
        assert verify() == (4, None)
        mine, told = history_of(cast.inspector, "person", member.pk)
        assert mine.is_erased
        assert mine.personal_values == {}
        assert (told.action, told.values) == ("erase_personal", {"erased": 2})
        (other,) = history_of(cast.inspector, "person", cast.stranger.pk)
        assert not other.is_erased
        assert other.personal_values == personal

    def test_by_age_and_kind(self, cast: Cast, time_machine) -> None:
        time_machine.move_to("2026-01-10T02:00:00Z", tick=False)
        for kind in ("person", "duty"):
            record(cast.officer, Act("correct", kind, 1, cast.unit_a.pk, {}, {"a": 1}))
        time_machine.move_to("2026-02-10T02:00:00Z", tick=False)
        record(cast.officer, Act("correct", "person", 2, cast.unit_a.pk, {}, {"a": 1}))
        assert retain(actor=cast.officer, days={"person": 40}) == 0
        assert retain(actor=cast.officer, days={"person": 30, "account": 1}) == 1
        line = HistoryLine.objects.latest("pk")
        assert (line.action, line.unit_id) == ("retain_personal", cast.province.pk)
        assert line.values == {"erased": 1, "by_type": {"person": 1}}
        assert list(HistoryPersonal.objects.values_list("line_id", flat=True)) == [2, 3]
        assert verify() == (4, None)


class TestWhatALineSays:
    def test_sensitive_values_are_masked_everywhere(self, cast: Cast) -> None:
        values = {
            "password": ["alt", "neu"],
            "code": "123456",
            "more": {"recovery_codes": ["a", "b", "c"], "api_key": "k", "name": "Bình"},
            "secret": None,
        }
        record(cast.officer, Act("set_password", "account", 1, cast.bloc.pk, values, {"new_token": "t"}))
        line = HistoryLine.objects.select_related("personal").get()
        assert line.values == {
            "password": ["***", "***"],
            "code": "***",
            "more": {"recovery_codes": "***", "api_key": "***", "name": "Bình"},
            "secret": None,
        }
        assert line.personal_values == {"new_token": "***"}
        assert verify() == (1, None)

    def test_the_number_of_a_document_is_no_secret(self, cast: Cast) -> None:
        record(cast.officer, Act("import_document", "document", 1, cast.bloc.pk, {"code": "12-CV/ĐUK"}))
        assert HistoryLine.objects.get().values == {"code": "12-CV/ĐUK"}

    def test_values_that_databases_give_back_otherwise_still_verify(self, cast: Cast) -> None:
        odd = {"a": 1e16, "b": -0.0, "c": 1e-7, "d": "zero\x00", 5: (1, 2.0), "e": 1.5e300}
        record(cast.officer, Act("correct_duty", "duty", 1, cast.bloc.pk, odd))
        assert verify() == (1, None)

    def test_the_request_it_was_written_in(self, cast: Cast) -> None:
        with request_id.serving() as number:
            write(cast, 1)
        write(cast, 2)
        assert list(HistoryLine.objects.order_by("pk").values_list("request", flat=True)) == [number, ""]

    def test_the_position_nearest_above_the_unit(self, cast: Cast) -> None:
        def hold(unit, until=None):
            return Position.objects.create(
                person=cast.officer, unit=unit, title=PositionTitle.OFFICER, valid_from=LONG_AGO, valid_until=until
            ).pk

        def acted_in(unit) -> int | None:
            record(Person.objects.get(pk=cast.officer.pk), Act("x", "unit", 1, unit.pk))
            return HistoryLine.objects.latest("pk").position_id

        assert acted_in(cast.unit_a) is None
        past = hold(cast.unit_a, until=LONG_AGO.replace(year=2021))
        in_b, in_bloc = hold(cast.unit_b), hold(cast.bloc)
        assert acted_in(cast.unit_a) == in_bloc
        assert acted_in(cast.unit_b) == in_b
        assert acted_in(cast.province) == in_b  # none stands above: the first
        assert past not in (in_b, in_bloc)


class TestProof:
    def test_every_sealed_line_has_one(self, seven_lines: list[HistoryLine]) -> None:
        for number in range(1, 7):
            proof = proof_of(number)
            assert proof
            assert proof.holds()
        assert proof_of(7) is None
        assert proof_of(70) is None

    def test_an_altered_line_has_none(self, seven_lines: list[HistoryLine]) -> None:
        without_triggers()
        HistoryLine.objects.filter(pk=5).update(action="drop_duty")
        proof = proof_of(5)
        assert proof
        assert not proof.holds()

    def test_a_kept_root_stays_in_the_chain(self, seven_lines: list[HistoryLine]) -> None:
        kept = newest_seal()
        assert kept
        seal_lines()
        printed = " ".join(kept.digest[i : i + 8].upper() for i in range(0, 64, 8))
        assert seal_kept_as(printed) == kept
        assert seal_kept_as("0" * 64) is None


def test_the_history_of_an_object_is_shown_to_those_in_reach(seven_lines: list[HistoryLine], cast: Cast) -> None:
    assert [line.object_id for line in history_of(cast.inspector, "duty", 1)] == [1]
    assert not history_of(cast.secretary, "duty", 1).exists()
    assert not history_of(cast.stranger, "duty", 1).exists()
