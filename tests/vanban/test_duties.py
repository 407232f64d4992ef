"""Who has to do what by when. All bodies and texts are invented."""
# ruff: noqa: E501 - a case stays on one line

from __future__ import annotations

from datetime import date

import pytest

from vanban import Cycle, Duty, TimeKind, parse

TO = "\nKính gửi: Các chi bộ trực thuộc\n\nĐảng ủy đề nghị các chi bộ thực hiện như sau:\n\n"


def duties(body: str, top: str = "Số 5-CV/ĐU\nvề việc mẫu\n" + TO) -> tuple[Duty, ...]:
    return parse(top + body + "\n\nNơi nhận:\n- Như trên,\n- Lưu VP.\n").duties


def one(body: str) -> Duty:
    (duty,) = duties(body)
    return duty


@pytest.mark.parametrize(
    ("body", "actor", "verb"),
    [
        ("1. Giao Ban Tổ chức theo dõi việc thực hiện.", "Ban Tổ chức", "theo dõi"),
        ("1. Sở Nội vụ có trách nhiệm tổng hợp kết quả.", "Sở Nội vụ", "tổng hợp"),
        ("1. Sở Nội vụ: Tham mưu kế hoạch.", "Sở Nội vụ", "Tham mưu"),
        ("1. Đề nghị Mặt trận Tổ quốc và các tổ chức chính trị - xã hội giám sát việc thực hiện.", "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội", "giám sát"),
        ("1. Các cơ quan, tổ chức có liên quan theo chức năng, nhiệm vụ được giao xây dựng kế hoạch.", "Các cơ quan, tổ chức có liên quan", "xây dựng"),
        ("1. Trong thời hạn 05 ngày, Ủy ban nhân dân xã báo cáo kết quả.", "Ủy ban nhân dân xã", "báo cáo"),
        ("1. Ban Thường vụ yêu cầu Ủy ban Kiểm tra rà soát hồ sơ.", "Ủy ban Kiểm tra", "rà soát"),
    ],
)  # fmt: skip
def test_the_body_that_is_told(body: str, actor: str, verb: str) -> None:
    duty = one(body)
    assert [name.value for name in duty.actors] == [actor]
    assert duty.verb is not None
    assert duty.verb.value == verb


def test_a_duty_without_a_body_is_the_addressees() -> None:
    duty = one("1. Tổ chức học tập nghị quyết.")
    assert duty.actors == ()
    assert duty.item == "1"


def test_lead_and_partners() -> None:
    duty = one("1. Giao Ban Dân vận chủ trì, phối hợp với Văn phòng, Ban Tuyên giáo lập danh sách.")
    assert [name.value for name in duty.supports] == ["Văn phòng, Ban Tuyên giáo"]
    assert duty.verb is not None
    assert (duty.verb.value, duty.object and duty.object.value) == ("lập", "danh sách")


def test_the_body_is_the_heading_of_its_dashes() -> None:
    found = duties(
        "1. Sở Tài chính\n\n- Bố trí kinh phí.\n\n- Hướng dẫn sử dụng.\n\n2. Sở Nội vụ:\n\nTổng hợp kết quả."
    )
    assert [(duty.item, duty.actors[0].value) for duty in found] == [
        ("1", "Sở Tài chính"),
        ("1", "Sở Tài chính"),
        ("2", "Sở Nội vụ"),
    ]


def test_labelled_blocks_complete_the_task_above() -> None:
    found = duties(
        "1. Tuyên truyền\n\n- Tổ chức hội nghị.\n\nĐơn vị chủ trì: Ban Tuyên giáo.\n\nĐơn vị phối hợp: Văn phòng.\n\n"
        "Thời gian thực hiện: Tháng 12/2025.\n\n- Xây dựng tài liệu.\n\nĐơn vị chủ trì: Ban Dân vận.\n\nThời gian: Hằng quý."
    )
    assert [(duty.actors[0].value, duty.deadline.due, duty.deadline.cycle) for duty in found] == [
        ("Ban Tuyên giáo", date(2025, 12, 31), None),
        ("Ban Dân vận", None, Cycle.QUARTER),
    ]
    assert [name.value for name in found[0].supports] == ["Văn phòng"]


