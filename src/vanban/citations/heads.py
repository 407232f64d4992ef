"""The words before a number: which kind of document it is the number of, and where its mention begins."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from vanban.text import squash
from vanban.vocabulary import table, type_codes, type_names

_REACH = 40  # characters before a number in which its kind stands directly
_FAR = 200  # characters in which a name may stand between kind and number ("Luật Di sản văn hóa số")
_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")
_LOOSE = (
    *_LAWS,
    "Nghị quyết",
    "Nghị định",
    "Quyết định",
    "Quy định",
    "Chương trình",
    "Kế hoạch",
    "Thông tư",
    "Hướng dẫn",
)
_OPENING = "“\"'(«[-–*"


class Head(NamedTuple):
    """What stands before a number: the kind (its sign), where it begins, whether "số" is printed.

    `word` is the kind as printed. `issuer` and `title` are what stands between kind and number, if that is one.
    """

    begin: int
    type: str | None = None
    word: str = ""
    numbered: bool = False
    issuer: str | None = None
    title: str | None = None


@cache
def _kinds() -> dict[str, str | None]:
    """Return printed name in lower case → sign; None for words that lead up to a number and are no kind."""
    leads = {word.lower(): None for word in table("types")["lead_words"]["words"]}
    return {**leads, **type_names()}


def head_before(text: str, floor: int, at: int) -> Head:
    """Return the head of the number at `at`; nothing before `floor` is looked at."""
    low = max(floor, at - _REACH)
    parts = text[low:at].split()
    begin, numbered = at, False
    while parts and parts[-1].strip(":.").lower() in ("số", "sô", ""):
        numbered = numbered or parts[-1] not in (":", ".")
        begin = text.rfind(parts.pop(), low, begin)
    head = kind_before(text, low, begin, parts)
    if head:
        return Head(head.begin, head.type, head.word, numbered)
    if parts and parts[-1] in type_codes():  # "NĐ 30/2020/NĐ-CP"
        return Head(text.rfind(parts[-1], low, begin), parts[-1], parts[-1], numbered)
    return (_named(text, floor, begin) if numbered else None) or Head(begin, numbered=numbered)


def kind_before(text: str, low: int, at: int, parts: list[str] | None = None) -> Head | None:
    """Return the kind whose name ends at `at` (spaces aside): the longest, with a kind printed before it."""
    parts = text[low:at].split() if parts is None else parts
    for count in _lengths().get(parts[-1].lower().lstrip(_OPENING), ()) if parts else ():
        if len(parts) < count:
            continue
        first = parts[-count].lstrip(_OPENING)
        words = [first, *parts[len(parts) - count + 1 :]]
        name = " ".join(words)
        if name.lower() not in _kinds():
            continue
        begin = at
        for word in reversed(words):
            begin = text.rfind(word, low, begin)
        head = Head(begin, _kinds()[name.lower()], name)
        whole = first == parts[-count] and first[0].isupper()
        outer = kind_before(text, low, begin, parts[:-count]) if whole else None
        return outer if outer and outer.word[0].isupper() and outer.word != name else head
    return None


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return last word of a kind's name → how many words such names have, the longest first."""
    lengths: dict[str, set[int]] = {}
    for name in _kinds():
        words = name.split()
        lengths.setdefault(words[-1], set()).add(len(words))
    return {word: tuple(sorted(counts, reverse=True)) for word, counts in lengths.items()}


def _named(text: str, floor: int, at: int) -> Head | None:
    """Return the head of "Luật Di sản văn hóa số", "Nghị quyết của Quốc hội số"."""
    low = max(floor, at - _FAR)
    low = max(low, text.rfind("\n", low, at) + 1)
    places = ((text.rfind(f"{word} ", low, at), word) for word in _LOOSE)
    begin, word = max(places)
    if begin < 0:
        return None
    between = text[begin + len(word) : at]
    if any(mark in between for mark in ";:().“"):
        return None
    name = squash(between)
    if word in _LAWS:
        begin = _amending(text, floor, begin)
        return Head(begin, type_names()[word.lower()], word, True, title=squash(text[begin:at]))
    if "," in name or len(name) > 100:
        return None
    issuer = name[4:] if name.startswith("của ") else None
    return Head(begin, type_names()[word.lower()], word, True, issuer=issuer)


def _amending(text: str, floor: int, begin: int) -> int:
    """Return where "Luật sửa đổi, bổ sung một số điều của Luật A, Luật B" begins, given where "Luật B" does."""
    start = text.rfind("Luật sửa đổi", max(floor, begin - 600), begin)
    return start if start >= 0 and not any(mark in text[start:begin] for mark in ";\n.:") else begin
