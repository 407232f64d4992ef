"""The report of the situation, put together of published themes: every sentence leads back to its themes.

Structure: domain guide, section 9. Weighted words ("đa số", "một số") are tied to a scale that is configuration
(`MOTBUOC_OPINION_WEIGHTS`) and printed under the report; they are said of what is published alone, so of no small
group. Vietnamese, because it is the text of a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import Document
from motbuoc.domains.listening.board import Row, board_of
from motbuoc.domains.listening.models import Opinion, Theme, ThemeMap, ThemeWeek
from motbuoc.domains.listening.publishing import A_WEEK
from motbuoc.domains.listening.selectors import asked_on
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.units.models import Unit

TENDENCY = Opinion.Tendency
STANDS = {TENDENCY.AGREE: "đồng tình", TENDENCY.WORRIED: "băn khoăn", TENDENCY.UPSET: "bức xúc"}
TITLES = {
    "overall": "Tình hình chung",
    "streams": "Các luồng ý kiến",
    "issues": "Vấn đề nổi cộm",
    "causes": "Nguyên nhân",
    "ahead": "Dự báo",
    "proposals": "Kiến nghị, định hướng tuyên truyền",
}
"""The sections of the report; causes and proposals are written by a person."""
SUBJECT = "tình hình tư tưởng, dư luận từ {since:%d/%m/%Y} đến {until:%d/%m/%Y}"
BY_HAND = ("causes", "proposals")
MOST_ISSUES, MOST_NAMED = 6, 2


class Sentence(NamedTuple):
    """A sentence of the report, and the themes it tells of."""

    words: str
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True)
class Share:
    """What a theme brought in the time: `by` tendency."""

    row: Row
    by: dict[str, int]

    @property
    def count(self) -> int:
        """All of it."""
        return sum(self.by.values())


@dataclass(frozen=True)
class Situation:
    """The situation of a unit from the week `since` to the week `until` (Mondays), by section."""

    unit_name: str
    since: date
    until: date
    shares: tuple[Share, ...]
    sections: dict[str, list[Sentence]]


def weighted(part: int, whole: int) -> str:
    """The word for a share: of the scale the one whose least percent it reaches."""
    percent = 100 * part / whole
    scale = sorted(settings.OPINION_WEIGHTS.items(), key=lambda step: -step[1])
    return str(next((word for word, least in scale if percent >= least), scale[-1][0]))


def scale_in_words() -> str:
    """The scale as it is printed under the report."""
    steps = sorted(settings.OPINION_WEIGHTS.items(), key=lambda step: -step[1])
    return "; ".join(f"“{word}”: từ {least}% ý kiến đã phân loại, công bố" for word, least in steps)


def situation_of(unit_id: int, weeks: int) -> Situation:
    """The situation of the last published weeks of a unit.

    Raises:
        Refusal: nothing of these weeks can be shown.
    """
    last = ThemeMap.objects.filter(unit=unit_id).values_list("published", flat=True).first()
    if last is None:
        raise Refusal(_("No week is published yet. Group the opinions, and wait until a week is over."))
    since = last - A_WEEK * (weeks - 1)
    themes = Theme.objects.filter(unit=unit_id, merged_into=None, is_named=True)
    shares = [share for share in _shares(board_of(themes), since, last) if share.count]
    shares.sort(key=lambda share: (-share.count, share.row.theme.pk))
    if not shares:
        raise Refusal(_("No named theme has enough opinions in this time to be told of."))
    name = Unit.objects.known_by(clock.today()).get(pk=asked_on(unit_id)).name
    sections = {
        "overall": [_overall(name, since, last, shares)],
        "streams": _streams(shares),
        "issues": [_issue(share, shares) for share in shares[:MOST_ISSUES]],
        "causes": [],
        "ahead": _ahead(shares),
        "proposals": [],
    }
    return Situation(name, since, last, tuple(shares), sections)


def _shares(rows: list[Row], since: date, until: date) -> list[Share]:
    """What the weeks added to each theme, as published: each number 0 or no small group."""
    by: dict[int, dict[str, int]] = {row.theme.pk: {} for row in rows}
    marks = ThemeWeek.objects.filter(theme__in=by, week__in={since - A_WEEK, until})
    for theme, week, tendency, count in marks.values_list("theme", "week", "tendency", "count"):
        by[theme][tendency] = by[theme].get(tendency, 0) + (count if week == until else -count)
    return [
        Share(row, {tendency: count for tendency, count in by[row.theme.pk].items() if count > 0}) for row in rows
    ]


def _overall(name: str, since: date, until: date, shares: list[Share]) -> Sentence:
    end = until + timedelta(days=6)
    total = sum(share.count for share in shares)
    words = f"Từ {since:%d/%m/%Y} đến {end:%d/%m/%Y}, {name} tổng hợp {total} ý kiến về {len(shares)} vấn đề."
    return Sentence(words, tuple(share.row.theme for share in shares))


def _streams(shares: list[Share]) -> list[Sentence]:
    """Of each tendency how many, weighed among what was sorted, and on which themes most."""
    whole = sum(count for share in shares for tendency, count in share.by.items() if tendency)
    found = []
    for tendency, stands in STANDS.items():
        part = sum(share.by.get(tendency, 0) for share in shares)
        if not part:
            continue
        most = sorted((share for share in shares if share.by.get(tendency)), key=lambda share: -share.by[tendency])
        named = tuple(share.row.theme for share in most[:MOST_NAMED])
        on = ", ".join(_quoted(theme.name) for theme in named)
        word = weighted(part, whole).capitalize()
        found.append(Sentence(f"{word} ý kiến đã phân loại ({part}/{whole}) {stands}, nhất là về {on}.", named))
    return found


def _issue(share: Share, shares: list[Share]) -> Sentence:
    total, theme = sum(each.count for each in shares), share.row.theme
    stands = [f"{share.by[tendency]} {words}" for tendency, words in STANDS.items() if share.by.get(tendency)]
    words = f"{_quoted(theme.name, capital=True)}: {weighted(share.count, total)} ý kiến ({share.count}/{total})"
    words += f", trong đó {', '.join(stands)}" if stands else ""
    rise = share.row.rise
    if rise:
        words += f"; tăng nhanh trong tuần từ {rise.week:%d/%m}: {rise.count} ý kiến"
        words += f", trước đó nhiều nhất {rise.largest}"
    told = theme.told.strip().rstrip(".")
    return Sentence(f"{words}." + (f" Việc đang làm: {told}." if told else ""), (theme,))


def _ahead(shares: list[Share]) -> list[Sentence]:
    """The outlooks that are kept: those that beat the naive forecast."""
    found = []
    for share in shares:
        if (outlook := share.row.outlook) is not None:
            theme = share.row.theme
            words = (
                f"Về {_quoted(theme.name)}: {outlook.ahead} tuần tới dự kiến khoảng {outlook.amount:.0f} ý kiến "
                f"(từ {outlook.low:.0f} đến {outlook.high:.0f})."
            )
            found.append(Sentence(words, (theme,)))
    return found or [Sentence("Chưa đủ căn cứ để dự báo.")]


def _quoted(name: str, *, capital: bool = False) -> str:
    words = name.strip().rstrip(".")
    return f"{words[:1].upper() if capital else words[:1].lower()}{words[1:]}"


def paper_of(
    unit_id: int, found: Situation, texts: dict[str, str], signed: tuple[str, str, str]
) -> dict[str, Any]:
    """The content of the report, for `papers.situation`: `texts` has each section as whoever writes left it,
    `signed` the number, the position and the name. The letterhead is that of the unit's latest document."""
    unit = Unit.objects.known_by(clock.today()).get(pk=asked_on(unit_id))
    known = Document.objects.filter(unit=unit.pk).exclude(issuer="").order_by("-issued_on", "-pk").first()
    rows = [
        [share.row.theme.name, share.count, *(share.by.get(tendency, 0) for tendency in STANDS)]
        for share in found.shares
    ]
    return {
        "superior": known.superior if known else "",
        "issuer": known.issuer if known else unit.name.upper(),
        "place": known.place if known else "",
        "regime": (known.regime if known else "") or "party",
        "symbol": f"BC/{unit.symbol}",
        "number": signed[0],
        "date": clock.today().isoformat(),
        "subject": SUBJECT.format(since=found.since, until=found.until + timedelta(days=6)),
        "sections": [(title, texts.get(key, "").splitlines()) for key, title in TITLES.items()],
        "scale": scale_in_words(),
        "columns": ["Vấn đề", "Ý kiến", *(words.capitalize() for words in STANDS.values())],
        "rows": rows,
        "recipients": ["Lưu Văn phòng"],
        "title": signed[1],
        "name": signed[2],
    }
