"""The form of the workbook: its sheets and columns, and the words its cells take.

The words are Vietnamese in every language of the screen: the file goes from hand to hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import translation

from motbuoc.foundation.people.models import PositionTitle
from motbuoc.foundation.units.kinds import UnitKind
from vanban.text import fold

CLEAR = "-"
"""In a column that lists things: there is none. An empty cell says nothing and changes nothing."""
NEW_PERSON = "mới"
"""How the key of somebody begins whom the installation does not know yet: `mới 1`, on each of their rows."""


@dataclass(frozen=True)
class Column:
    """One column: the name by which code calls it, its head, width in characters, and what it takes.

    `longest` is in characters (0: not text). `asked`: a row without it is wrong.
    """

    key: str
    head: str
    width: int
    takes: str
    longest: int = 0
    asked: bool = False
    is_day: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet and its columns."""

    title: str
    columns: tuple[Column, ...]

    def head(self, key: str) -> str:
        """The head of the column called `key`."""
        return next(column.head for column in self.columns if column.key == key)


UNITS = Sheet(
    "Đơn vị",
    (
        Column(
            "code",
            "Mã",
            14,
            "Mã riêng của đơn vị trong toàn hệ thống. Đơn vị có sẵn được nhận ra theo mã.",
            40,
            True,
        ),
        Column("name", "Tên", 44, "Tên đầy đủ.", 250, True),
        Column("short_name", "Tên ngắn", 26, "Tên dùng trên bảng. Đơn vị mới để trống thì lấy theo tên.", 80),
        Column(
            "symbol", "Ký hiệu", 14, "Ký hiệu trên văn bản, ví dụ ĐUK. Đơn vị mới để trống thì lấy theo mã.", 40
        ),
        Column("kind", "Loại hình", 30, "Một trong các loại hình ghi bên dưới. Đơn vị mới phải ghi."),
        Column(
            "parent",
            "Mã đơn vị cấp trên",
            18,
            "Mã của một đơn vị trong tệp hoặc đã có. Chỉ đơn vị cao nhất để trống.",
            40,
        ),
        Column(
            "valid_from",
            "Ngày hiệu lực",
            14,
            "Ngày đơn vị mới bắt đầu; để trống là ngày chung ghi khi nhập. Với đơn vị đã có, cột này chỉ để xem.",
            is_day=True,
        ),
        Column("legal_basis", "Căn cứ", 34, "Văn bản làm căn cứ của đơn vị mới; để trống là căn cứ chung.", 250),
        Column(
            "last_day",
            "Hoạt động đến hết ngày",
            16,
            "Chỉ dành cho ban chỉ đạo, tổ công tác: ngày cuối cùng hoạt động.",
            is_day=True,
        ),
        Column(
            "identifiers",
            "Mã định danh",
            30,
            "loại=giá trị, cách nhau bằng dấu chấm phẩy. Mã không còn ghi sẽ kết thúc; ghi - nếu không còn.",
            2000,
        ),
        Column(
            "hosts",
            "Đơn vị chủ quản",
            24,
            "Mã cơ quan, doanh nghiệp nơi đặt tổ chức, cách nhau bằng dấu chấm phẩy. Ghi - nếu không còn.",
            2000,
        ),
    ),
)
PEOPLE = Sheet(
    "Người",
    (
        Column(
            "person",
            "Mã người",
            11,
            "Số do hệ thống cấp. Người mới để trống, hoặc ghi “mới 1”, “mới 2”… nếu giữ nhiều chức vụ.",
            40,
        ),
        Column("full_name", "Họ tên", 30, "Họ và tên.", 120, True),
        Column("unit", "Mã đơn vị", 14, "Mã của một đơn vị trong tệp hoặc đã có.", 40, True),
        Column("title", "Chức vụ", 30, "Một trong các chức vụ ghi bên dưới.", asked=True),
        Column("valid_from", "Từ ngày", 14, "Ngày bắt đầu; để trống là ngày chung ghi khi nhập.", is_day=True),
        Column(
            "last_day", "Đến hết ngày", 14, "Ngày cuối cùng giữ chức vụ; để trống là chưa kết thúc.", is_day=True
        ),
        Column("legal_basis", "Căn cứ", 34, "Văn bản làm căn cứ; để trống là căn cứ chung.", 250),
    ),
)
SHEETS = (UNITS, PEOPLE)
GUIDE = "Hướng dẫn"


def key_of(words: str) -> str:
    """Words as they are compared: marks, capitals and spaces aside."""
    return " ".join(fold(words).split())


def word_of(choice: TextChoices) -> str:
    """The Vietnamese word for a kind or a title."""
    with translation.override("vi"):
        return str(choice.label)


def words_of(choices: type[TextChoices]) -> list[str]:
    """The Vietnamese words for all kinds or titles."""
    return [word_of(choice) for choice in choices]


def choices_by_word(choices: type[TextChoices]) -> dict[str, str]:
    """The kinds or titles by whatever a cell may call them: the Vietnamese or English word, or the code."""
    found = {key_of(choice.value): choice.value for choice in choices}
    for language in ("en", "vi"):
        with translation.override(language):
            found |= {key_of(str(choice.label)): choice.value for choice in choices}
    return found


KINDS, TITLES = UnitKind, PositionTitle
