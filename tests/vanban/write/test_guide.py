"""The guide to writing says what is true: its draft can be written, and it names every layout on file."""

from __future__ import annotations

from pathlib import Path

from tests.vanban.write.conftest import Opened
from vanban.formats import layouts
from vanban.markdown import draft_of
from vanban.write import write

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "writing.md").read_text(encoding="utf-8")


def test_the_draft_of_the_guide_can_be_written(opened: Opened) -> None:
    draft = GUIDE.split("```\n")[1]
    file = opened(write(*draft_of(draft)))
    printed = [paragraph.text for paragraph in file.paragraphs]
    assert "a) rà soát diện tích;" in printed
    assert "Căn cứ Luật Lâm nghiệp năm 2017;" in printed
    assert "Danh sách Tổ công tác" in printed


def test_the_guide_names_every_layout_with_its_first_day() -> None:
    for layout in layouts():
        assert layout.name in GUIDE
        assert f"{layout.valid_from:%d/%m/%Y}" in GUIDE
