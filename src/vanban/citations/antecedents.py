"""Ties short mentions to the one full mention that they repeat."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from vanban import patterns
from vanban.citations.found import Found, outside
from vanban.document import Citation, MentionKind
from vanban.text import fold, squash
from vanban.vocabulary import type_names

_SURE, _SEVERAL, _NONE = 0.9, 0.5, 0.6  # one full mention fits, several do, none does
_DATED = 0.85  # none does, but day and body are printed
_NICKNAMES = ("ĐA", "CTr", "DA")  # kinds whose bare number may be a nickname ("Đề án 06")
_BY_TITLE = ("L", "BL", "PL", "HP", "ĐL", "NQ", "KL")  # kinds that are cited by their name
_ISSUING = ("QĐ", "NQ", "NĐ", "TT", None)  # kinds that put another in force: there "Quy chế này" is part of it
_SENTENCE = 900  # characters between a mention and the short name defined for it
_NEAR = 1500  # characters before "Nghị quyết này" in which a cited resolution may be meant


def link(found: list[Found], text: str, own: str | None = None) -> tuple[Citation, ...]:
    """Return the mentions in order, each short one with the place of the full one that it repeats.

    `own` is the kind of the citing document: "Nghị quyết này" in a plan is not the plan.
    """
    if any(each.kind is not MentionKind.FULL for each in found) or "tắt là" in text:
        names = _short_names(text, found)
        found = sorted([*found, *_further(text, names, found)], key=lambda each: each.start)
        index = _Index(found, names)
        for each in found:
            index.tie(each, own)
        found = [each for each in found if not _is_nickname(each)]
    places = {each.start: place for place, each in enumerate(found)}
    return tuple(each.citation(text, places) for each in found)


def _is_nickname(each: Found) -> bool:
    bare = each.kind in (MentionKind.SHORT, MentionKind.LISTED) and each.number is not None
    return bare and each.type in _NICKNAMES and each.antecedent is None and not (each.date or each.issuer)


def _short_names(text: str, found: list[Found]) -> dict[str, Found]:
    """Return short name as defined ("sau đây gọi tắt là Nghị quyết 347") → the mention that it stands for."""
    names: dict[str, Found] = {}
    if "tắt là" not in text and "gọi là" not in text:
        return names
    starts = [each.start for each in found]
    for match in patterns.DEFINITION.finditer(text):
        alias = squash(match["alias"])
        kind = _kind_of(alias)
        place = bisect_left(starts, match.start()) - 1
        while kind and place >= 0:
            each = found[place]
            between = text[each.end : min(match.start(), each.end + _SENTENCE + 1)]
            if len(between) > _SENTENCE or "\n" in between or ";" in between:
                break
            if each.type == kind and each.kind in (MentionKind.FULL, MentionKind.NAME):
                names.setdefault(alias, each)
                break
            place -= 1
    return names


def _kind_of(alias: str) -> str | None:
    words = alias.split()
    named = (type_names().get(" ".join(words[:count]).lower()) for count in (3, 2, 1))
    return next((code for code in named if code), None)


def _further(text: str, names: dict[str, Found], found: list[Found]) -> list[Found]:
    """Return the uses of defined short names that nothing else tells to be mentions."""
    return outside(found, (each for alias, full in names.items() for each in _uses(text, alias, full)))


def _uses(text: str, alias: str, full: Found) -> Iterator[Found]:
    at = text.find(alias, full.end)
    while at >= 0:
        end = at + len(alias)
        if _whole(text, alias, end):
            yield Found(at, end, end, MentionKind.SHORT, type=_kind_of(alias), title=alias)
        at = text.find(alias, end)


def _whole(text: str, alias: str, end: int) -> bool:
    """Tell whether the short name ends here; a kind alone ("Quy chế") must not go on as another name."""
    if text[end : end + 1].isalnum():
        return False
    return alias.lower() not in type_names() or bool(patterns.AFTER_NUMBER.match(text, end))


class _Index:
    """The mentions passed so far by what a short one may say: number, name, kind; of each document the last."""

    def __init__(self, found: list[Found], names: dict[str, Found]) -> None:
        self.names = {fold(alias): each for alias, each in names.items()}
        self.numbers: dict[tuple[str | None, str], dict[str, Found]] = {}
        self.titles: dict[str, dict[str, Found]] = {}
        self.kinds: dict[str | None, dict[str, Found]] = {}
        self.passed: list[Found] = []
        self.ahead: dict[tuple[str | None, str], dict[str, Found]] = {}
        for each in found:
            if each.code and each.kind is MentionKind.FULL:
                self.ahead.setdefault(_number(each, each.code), {}).setdefault(each.code, each)

    def tie(self, each: Found, own: str | None) -> None:
        """Give a short mention its antecedent, and how sure that is; remember a full one."""
        if each.kind is MentionKind.FULL:
            self._pass(each)
            return
        if each.kind is MentionKind.SELF and (own in _ISSUING or each.type in (None, own) or each.code):
            return
        title = fold(each.title) if each.title else ""
        named = self.names.get(title)
        if named is not None and named is not each:
            each.antecedent, each.confidence = named, _SURE
        elif each.kind is MentionKind.NAME:
            each.antecedent = None if _dated(each) else _only(self.titles.get(title, {}))
        elif each.number:
            number = _number(each, each.number)
            _set(each, self.numbers.get(number) or self.ahead.get(number, {}))
        else:
            each.kind = MentionKind.SHORT
            self._above(each)
        self._remember(each, title)

    def _pass(self, each: Found) -> None:
        code = each.code or ""
        self.passed.append(each)
        self.numbers.setdefault(_number(each, code), {})[code] = each
        for kind in (each.type, None):
            self.kinds.setdefault(kind, {})[code] = each
        if each.title and each.type in _BY_TITLE:
            self.titles.setdefault(fold(each.title), {})[code] = each

    def _remember(self, each: Found, title: str) -> None:
        """Keep a law that is cited by name and year, for where it stands without the year."""
        if each.kind is MentionKind.NAME and _dated(each) and not each.term:
            self.titles.setdefault(title, {})[str(each.date or each.year)] = each

    def _above(self, each: Found) -> None:
        """Tie "Nghị quyết nêu trên" to the only resolution before it: near it, or else in the whole text."""
        near: dict[str, Found] = {}
        for other in reversed(self.passed):
            if each.start - other.end > _NEAR or (each.quoted and near):
                break  # words are quoted from the document named last
            if each.type in (None, other.type):
                near.setdefault(other.code or "", other)
        _set(each, near or self.kinds.get(each.type, {}))


def _only(fits: dict[str, Found]) -> Found | None:
    return next(iter(fits.values())) if len(fits) == 1 else None


def _set(each: Found, fits: dict[str, Found]) -> None:
    each.antecedent = _only(fits)
    said = each.date is not None and each.issuer is not None  # a paper that has no symbol: "Công văn số 05 ngày …"
    each.confidence = _SURE if each.antecedent else _DATED if said else _SEVERAL if fits else _NONE


def _number(each: Found, code: str) -> tuple[str | None, str]:
    """Return kind and figures: of "08-CT/TU" and of "Chỉ thị 8" the same."""
    return _plain(each.type), _figures(code)


def _plain(sign: str | None) -> str | None:
    """Return the sign of a kind; papers of the Party and the State have three for Quyết định and Quy định."""
    return "QĐ" if sign in ("QĐi", "QyĐ") else sign


def _figures(code: str) -> str:
    """Return the number a code begins with, without leading zeros."""
    end = next((place for place, sign in enumerate(code) if not sign.isdigit()), len(code))
    return code[:end].lstrip("0")


def _dated(each: Found) -> bool:
    """Tell whether a name says which of several laws of that name is meant."""
    return each.date is not None or each.term is not None or each.year is not None
