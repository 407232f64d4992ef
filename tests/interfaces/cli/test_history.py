"""`motbuoc history …`."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motbuoc.foundation.history.models import HistoryLine, HistorySeal
from motbuoc.foundation.history.services import Act, record
from tests.factories import Cast
from tests.foundation.tampering import without_triggers


@pytest.fixture
def written(cast: Cast) -> Cast:
    for number, unit in enumerate((cast.bloc, cast.unit_a, cast.unit_b)):
        record(cast.officer, Act("add_duty", "duty", number, unit.pk, {}, {"note": "x"}))
    return cast


def motbuoc(*words: str) -> str:
    out = StringIO()
    call_command("history", *words, stdout=out)
    return out.getvalue()


def failing(*words: str) -> str:
    err = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("history", *words, stdout=StringIO(), stderr=err)
    assert ended.value.code == 1
    return err.getvalue()


def test_seal_root_verify(written: Cast) -> None:
    with pytest.raises(CommandError, match="Nothing is sealed"):
        motbuoc("root")
    assert motbuoc("seal") == "3 lines sealed.\n"
    root = HistorySeal.objects.get().digest
    assert root in motbuoc("root")
    assert motbuoc("verify") == "The history is whole: 3 lines.\n"
    record(written.officer, Act("add_duty", "duty", 9, written.bloc.pk))
    motbuoc("seal")
    assert "seal 1, up to line 3" in motbuoc("verify", "--root", root.upper())
    assert "made anew" in failing("verify", "--root", "0" * 64)
    assert "Type all of it" in failing("verify", "--root", root[:12])


def test_what_was_altered_is_said(written: Cast) -> None:
    without_triggers()
    HistoryLine.objects.filter(pk=2).update(action="drop_duty")
    assert "line 2 was altered. 1 lines before it are whole" in failing("verify")


def test_a_history_made_anew_is_told_by_the_kept_root(written: Cast) -> None:
    """Whoever owns the database can rewrite all of it, and then it is whole in itself."""
    motbuoc("seal")
    kept = HistorySeal.objects.get().digest
    without_triggers()
    HistorySeal.objects.all().delete()
    line = HistoryLine.objects.get(pk=2)
    from motbuoc.foundation.history.digests import LINE_FIELDS, leaf_of
    from motbuoc.foundation.history.models import HistoryHead

    line.action = "drop_duty"
    line.digest = leaf_of([getattr(line, name) for name in LINE_FIELDS]).hex()
    line.save()
    HistoryHead.objects.update(seals=0)
    motbuoc("seal")
    assert motbuoc("verify") == "The history is whole: 3 lines.\n"
    assert "made anew" in failing("verify", "--root", kept)


def test_proof(written: Cast) -> None:
    with pytest.raises(CommandError, match="not sealed yet"):
        motbuoc("proof", "2")
    motbuoc("seal")
    assert motbuoc("proof", "2").endswith("The proof holds.\n")
    without_triggers()
    HistoryLine.objects.filter(pk=2).update(action="drop_duty")
    assert "does not hold" in failing("proof", "2")


def test_export(written: Cast, tmp_path) -> None:
    file = tmp_path / "history.csv"
    motbuoc("export", "--csv", str(file))
    assert len(file.read_text().splitlines()) == 4
    motbuoc("export", "--csv", str(file), "--unit", "A")
    assert len(file.read_text().splitlines()) == 2
    motbuoc("export", "--csv", str(file), "--until", "2020-01-01")
    assert len(file.read_text().splitlines()) == 1
    with pytest.raises(CommandError, match="no unit"):
        motbuoc("export", "--csv", str(file), "--unit", "Z")


def test_retain(written: Cast, settings) -> None:
    settings.HISTORY_PERSONAL_DAYS = {"duty": 0}
    assert motbuoc("retain", "--as", "chuyenvien") == "Personal values of 3 lines erased.\n"
    assert HistoryLine.objects.latest("pk").values["erased"] == 3
    assert motbuoc("verify") == "The history is whole: 4 lines.\n"
    with pytest.raises(CommandError, match="Nobody"):
        motbuoc("retain", "--as", "x")
