"""What in words tells who somebody is: a name, a telephone, a number of a document, an address. Pure.

Law 91/2025/QH15 on personal data. Whoever writes is asked of each place that is found (`personal_data_in`), takes
it out or says that it is no such thing: so it finds rather one place too many than one too few. Where nobody is
asked, as before words go to a language model, the doubt is greater (`is_personal`). Both know the same names.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from vanban.text import fold, normalise


class Kind(StrEnum):
    """What kind of personal data a place of a text is."""

    NAME = "name"
    PHONE = "phone"
    NUMBER = "number"
    MAIL = "mail"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a text, in characters of it, that tells who somebody is."""

    start: int
    end: int
    kind: Kind
    words: str


MASKS = {
    Kind.NAME: "[tên người]",
    Kind.PHONE: "[số điện thoại]",
    Kind.NUMBER: "[số giấy tờ]",
    Kind.MAIL: "[thư điện tử]",
    Kind.ADDRESS: "[địa chỉ]",
}
"""What stands in a text in the place of what was left out."""

_WORDS = tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))
SURNAMES = frozenset(_WORDS["surnames"].split())
BARE_SURNAMES = frozenset(map(fold, SURNAMES))
COMMON = frozenset(_WORDS["common"].split())
"""Surnames with marks, and as they are typed without; those after which one given name is enough."""
RARE = frozenset(_WORDS["rare"].split())
"""Surnames that are oftener another word: they count only where nobody is asked."""

OF_PEOPLE = (
    "ông|ong|bà|anh|chị|em|cô|chú|bác|dì|cậu|mợ|thím|dượng|thầy|cháu|đồng chí|đ/c|đc|bs|bác sĩ|luật sư|kế toán|"
    "y tá|điều dưỡng|tài xế|công nhân|học sinh|sinh viên|cựu chiến binh|đảng viên|đoàn viên|hội viên|chủ hộ|"
    "hộ ông|hộ bà"
)
OF_OFFICE = (
    "giám đốc|phó giám đốc|chủ tịch|phó chủ tịch|bí thư|phó bí thư|trưởng phòng|phó phòng|phó trưởng phòng|"
    "hiệu trưởng|hiệu phó|tổ trưởng|đội trưởng|trưởng ấp|trưởng thôn|trưởng khu phố|trưởng ban|phó ban|"
    "chánh văn phòng|quản đốc|trưởng ca|thủ quỹ|văn thư|cán bộ|chuyên viên|công an viên|cán bộ địa chính"
)
_CAPITALS = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
CAPITAL = rf"[{_CAPITALS}][^\W\d_]*"
AFTER_TITLE = re.compile(
    rf"\b(?P<title>(?i:{OF_PEOPLE}|{OF_OFFICE}))\s+(?P<name>{CAPITAL}(?:\s+{CAPITAL}){{0,4}})"
)
SMALL_AFTER_TITLE = re.compile(
    r"\b(?P<title>(?i:ông|bà|anh|chị|cô|chú|bác|thầy|đồng chí|đ/c))\s+"
    r"(?P<name>\w+\s+(?:văn|thị|hữu|đức|ngọc|minh|thanh|quốc|van|thi|huu|duc)\s+\w+)",
    re.IGNORECASE,
)
WHOLE_NAME = re.compile(rf"\b{CAPITAL}(?:\s+{CAPITAL}){{1,4}}")

NO_PERSON = frozenset(_WORDS["no_person"].split())
"""First words, without marks, of what stands after a title and is an office or a place: "bí thư Đảng ủy"."""

KNOWN_PLACES = re.compile(
    r"(?:\b(?:đường|phố|trường|phường|xã|chợ|cầu|kênh|rạch|công viên|khu công nghiệp|khu|thành phố|tp\.?|tỉnh|"
    r"huyện|thị trấn|quận|ấp|thôn|bản|làng|công ty|nhà máy|ngân hàng|bệnh viện|đại học|thpt|thcs|tiểu học|"
    r"mầm non|quốc lộ|sông|hồ|đảo|chùa|đình|tư tưởng|phong trào|giải|đồng khởi|di tích)\s+)$",
    re.IGNORECASE,
)
"""What stands before a name that is a street's, a school's or a place's."""

