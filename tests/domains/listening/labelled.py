"""The labelled texts of `labelled.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Labelled(NamedTuple):
    """A text and its theme; `is_alone` where it belongs with no other, `is_new` where nothing was tuned on its
    theme.
    """

    text: str
    theme: str
    is_alone: bool = False
    is_new: bool = False


@cache
def labelled(half: str) -> list[Labelled]:
    """The texts of a half, "tuning" or "held_back"."""
    written = tomllib.loads(Path(__file__).with_name("labelled.toml").read_text("utf-8"))
    alone = [Labelled(text, f"alone: {text}", is_alone=True) for text in written["alone"][half]]
    return [
        Labelled(text, theme["name"], is_new="tuning" not in theme)
        for theme in written["theme"]
        for text in theme.get(half, ())
    ] + alone