@pytest.mark.parametrize(
    ("body", "kind", "due", "cycle", "missing"),
    [
        ("Hoàn thành hồ sơ trước ngày 06 tháng 12 năm 2025.", "dated", date(2025, 12, 6), None, ()),
        ("Gửi báo cáo chậm nhất đến ngày 30/9/2025.", "dated", date(2025, 9, 30), None, ()),
        ("Hoàn thành đề án trong quý I năm 2026.", "dated", date(2026, 3, 31), None, ()),
        ("Hoàn thành đề án trong năm 2025.", "dated", date(2025, 12, 31), None, ()),
        ("Lập danh sách trước ngày 31/02/2025.", "dated", None, None, ("date",)),
        ("Báo cáo kết quả trước ngày 25/12 hàng năm.", "periodic", None, Cycle.YEAR, ()),
        ("Báo cáo kết quả trước ngày 20 hằng tháng.", "periodic", None, Cycle.MONTH, ()),
        ("Hằng quý báo cáo kết quả.", "periodic", None, Cycle.QUARTER, ()),
        ("Định kỳ 6 tháng báo cáo kết quả.", "periodic", None, Cycle.HALF_YEAR, ()),
        ("Tổ chức đối thoại ít nhất 02 lần/năm.", "periodic", None, Cycle.YEAR, ()),
        ("Định kỳ báo cáo kết quả thực hiện.", "periodic", None, None, ("period",)),
        ("Thường xuyên nắm tình hình.", "continuous", None, None, ()),
        ("Tiếp tục đổi mới phương thức hoạt động.", "continuous", None, None, ()),
        ("Báo cáo trong thời hạn 07 ngày làm việc, kể từ ngày nhận.", "event", None, None, ()),
        ("Tổ chức đại hội nhiệm kỳ 2022 - 2027.", "undated", None, None, ()),
        ("Xây dựng mô hình giai đoạn 2020 - 2025, tầm nhìn đến năm 2030.", "undated", None, None, ()),
        ("Bố trí kinh phí trong dự toán ngân sách hàng năm.", "undated", None, None, ()),
        ("Thực hiện Chỉ thị số 01-CT/TU, ngày 17/10/2020 của Tỉnh ủy.", "undated", None, None, ()),
    ],
)  # fmt: skip
def test_times(body: str, kind: str, due: date | None, cycle: Cycle | None, missing: tuple[str, ...]) -> None:
    deadline = one(f"1. {body}").deadline
    assert (deadline.kind, deadline.due, deadline.cycle, deadline.missing) == (TimeKind(kind), due, cycle, missing)
    if deadline.span and deadline.raw:
        assert deadline.raw in body


def test_a_missing_period_is_told_in_a_note() -> None:
    document = parse("Số 5-CV/ĐU\nvề việc mẫu\n" + TO + "1. Định kỳ báo cáo kết quả.")
    assert [note.field for note in document.notes if note.code == "missing_period"] == ["duties.0.deadline"]


def test_a_report_with_a_time_of_its_own_stands_alone() -> None:
    found = duties("1. Giao Văn phòng theo dõi, kiểm tra; định kỳ báo cáo Thường trực.")
    assert [duty.deadline.kind for duty in found] == [TimeKind.UNDATED, TimeKind.PERIODIC]
    assert [duty.actors[0].value for duty in found] == ["Văn phòng", "Văn phòng"]


@pytest.mark.parametrize(
    "body",
    [
        "1. Trong năm qua, các chi bộ đã tổ chức nhiều hoạt động.",
        "1. Tình hình thế giới diễn biến phức tạp.",
        "1. Nhằm nâng cao nhận thức của cán bộ.",
        "1. Hội Trồng cây tỉnh An Hải: Quá thời gian tổ chức đại hội.",
    ],
)
def test_facts_and_purposes_are_no_duties(body: str) -> None:
    assert duties(body) == ()


@pytest.mark.parametrize("heading", ["MỤC ĐÍCH, YÊU CẦU", "QUAN ĐIỂM", "ĐÁNH GIÁ TÌNH HÌNH", "KINH PHÍ THỰC HIỆN"])
def test_aims_and_facts_bind_nobody(heading: str) -> None:
    found = duties(f"I. {heading}\n\n- Nâng cao nhận thức.\n\nII. NHIỆM VỤ\n\n- Tổ chức học tập.")
    assert [duty.item for duty in found] == ["II"]


def test_the_request_that_closes_is_no_second_task() -> None:
    found = duties(
        "1. Tổ chức học tập.\n\nĐảng ủy đề nghị các chi bộ nghiêm túc triển khai thực hiện tốt Công văn này."
    )
    assert len(found) == 1