NOT_NAMES = frozenset(_WORDS["not_names"])
"""What begins like a name and is none: whom all speak of, places, words."""

PHONE = re.compile(r"(?<![\d.,/-])(?:\+?84|0)(?:[ .\-]?\d){8,10}(?![\d/-])")
NUMBER = re.compile(r"(?<![\d.,/-])(?:\d{12}|\d{9})(?![\d/%-])")
LABELLED = re.compile(
    r"(?i:\b(?:cccd|cmnd|cmt|căn cước(?: công dân)?|chứng minh(?: nhân dân)?|hộ chiếu|stk|số tài khoản|mã số thuế|"
    r"mst|bhxh|số bảo hiểm(?: xã hội)?|bhyt|biển số|số xe))"
    r"[\s:.\-–]*(?i:số|là)?[\s:.]*(?P<number>(?=[A-Z0-9.\- ]*\d{3})[A-Z0-9][A-Z0-9.\- ]{4,18}[A-Z0-9])"
)
PLATE = re.compile(r"\b\d{2}[A-Z][A-Z0-9]?[ -]?\d{3}\.?\d{2}\b")
MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
ADDRESS = re.compile(
    r"(?i:\b(?:số nhà|nhà số|căn nhà số|hẻm|ngõ|ngách|kiệt|căn hộ|thửa(?: đất)?(?: số)?|tờ bản đồ(?: số)?)"
    r"\s+(?:số\s+)?[\w/.-]*\d[\w/.-]*)"
    rf"(?:[,\s]+(?i:đường|phố|tổ|ấp|khu phố|thôn)\s+\w+(?:\s+{CAPITAL}){{0,3}})?"
    rf"|(?i:\bsố\s+\d[\w/.-]*[,\s]+(?:đường|phố)\s+)(?:{CAPITAL}|\d+)(?:\s+(?:{CAPITAL}|\d+)){{0,3}}"
    rf"|\b\d{{1,4}}(?:/\d{{1,4}})+[A-Za-z]?\s+(?i:đường\s+)?{CAPITAL}(?:\s+{CAPITAL}){{1,3}}"
)

TITLES = "ông|bà|anh|chị|cụ|cô|chú|bác|em|cháu|đồng chí|đ/c|đc|ths|ts|pgs|gs|bs|ks"
LATIN = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
UPPER = f"[{''.join(chr(code) for code in LATIN if chr(code).isupper())}]"
TITLED = re.compile(rf"(?<!\w)(?i:{TITLES})\.?\s+{UPPER}\w*")
CAPITALISED = re.compile(rf"{UPPER}\w*(?:\s+{UPPER}\w*)+")
LONGEST_NAME = 6  # words
DOUBTFUL = (
    re.compile(r"[\w.+-]+@[\w-]+\.\w"),  # an address for mail
    re.compile(r"(?:\d[\s.-]?){9,}"),  # a telephone, an identity card, an account
    re.compile(r"(?<!\w)(?i:số nhà|nhà số|hộ chiếu|cccd|cmnd|căn cước|tài khoản|điện thoại|sinh ngày)(?!\w)"),
)
"""What may be personal data, though no more of it is found."""
NOBODY = ("bác hồ", "bà rịa")
"""What reads like a title with a name and is nobody who could be asked."""
MOST = 20_000  # characters that are looked through: what is taken in is shorter


def personal_data_in(text: str) -> list[Spot]:
    """The places of `text` that tell who somebody is, in order, none over another.

    Raises:
        ValueError: the text is longer than MOST characters, and should have been refused before.
    """
    if len(text) > MOST:
        raise ValueError(f"{len(text)} characters are too many to be looked through")
    found: list[Spot] = []
    for spot in sorted(_all_in(text), key=lambda spot: (spot.start, -spot.end)):
        if not found or spot.start >= found[-1].end:
            found.append(spot)
    return found


def without(text: str, spots: list[Spot]) -> str:
    """`text` with these places of it left out, their kind in their stead."""
    parts, last = [], 0
    for spot in spots:
        parts += [text[last : spot.start], MASKS[spot.kind]]
        last = spot.end
    return "".join([*parts, text[last:]])


