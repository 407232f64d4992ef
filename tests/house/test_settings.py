"""Every setting an installation may change is documented."""

from pathlib import Path

from config.env import Environment

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "settings.md"


def test_every_setting_is_in_the_guide_with_its_default() -> None:
    text = GUIDE.read_text()
    missing = [name for name in Environment.model_fields if f"`MOTBUOC_{name.upper()}`" not in text]
    assert missing == []


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, field in Environment.model_fields.items() if not field.description] == []