def test_without_addressees_the_closing_order_names_who() -> None:
    top = "UBND TỈNH AN HẢI\nSố: 5/CT-UBND\n\nCHỈ THỊ\nvề trồng cây\n\n"
    found = duties(
        "1. Sở Xây dựng lập kế hoạch.\n\nYêu cầu Giám đốc các sở nghiêm túc thực hiện Chỉ thị này./.", top
    )
    assert [(duty.item, duty.actors[0].value) for duty in found] == [
        ("1", "Sở Xây dựng"),
        (None, "Giám đốc các sở"),
    ]


def test_a_letter_without_numbers() -> None:
    found = duties("Ban Tổ chức chủ trì, phối hợp với Văn phòng rà soát hồ sơ.")
    assert [(duty.item, duty.actors[0].value) for duty in found] == [(None, "Ban Tổ chức")]


def test_numbers_of_deep_items() -> None:
    found = duties(
        "II. NHIỆM VỤ\n\n1. Tuyên truyền\n\n1.1. Tổ chức hội nghị.\n\na) Lập danh sách.\n\n2. Xây dựng mô hình."
    )
    assert [duty.item for duty in found] == ["II.1.1", "II.1.1.a", "II.2"]


def paper(kind: str, body: str) -> tuple[Duty, ...]:
    """The duties of a document without addressees."""
    return parse(f"UBND TỈNH AN HẢI\nSố: 5/MAU-UBND\n\n{kind}\nvề trồng cây\n\n{body}\n").duties


def bearers(found: tuple[Duty, ...]) -> list[list[str]]:
    return [[name.value for name in duty.actors] for duty in found]


@pytest.mark.parametrize(
    ("printed", "apart"),
    [
        ("Sở Nội vụ, Sở Y tế", ["Sở Nội vụ", "Sở Y tế"]),
        ("Sở Nội vụ, Sở Y tế và Sở Xây dựng", ["Sở Nội vụ, Sở Y tế và Sở Xây dựng"]),
        ("Các sở, ban, ngành", ["Các sở, ban, ngành"]),
        ("Chủ tịch UBND các xã: An Bình, An Hòa", ["Chủ tịch UBND các xã: An Bình, An Hòa"]),
    ],
)
def test_bodies_named_with_commas_stand_apart(printed: str, apart: list[str]) -> None:
    found = paper("CHỈ THỊ", f"1. {printed} lập danh sách.")
    assert bearers(found) == [apart]
    assert ", ".join(apart) == printed


def test_what_nobody_bears_is_no_duty_where_others_are_borne() -> None:
    body = "I. NỘI DUNG\n\n1. Trồng cây\n\n- Chuẩn bị cây giống.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\n- Lập danh sách."
    assert [(duty.item, duty.text) for duty in paper("KẾ HOẠCH", body)] == [("II.1", "Lập danh sách")]


def test_a_plan_that_names_nobody_keeps_its_tasks_with_little_confidence() -> None:
    (duty,) = paper("KẾ HOẠCH", "I. NỘI DUNG\n\n1. Trồng cây\n\n- Chuẩn bị cây giống.")
    assert duty.actors == ()
    assert duty.confidence < 0.5


def test_rules_give_duties_only_where_they_say_who_carries_them_out() -> None:
    body = (
        "I. QUY TRÌNH\n\n1. Chi bộ\n\n- Lập hồ sơ đề nghị.\n\n2. Đảng viên làm đơn đề nghị.\n\n"
        "II. TỔ CHỨC THỰC HIỆN\n\n1. Văn phòng Đảng ủy theo dõi việc thực hiện."
    )
    assert bearers(paper("HƯỚNG DẪN", body)) == [["Văn phòng Đảng ủy"]]
    assert bearers(paper("KẾ HOẠCH", body)) == [["Chi bộ"], ["Đảng viên"], ["Văn phòng Đảng ủy"]]


def test_a_decision_is_carried_out_by_whom_its_articles_name() -> None:
    body = (
        "Điều 1. Phê duyệt danh sách kèm theo.\n\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n\n"
        "Điều 3. Chánh Văn phòng, Giám đốc Sở Y tế chịu trách nhiệm thi hành Quyết định này."
    )
    assert [(duty.item, duty.strength) for duty in paper("QUYẾT ĐỊNH", body)] == [("Điều 3", 5)]