def taken_in(text: str) -> str:
    """A writer's words as they are looked through and kept: of one Unicode form, without what cannot be seen."""
    plain = normalise(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in plain if sign == "\n" or sign.isprintable()).strip()


def is_personal(text: str) -> bool:
    """Whether words may tell of a person, where nobody is asked: when in doubt they do."""
    plain = unicodedata.normalize("NFC", text)
    titled = (" ".join(match[0].lower().split()) for match in TITLED.finditer(plain))
    return (
        any(words not in NOBODY for words in titled)
        or any(pattern.search(plain) for pattern in DOUBTFUL)
        or any(_may_be_name(words) for words in _runs_in(plain))
        or next(_all_in(plain), None) is not None
    )


def names_in(text: str) -> set[str]:
    """What could be the name of a person: the runs of words with capitals, and every part of them."""
    return {
        " ".join(words[:end])
        for words in _runs_in(unicodedata.normalize("NFC", text))
        for end in range(2, LONGEST_NAME + 1)
    }


def _runs_in(text: str) -> Iterator[list[str]]:
    """The runs of words with capitals, from each word of them on."""
    for match in CAPITALISED.finditer(text):
        words = match[0].split()
        yield from (words[start : start + LONGEST_NAME] for start in range(len(words) - 1))


def _may_be_name(words: list[str]) -> bool:
    """Whether the words begin like a name that is not known to be a place or whom everybody speaks of."""
    return _is_name(words) or words[0].lower() in RARE


def _all_in(text: str) -> Iterator[Spot]:
    for kind, pattern in ((Kind.MAIL, MAIL), (Kind.ADDRESS, ADDRESS), (Kind.NUMBER, PLATE), (Kind.NUMBER, NUMBER)):
        yield from (Spot(*match.span(), kind, match[0]) for match in pattern.finditer(text))
    for match in PHONE.finditer(text):
        if 9 <= sum(sign.isdigit() for sign in match[0]) <= 12:
            yield Spot(*match.span(), Kind.PHONE, match[0])
    for match in LABELLED.finditer(text):
        yield Spot(*match.span("number"), Kind.NUMBER, match["number"])
    yield from _names_in(text)


def _names_in(text: str) -> Iterator[Spot]:
    for match in AFTER_TITLE.finditer(text):
        words = match["name"].split()
        is_person = bool(re.fullmatch(OF_PEOPLE, match["title"], re.IGNORECASE))
        titled = f"{match['title']} {words[0]}".lower()
        if titled in NOBODY:
            continue
        if _is_name(words) or (is_person and fold(words[0]) not in NO_PERSON):
            yield Spot(*match.span("name"), Kind.NAME, match["name"])
    for match in SMALL_AFTER_TITLE.finditer(text):
        if _is_surname(match["name"].split()[0]):
            yield Spot(*match.span("name"), Kind.NAME, match["name"])
    for match in WHOLE_NAME.finditer(text):
        yield from _whole(text, match)


def _whole(text: str, match: re.Match[str]) -> Iterator[Spot]:
    """A surname with given names, wherever it begins in a run of capitals, unless a place or a street bears it."""
    words = list(re.finditer(r"\S+", match[0]))
    for first, word in enumerate(words[:-1]):
        start = match.start() + word.start()
        following = [each[0] for each in words[first : first + 4]]
        if _is_name(following) and (len(following) > 2 or following[0].lower() in COMMON):
            if not KNOWN_PLACES.search(text[max(0, start - 40) : start]):
                end = match.start() + words[first + len(following) - 1].end()
                yield Spot(start, end, Kind.NAME, text[start:end])
            return


def _is_name(words: list[str]) -> bool:
    """Whether the words are a surname and given names, and neither a place nor whom everybody speaks of."""
    if len(words) < 2 or not _is_surname(words[0]):
        return False
    small = " ".join(words).lower()
    return not any(small == known or small.startswith(f"{known} ") for known in NOT_NAMES)


def _is_surname(word: str) -> bool:
    """With its marks a surname, or without any as one is typed on a poor keyboard."""
    small = word.lower()
    return small in SURNAMES or (small.isascii() and small in BARE_SURNAMES)
