"""Documents of every regime, kind and date, made up by chance from invented organs, places and people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.document import Document, Field, Header, Recipient, RecipientKind, Regime, Signature

Tree = tuple[Any, ...]  # (number, heading, children), as provisions are compared
Block = Paragraph | Table


@dataclass(frozen=True)
class House:
    """What belongs together in one regime: organs, the form of the symbol, who signs."""

    regime: Regime
    days: tuple[date, ...]
    superiors: tuple[str | None, ...]
    issuers: tuple[str, ...]
    symbol: str
    dispatch: str
    authority: str
    titles: tuple[str, ...]
    kinds: tuple[str, ...] = ("KH", "BC", "TB", "NQ", "CTr", "CV", "TTr", "HD", "QĐ", "BB")


HOUSES = (
    House(
        Regime.PARTY,
        (date(2018, 4, 3), date(2022, 3, 7), date(2026, 5, 26), date(2026, 5, 27), date(2026, 12, 31)),
        ("ĐẢNG BỘ TỈNH BẾN NGÀN", None),
        ("ĐẢNG ỦY KHỐI", "ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH BẾN NGÀN", "HUYỆN ỦY MẪU SƠN"),
        "{kind}/ĐUK",
        "CV/ĐUK",
        "T/M BAN THƯỜNG VỤ",
        ("BÍ THƯ", "PHÓ BÍ THƯ"),
        ("KH", "BC", "TB", "NQ", "CTr", "CV", "TTr", "HD", "QĐ", "CT", "KL", "BB"),
    ),
    House(
        Regime.STATE,
        (date(2011, 3, 5), date(2015, 1, 9), date(2020, 3, 4), date(2020, 3, 5), date(2025, 11, 30)),
        ("UBND TỈNH BẾN NGÀN", "ỦY BAN NHÂN DÂN TỈNH BẾN NGÀN"),
        ("SỞ NỘI VỤ", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"),
        "{kind}-SNV",
        "SNV-VP",
        "KT. GIÁM ĐỐC",
        ("PHÓ GIÁM ĐỐC",),
    ),
    House(
        Regime.YOUTH,
        (date(2013, 10, 29), date(2024, 3, 26)),
        ("TỈNH ĐOÀN BẾN NGÀN", None),
        ("BCH ĐOÀN KHỐI CƠ QUAN TỈNH",),
        "{kind}/ĐK-VP",
        "CV/ĐK-VP",
        "TM. BAN THƯỜNG VỤ",
        ("BÍ THƯ", "PHÓ BÍ THƯ"),
    ),
    House(
        Regime.UNION,
        (date(2019, 2, 1), date(2022, 5, 1), date(2024, 5, 14)),
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH BẾN NGÀN",),
        "{kind}-LĐLĐ",
        "LĐLĐ-VP",
        "TM. BAN THƯỜNG VỤ",
        ("CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ),
    House(
        Regime.FRONT,
        (date(2018, 7, 9), date(2023, 12, 1)),
        (None,),
        ("HỘI CỰU CHIẾN BINH TỈNH BẾN NGÀN", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH BẾN NGÀN"),
        "{kind}-CCB",
        "CCB-VP",
        "TM. BAN THƯỜNG VỤ",
        ("CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ),
)
NAMES = {
    "KH": "KẾ HOẠCH",
    "BC": "BÁO CÁO",
    "TB": "THÔNG BÁO",
    "NQ": "NGHỊ QUYẾT",
    "CTr": "CHƯƠNG TRÌNH",
    "TTr": "TỜ TRÌNH",
    "HD": "HƯỚNG DẪN",
    "QĐ": "QUYẾT ĐỊNH",
    "CT": "CHỈ THỊ",
    "KL": "KẾT LUẬN",
    "BB": "BIÊN BẢN",
}
SUBJECTS = (
    "thực hiện công tác dân vận năm 2022",
    "kết quả trồng cây xanh phân tán trên địa bàn tỉnh giai đoạn 2021 - 2025",
    "tổ chức hội nghị sơ kết 6 tháng đầu năm",
)
PLACES = ("Bến Ngàn", "Mẫu Sơn", "Thành phố Mẫu")
PEOPLE = ("Trần Thị Mẫu", "Lê Văn Thử", "Ngô Hoàng Minh Ví Dụ")
ADDRESSEES = ("Các chi bộ trực thuộc", "Ủy ban nhân dân các xã, phường", "Văn phòng Tỉnh ủy")
RECIPIENTS = (
    ("Thường trực Tỉnh ủy", RecipientKind.ORGAN),
    ("Các phòng chuyên môn", RecipientKind.ORGAN),
    ("Ủy ban nhân dân các xã, phường", RecipientKind.ORGAN),
    ("Đồng chí Lê Văn Thử, Phó Bí thư", RecipientKind.PERSON),
)
BASES = (
    "Căn cứ Luật Lâm nghiệp năm 2017",
    "Căn cứ Quyết định số 15/2019/QĐ-UBND ngày 07/02/2019 của Ủy ban nhân dân tỉnh về trồng cây",
    "Theo đề nghị của Chánh Văn phòng",
)
HEADINGS = ("MỤC ĐÍCH, YÊU CẦU", "NHIỆM VỤ TRỌNG TÂM", "TỔ CHỨC THỰC HIỆN", "ĐÁNH GIÁ CHUNG")
TITLES = ("Công tác tuyên truyền", "Công tác kiểm tra, giám sát", "Kinh phí thực hiện")
SENTENCES = (
    "Các cơ quan, đơn vị rà soát những công trình còn dở dang, báo cáo trước ngày 20/6/2025",
    "Nâng cao chất lượng công tác vận động quần chúng trong tình hình mới",
    "Giao Văn phòng chủ trì, phối hợp với các phòng theo dõi, đôn đốc việc thực hiện",
    "Việc trồng cây thực hiện theo Kế hoạch số 12/KH-UBND ngày 09/01/2025 của Ủy ban nhân dân tỉnh",
)
_ROMAN = ("I", "II", "III", "IV")
_LETTERS = "abcdđe"

sentences = st.sampled_from(SENTENCES)
rows = st.lists(
    st.tuples(st.sampled_from(("1", "2", "12,5%", "")), st.sampled_from((*TITLES, ""))), min_size=1, max_size=3
)


@dataclass(frozen=True)
class Draft:
    """What is given to `write`, and the tree of provisions that must come back."""

    document: Document
    body: tuple[Block, ...]
    annexes: tuple[Annex, ...]
    tree: tuple[Tree, ...]


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    house = draw(st.sampled_from(HOUSES))
    body, tree = draw(st.one_of(sections(), articles(), chapters()))
    document = draw(documents(house))
    return Draft(document, body, tuple(draw(annexes())), tree)


@st.composite
def documents(draw: st.DrawFn, house: House) -> Document:
    kind = draw(st.sampled_from(house.kinds))
    names = draw(st.lists(st.sampled_from(ADDRESSEES), min_size=1, max_size=3, unique=True))
    addressed = kind in ("CV", "TTr")
    bases = draw(st.lists(st.sampled_from(BASES), max_size=3, unique=True)) if kind == "QĐ" else []
    signature, cosigners = draw(signers(house, kind))
    return Document(
        text="",
        regime=house.regime,
        header=draw(headers(house, kind)),
        addressees=tuple(map(Field, names)) if addressed else (),
        bases=tuple(map(Field, bases)),
        distribution=tuple(draw(distributions(addressed=addressed))),
        signature=signature,
        cosigners=cosigners,
    )


@st.composite
def signers(draw: st.DrawFn, house: House, kind: str) -> tuple[Signature, tuple[Signature, ...]]:
    """Who signs: one for the house; under minutes who presides and who wrote."""
    one, other = draw(st.permutations(PEOPLE))[:2]
    if kind == "BB":
        return Signature(title=Field("CHỦ TRÌ HỘI NGHỊ"), name=Field(one)), (
            Signature(title=Field("NGƯỜI GHI BIÊN BẢN"), name=Field(other)),
        )
    return Signature(Field(house.authority), Field(draw(st.sampled_from(house.titles))), Field(one)), ()


@st.composite
def headers(draw: st.DrawFn, house: House, kind: str) -> Header:
    dispatch = kind == "CV"
    number = f"{draw(st.integers(1, 4000)):02d}"
    symbol = house.dispatch if dispatch else house.symbol.format(kind=kind)
    mark = "-" if house.regime in (Regime.PARTY, Regime.YOUTH) else "/"
    superior = draw(st.sampled_from(house.superiors))
    led = dispatch and mark == "/"
    subject = draw(st.sampled_from(SUBJECTS))
    return Header(
        superior=Field(superior) if superior else None,
        issuer=Field(draw(st.sampled_from(house.issuers))),
        number=Field(number),
        symbol=Field(symbol),
        code=Field(f"{number}{mark}{symbol}"),
        type=Field(kind),
        type_name=None if dispatch else Field(NAMES[kind]),
        place=Field(draw(st.sampled_from(PLACES))),
        date=draw(st.sampled_from(house.days)),
        subject=Field(f"V/v {subject}" if led else subject),
        urgency=draw(st.sampled_from((None, None, Field("KHẨN"), Field("THƯỢNG KHẨN")))),
        draft=draw(st.sampled_from((None, None, Field("Dự thảo lần 2")))),
        circulation=draw(st.sampled_from((None, None, Field("LƯU HÀNH NỘI BỘ"), Field("XEM XONG TRẢ LẠI")))),
    )


@st.composite
def distributions(draw: st.DrawFn, *, addressed: bool) -> list[Recipient]:
    first = [Recipient("Như trên", RecipientKind.ADDRESSEES)] if addressed else []
    others = [Recipient(*each) for each in draw(st.lists(st.sampled_from(RECIPIENTS), max_size=3, unique=True))]
    return [*first, *others, Recipient("Lưu Văn phòng", RecipientKind.ARCHIVE)]


def _said(text: str, mark: str = ".") -> Paragraph:
    return Paragraph((Run(f"{text}{mark}"),))


@st.composite
def points(draw: st.DrawFn) -> tuple[list[Block], list[Tree]]:
    """Points a) b) … under a clause, maybe with dashes under them."""
    found = draw(st.lists(sentences, min_size=1, max_size=6))
    blocks: list[Block] = [_said(f"{_LETTERS[place]}) {text}", ";") for place, text in enumerate(found)]
    return blocks, [(_LETTERS[place], None, ()) for place in range(len(found))]


@st.composite
def clauses(draw: st.DrawFn, level: int) -> tuple[list[Block], tuple[Tree, ...]]:
    """Clauses 1. 2. …, with a title and text under it, or running text, some with points or a table."""
    blocks: list[Block] = []
    tree: list[Tree] = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        title = draw(st.none() | st.sampled_from(TITLES))
        text = draw(sentences)
        if title:
            blocks += [Paragraph((Run(f"{number}. {title}"),), level), _said(text)]
        else:
            blocks.append(_said(f"{number}. {text}"))
        below, found = draw(st.just(([], [])) | points())
        blocks += below
        if draw(st.integers(0, 5)) == 0:
            blocks.append(draw(tables()))
        tree.append((str(number), title, tuple(found)))
    return blocks, tuple(tree)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    found = draw(rows)
    return Table(("TT", "Nội dung"), tuple((Run(one), Run(other)) for one, other in found), (1, 4))


@st.composite
def sections(draw: st.DrawFn) -> tuple[tuple[Block, ...], tuple[Tree, ...]]:
    """I. II. … with clauses under them: plans, reports, dispatches."""
    blocks: list[Block] = [_said(draw(sentences), " như sau:")]
    tree: list[Tree] = []
    for place, heading in enumerate(
        draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=3, unique=True))
    ):
        blocks.append(Paragraph((Run(f"{_ROMAN[place]}. {heading}"),), 1))
        below, found = draw(clauses(2))
        blocks += below
        tree.append((_ROMAN[place], heading, found))
    return (*blocks, _said(draw(sentences))), tuple(tree)


@st.composite
def articles(draw: st.DrawFn, first: int = 1) -> tuple[tuple[Block, ...], tuple[Tree, ...]]:
    """Articles, with a title and clauses under it, or running text."""
    blocks: list[Block] = []
    tree: list[Tree] = []
    for number in range(first, first + draw(st.integers(1, 3))):
        title = draw(st.none() | st.sampled_from(TITLES))
        if title:
            blocks.append(Paragraph((Run(f"Điều {number}. {title}"),), 2))
            below, found = draw(clauses(3))
            blocks += below
        else:
            blocks.append(Paragraph((Run(f"Điều {number}.", bold=True), Run(f" {draw(sentences)}."))))
            found = ()
        tree.append((f"Điều {number}", title, found))
    return (*blocks,), tuple(tree)


@st.composite
def chapters(draw: st.DrawFn) -> tuple[tuple[Block, ...], tuple[Tree, ...]]:
    """Chapters of articles: statutes and rules."""
    blocks: list[Block] = []
    tree: list[Tree] = []
    first = 1
    for place in range(draw(st.integers(1, 2))):
        heading = HEADINGS[place]
        blocks.append(Paragraph((Run(f"Chương {_ROMAN[place]}\n{heading}"),), 1))
        below, found = draw(articles(first))
        first += len(found)
        blocks += below
        tree.append((f"Chương {_ROMAN[place]}", heading, found))
    return tuple(blocks), tuple(tree)


@st.composite
def annexes(draw: st.DrawFn) -> list[Annex]:
    titles = draw(st.lists(st.sampled_from(("DANH SÁCH ĐƠN VỊ", "BIỂU TỔNG HỢP")), max_size=2, unique=True))
    return [Annex(title, (draw(tables()),), landscape=draw(st.booleans())) for title in titles]


def without_ends(draft: Draft) -> Draft:
    """The same draft with neither number nor day."""
    header = replace(draft.document.header, number=None, code=None, date=None)
    return replace(draft, document=replace(draft.document, header=header))
