"""Forms: label, help, error, version, days, files, pickers."""

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.web.forms import DayField, FilesField, OneUnitPicker, UnitPicker, VersionedForm

UNITS = [("1", "Chi bộ Ánh Dương"), ("2", "Đảng bộ Bình Minh")]


class Sample(VersionedForm):
    subject = forms.CharField(label="Trích yếu", help_text="Như trên văn bản.")
    due_on = DayField(label="Hạn", required=False)
    lead = forms.ChoiceField(label="Chủ trì", choices=UNITS, widget=OneUnitPicker, required=False)
    support = forms.MultipleChoiceField(label="Phối hợp", choices=UNITS, widget=UnitPicker, required=False)
    agreed = forms.BooleanField(label="Mọi đơn vị", required=False)
    files = FilesField(label="Minh chứng", required=False, accept=".pdf")


@pytest.fixture(autouse=True)
def _in_vietnamese():
    with translation.override("vi"):
        yield


def test_a_field_has_a_label_and_is_described_by_its_help():
    html = str(Sample()["subject"].as_field_group())
    assert '<label class="form-label" for="id_subject">Trích yếu</label>' in html
    assert 'aria-describedby="id_subject_helptext"' in html
    assert 'id="id_subject_helptext">Như trên văn bản.' in html
    assert 'class="form-control"' in html


def test_a_wrong_field_says_so_to_eyes_and_screen_readers():
    html = str(Sample({"subject": "", "version": "1"})["subject"].as_field_group())
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_subject_error"' in html
    assert "Trường này là bắt buộc" in html


def test_what_may_be_left_out_says_so():
    html = str(Sample())
    assert html.count("(không bắt buộc)") == 4  # the tick box needs no such word


def test_the_version_travels_hidden_and_is_needed():
    assert '<input type="hidden" name="version" value="4"' in str(Sample(initial={"version": 4}))
    assert not Sample({"subject": "x"}).is_valid()


def test_after_a_collision_the_form_rests_on_the_fresh_version_and_keeps_what_was_typed():
    form = Sample(QueryDict("subject=của tôi&support=1&support=2&version=1"))
    assert form.is_valid()
    form.rest_on(7)
    html = str(form)
    assert 'name="version" value="7"' in html
    assert 'value="của tôi"' in html
    assert html.count(" checked") == 2


def test_a_refusal_stands_above_the_fields():
    form = Sample({"subject": "của tôi", "version": "1"})
    form.is_valid()
    form.refuse(Refusal("Tệp trống. Hãy gửi lại."))
    html = str(form)
    assert html.index("Tệp trống. Hãy gửi lại.") < html.index("Trích yếu")
    assert 'value="của tôi"' in html


@pytest.mark.parametrize("typed", ["05/03/2026", "5/3/2026", "05-03-2026", "05.03.2026", "2026-03-05"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_read_the_same_way_in_every_language(typed, language):
    with translation.override(language):
        form = Sample({"subject": "x", "version": "1", "due_on": typed})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["due_on"] == date(2026, 3, 5)


def test_a_day_is_shown_as_offices_write_it():
    assert 'value="05/03/2026"' in str(Sample(initial={"due_on": date(2026, 3, 5)})["due_on"])


def test_no_such_day_is_refused():
    assert "due_on" in Sample({"subject": "x", "version": "1", "due_on": "31/02/2026"}).errors


@pytest.mark.parametrize("typed", ["31/12/9999", "01/01/2201", "31/12/1899"])
def test_a_day_out_of_time_is_a_slip_of_the_finger(typed):
    errors = Sample({"subject": "x", "version": "1", "due_on": typed}).errors
    assert "1900 đến năm 2200" in str(errors["due_on"])


def test_several_files_come_as_a_list_and_none_as_an_empty_one():
    chosen = [SimpleUploadedFile("a.pdf", b"a"), SimpleUploadedFile("b.pdf", b"b")]
    form = Sample({"subject": "x", "version": "1"}, MultiValueDict({"files": chosen}))
    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["files"]] == ["a.pdf", "b.pdf"]
    form = Sample({"subject": "x", "version": "1"})
    assert form.is_valid()
    assert form.cleaned_data["files"] == []


def test_an_empty_file_among_several_is_refused():
    chosen = [SimpleUploadedFile("a.pdf", b"a"), SimpleUploadedFile("b.pdf", b"")]
    assert "files" in Sample({"subject": "x", "version": "1"}, MultiValueDict({"files": chosen})).errors


def test_the_file_picker_takes_several_and_says_which_kinds():
    html = str(Sample()["files"])
    assert 'type="file"' in html
    assert " multiple" in html
    assert 'accept=".pdf"' in html


def test_a_unit_picker_works_without_javascript_and_keeps_what_is_chosen():
    html = str(Sample({"subject": "", "version": "1", "support": ["2"]})["support"])
    assert html.startswith("<details")
    assert html.count('type="checkbox"') == 2
    assert 'value="2" id="id_support_1" checked' in " ".join(html.split())


def test_the_picker_of_one_unit_has_radio_buttons():
    assert str(Sample()["lead"]).count('type="radio"') == 2


def test_the_picker_is_one_group_with_a_name():
    html = str(Sample()["support"].as_field_group())
    assert "<fieldset" in html
    assert "<legend" in html
