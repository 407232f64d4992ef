"""Whatever is changed in any history, it is found, and the first line that was is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motbuoc.foundation.history.models import HistoryLine, HistoryPersonal, HistorySeal
from motbuoc.foundation.history.proving import verify
from motbuoc.foundation.history.sealing import seal_lines
from motbuoc.foundation.history.services import Act, record
from tests.factories import Cast
from tests.foundation.tampering import without_triggers

VALUES = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=6,
    ),
    max_size=3,
)
ACTS = st.lists(
    st.tuples(st.sampled_from(["add", "drop"]), st.integers(0, 9), VALUES, VALUES), min_size=1, max_size=9
)

LINE_CHANGES: dict[str, Any] = {
    "at": lambda line: line.at.replace(year=1999),
    "actor_id": lambda line: (
        HistoryLine._meta.get_field("actor").related_model.objects.exclude(pk=line.actor_id)[0].pk
    ),
    "position_id": lambda line: None,
    "unit_id": lambda line: (
        HistoryLine._meta.get_field("unit").related_model.objects.exclude(pk=line.unit_id)[0].pk
    ),
    "action": lambda line: line.action + "x",
    "object_type": lambda line: line.object_type + "x",
    "object_id": lambda line: line.object_id + 1,
    "values": lambda line: {**line.values, "another": 1},
    "request": lambda line: line.request + "x",
    "personal_digest": lambda line: "" if line.personal_digest else "0" * 64,
    "digest": lambda line: line.digest[::-1],
}
SEAL_CHANGES: dict[str, Any] = {
    "first_line": lambda seal: seal.first_line + 1000,
    "last_line": lambda seal: seal.last_line + 1000,
    "count": lambda seal: seal.count + 1,
    "leaves": lambda seal: bytes(seal.leaves)[::-1],
    "root": lambda seal: "0" * 64,
    "digest": lambda seal: "0" * 64,
    "sealed_at": lambda seal: seal.sealed_at.replace(year=1999),
}
PERSONAL_CHANGES: dict[str, Any] = {
    "values": lambda row: {**row.values, "another": 1},
    "salt": lambda row: "0" * 64,
}


def write(cast: Cast, acts: list[tuple[str, int, dict, dict]], sealed: int) -> None:
    """A history of these acts, the first `sealed` of them under seals of two lines."""
    for number, (action, pk, values, personal) in enumerate(acts, 1):
        record(cast.secretary, Act(action, "duty", pk, cast.bloc.pk, values, personal))
        if number == sealed:
            seal_lines()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, data=st.data())
def test_any_change_is_found_and_named(cast: Cast, settings, acts: list, data: st.DataObject) -> None:
    settings.HISTORY_SEAL_LINES = 2
    with transaction.atomic():
        write(cast, acts, data.draw(st.integers(0, len(acts)), label="sealed"))
        assert verify() == (len(acts), None)
        without_triggers()
        _tamper(data, len(acts))
        transaction.set_rollback(True)


def _tamper(data: st.DataObject, count: int) -> None:
    seals, personal = list(HistorySeal.objects.all()), list(HistoryPersonal.objects.all())
    what = data.draw(st.sampled_from(["line", "removed", *["seal"] * bool(seals), *["personal"] * bool(personal)]))
    if what == "line":
        pk, name = data.draw(st.integers(1, count)), data.draw(st.sampled_from(sorted(LINE_CHANGES)))
        line = HistoryLine.objects.get(pk=pk)
        HistoryLine.objects.filter(pk=pk).update(**{name: LINE_CHANGES[name](line)})
        _expect("altered", pk)
    elif what == "removed":
        pk = data.draw(st.integers(1, count))
        HistoryPersonal.objects.filter(line=pk).delete()
        HistoryLine.objects.filter(pk=pk)._raw_delete(using="default")
        _expect("removed" if pk < count else "cut_off", pk)
    elif what == "seal":
        seal, name = data.draw(st.sampled_from(seals)), data.draw(st.sampled_from(sorted(SEAL_CHANGES)))
        changed = SEAL_CHANGES[name](seal)
        if changed != getattr(seal, name):  # two same leaves are the same backwards
            HistorySeal.objects.filter(pk=seal.pk).update(**{name: changed})
            _expect("seal_altered", seal.first_line)
    else:
        row, name = data.draw(st.sampled_from(personal)), data.draw(st.sampled_from(sorted(PERSONAL_CHANGES)))
        HistoryPersonal.objects.filter(pk=row.pk).update(**{name: PERSONAL_CHANGES[name](row)})
        _expect("personal_altered", row.pk)


def _expect(kind: str, line: int) -> None:
    finding = verify().finding
    assert finding
    assert (finding.kind, finding.line) == (kind, line)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9])
def test_every_line_of_a_seal_has_a_proof_that_holds(cast: Cast, count: int) -> None:
    from motbuoc.foundation.history.proving import proof_of

    write(cast, [("add", pk, {}, {}) for pk in range(count)], count)
    proofs = [proof_of(pk) for pk in range(1, count + 1)]
    assert all(proof and proof.holds() for proof in proofs)
    assert max(len(proof.path) for proof in proofs if proof) == (count - 1).bit_length()
