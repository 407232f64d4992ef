"""What may go to a language model, and what its answer may hold: plain words, no figure of its own. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from motbuoc.domains.reporting.fields import FIELD, Run

LONGEST_ANSWER = 4_000  # characters

FIGURE = re.compile(r"(?<!\d)\d+(?:[.,]\d+)*(?:\s?%)?")
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
NUMERALS = frozenset(
    ("hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười", "mươi", "rưỡi", "chục", "trăm", "nghìn", "ngàn")
) | {"vạn", "triệu", "tỷ", "tỉ"}
"""Numbers in words, but for those that mean something else more often: "một", "năm"."""
WORD = re.compile(r"[^\W\d_]+")

ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
SIGNS = re.compile(r"[<>{}\[\]*_`#|\\~^]+")


def as_plain(answer: str) -> str:
    """An answer as plain words: one paragraph without markup, addresses, fields and letters that nobody sees."""
    text = unicodedata.normalize("NFKC", answer)
    text = "".join(" " if letter.isspace() else letter for letter in text)
    text = "".join(letter for letter in text if unicodedata.category(letter)[0] != "C")
    text = SIGNS.sub(" ", TAG.sub(" ", ADDRESS.sub(" ", text)))
    return " ".join(text.split()).removeprefix("- ")


def normal(figure: str) -> str:
    """A figure however it is written: 06 and 6, 1.234 and 1234, 85 % and 85%."""
    digits = "".join(str(unicodedata.digit(letter, letter)) for letter in figure if not letter.isspace())
    share = "%" if digits.endswith("%") else ""
    digits = digits.removesuffix("%")
    if THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "")
    return (digits.lstrip("0") or "0") + share


def _known(sentences: Iterable[Mapping[str, Any]]) -> tuple[set[str], frozenset[str]]:
    """The figures and the numerals of the sentences that were sent."""
    texts = [unicodedata.normalize("NFKC", each["text"]) for each in sentences]
    figures = {normal(match[0]) for text in texts for match in FIGURE.finditer(text)}
    return figures, NUMERALS.intersection(word for text in texts for word in WORD.findall(text.lower()))


def checked(text: str, sentences: Iterable[Mapping[str, Any]], fields: Iterable[str]) -> list[Run]:
    """A wording as runs; a figure that was not in the sentences sent, or a field that is none, `is_unknown`."""
    known, numerals = _known(sentences)
    named = set(fields)
    pattern = re.compile(rf"{FIELD.pattern}|{FIGURE.pattern}|{WORD.pattern}")
    runs: list[Run] = []
    start = 0
    for match in pattern.finditer(text):
        if not _is_unknown(match, known, numerals, named):
            continue
        if text[start : match.start()]:
            runs.append({"text": text[start : match.start()]})
        runs.append({"text": match[0], "is_unknown": True})
        start = match.end()
    return [*runs, {"text": text[start:]}] if text[start:] else runs


def _is_unknown(match: re.Match[str], known: set[str], numerals: frozenset[str], fields: set[str]) -> bool:
    if match[1]:
        return match[1] not in fields
    if match[0][0].isdigit():
        return normal(match[0]) not in known
    word = match[0].lower()
    return word in NUMERALS and word not in numerals


def unknown_in(text: str, sentences: Iterable[Mapping[str, Any]], fields: Iterable[str]) -> list[str]:
    """What a person has to take out or to correct before the wording stands in a report."""
    runs = checked(text, sentences, fields)
    return list(dict.fromkeys(run["text"] for run in runs if run.get("is_unknown")))


def bound(text: str, sentences: Iterable[Mapping[str, Any]]) -> str:
    """The wording, each figure that can only be that of one field written as the field, to follow the ledger."""
    origins: dict[str, set[str]] = {}
    for run in (run for each in sentences for run in each["runs"]):
        cell = run.get("cell", "") if FIGURE.fullmatch(run["text"]) else ""
        for match in FIGURE.finditer(run["text"]):
            origins.setdefault(normal(match[0]), set()).add(cell)
    return "".join(_bound(text, origins))


def _bound(text: str, origins: Mapping[str, set[str]]) -> Iterator[str]:
    start = 0
    for match in re.finditer(rf"{FIELD.pattern}|(?<![\w/.,-]){FIGURE.pattern}(?![\w/-])", text):
        cells = set() if match[1] else origins.get(normal(match[0]), set())
        yield text[start : match.start()]
        yield f"{{{{{next(iter(cells))}}}}}" if len(cells) == 1 and "" not in cells else match[0]
        start = match.end()
    yield text[start:]
