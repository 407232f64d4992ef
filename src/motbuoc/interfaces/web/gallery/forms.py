"""The form that the gallery shows."""

from __future__ import annotations

from django import forms

from motbuoc.interfaces.web.forms import DayField, FilesField, OneUnitPicker, UnitPicker, VersionedForm

UNITS = [
    (str(number), name)
    for number, name in enumerate(
        (
            "Chi bộ Sở Ánh Dương",
            "Chi bộ Trung tâm Hoa Sen",
            "Đảng bộ Bệnh viện Mẫu",
            "Đảng bộ Công ty Bình Minh",
            "Đảng bộ Công ty Cấp nước Mẫu",
            "Đảng bộ Sở Thử Nghiệm",
            "Đảng bộ Trường Cao đẳng Mẫu",
            "Đoàn Khối Mẫu",
            "Hội Cựu chiến binh Khối Mẫu",
        )
    )
]


class SampleForm(VersionedForm):
    """One field of each kind."""

    subject = forms.CharField(label="Trích yếu", help_text="Viết như trên văn bản.")
    words = forms.CharField(label="Nội dung", widget=forms.Textarea({"rows": 3}), required=False)
    cycle = forms.ChoiceField(label="Kỳ báo cáo", choices=[("quarter", "Hằng quý"), ("year", "Hằng năm")])
    due_on = DayField(label="Hạn hoàn thành")
    agreed = forms.BooleanField(label="Giao cho mọi đơn vị nhận văn bản", required=False)
    lead = forms.ChoiceField(label="Đơn vị chủ trì", choices=UNITS, widget=OneUnitPicker)
    support = forms.MultipleChoiceField(label="Đơn vị phối hợp", choices=UNITS, widget=UnitPicker, required=False)
    evidence = FilesField(
        label="Tệp minh chứng",
        required=False,
        accept=".pdf,.docx",
        help_text="Ảnh, PDF, Word hoặc Excel; tối đa 20 MB.",
    )
