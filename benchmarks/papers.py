"""Papers written for the benchmarks: long texts in the shape of a directive, as text and as a Word file."""

from __future__ import annotations

import io

import docx

HEAD = [
    "ĐẢNG BỘ TỈNH MẪU",
    "ĐẢNG ỦY KHỐI MẪU",
    "*",
    "Số 12-CV/ĐUK",
    "Việc làm mẫu",
]
RIGHT = ["ĐẢNG CỘNG SẢN VIỆT NAM", "Mẫu, ngày 05 tháng 3 năm 2026"]
ITEM = (
    "{n}. Tiếp tục thực hiện Chỉ thị số {n}-CT/TU, ngày 17/10/2020 của Ban Thường vụ Tỉnh ủy về phong trào mẫu "
    "thứ {n} giai đoạn 2020 - 2025, tầm nhìn đến năm 2030; phối hợp với các đoàn thể tổ chức hội nghị quán triệt "
    "trước ngày 30/{m}/2026. Thường xuyên nắm tình hình đoàn viên, hội viên, công chức, viên chức và người lao "
    "động; định kỳ hằng quý báo cáo kết quả theo Kế hoạch số 7{n}-KH/ĐUK, ngày 17/02/2022 của Ban Thường vụ Đảng "
    "ủy Khối về triển khai công tác mẫu, nhằm nâng cao chất lượng hoạt động của tổ chức cơ sở đảng."
)
TAIL = ["Nơi nhận:", "- Như trên,", "- Lưu Văn phòng Đảng ủy Khối."]
SIGNED = ["T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Trần Thử Mẫu"]
ENGLISH = (
    "The court relied on Roe v. Wade, 410 U.S. 113 (1973), and on Brown v. Board of Education, 347 U.S. 483, 495 "
    "(1954), where the question of equal treatment was decided, and held that the statute, 42 U.S.C. § 1983, has "
    "a remedy for the person whose rights have been denied under colour of law as the complaint describes. "
)


def numbered_items(count: int) -> list[str]:
    """The numbered items of a directive."""
    return [ITEM.format(n=number, m=4 + number % 8) for number in range(1, count + 1)]


def long_directive(items: int) -> str:
    """A directive of so many items as plain text, about 750 characters an item."""
    body = ["Kính gửi: - Các chi ủy, đảng ủy cơ sở,", *numbered_items(items)]
    return "\n\n".join(["\n".join(HEAD), "\n".join(RIGHT), *body, "\n".join(TAIL), "\n".join(SIGNED)])


def word_file(text: str) -> bytes:
    """A .docx of such a text: letterhead in a table of two columns, the rest as paragraphs."""
    document = docx.Document()
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.text, right.text = "\n".join(HEAD), "\n".join(RIGHT)
    for paragraph in text.split("\n\n")[2:]:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


LAW_HEAD = """QUỐC HỘI
Luật số: 99/2026/QH99

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

LUẬT
VIỆC MẪU

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Việc mẫu.
"""
ARTICLE = """Điều {n}. Việc mẫu thứ {n}
1. Cơ quan quản lý việc mẫu thực hiện các nội dung sau đây:
a) Tổ chức ghi nhận, phân loại và lưu giữ thông tin về việc mẫu theo quy định tại khoản 2 Điều {m} của Luật này;
b) Phối hợp với tổ chức, cá nhân có liên quan trong việc kiểm tra điều kiện thực hiện việc mẫu tại địa phương;
c) Bảo đảm nguồn lực, phương tiện và điều kiện làm việc cho người được giao thực hiện việc mẫu;
d) Công khai kết quả thực hiện trên trang thông tin điện tử của cơ quan, trừ thông tin thuộc phạm vi bí mật;
đ) Các nội dung khác theo quy định của pháp luật có liên quan.
2. Tổ chức, cá nhân thực hiện việc mẫu có trách nhiệm cung cấp thông tin đầy đủ, chính xác và chịu trách nhiệm
trước pháp luật về thông tin đã cung cấp; việc cung cấp thực hiện theo Nghị định số {n}/2025/NĐ-CP ngày 05 tháng
3 năm 2025 của Chính phủ quy định chi tiết về việc mẫu.
3. Trong thời hạn 15 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ, cơ quan tiếp nhận có trách nhiệm trả lời bằng
văn bản; trường hợp không chấp thuận phải nêu rõ lý do.
"""


def long_law(pages: int) -> str:
    """A law of about so many printed pages: chapters of ten articles, clauses, points, its own references."""
    articles = max(1, round(pages * 2_500 / len(ARTICLE)))
    parts = [LAW_HEAD]
    for number in range(1, articles + 1):
        if number % 10 == 1:
            parts.append(f"Chương {number // 10 + 1}\nVIỆC MẪU PHẦN {number // 10 + 1}\n")
        parts.append(ARTICLE.format(n=number, m=max(1, number - 1)))
    return "\n".join([*parts, "CHỦ TỊCH QUỐC HỘI\n\nTrần Thử Mẫu\n"])
