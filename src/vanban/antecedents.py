"""Ties short mentions to the one full mention that they repeat."""

from __future__ import annotations

from bisect import bisect_left

from vanban import patterns
from vanban.document import Citation, MentionKind
from vanban.found import Found
from vanban.text import fold, squash
from vanban.vocabulary import type_names

_SURE, _SEVERAL, _NONE = 0.9, 0.5, 0.6  # one full mention fits, several do, none does
_NICKNAMES = ("ĐA", "CTr", "DA")  # kinds whose bare number may be a nickname ("Đề án 06")
_BY_TITLE = ("L", "BL", "PL", "HP", "ĐL", "NQ", "KL")  # kinds that are cited by their name
_ISSUING = ("QĐ", "NQ", "NĐ", "TT", None)  # kinds that put another in force: there "Quy chế này" is part of it
_NEAR = 1500  # characters before "Nghị quyết này" in which a cited resolution may be meant


def link(found: list[Found], text: str, own: str | None = None) -> tuple[Citation, ...]:
    """Return the mentions in order, each short one with the place of the full one that it repeats.

    `own` is the kind of the citing document: "Nghị quyết này" in a plan is not the plan.
    """
    if any(each.kind is not MentionKind.FULL for each in found) or "tắt là" in text:
        names = _short_names(text, found)
        found = sorted([*found, *_further(text, names, found)], key=lambda each: each.start)
        index = _Index(found, names)
        for place in range(len(found)):
            index.tie(place, own)
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
            between = text[each.end : match.start()]
            if "\n" in between or ";" in between:
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
    starts, ends = [each.start for each in found], [each.end for each in found]
    further: list[Found] = []
    for alias in sorted(names, key=len, reverse=True):
        at = text.find(alias, names[alias].end)
        while at >= 0:
            end = at + len(alias)
            place = bisect_left(starts, end)
            if (not place or ends[place - 1] <= at) and _whole(text, alias, end):
                further.append(Found(at, end, end, MentionKind.SHORT, type=_kind_of(alias), title=alias))
                starts.insert(place, at)
                ends.insert(place, end)
            at = text.find(alias, end)
    return further


def _whole(text: str, alias: str, end: int) -> bool:
    """Tell whether the short name ends here; a kind alone ("Quy chế") must not go on as another name."""
    if text[end : end + 1].isalnum():
        return False
    return alias.lower() not in type_names() or bool(patterns.AFTER_NUMBER.match(text, end))


class _Index:
    """The mentions by what a short one may say: number, name, kind."""

    def __init__(self, found: list[Found], names: dict[str, Found]) -> None:
        self.found = found
        self.names = {fold(alias): each for alias, each in names.items()}
        self.numbers: dict[tuple[str | None, str], list[int]] = {}
        self.titles: dict[str, list[int]] = {}
        self.full: list[int] = []
        for place, each in enumerate(found):
            if each.code and each.kind is MentionKind.FULL:
                self.full.append(place)
                self.numbers.setdefault((_plain(each.type), _figures(each.code)), []).append(place)
            if each.title and each.type in _BY_TITLE and not each.term and (each.code or _dated(each)):
                self.titles.setdefault(fold(each.title), []).append(place)

    def tie(self, place: int, own: str | None) -> None:
        """Give the mention its antecedent, and how sure that is."""
        each = self.found[place]
        if each.kind is MentionKind.FULL or (each.kind is MentionKind.SELF and self._is_self(each, own)):
            return
        named = self.names.get(fold(each.title)) if each.title else None
        if named is not None and named is not each:
            each.antecedent, each.confidence = named, _SURE
        elif each.kind is MentionKind.NAME:
            fits = self.titles.get(fold(each.title or ""), []) if not _dated(each) else []
            each.antecedent = self._one([other for other in fits if other < place], place)
        elif each.number:
            fits = self.numbers.get((each.type, _figures(each.number)), [])
            self._set(each, self._one(fits, place), several=bool(fits))
        else:
            each.kind = MentionKind.SHORT
            self._above(place, each)

    def _is_self(self, each: Found, own: str | None) -> bool:
        return own in _ISSUING or each.type in (None, own) or each.code is not None

    def _above(self, place: int, each: Found) -> None:
        """Tie "Nghị quyết nêu trên" to the only resolution before it: near it, or else in the whole text."""
        before = self.full[: bisect_left(self.full, place)]
        fits = [other for other in before if each.type in (None, self.found[other].type)]
        near = [other for other in fits if each.start - self.found[other].end < _NEAR]
        self._set(each, self._one(near or fits, place), several=len(fits) > 1)

    def _one(self, fits: list[int], place: int) -> Found | None:
        """Return the last that fits before `place` (or the first after it), if all name one document."""
        before = [other for other in fits if other < place]
        among = before or [other for other in fits if other > place]
        if len({self.found[other].code or other for other in among}) != 1:
            return None
        return self.found[before[-1] if before else among[0]]

    def _set(self, each: Found, antecedent: Found | None, *, several: bool) -> None:
        each.antecedent = antecedent
        each.confidence = _SURE if antecedent else _SEVERAL if several else _NONE


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
