"""The set sentences of a report, as offices write them: in Vietnamese, whatever the language of the screen."""

CIRCULATION = "LƯU HÀNH NỘI BỘ"
SUBJECT = "kết quả thực hiện {document}"
OPENING = (
    "Thực hiện {document}{of_issuer}{about}, {reporter} báo cáo kết quả thực hiện "
    "từ ngày {start} đến ngày {end} như sau:"
)
UNITS = "Đã giao {count} nhiệm vụ cho {units} đơn vị."
DONE = " Hoàn thành {done} nhiệm vụ ({percent}%)"
DONE_LATE = ", trong đó {late} nhiệm vụ hoàn thành sau hạn đầu tiên"
SAVED = ", {saved} nhiệm vụ trong số đó đúng hạn đã được gia hạn"
WAITING = " Đang chờ duyệt kết quả {waiting} nhiệm vụ."
IN_PROGRESS = " Đang thực hiện {in_progress} nhiệm vụ."
OVERDUE = " Quá hạn {overdue} nhiệm vụ, tại: {names}."
NOT_ACKNOWLEDGED = " Chưa tiếp nhận {not_acknowledged} nhiệm vụ, tại: {names}."
SUSPENDED = " Tạm dừng {suspended} nhiệm vụ."
WHAT_UNITS_DID = "Một số kết quả cụ thể:"
COUNTED = "Số liệu các đơn vị báo:"
COUNTED_ONE = " {name}: {amount}{measure} ({units} đơn vị)"
BY_UNIT = "{unit}: {text}"
NOTHING_YET = "Chưa có đơn vị nào báo kết quả trong kỳ."
SUMMARY_TITLE = "Kết quả chung"
NEXT_TITLE = "Nhiệm vụ thời gian tới"
NEXT = "Tiếp tục theo dõi, đôn đốc {open} nhiệm vụ chưa hoàn thành"
NEXT_OVERDUE = ", trước hết là {overdue} nhiệm vụ đã quá hạn"
ALL_DONE = "Toàn bộ nhiệm vụ được giao đã hoàn thành."
CLOSING = "Trên đây là báo cáo kết quả thực hiện {document}."
OTHER_TITLE = "Nhiệm vụ khác"
MORE_NAMES = "{names} và {count} đơn vị khác (chi tiết tại Phụ lục)"
ANNEX_TITLE = "Tình hình thực hiện của từng đơn vị theo từng mục, đến ngày {end}"
ANNEX_UNIT = "Đơn vị"
ANNEX_ITEM = "Mục {number}"
ANNEX_OTHER = "Nhiệm vụ khác"
ANNEX_TOTAL = "Cộng (hoàn thành/giao)"
ANNEX_ON_TIME_FIRST = "Đúng hạn đầu tiên (đúng hạn/hoàn thành)"
ANNEX_ON_TIME = "Đúng hạn kể cả gia hạn (đúng hạn/hoàn thành)"
CELL = "{done}/{count}"
CELL_OVERDUE = "{done}/{count}, quá hạn"
SOURCE = "Nguồn: {count} nhiệm vụ (đến ngày {end}): {names}"
FIGURE = "{name}: {now}{measure}"
FIGURE_LAST = "; {when}: {last}"
FIGURE_LAST_WHEN = "kỳ trước"
FIGURE_YEAR_AGO = "; cùng kỳ năm trước: {year_ago} ({change})"
FIGURE_TARGET = "; đạt {reached}% chỉ tiêu năm ({target})"
ROSE, FELL, SAME = "tăng {by}", "giảm {by}", "không đổi"
POINTS = " điểm %"
MISSING_LAST = "Số liệu kỳ trước chưa có của {count}/{expected} đơn vị: {names}."
MISSING_YEAR_AGO = "Số liệu cùng kỳ năm trước chưa có của {count}/{expected} đơn vị: {names}."
MISSING = "Chưa có số liệu của {count}/{expected} đơn vị: {names}."
OTHER_UNITS = "Số liệu {when} là của các đơn vị theo tổ chức khi đó."
BOTH_BEFORE = "kỳ trước và cùng kỳ năm trước"
YEAR_AGO_WHEN = "cùng kỳ năm trước"
SAID_BY = "{units}: {text}"
MORE_UNITS = "{names} và {count} đơn vị khác"
FIGURES_TITLE = "Biểu số liệu {label}"
FIGURES_COLUMNS = (
    "STT",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Kỳ này",
    "Kỳ trước",
    "Cùng kỳ năm trước",
    "Tăng, giảm",
    "Lũy kế năm",
    "Chỉ tiêu năm",
)
CHART_TITLE = "{name} ({measure})"
DRAFT_SUBJECT = "{name}, {label}"
SOURCE_REPORTS = "Nguồn: {count} báo cáo của đơn vị: {names}"
MORE_SOURCES = "{names}; và {count} nguồn khác (có đủ ở tệp Excel, trang Nguồn)"
SUGGESTED = "gợi ý của mô hình ngôn ngữ {model}, {by} chấp nhận"
SOURCE_TASKS = "Nguồn: {count} nhiệm vụ: {names}"
TYPE_NAME = "Báo cáo"
ON_BEHALF = "T/M BAN THƯỜNG VỤ"
RECIPIENT_REPORTED = "{issuer} (để báo cáo)"
RECIPIENT_ARCHIVE = "Lưu {unit}"
RECIPIENT_OFFICE = "Lưu: VT"

DOCUMENT_TYPES = {
    "CV": "Công văn",
    "CT": "Chỉ thị",
    "KH": "Kế hoạch",
    "CTr": "Chương trình",
    "NQ": "Nghị quyết",
    "KL": "Kết luận",
    "HD": "Hướng dẫn",
    "TB": "Thông báo",
    "QĐ": "Quyết định",
    "CĐ": "Công điện",
}
