"""What stands at the end besides recipients and one signature: further signers, copies, panels, appendices."""
# ruff: noqa: E501 - a case stays on one line

from __future__ import annotations

from datetime import date

import pytest

from vanban import Document, Signature, parse

TOP = "UBND TỈNH AN HẢI\nSố: 5/UBND-TH\nV/v trồng cây\n\nAn Hải, ngày 05 tháng 3 năm 2026\n\nKính gửi: Sở Xây dựng\n\n1. Giao Sở Xây dựng lập kế hoạch./.\n\n"
END = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Văn Mẫu\n\n"
OWN = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu")


def shown(signature: Signature) -> tuple[str | None, ...]:
    return tuple(part.value if part else None for part in (signature.authority, signature.title, signature.name))


def names(document: Document) -> list[str]:
    return [recipient.name for recipient in document.distribution]


def assert_own_end(document: Document) -> None:
    assert shown(document.signature) == OWN
    assert document.cosigners == ()
    assert names(document) == ["Như trên", "Lưu: VT"]
    assert document.header.code is not None
    assert document.header.code.value == "5/UBND-TH"
    assert document.header.date == date(2026, 3, 5)


MINUTES = {
    "side by side": "NGƯỜI GHI BIÊN BẢN          CHỦ TRÌ HỘI NGHỊ\n\n\nLê Thị Thử                    Trần Văn Mẫu",
    "side by side, signed": "NGƯỜI GHI BIÊN BẢN          CHỦ TRÌ HỘI NGHỊ\n(Đã ký)               (Đã ký)\nLê Thị Thử                    Trần Văn Mẫu",
    "cells one after the other": "NGƯỜI GHI BIÊN BẢN\n(đã ký)\nLê Thị Thử\n\nCHỦ TRÌ HỘI NGHỊ\n(đã ký)\nTrần Văn Mẫu",
    "titles, then names": "NGƯỜI GHI BIÊN BẢN\n\nCHỦ TRÌ HỘI NGHỊ\n\nLê Thị Thử\n\nTrần Văn Mẫu",
}


@pytest.mark.parametrize("layout", MINUTES)
def test_minutes_have_two_signers_and_the_chair_answers(layout: str) -> None:
    text = f"CHI BỘ MẪU\n*\nSố 3-BB/CB\n\nBIÊN BẢN\nhọp chi bộ\n\nI- NỘI DUNG\n\n1. Thảo luận.\n\nCuộc họp kết thúc lúc 17 giờ.\n\n{MINUTES[layout]}"
    document = parse(text)
    assert shown(document.signature) == (None, "CHỦ TRÌ HỘI NGHỊ", "Trần Văn Mẫu")
    assert [shown(each) for each in document.cosigners] == [(None, "NGƯỜI GHI BIÊN BẢN", "Lê Thị Thử")]


def test_a_joint_paper_is_led_by_the_body_named_first() -> None:
    text = (
        "BAN DÂN VẬN - BAN TUYÊN GIÁO\n*\nSố 9-HD/BDV-BTG\n\nHƯỚNG DẪN\nvề phong trào\n\n1. Các cấp ủy phổ biến.\n\nNơi nhận:\n- Các đảng ủy;\n- Lưu.\n\n"
        "BAN TUYÊN GIÁO                  BAN DÂN VẬN\nTRƯỞNG BAN                    TRƯỞNG BAN\n\n\nLê Thị Thử                     Trần Văn Mẫu"
    )
    document = parse(text)
    assert shown(document.signature) == (None, "TRƯỞNG BAN", "Trần Văn Mẫu")
    assert document.signature.organ is not None
    assert document.signature.organ.value == "BAN DÂN VẬN"
    (other,) = document.cosigners
    assert shown(other) == (None, "TRƯỞNG BAN", "Lê Thị Thử")
    assert other.organ is not None
    assert other.organ.value == "BAN TUYÊN GIÁO"


def test_joint_blocks_one_below_the_other() -> None:
    end = "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN\nBÍ THƯ\n\nTrần Văn Mẫu\n\nGIÁM ĐỐC SỞ NỘI VỤ\n\nLê Thị Thử\n\nNơi nhận:\n- Như trên;\n- Lưu: VT."
    document = parse(TOP + end)
    assert shown(document.signature) == ("TM. BAN THƯỜNG VỤ TỈNH ĐOÀN", "BÍ THƯ", "Trần Văn Mẫu")
    assert [shown(each) for each in document.cosigners] == [(None, "GIÁM ĐỐC SỞ NỘI VỤ", "Lê Thị Thử")]
    assert names(document) == ["Như trên", "Lưu: VT"]


