"""Programs enter, sort and answer opinions, and read the issue board as it may be shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motbuoc.domains.listening.publishing import monday_of, publish_unit
from motbuoc.foundation.core import clock
from tests.domains.listening.test_opinions import add, theme_of
from tests.domains.listening.test_opinions import box as box
from tests.factories import Cast
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


def test_from_paper_to_the_answer(cast: Cast, box) -> None:
    officer = Program(cast.officer)
    assert officer.ask("opinion-boxes")["rows"][0]["address"] == box.address
    entered = {"text": "Đường hỏng", "channel": "paper", "form_key": "may-1234"}
    taken = officer.send(f"opinion-boxes/{box.pk}/opinions", **entered)
    again = officer.send(f"opinion-boxes/{box.pk}/opinions", **entered)
    assert taken == again
    assert len(taken["receipt"]) == 12
    theme = theme_of(box)
    path = f"opinions/{taken['id']}"
    officer.send(f"{path}/sort", 404, version=1, theme=987_654)
    told = officer.send(f"{path}/sort", version=1, theme=theme.pk, tendency="worried")
    assert (told["theme_id"], told["tendency"]) == (theme.pk, "worried")
    assert "receipt" not in told
    officer.send(f"{path}/answer", 422, version=2, text="Gọi anh Lê Văn Tám 0912345678")
    told = officer.send(f"{path}/answer", version=2, text="Sẽ sửa trong quý")
    assert told["state"] == "opinion_answered"
    assert officer.ask("opinions?is_waiting=true")["total"] == 0


def test_what_is_passed_on_is_theirs(cast: Cast, box) -> None:
    officer, secretary = Program(cast.officer), Program(cast.secretary)
    opinion = add(box, "Đường hỏng", clock.today())
    secretary.ask(f"opinions/{opinion.pk}", 404)
    told = officer.send(f"opinions/{opinion.pk}/pass-on", version=1, unit=cast.unit_a.pk)
    assert told["unit_id"] == cast.unit_a.pk
    assert told["steps"] == []
    officer.send(f"opinions/{opinion.pk}/heed", 403, version=2, reason="Đưa vào kế hoạch")
    told = secretary.send(f"opinions/{opinion.pk}/heed", version=2, reason="Đưa vào kế hoạch")
    assert told["state"] == "opinion_heeded"


def test_the_board_tells_of_no_small_group(cast: Cast, box) -> None:
    large, small = theme_of(box, "Lớn"), theme_of(box, "Nhỏ")
    week = monday_of(clock.today()) - timedelta(days=7)
    for number in range(9):
        add(box, f"a {number}", week, large, "worried" if number < 6 else "agree")
    for number in range(4):
        add(box, f"b {number}", week, small, "upset")
    publish_unit(box.unit_id)
    rows = {row["name"]: row for row in Program(cast.central_officer).ask("themes")["rows"]}
    assert (rows["Lớn"]["count"], rows["Lớn"]["tendencies"]) == (6, {"worried": 6})
    assert (rows["Nhỏ"]["count"], rows["Nhỏ"]["tendencies"], rows["Nhỏ"]["weeks"]) == (None, {}, [])
    whole = Program(cast.central_officer).ask(f"themes/{large.pk}")
    assert whole["weeks"] == [{"week": week.isoformat(), "count": 6}]
    Program(cast.central_officer).ask("opinions", 404)