@pytest.mark.parametrize("kind", ["TỜ TRÌNH", "BÁO CÁO"])
def test_a_proposal_and_a_report_order_nobody(kind: str) -> None:
    assert paper(kind, "1. Sở Y tế lập danh sách.\n\n2. Đề nghị Sở Nội vụ xem xét.") == ()


def test_why_a_letter_is_written_is_no_duty() -> None:
    found = duties(
        "Thực hiện Công văn số 7/UBND-VX ngày 05/3/2026 của UBND tỉnh An Hải về trồng cây.\n\n- Lập danh sách."
    )
    assert [duty.text for duty in found] == ["Lập danh sách"]


def test_sentences_that_go_on_belong_to_the_duty_before() -> None:
    found = paper(
        "CHỈ THỊ",
        "1. Sở Y tế lập hồ sơ. Hồ sơ gửi về Văn phòng trước ngày 05/6/2026. Văn phòng kiểm tra hồ sơ. Định kỳ hằng quý báo cáo kết quả.",
    )
    assert [duty.text for duty in found] == [
        "Sở Y tế lập hồ sơ. Hồ sơ gửi về Văn phòng trước ngày 05/6/2026",
        "Văn phòng kiểm tra hồ sơ",
        "Định kỳ hằng quý báo cáo kết quả",
    ]
    assert [duty.deadline.due for duty in found] == [date(2026, 6, 5), None, None]
    assert bearers(found) == [["Sở Y tế"], ["Văn phòng"], ["Văn phòng"]]


def test_under_a_body_an_order_to_pass_on_is_its_own() -> None:
    found = paper("CHỈ THỊ", "1. Sở Y tế\n\na) Yêu cầu và đôn đốc việc trồng cây.\n\nb) Chỉnh sửa tài liệu mẫu.")
    assert bearers(found) == [["Sở Y tế"], ["Sở Y tế"]]


@pytest.mark.parametrize("heading", ["Phòng chống dịch bệnh", "Phòng, chống thiên tai", "Tổ chức của đội"])
def test_a_heading_that_only_opens_like_a_body_names_none(heading: str) -> None:
    body = f"1. {heading}\n\n- Kiểm tra kho.\n\n2. Sở Y tế\n\n- Lập danh sách."
    assert bearers(paper("KẾ HOẠCH", body)) == [["Sở Y tế"]]


def test_those_to_work_with_are_named_above_the_dashes() -> None:
    found = paper(
        "KẾ HOẠCH",
        "1. Sở Y tế\n\nChủ trì, phối hợp với các đơn vị liên quan triển khai các việc sau:\n\n- Lập danh sách.\n\n- Phối hợp với Sở Nội vụ kiểm tra.",
    )
    assert [[name.value for name in duty.supports] for duty in found] == [["các đơn vị liên quan"]] * 2


def test_bodies_that_are_given_a_task_go_up_to_their_verb() -> None:
    (duty,) = paper("KẾ HOẠCH", "1. Các đơn vị được giao thực hiện nhiệm vụ lập dự toán kinh phí.")
    assert bearers((duty,)) == [["Các đơn vị được giao thực hiện nhiệm vụ"]]
    assert duty.verb is not None
    assert duty.verb.value == "lập"


@pytest.mark.parametrize(
    ("words", "strength"),
    [
        ("Giao Sở Y tế theo dõi việc trồng cây.", 5),
        ("Sở Y tế có trách nhiệm lập danh sách.", 5),
        ("Đề nghị Sở Y tế lập danh sách.", 4),
        ("Sở Y tế tăng cường kiểm tra.", 3),
        ("Sở Y tế khuyến khích trồng cây.", 2),
    ],
)
def test_strength_by_order_and_verb(words: str, strength: int) -> None:
    (duty,) = paper("CHỈ THỊ", f"1. {words}")
    assert duty.strength == strength


def test_spans_give_back_the_words() -> None:
    document = parse(
        "UBND TỈNH AN HẢI\nSố: 5/KH-UBND\n\nKẾ HOẠCH\nvề trồng cây\n\n1. Sở Y tế, Sở Nội vụ chủ trì, phối hợp với Sở Xây dựng lập kế hoạch  trước ngày 05/6/2026."
    )
    (duty,) = document.duties
    for part in (*duty.actors, *duty.supports, duty.verb, duty.object, duty.product):
        assert part is not None
        assert part.span is not None
        assert " ".join(document.text[part.span.start : part.span.end].split()) == part.value
    assert duty.product is not None
    assert duty.product.value == "kế hoạch"