@pytest.mark.parametrize(
    ("block", "want"),
    [
        ("T.M. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Văn Mẫu", ("T.M. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu")),
        (
            "T.U.Q GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\n\nTrần Văn Mẫu",
            ("T.U.Q GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Trần Văn Mẫu"),
        ),
        (
            "BÍ THƯ\nkiêm\nTRƯỞNG BAN CHỈ ĐẠO\n\nTrần Văn Mẫu",
            (None, "BÍ THƯ kiêm TRƯỞNG BAN CHỈ ĐẠO", "Trần Văn Mẫu"),
        ),
        ("HIỆU TRƯỞNG\n\nPGS.TS. Trần Văn Mẫu", (None, "HIỆU TRƯỞNG", "Trần Văn Mẫu")),
        ("CHỈ HUY TRƯỞNG\n\nĐại tá Trần Văn Mẫu", (None, "CHỈ HUY TRƯỞNG", "Trần Văn Mẫu")),
        ("GIÁM ĐỐC\n\nĐã ký\n\nTrần Văn Mẫu", (None, "GIÁM ĐỐC", "Trần Văn Mẫu")),
        ("GIÁM ĐỐC\n\n[daky]\n\nTrần Văn Mẫu", (None, "GIÁM ĐỐC", "Trần Văn Mẫu")),
        ("GIÁM ĐỐC\n\n(đã ký) Trần Văn Mẫu", (None, "GIÁM ĐỐC", "Trần Văn Mẫu")),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTRẦN VĂN MẪU", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "TRẦN VĂN MẪU")),
        ("GIÁM ĐỐC\n\n\n12\n\nTrần Văn Mẫu", (None, "GIÁM ĐỐC", "Trần Văn Mẫu")),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", None)),
        ("T/M BAN THƯỜNG VỤ\n\nTrần Văn Mẫu", ("T/M BAN THƯỜNG VỤ", None, "Trần Văn Mẫu")),
        (
            "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\nTrần Văn Mẫu",
            ("TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Trần Văn Mẫu"),
        ),
    ],
)
def test_signature_blocks(block: str, want: tuple[str | None, ...]) -> None:
    document = parse(f"{TOP}Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\n{block}")
    assert shown(document.signature) == want
    assert document.cosigners == ()


@pytest.mark.parametrize(
    ("items", "want"),
    [
        ("- Thường trực Tỉnh ủy (để báo cáo);", ("Thường trực Tỉnh ủy (để báo cáo)", "để báo cáo")),
        ("- Bộ Y tế (b/c);", ("Bộ Y tế (b/c)", "b/c")),
        ("- TTgCP (để b/c);", ("TTgCP (để b/c)", "để b/c")),
        ("- Các sở, ban, ngành để thực hiện;", ("Các sở, ban, ngành để thực hiện", "để thực hiện")),
        ("- Sở Y tế (2b);", ("Sở Y tế (2b)", None)),
        ("- Các sở: Nội vụ,\nTài chính, Xây dựng;", ("Các sở: Nội vụ, Tài chính, Xây dựng", None)),
        ("- Các sở:\n+ Nội vụ;\n+ Tài chính;", ("Các sở: + Nội vụ; + Tài chính", None)),
        ("Các sở, ban, ngành;", ("Các sở, ban, ngành", None)),
    ],
)
def test_recipients_and_what_they_get_it_for(items: str, want: tuple[str, str | None]) -> None:
    bare = "" if items.startswith("-") else "Như trên;\n"
    dash = "- " if not bare else ""
    document = parse(
        f"{TOP}Nơi nhận:\n{bare or '- Như trên;'}\n{items}\n{dash}Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Mẫu"
    )
    first, second, last = document.distribution
    assert (first.name, last.name) == ("Như trên", "Lưu: VT")
    assert (second.name, second.role) == want
    assert document.signature.name is not None


def test_a_list_without_its_label() -> None:
    document = parse(f"{TOP}- Sở Nội vụ; - Sở Tài chính; - Lưu: VT (2b).\n\nGIÁM ĐỐC\n\nTrần Văn Mẫu")
    assert names(document) == ["Sở Nội vụ", "Sở Tài chính", "Lưu: VT (2b)"]
    assert all(recipient.confidence < 0.9 for recipient in document.distribution)


