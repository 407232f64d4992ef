"""The history can prove that it was not altered."""

import pytest
from django.db import DatabaseError, connection, transaction

from motbuoc.foundation.history.models import HistoryHead, HistoryLine
from motbuoc.foundation.history.selectors import history_of
from motbuoc.foundation.history.services import Act, record, verify
from tests.factories import Cast

TRIGGERS_OFF = {
    "sqlite": "DROP TRIGGER history_no_update; DROP TRIGGER history_no_delete",
    "postgresql": "DROP TRIGGER history_append_only ON motbuoc_historyline",
}


@pytest.fixture
def three_lines(cast: Cast) -> list[HistoryLine]:
    for number in range(3):
        record(
            cast.officer, Act("correct_duty", "duty", number, cast.bloc.pk, {"verb": ["", "tổ chức"], "n": 1.5})
        )
    return list(HistoryLine.objects.order_by("pk"))


def without_triggers() -> None:
    """As somebody with the database's own password could."""
    for statement in TRIGGERS_OFF[connection.vendor].split(";"):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_whole_history_verifies(three_lines: list[HistoryLine]) -> None:
    assert verify() == (3, None)


def test_the_database_refuses_to_change_or_remove_a_line(three_lines: list[HistoryLine]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        HistoryLine.objects.filter(pk=three_lines[1].pk).update(action="drop_duty")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        HistoryLine.objects.filter(pk=three_lines[1].pk).delete()
    assert verify() == (3, None)


@pytest.mark.parametrize(
    "change",
    [
        {"action": "drop_duty"},
        {"object_id": 99},
        {"values": {"verb": ["", "chỉ đạo"], "n": 1.5}},
    ],
)
def test_an_altered_line_is_named(three_lines: list[HistoryLine], change: dict) -> None:
    without_triggers()
    HistoryLine.objects.filter(pk=three_lines[1].pk).update(**change)
    assert verify() == (1, three_lines[1].pk)


def test_a_removed_line_is_noticed(three_lines: list[HistoryLine]) -> None:
    without_triggers()
    HistoryLine.objects.filter(pk=three_lines[1].pk).delete()
    assert verify() == (1, three_lines[2].pk)


def test_lines_cut_off_the_end_are_noticed(three_lines: list[HistoryLine]) -> None:
    without_triggers()
    HistoryLine.objects.filter(pk=three_lines[2].pk).delete()
    assert verify() == (2, 0)
    assert HistoryHead.objects.get().count == 3
    HistoryHead.objects.all().delete()  # the count of lines went with them
    assert verify() == (2, 0)


def test_the_history_of_an_object_is_shown_to_those_in_reach(three_lines: list[HistoryLine], cast: Cast) -> None:
    assert [line.object_id for line in history_of(cast.inspector, "duty", 1)] == [1]
    assert not history_of(cast.secretary, "duty", 1).exists()
    assert not history_of(cast.stranger, "duty", 1).exists()