@pytest.mark.parametrize(
    "name",
    [
        "Bộ Ngoại giao",
        "Sở Giáo dục và đào tạo",
        "Sở Kế hoạch và đầu tư",
        "Sở giao thông vận tải",
        "Phòng quản lý đô thị",
        "Ban quản lý các khu công nghiệp",
        "Ban Tổ chức",
        "Quỹ hỗ trợ phát triển hợp tác xã",
        "Văn phòng đăng ký đất đai",
        "Hội đồng thi đua, khen thưởng",
        "Trung tâm",
        "Ban Chỉ đạo về xây dựng nông thôn mới",
    ],
)
def test_a_verb_that_is_part_of_a_name_does_not_end_it(name: str) -> None:
    text = f"1. {name} chủ trì, phối hợp với Sở Y tế rà soát hồ sơ.\n2. {name} tham mưu xây dựng báo cáo."
    assert [[actor.value for actor in duty.actors] for duty in duties(text)] == [[name], [name]]


def test_a_bare_body_may_do_what_others_are_named_for() -> None:
    body = "1. Phòng kiểm tra việc thực hiện của các xã.\n2. Trung tâm hỗ trợ các xã, tổ chức lớp học."
    found = duties(body)
    assert [[actor.value for actor in duty.actors] for duty in found] == [["Phòng"], ["Trung tâm"]]


def test_a_body_told_to_be_the_leading_one_has_a_duty() -> None:
    (duty,) = duties("1. Giao Sở Công Thương là cơ quan chủ trì, phối hợp với Sở Y tế lập quy hoạch.")
    assert [actor.value for actor in duty.actors] == ["Sở Công Thương"]
    assert duties("1. Sở Nội vụ là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh.") == ()


def test_papers_bear_no_duty() -> None:
    assert duties("1. Các văn bản khác của UBND tỉnh trái với Kế hoạch này đều không còn hiệu lực.") == ()


@pytest.mark.parametrize(
    ("body", "actors", "due"),
    [
        ("1. Đề nghị các cơ quan góp ý trước 16 giờ 00 ngày 22/5/2024.", ["các cơ quan"], date(2024, 5, 22)),
        ("1. Sở Y tế báo cáo chậm nhất 10h00’ ngày 23/7/2018.", ["Sở Y tế"], date(2018, 7, 23)),
        ("1. Giao Tổng Giám đốc chuẩn bị tài liệu trước ngày 25/3/2023.", ["Tổng Giám đốc"], date(2023, 3, 25)),
        ("1. Hiệu trưởng: Ban hành quyết định trước ngày 05/9/2024.", ["Hiệu trưởng"], date(2024, 9, 5)),
        ("1. Ban kiểm tra nội bộ: Xây dựng lịch trước ngày 05/9/2024.", ["Ban kiểm tra nội bộ"], date(2024, 9, 5)),
        ("1. Giao cho Sở Tài chính lập dự toán trước ngày 5/6/2024.", ["Sở Tài chính"], date(2024, 6, 5)),
        ("1. Thanh tra tỉnh kiểm tra xong trước ngày 5/6/2024.", ["Thanh tra tỉnh"], date(2024, 6, 5)),
        ("1. Các đoàn thể vận động nhân dân làm xong trước ngày 5/6/2024.", ["Các đoàn thể"], date(2024, 6, 5)),
        ("1. Cơ sở đoàn\n- Báo cáo kết quả trước ngày 31/3/2024.", ["Cơ sở đoàn"], date(2024, 3, 31)),
    ],
)
def test_heads_of_all_sorts_of_offices_and_days_with_an_hour(body: str, actors: list[str], due: date) -> None:
    (duty,) = duties(body)
    assert [actor.value for actor in duty.actors] == actors
    assert duty.deadline.due == due


def test_partners_keep_the_verb_in_their_name() -> None:
    duty = one("1. Sở Y tế phối hợp với Ban kiểm tra nội bộ kiểm tra hồ sơ.")
    assert [body.value for body in duty.supports] == ["Ban kiểm tra nội bộ"]


def test_a_report_every_friday_is_a_duty_of_its_own() -> None:
    first, second = duties("1. Sở Y tế khẩn trương chi trả tiền; định kỳ thứ Sáu hằng tuần báo cáo tiến độ.")
    assert first.deadline.cycle is None
    assert second.deadline.cycle is Cycle.WEEK
    assert [actor.value for actor in second.actors] == ["Sở Y tế"]