def test_a_name_that_a_machine_ran_into_the_list() -> None:
    document = parse(
        f"{TOP}Nơi nhận: K/T CHÁNH VĂN PHÒNG\n- Như trên; PHÓ CHÁNH VĂN PHÒNG\n- Các đơn vị trực thuộc Trần Văn Mẫu\n- Lưu Văn phòng."
    )
    assert shown(document.signature) == ("K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Trần Văn Mẫu")
    assert document.signature.name is not None
    assert document.signature.name.confidence < 0.7
    assert names(document) == ["Như trên", "Các đơn vị trực thuộc", "Lưu Văn phòng"]


COPIES = {
    "state": (
        "--------------\nỦY BAN NHÂN DÂN XÃ MẪU\nVĂN PHÒNG\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSAO Y\nSố: 12/SY-VP\n\nXã Mẫu, ngày 09 tháng 4 năm 2026\n\n"
        "Nơi nhận:\n- Các thôn;\n- Lưu: VT.\n\nCHÁNH VĂN PHÒNG\n\nLê Thị Thử",
        ("SAO Y", "12/SY-VP", date(2026, 4, 9), "Lê Thị Thử"),
    ),
    "party": (
        "ĐẢNG ỦY XÃ MẪU          SAO LỤC\n*\nSố 24-BS/ĐU          Xã Mẫu, ngày 09 tháng 4 năm 2026\n\nNơi nhận:\n- Các chi bộ,\n- Lưu Văn phòng.\n\nT/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\n\nLê Thị Thử",
        ("SAO LỤC", "24-BS/ĐU", date(2026, 4, 9), "Lê Thị Thử"),
    ),
    "stamp of the party": (
        "_____________\nBản sao văn bản\n\nT/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\n\nLê Thị Thử",
        ("Bản sao văn bản", None, None, "Lê Thị Thử"),
    ),
}


@pytest.mark.parametrize("kind", COPIES)
def test_a_certified_copy_below_the_document(kind: str) -> None:
    block, (mark, code, day, name) = COPIES[kind]
    document = parse(TOP + END + block)
    assert_own_end(document)
    copy = document.copy
    assert copy is not None
    assert copy.kind.value == mark
    assert (copy.code and copy.code.value) == code
    assert copy.date == day
    assert copy.signature.name is not None
    assert copy.signature.name.value == name


def test_an_electronic_copy_says_so_in_one_line_on_top() -> None:
    document = parse(f"SAO Y; UBND xã Mẫu; 09/4/2026; 10:05:11 +07:00\n\n{TOP}{END}")
    assert_own_end(document)
    assert document.copy is not None
    assert document.copy.kind.value == "SAO Y"
    assert document.copy.organ is not None
    assert document.copy.organ.value == "UBND xã Mẫu"
    assert document.copy.date == date(2026, 4, 9)


def test_a_text_about_copies_is_no_copy() -> None:
    document = parse(f"{TOP}{END}PHỤ LỤC\nMẪU BẢN SAO\n\nSAO Y\n\nSAO LỤC\n\nTRÍCH SAO\nSố: 12/SY-VP")
    assert_own_end(document)
    assert document.copy is None


PANELS = {
    "state": (
        "Người ký: Lê Thị Thử\nEmail: thu@mau.example\nCơ quan: Ủy ban nhân dân tỉnh An Hải\nThời gian ký: 28.05.2026 09:12:33 +07:00",
        ("Lê Thị Thử", "Ủy ban nhân dân tỉnh An Hải", "2026-05-28T09:12:33+07:00"),
    ),
    "party": (
        "Ký bởi: VĂN PHÒNG TỈNH ỦY\nvanthu@mau.example\nNgày ký: 2026-05-28\n17:24:51 +07:00",
        ("VĂN PHÒNG TỈNH ỦY", None, "2026-05-28T17:24:51+07:00"),
    ),
    "program": (
        "Digitally signed by Lê Thị Thử\nDN: C=VN, O=Sở Mẫu, CN=Lê Thị Thử\nDate: 2026.05.28 17:24:51 +07'00'",
        ("Lê Thị Thử", None, "2026-05-28T17:24:51+07:00"),
    ),
}


@pytest.mark.parametrize("kind", PANELS)
@pytest.mark.parametrize("place", ["before", "between", "after", "top"])
def test_panels_of_signing_programs(kind: str, place: str) -> None:
    panel, want = PANELS[kind]
    end = {
        "before": f"{panel}\n\n{END}",
        "between": END.replace("PHÓ CHỦ TỊCH\n", f"PHÓ CHỦ TỊCH\n{panel}\n"),
        "after": f"{END}{panel}",
        "top": END,
    }[place]
    document = parse((f"{panel}\n\n" if place == "top" else "") + TOP + end)
    assert_own_end(document)
    (signed,) = document.electronic
    assert (signed.signer, signed.organ, signed.at) == want
    assert "@" not in f"{signed.signer}{signed.organ}"
    assert document.text[signed.span.start : signed.span.end].startswith(panel[:10])


