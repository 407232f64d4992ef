"""Letterheads of every regime and kind, whole and damaged, as organisations send them. All names are invented."""
# ruff: noqa: E501 - a letterhead broken over lines of code is harder to read than a long line

from __future__ import annotations

import pytest

from vanban import Document, parse

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
WHEN = "An Hải, ngày 05 tháng 01 năm 2024"
END = "\n\n1. Giao các đơn vị thực hiện.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTRƯỞNG BAN\n\nTrần Văn Mẫu\n"

# name → (letterhead, what a person reads in it)
PAPERS: dict[str, tuple[str, dict[str, str | None]]] = {
    "a resolution of a province's party committee": (
        f"TỈNH ỦY AN HẢI\n*\nSố 05-NQ/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n{WHEN}\n\nNGHỊ QUYẾT\n"
        "về phát triển du lịch\n-----\n",
        {
            "regime": "party",
            "superior": None,
            "issuer": "TỈNH ỦY AN HẢI",
            "code": "05-NQ/TU",
            "type": "NQ",
            "subject": "về phát triển du lịch",
        },
    ),
    "a dispatch of a party committee without a lead word": (
        f"ĐẢNG BỘ TỈNH AN HẢI\nĐẢNG ỦY KHỐI CÁC CƠ QUAN\n*\nSố 54-CV/ĐUK\nThực hiện công tác dân vận\n\n"
        f"ĐẢNG CỘNG SẢN VIỆT NAM\n{WHEN}\n\nKính gửi: Các chi bộ trực thuộc\n",
        {
            "regime": "party",
            "superior": "ĐẢNG BỘ TỈNH AN HẢI",
            "issuer": "ĐẢNG ỦY KHỐI CÁC CƠ QUAN",
            "type": "CV",
            "type_name": None,
            "subject": "Thực hiện công tác dân vận",
        },
    ),
    "a submission under the rules of 2026": (
        f"ĐẢNG BỘ PHƯỜNG HÒA MINH\nCHI BỘ KHU PHỐ 3\n*\nSố 02-TTr/CB\n\nĐẢNG CỘNG SẢN VIỆT NAM\n{WHEN}\n\nTỜ TRÌNH\n"
        "về việc kết nạp đảng viên\n-----\nKính trình: Ban Thường vụ Đảng ủy phường\n",
        {
            "regime": "party",
            "issuer": "CHI BỘ KHU PHỐ 3",
            "type": "TTr",
            "subject": "về việc kết nạp đảng viên",
            "addressee": "Ban Thường vụ Đảng ủy phường",
        },
    ),
    "a party regulation with its old sign": (
        f"THÀNH ỦY AN HẢI\n*\nSố 11-QĐi/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n{WHEN}\n\nQUY ĐỊNH\nvề nêu gương\n-----\n",
        {
            "regime": "party",
            "type": "QĐi",
            "type_name": "QUY ĐỊNH",
            "code": "11-QĐi/TU",
            "subject": "về nêu gương",
        },
    ),
    "a party decision": (
        f"HUYỆN ỦY HÒA MINH\nBAN TỔ CHỨC\n*\nSố 21-QĐ/BTCHU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n{WHEN}\n\nQUYẾT ĐỊNH\n"
        "về việc nghỉ hưu\n-----\n",
        {"regime": "party", "superior": "HUYỆN ỦY HÒA MINH", "issuer": "BAN TỔ CHỨC", "type": "QĐ"},
    ),
    "a conclusion with its author on the title's line": (
        f"TỈNH UỶ AN HẢI\n*\nSố 31-KL/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n{WHEN}\n\nKẾT LUẬN CỦA BAN THƯỜNG VỤ TỈNH UỶ\n"
        "về công tác kiểm tra\n-----\n",
        {
            "type": "KL",
            "type_name": "KẾT LUẬN CỦA BAN THƯỜNG VỤ TỈNH UỶ",
            "subject": "về công tác kiểm tra",
        },
    ),
    "a conclusion with its author below": (
        f"TỈNH UỶ AN HẢI\n*\nSố 31-KL/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n{WHEN}\n\nKẾT LUẬN\n"
        "CỦA ĐỒNG CHÍ BÍ THƯ TỈNH UỶ\nTẠI HỘI NGHỊ GIAO BAN\n-----\n",
        {"type_name": "KẾT LUẬN", "subject": "CỦA ĐỒNG CHÍ BÍ THƯ TỈNH UỶ TẠI HỘI NGHỊ GIAO BAN"},
    ),
    "a party paper with the state's colon": (
        f"ĐẢNG ỦY XÃ HÒA MINH\nVĂN PHÒNG\n*\nSố: 07-BC/VPĐU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n{WHEN}\n\nBÁO CÁO\nkết quả quý I\n",
        {"regime": "party", "issuer": "VĂN PHÒNG", "type": "BC", "subject": "kết quả quý I"},
    ),
    "a party steering board of several lines": (
        f"TỈNH ỦY AN HẢI\nBAN CHỈ ĐẠO\nTHỰC HIỆN QUY CHẾ DÂN CHỦ\n*\nSố 03-KH/BCĐ\n\nĐẢNG CỘNG SẢN VIỆT NAM\n{WHEN}\n\n"
        "KẾ HOẠCH\nkiểm tra năm 2024\n-----\n",
        {"superior": "TỈNH ỦY AN HẢI", "issuer": "BAN CHỈ ĐẠO THỰC HIỆN QUY CHẾ DÂN CHỦ", "type": "KH"},
    ),
    "the youth union of a province": (
        f"BAN CHẤP HÀNH TỈNH AN HẢI\n***\nSố: 29-KH/TĐTN-BPT\n\nĐOÀN TNCS HỒ CHÍ MINH\n{WHEN}\n\nKẾ HOẠCH\n"
        "Tổ chức Tháng Thanh niên\n------\n",
        {
            "regime": "youth",
            "issuer": "BAN CHẤP HÀNH TỈNH AN HẢI",
            "code": "29-KH/TĐTN-BPT",
            "subject": "Tổ chức Tháng Thanh niên",
        },
    ),
    "the youth union of a district, columns on one line": (
        f"TỈNH ĐOÀN AN HẢI          ĐOÀN TNCS HỒ CHÍ MINH\nBCH HUYỆN HÒA MINH\n***\n"
        f"Số: 12-CV/ĐTN             {WHEN}\nV/v tham gia hiến máu\n\nKính gửi: Đoàn các xã\n",
        {
            "regime": "youth",
            "superior": "TỈNH ĐOÀN AN HẢI",
            "issuer": "BCH HUYỆN HÒA MINH",
            "type": "CV",
            "place": "An Hải",
        },
    ),
    "the youth union named on the left": (
        f"BCH ĐOÀN TNCS HỒ CHÍ MINH\nTỈNH AN HẢI\n***\nSố: 05-BC/ĐTN\n\n{STATE}\n{WHEN}\n\nBÁO CÁO\nKết quả năm 2023\n",
        {"regime": "youth", "issuer": "BCH ĐOÀN TNCS HỒ CHÍ MINH TỈNH AN HẢI", "type": "BC"},
    ),
    "the trade union of a province": (
        f"TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nLIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI\n\nSố: 93/QĐ-LĐLĐ\n\n{STATE}\n{WHEN}\n\n"
        "QUYẾT ĐỊNH\nVề việc khen thưởng\n",
        {
            "regime": "union",
            "superior": "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
            "issuer": "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI",
            "type": "QĐ",
        },
    ),
    "a trade union at its base": (
        f"LĐLĐ TỈNH AN HẢI\nCÔNG ĐOÀN VIÊN CHỨC TỈNH\n\nSố: 15/HD-CĐVC\n\n{STATE}\n{WHEN}\n\nHƯỚNG DẪN\nTổ chức Đại hội\n",
        {"regime": "union", "superior": "LĐLĐ TỈNH AN HẢI", "issuer": "CÔNG ĐOÀN VIÊN CHỨC TỈNH", "type": "HD"},
    ),
    "the Fatherland Front of a ward": (
        f"ỦY BAN MTTQ VIỆT NAM\nPHƯỜNG HÒA MINH\nBAN THƯỜNG TRỰC\n\nSố: 24/MTTQ-BTT\nV/v đăng ký mô hình\n\n{STATE}\n{WHEN}\n\n"
        "Kính gửi: Ban công tác Mặt trận các khu phố\n",
        {
            "regime": "front",
            "superior": "ỦY BAN MTTQ VIỆT NAM PHƯỜNG HÒA MINH",
            "issuer": "BAN THƯỜNG TRỰC",
            "type": "CV",
        },
    ),
    "the veterans": (
        f"HỘI CỰU CHIẾN BINH VIỆT NAM\nHỘI CCB TỈNH AN HẢI\n\nSố: 13/HD-CCB\n\n{STATE}\n{WHEN}\n\nHƯỚNG DẪN\nPhong trào thi đua\n",
        {"regime": "front", "issuer": "HỘI CCB TỈNH AN HẢI", "type": "HD", "subject": "Phong trào thi đua"},
    ),
    "an association with a number in the party's shape": (
        f"HIỆP HỘI NGHỀ CÁ\nTỈNH AN HẢI\n\nSố: 02-TTr/HHNC\n\n{STATE}\n{WHEN}\n\nTỜ TRÌNH\nVề việc sửa đổi Điều lệ\n",
        {"regime": "front", "issuer": "HIỆP HỘI NGHỀ CÁ TỈNH AN HẢI", "code": "02-TTr/HHNC", "type": "TTr"},
    ),
    "a joint circular": (
        f"BỘ NÔNG SẢN - BỘ CÔNG NGHIỆP NHẸ\n\nSố: 12/2014/TTLT-BNS-BCNN\n\n{STATE}\n{WHEN}\n\nTHÔNG TƯ LIÊN TỊCH\nVề chợ\n",
        {
            "issuer": "BỘ NÔNG SẢN - BỘ CÔNG NGHIỆP NHẸ",
            "code": "12/2014/TTLT-BNS-BCNN",
            "type": "TTLT",
            "type_name": "THÔNG TƯ LIÊN TỊCH",
        },
    ),
    "a joint resolution, bodies on lines of their own": (
        f"CHÍNH PHỦ -\nỦY BAN TRUNG ƯƠNG MẶT TRẬN\nTỔ QUỐC VIỆT NAM\n\nSố: 4/2017/NQLT-CP-MTTQ\n\n{STATE}\n{WHEN}\n\n"
        "NGHỊ QUYẾT\nLIÊN TỊCH\nQuy định về giám sát\n",
        {
            "issuer": "CHÍNH PHỦ - ỦY BAN TRUNG ƯƠNG MẶT TRẬN TỔ QUỐC VIỆT NAM",
            "type": "NQLT",
            "type_name": "NGHỊ QUYẾT LIÊN TỊCH",
            "subject": "Quy định về giám sát",
        },
    ),
    "a law": (
        f"QUỐC HỘI\n\nLuật số: 12/2024/QH15\n\n{STATE}\n{WHEN}\n\nLUẬT\nBIỂN VÀ ĐẢO\n",
        {"regime": "state", "issuer": "QUỐC HỘI", "code": "12/2024/QH15", "type": "L", "subject": "BIỂN VÀ ĐẢO"},
    ),
    "a code": (
        f"QUỐC HỘI\n\nBộ luật số: 9/2015/QH13\n\n{STATE}\n{WHEN}\n\nBỘ LUẬT\nHÀNG HẢI\n",
        {"type": "BL", "type_name": "BỘ LUẬT", "number": "9", "subject": "HÀNG HẢI"},
    ),
    "an ordinance": (
        f"ỦY BAN THƯỜNG VỤ\nQUỐC HỘI\n\nPháp lệnh số: 2/2022/UBTVQH15\n\n{STATE}\n{WHEN}\n\nPHÁP LỆNH\nCHI PHÍ TỐ TỤNG\n",
        {"issuer": "ỦY BAN THƯỜNG VỤ QUỐC HỘI", "type": "PL", "code": "2/2022/UBTVQH15"},
    ),
    "a decree with its title cut in two": (
        f"CHÍNH PHỦ\n\nSố: 3/2024/NĐ-CP\n\n{STATE}\n{WHEN}\n\nNGHỊ\nĐỊNH\nQuy định về biển báo\n",
        {"type": "NĐ", "type_name": "NGHỊ ĐỊNH", "subject": "Quy định về biển báo"},
    ),
    "a decision with its title spaced out": (
        f"CHỦ TỊCH NƯỚC\n\nSố: 3/2024/L-CTN\n\n{STATE}\n{WHEN}\n\nL Ệ N H\nVề việc công bố Luật\n",
        {"issuer": "CHỦ TỊCH NƯỚC", "type": "L", "subject": "Về việc công bố Luật"},
    ),
    "a telegram, flash": (
        f"CHỦ TỊCH ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\n\nSố: 8/CĐ-CTUBND\nHỎA TỐC HẸN GIỜ\n\n{STATE}\n{WHEN}\n\nCÔNG ĐIỆN\n"
        "Về việc ứng phó bão\n",
        {
            "issuer": "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN HẢI",
            "type": "CĐ",
            "urgency": "HỎA TỐC HẸN GIỜ",
            "subject": "Về việc ứng phó bão",
        },
    ),
    "an invitation": (
        f"UBND XÃ HÒA MINH\n\nSố: 9/GM-UBND\n\n{STATE}\n{WHEN}\n\nGIẤY MỜI\nHọp tổng kết năm\n\nKính gửi: Các thôn\n",
        {"issuer": "UBND XÃ HÒA MINH", "type": "GM", "type_name": "GIẤY MỜI", "subject": "Họp tổng kết năm"},
    ),
    "minutes without a number": (
        f"SỞ NỘI VỤ\nPHÒNG CÔNG CHỨC\n\n{STATE}\n\nBIÊN BẢN\nHọp xét thi đua\n",
        {"superior": "SỞ NỘI VỤ", "issuer": "PHÒNG CÔNG CHỨC", "type": "BB", "code": None, "date": None},
    ),
    "a letter whose body has the initials of a kind": (
        f"TỔNG CỤC THỦY SẢN\nCỤC TÀU CÁ\n\nSố: 77/CT-QLT\nV/v đăng kiểm\n\n{STATE}\n{WHEN}\n\nKính gửi: Các chi cục\n",
        {"superior": "TỔNG CỤC THỦY SẢN", "issuer": "CỤC TÀU CÁ", "type": "CV", "subject": "V/v đăng kiểm"},
    ),
    "a draft of rounds with blanks": (
        f"UBND TỈNH AN HẢI\nSỞ NỘI VỤ\n\nSố:        /TTr-SNV\nDự thảo lần 2\n\n{STATE}\n"
        "An Hải, ngày      tháng 12 năm 2024\n\nTỜ TRÌNH\nVề việc đổi tên\n",
        {
            "number": None,
            "code": None,
            "symbol": "TTr-SNV",
            "draft": "Dự thảo lần 2",
            "date": None,
            "place": "An Hải",
        },
    ),
    "a party draft with dots": (
        "TỈNH ỦY AN HẢI\n*\nSố ....-HD/TU\n(Dự thảo)\n\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Hải, ngày ... tháng ... năm 2025\n\n"
        "HƯỚNG DẪN\nvề nghiệp vụ\n-----\n",
        {"regime": "party", "number": None, "symbol": "HD/TU", "draft": "Dự thảo", "date": None},
    ),
    "a draft told in the title": (
        f"UBND TỈNH AN HẢI\n\nSố:     /NQ-HĐND\n\n{STATE}\n{WHEN}\n\nDỰ THẢO NGHỊ QUYẾT\nVề phí tham quan\n",
        {"draft": "DỰ THẢO", "type": "NQ", "type_name": "NGHỊ QUYẾT", "subject": "Về phí tham quan"},
    ),
    "limits of circulation": (
        f"LƯU HÀNH NỘI BỘ\n\nUBND TỈNH AN HẢI\n\nSố: 6/BC-UBND\n\n{STATE}\n{WHEN}\n\nBÁO CÁO\nTình hình quý I\n",
        {"circulation": "LƯU HÀNH NỘI BỘ", "issuer": "UBND TỈNH AN HẢI", "type": "BC"},
    ),
    "under a stamp of incoming mail": (
        f"VĂN PHÒNG HĐND TỈNH\nCÔNG VĂN ĐẾN\nSố: 4707\nNgày: 13/03/2025\nChuyển: ......\n\n"
        f"HỘI SINH VẬT CẢNH\nTỈNH AN HẢI\n\nSố: 8/CV-HSVC\n\n{STATE}\n{WHEN}\n\nKính gửi: Sở Nội vụ\n",
        {"superior": None, "issuer": "HỘI SINH VẬT CẢNH TỈNH AN HẢI", "code": "8/CV-HSVC", "date": "2024-01-05"},
    ),
    "read from a picture": (
        "UỶ BAN NHÂN DÂN CÔNG HOÀ XÃ HỌI CHỦ NGHIA VIỆT NAM\nXÃ HÒA MINH Độc lập - Tự do - Hạnh phúc\n\n"
        f"Sô: 12/QĐ-UBND {WHEN}\n\nQUYÉT ĐỊNH\nVề việc khen thưởng\n",
        {
            "regime": "state",
            "issuer": "UỶ BAN NHÂN DÂN XÃ HÒA MINH",
            "code": "12/QĐ-UBND",
            "type": "QĐ",
            "type_name": "QUYẾT ĐỊNH",
        },
    ),
    "with a number nobody can read": (
        f"SỞ NỘI VỤ\n\nSố: J7{{/SNV-TH\nV/v rà soát\n\n{STATE}\nAn Hải, ngày /f tháng 12 năm 2011\n\nKính gửi: Các xã\n",
        {"number": None, "code": None, "symbol": "SNV-TH", "date": None, "place": "An Hải", "type": "CV"},
    ),
    "with a name of the state cut in two columns": (
        f"UBND TỈNH AN HẢI          CỘNG HÒA XÃ HỘI\nSỞ NỘI VỤ                 CHỦ NGHĨA VIỆT NAM\n"
        f"Số: 3/SNV-TH              Độc lập - Tự do - Hạnh phúc\nV/v rà soát                {WHEN}\n\nKính gửi: Các xã\n",
        {"regime": "state", "superior": "UBND TỈNH AN HẢI", "issuer": "SỞ NỘI VỤ", "subject": "V/v rà soát"},
    ),
    "with the day in strokes": (
        f"CÔNG TY CỔ PHẦN NƯỚC MẮM\n\nSố: 5/CV-NM\n\n{STATE}\nAn Hải, ngày 23 / 3 /2022\n\nKính gửi: Sở Công Thương\n",
        {"issuer": "CÔNG TY CỔ PHẦN NƯỚC MẮM", "date": "2022-03-23", "place": "An Hải"},
    ),
    "title and subject on one line": (
        f"UBND XÃ HÒA MINH\n\nSố: 4/KH-UBND\n\n{STATE}\n{WHEN}\n\nKẾ HOẠCH TUYÊN TRUYỀN AN TOÀN GIAO THÔNG\nNĂM 2024\n",
        {"type": "KH", "type_name": "KẾ HOẠCH", "subject": "TUYÊN TRUYỀN AN TOÀN GIAO THÔNG NĂM 2024"},
    ),
    "a contact line under the body's name": (
        f"SỞ NỘI VỤ TỈNH AN HẢI\nĐịa chỉ: Số 5 đường Biển, An Hải\nĐiện thoại: 0123.456.789\nSố: 3/SNV-TH\nV/v rà soát\n\n"
        f"{STATE}\n{WHEN}\n\nKính gửi: Các xã\n",
        {"issuer": "SỞ NỘI VỤ TỈNH AN HẢI", "code": "3/SNV-TH", "place": "An Hải", "date": "2024-01-05"},
    ),
    "a statute with an author, enclosed elsewhere": (
        "QUY CHẾ\nLàm việc của Tổ công tác\n(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2024)\n",
        {"type": "QC", "code": None, "subject": "Làm việc của Tổ công tác", "regime": "state"},
    ),
    "an appendix alone": (
        "PHỤ LỤC II\nDANH MỤC CHỈ TIÊU\n(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2024)\n\nSố: ..../BC-....\n",
        {"type": "PL", "type_name": "PHỤ LỤC II", "subject": "DANH MỤC CHỈ TIÊU", "symbol": None, "code": None},
    ),
    "a body of no known word": (
        f"SIÊU THỊ BIỂN XANH\n\nSố: 3/TB-STBX\n\n{STATE}\n{WHEN}\n\nTHÔNG BÁO\nTạm ngừng cung cấp\n",
        {"issuer": "SIÊU THỊ BIỂN XANH", "type": "TB"},
    ),
    "an army body of two lines each": (
        f"QUÂN KHU 10\nBỘ CHỈ HUY\nQUÂN SỰ TỈNH AN HẢI\n\nSố: 3/BC-BCH\n\n{STATE}\n{WHEN}\n\nBÁO CÁO\nKết quả tuyển quân\n",
        {"superior": "QUÂN KHU 10", "issuer": "BỘ CHỈ HUY QUÂN SỰ TỈNH AN HẢI"},
    ),
    "a department of a conjunction over lines": (
        f"UBND TỈNH AN HẢI\nSỞ VĂN HÓA, THỂ THAO\nVÀ DU LỊCH\n\nSố: 3/SVHTTDL-VP\nV/v lễ hội\n\n{STATE}\n{WHEN}\n\nKính gửi: Các xã\n",
        {"superior": "UBND TỈNH AN HẢI", "issuer": "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "subject": "V/v lễ hội"},
    ),
    "a motto in capitals and a short name of the state": (
        f"UBND XÃ HÒA MINH          CỘNG HÒA XHCN VIỆT NAM\nSố: 5/QĐ-UBND       ĐỘC LẬP - TỰ DO - HẠNH PHÚC\n{WHEN}\n\nQUYẾT ĐỊNH\nVề việc A\n",
        {"regime": "state", "issuer": "UBND XÃ HÒA MINH", "type": "QĐ", "subject": "Về việc A"},
    ),
    "a title in small letters": (
        f"UBND XÃ HÒA MINH\nSố: 5/KH-UBND\n\n{STATE}\n{WHEN}\n\nKế hoạch\nTuyên truyền năm 2024\n",
        {"type": "KH", "type_name": "Kế hoạch", "subject": "Tuyên truyền năm 2024"},
    ),
    "a subject that goes on beside the day": (
        "UBND TỈNH AN HẢI          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ                Độc lập - Tự do - Hạnh phúc\n"
        f"Số: 5/SNV-TH\nV/v rà soát hồ sơ        {WHEN}\n  công chức xã\n\n                Kính gửi: Các xã\n",
        {"subject": "V/v rà soát hồ sơ công chức xã", "place": "An Hải", "addressee": "Các xã"},
    ),
    "a number line of nothing but its stroke": (
        f"UBND TỈNH AN HẢI\nSố:     /\nV/v góp ý\n\n{STATE}\nAn Hải, ngày   tháng 01 năm 2024\n\nKính gửi: Các xã\n",
        {"number": None, "symbol": None, "type": "CV", "subject": "V/v góp ý"},
    ),
    "a blank number with its year": (
        f"UBND TỈNH AN HẢI\nSố: .../2024/QĐ-UBND\n\n{STATE}\n{WHEN}\n\nQUYẾT ĐỊNH\nBan hành Quy chế thi đua\n",
        {"number": None, "symbol": "2024/QĐ-UBND", "type": "QĐ", "subject": "Ban hành Quy chế thi đua"},
    ),
    "a hyphen forgotten": (
        f"ĐOÀN XÃ HÒA MINH\nBAN CHẤP HÀNH\n***\nSố: 29 KH/ĐTN\n\nĐOÀN TNCS HỒ CHÍ MINH\n{WHEN}\n\nKẾ HOẠCH\nhè\n",
        {"regime": "youth", "superior": "ĐOÀN XÃ HÒA MINH", "issuer": "BAN CHẤP HÀNH", "code": "29-KH/ĐTN"},
    ),
    "the youth union's centre": (
        f"TRUNG ƯƠNG ĐOÀN THANH NIÊN\nCỘNG SẢN HỒ CHÍ MINH\n***\nSố: 29-HD/TWĐTN\n\nĐOÀN TNCS HỒ CHÍ MINH\n{WHEN}\n\nHƯỚNG DẪN\nhè\n",
        {"regime": "youth", "issuer": "TRUNG ƯƠNG ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH", "code": "29-HD/TWĐTN"},
    ),
    "a joint guidance of two party bodies": (
        f"BAN TỔ CHỨC - BAN DÂN VẬN\n*\nSố 02-HDLT/BTCTU-BDVTU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n{WHEN}\n\nHƯỚNG DẪN LIÊN TỊCH\nvề thi đua\n",
        {
            "issuer": "BAN TỔ CHỨC - BAN DÂN VẬN",
            "type": "HD",
            "type_name": "HƯỚNG DẪN LIÊN TỊCH",
            "subject": "về thi đua",
        },
    ),
    "a party congress": (
        f"ĐẢNG BỘ XÃ HÒA MINH\nĐẠI HỘI ĐẠI BIỂU LẦN THỨ V\n*\nSố 01-BC/ĐH\n\nĐẢNG CỘNG SẢN VIỆT NAM\n{WHEN}\n\nBÁO CÁO\nkiểm phiếu\n",
        {"regime": "party", "superior": "ĐẢNG BỘ XÃ HÒA MINH", "issuer": "ĐẠI HỘI ĐẠI BIỂU LẦN THỨ V"},
    ),
    "secrecy, urgency and circulation together": (
        f"UBND TỈNH AN HẢI\nSố: 5/BC-UBND\n\nMẬT\nHỎA TỐC\nXEM XONG TRẢ LẠI\n{STATE}\n{WHEN}\n\nBÁO CÁO\nTình hình biển\n",
        {
            "secrecy": "MẬT",
            "urgency": "HỎA TỐC",
            "circulation": "XEM XONG TRẢ LẠI",
            "issuer": "UBND TỈNH AN HẢI",
            "subject": "Tình hình biển",
        },
    ),
    "a notice of a conclusion on the title's line": (
        f"UBND TỈNH AN HẢI\nVĂN PHÒNG\nSố: 5/TB-VP\n{STATE}\n{WHEN}\n\nTHÔNG BÁO KẾT LUẬN\nCủa đồng chí Chủ tịch tại cuộc họp\n",
        {"type": "TB", "type_name": "THÔNG BÁO", "subject": "KẾT LUẬN Của đồng chí Chủ tịch tại cuộc họp"},
    ),
    "a letter of introduction has no subject": (
        f"SỞ NỘI VỤ\nSố: 5/GGT-SNV\n{STATE}\n{WHEN}\n\nGIẤY GIỚI THIỆU\n\nTrân trọng giới thiệu ông Trần Văn Mẫu\n",
        {"type": "GGT", "subject": None},
    ),
    "a subject in capitals over who decides": (
        f"ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\nSố: 12/QĐ-UBND\n{STATE}\n{WHEN}\n\nQUYẾT ĐỊNH\nVỀ VIỆC PHÊ DUYỆT DỰ ÁN\n"
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN HẢI\nCăn cứ Luật Chợ;\n",
        {"subject": "VỀ VIỆC PHÊ DUYỆT DỰ ÁN", "issuer": "ỦY BAN NHÂN DÂN TỈNH AN HẢI"},
    ),
    "farmers who number as the party does": (
        f"HỘI NÔNG DÂN VIỆT NAM\nBAN CHẤP HÀNH TỈNH AN HẢI\n*\nSố 12-KH/HNDT\n\n{WHEN}\n\nKẾ HOẠCH\nthi đua\n",
        {"regime": "front", "superior": "HỘI NÔNG DÂN VIỆT NAM", "issuer": "BAN CHẤP HÀNH TỈNH AN HẢI"},
    ),
}


def seen(document: Document, name: str) -> str | None:
    if name == "regime":
        return document.regime.value if document.regime else None
    if name == "addressee":
        return document.addressees[0].value if document.addressees else None
    if name == "date":
        return document.header.date.isoformat() if document.header.date else None
    value = getattr(document.header, name)
    return value.value if value else None


@pytest.mark.parametrize("paper", PAPERS)
def test_a_letterhead(paper: str) -> None:
    head, wanted = PAPERS[paper]
    document = parse(head + END)
    assert {name: seen(document, name) for name in wanted} == wanted


def test_a_regime_of_weak_signs_is_told_as_a_guess() -> None:
    page = (
        "3. Bãi bỏ Hướng dẫn số 7-HD/BTCTU, ngày 05/01/2024.\n\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n\nTrần Văn Mẫu\n"
    )
    document = parse(page)
    assert document.regime is not None
    assert document.regime.value == "party"
    assert ("unsure", "regime") in {(note.code, note.field) for note in document.notes}
    assert document.header.issuer is None
    assert document.header.code is None


def test_a_text_that_is_no_paper_has_no_letterhead() -> None:
    document = parse("Hôm nay trời đẹp.\nChúng tôi đi chợ mua cá.\n")
    header = document.header
    assert (document.regime, header.issuer, header.code, header.type, header.subject) == (None,) * 5
    assert ("not_found", "regime") in {(note.code, note.field) for note in document.notes}


def test_the_first_of_two_letterheads_is_the_papers_own() -> None:
    decision = PAPERS["a decree with its title cut in two"][0]
    rules = PAPERS["an invitation"][0]
    header = parse(decision + "\nĐiều 1. Ban hành.\n\nTM. CHÍNH PHỦ\n\nTrần Văn Mẫu\n\n" + rules + END).header
    assert header.code is not None
    assert header.code.value == "3/2024/NĐ-CP"
    assert header.issuer is not None
    assert header.issuer.value == "CHÍNH PHỦ"


def test_the_limit_of_circulation_stands_at_the_foot_of_a_party_papers_last_page() -> None:
    limit = "Không phổ biến trên phương tiện thông tin đại chúng"
    document = parse(f"{PAPERS['a conclusion with its author below'][0]}{END}\n{limit}\n")
    assert document.header.circulation is not None
    assert document.header.circulation.value == limit
    assert limit not in str(document.distribution)


@pytest.mark.parametrize("mark", ["TÔI MÂT", "TUYET MAT", "MÂT"])
def test_a_mark_of_secrecy_that_a_machine_misread_still_counts(mark: str) -> None:
    head = f"UBND TỈNH AN HẢI\nSỞ NỘI VỤ\nSố: 15/SNV-TH\n{mark}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    secrecy = parse(
        head + "An Hải, ngày 04 tháng 02 năm 2025\n\nKính gửi: Sở Xây dựng\n\nNội dung."
    ).header.secrecy
    assert secrecy is not None
    assert secrecy.value == mark
    assert secrecy.confidence < 0.85