@pytest.mark.parametrize(
    "line",
    ["Người ký: Trần Văn Mẫu\nNgày ban hành: 05/03/2026", "Người ký văn bản chịu trách nhiệm về nội dung."],
)
def test_a_table_of_facts_or_a_sentence_is_no_panel(line: str) -> None:
    document = parse(f"{line}\n\n{TOP}{END}")
    assert document.electronic == ()
    assert_own_end(document)


def test_appendices() -> None:
    document = parse(
        TOP
        + END
        + "Phụ lục I\nDANH MỤC CÂY TRỒNG\n(Kèm theo Công văn số 5/UBND-TH ngày 05/3/2026)\n\n1. Cây phượng.\n\nGIÁM ĐỐC\n\nNgười Khác\n\n"
        "PHỤ LỤC II: BIỂU MẪU\n\nKính gửi: Sở Mẫu\n\nNơi nhận:\n- Sở khác;\n- Lưu: KT.\n\nPhụ lục số 03\nKinh phí\n\nHết."
    )
    assert_own_end(document)
    assert [(a.number and a.number.value, a.title and a.title.value) for a in document.appendices] == [
        ("I", "DANH MỤC CÂY TRỒNG"),
        ("II", "BIỂU MẪU"),
        ("03", "Kinh phí"),
    ]
    spans = [document.text[a.span.start : a.span.end] for a in document.appendices]
    assert spans[0].startswith("Phụ lục I\n")
    assert spans[0].endswith("Người Khác")
    assert spans[-1].endswith("Hết.")
    assert len(document.provisions) == 1


def test_forms_behind_a_decree_are_not_its_end() -> None:
    text = (
        "CHÍNH PHỦ\nSố: 7/2026/NĐ-CP\n\nNGHỊ ĐỊNH\nquy định về cây\n\nĐiều 1. Phạm vi\n\nĐiều 2. Hiệu lực\n\nNghị định này có hiệu lực từ ngày ký./.\n\n"
        "Mẫu số 01\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nĐƠN XIN TRỒNG CÂY\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. TỔ CHỨC\nGIÁM ĐỐC\n\nNguyễn Văn Khác\n\n"
        "Mẫu số 02\nĐƠN XIN CHẶT CÂY\n\nGIÁM ĐỐC\n\nNguyễn Văn Khác"
    )
    document = parse(text)
    assert shown(document.signature) == (None, None, None)
    assert document.distribution == ()
    assert [a.number and a.number.value for a in document.appendices] == ["01", "02"]
    assert [a.title and a.title.value for a in document.appendices] == ["ĐƠN XIN TRỒNG CÂY", "ĐƠN XIN CHẶT CÂY"]
    assert document.body is not None
    assert document.text[document.body.start : document.body.end].endswith("./.")


def test_a_list_of_forms_is_no_appendix() -> None:
    listed = "PHỤ LỤC\nDANH MỤC BIỂU MẪU\n\nMẫu số 01\n\nĐơn thứ nhất\n\nMẫu số 02\n\nĐơn thứ hai\n\nMẫu số 01\n\nĐƠN THỨ NHẤT\n\nMẫu số 02\n\nĐƠN THỨ HAI"
    (only,) = parse(TOP + END + listed).appendices
    assert only.title is not None
    assert only.title.value == "DANH MỤC BIỂU MẪU"
    forms = parse(TOP + END + listed.partition("\n\n")[2]).appendices
    assert [form.title and form.title.value for form in forms] == ["ĐƠN THỨ NHẤT", "ĐƠN THỨ HAI"]


def test_the_body_runs_from_the_first_line_to_the_last() -> None:
    document = parse(TOP + END)
    assert document.body is not None
    assert document.text[document.body.start : document.body.end] == "1. Giao Sở Xây dựng lập kế hoạch./."


def test_another_paper_in_the_same_file_does_not_sign_this_one() -> None:
    second = "SỞ MẪU          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 8/SM-VP\n\nKính gửi: Sở khác\n\nNơi nhận:\n- Kho;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Văn Khác"
    document = parse(TOP + "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n" + second)
    assert shown(document.signature) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", None)
    assert names(document) == ["Như trên", "Lưu: VT"]
