"""Surveys in the browser: built by the office, answered by people nobody knows, on any phone."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import docx
import pyreadstat
import pytest
from django.urls import reverse

from motbuoc.domains.surveys.building import Asking
from motbuoc.domains.surveys.counting import count_survey
from motbuoc.domains.surveys.models import Survey, SurveySheet
from motbuoc.domains.surveys.sealing import opened
from motbuoc.domains.surveys.selectors import questions_in
from motbuoc.foundation.core import clock
from motbuoc.interfaces import web
from tests.domains.surveys.test_counting import full
from tests.domains.surveys.test_surveys import GROUP, PLEASED, WHY, add, answer, made_by, opened_by, step

STATIC = Path(web.__file__).parent / "static"
pytestmark = pytest.mark.django_db


def get(client, name, *args, status=200, query=""):
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == status
    return response.content.decode()


def post(client, door, *args, status=302, query="", **sent):
    response = client.post(reverse(door, args=args) + query, sent)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def press(client, survey, name, **sent):
    post(client, "survey_detail", survey.pk, step=name, version=Survey.objects.get(pk=survey.pk).version, **sent)


def hidden_in(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_a_survey_is_built_without_a_script(cast, as_person):
    client, today = as_person(cast.officer), clock.today()
    sent = {"unit": cast.bloc.pk, "title": "Nơi làm việc", "purpose": "Để sửa", "consent": "Đồng ý", "way": "open"}
    days = {"opens_on": f"{today:%d/%m/%Y}", "closes_on": f"{today + timedelta(days=5):%d/%m/%Y}"}
    post(client, "survey_make", status=422, **sent)
    post(client, "survey_make", languages=["en"], **sent, **days)
    survey = Survey.objects.get()
    for kind, more in (
        ("single", {"options": "Công nhân\nKhác", "is_group": "on", "targets": "Công nhân: 40"}),
        ("scale", {"points": 5, "options": "Kém\nTốt"}),
        ("text", {}),
    ):
        fresh = Survey.objects.get()
        asked = {"version": fresh.version, "text": f"Câu {kind}", "is_required": "on", **more}
        post(client, "survey_question_make", survey.pk, query=f"?loai={kind}", **asked)
    group, _pleased, why = questions_in(survey)
    assert group.targets == {"1": 40}
    changed = {"text": "Vì sao?", "condition": [f"{group.pk}:1"], "version": Survey.objects.get().version}
    post(client, "survey_question_change", why.pk, **changed)
    page = get(client, "survey_detail", survey.pk)
    assert "Only if question 1 was answered: Công nhân" in page
    press(client, survey, "up", question=why.pk)
    press(client, survey, "drop", question=questions_in(survey)[2].pk)
    assert [one.text for one in questions_in(survey)] == ["Câu single", "Vì sao?"]
    version = Survey.objects.get().version
    told = {"title": "Workplace", f"text_{group.pk}": "You are", f"options_{group.pk}": "Worker\nOther"}
    post(client, "survey_translate", survey.pk, "en", version=version, **told)
    assert "Workplace" in get(client, "survey_preview", survey.pk, query="?tieng=en")
    assert "Chỉ hỏi một số người" in get(client, "survey_preview", survey.pk)
    press(client, survey, "open_survey")
    assert Survey.objects.get().state == "survey_open"
    press(client, survey, "copy_survey")
    assert Survey.objects.count() == 2


def test_what_is_wrong_with_a_question_is_said_at_its_field(cast, as_person):
    client, survey = as_person(cast.officer), made_by(cast, ("single", GROUP), ("scale", PLEASED))
    group, pleased = questions_in(survey)
    version = survey.version
    both = {"condition": [f"{group.pk}:1", f"{pleased.pk}:5"]}
    asked = {"text": "Vì sao?", "version": version}
    page = post(client, "survey_question_make", survey.pk, status=422, query="?loai=text", **asked, **both)
    assert "Choose answers of one earlier question." in page
    wrong = {"options": "Một\nHai", "targets": "Ba: 7"}
    page = post(client, "survey_question_make", survey.pk, status=422, **asked, **wrong)
    assert "“Ba: 7” is not a choice" in page
    post(client, "survey_question_make", survey.pk, status=422, **asked, options="Một")


def test_who_may_open_these_pages(cast, as_person):
    survey = opened_by(cast, ("scale", PLEASED))
    for reader in (cast.central_officer, cast.inspector):
        assert survey.title in get(as_person(reader), "survey_detail", survey.pk)
        post(as_person(reader), "survey_detail", survey.pk, status=403, step="close_survey", version=2)
        get(as_person(reader), "survey_change", survey.pk, status=403)
    get(as_person(cast.secretary), "survey_detail", survey.pk, status=404)
    get(as_person(cast.member), "survey_list", status=404)


def test_somebody_answers_step_by_step_without_a_script(cast, client):
    survey = made_by(cast, ("single", GROUP), ("scale", PLEASED))
    group, pleased = questions_in(survey)
    why = add(cast, survey, "text", Asking("Vì sao kém?", shown_if=pleased.pk, shown_for=("1", "2")))
    survey = step(cast, survey, "open_survey")
    page = get(client, "survey_answer", survey.address)
    assert survey.purpose in page
    assert why.text not in page
    sent = hidden_in(page) | {"go": "on", f"q{group.pk}": "1"}
    told = post(client, "survey_answer", survey.address, status=422, **sent)
    assert "Xin trả lời câu này." in told
    assert f'name="q{group.pk}" value="1" checked' in told  # what was chosen is still there
    sent |= {f"q{pleased.pk}": "2"}
    page = post(client, "survey_answer", survey.address, status=200, **sent)
    assert why.text in page
    assert hidden_in(page)[f"q{pleased.pk}"] == "2"
    sent = hidden_in(page) | {f"q{why.pk}": "Gọi 0912345678"}
    told = post(client, "survey_answer", survey.address, status=422, go="on", **sent)
    assert "“0912345678”" in told
    assert not SurveySheet.objects.exists()
    back = post(client, "survey_answer", survey.address, status=200, go="back", **sent)
    assert 'value="2" checked' in back
    sent = hidden_in(page) | {f"q{why.pk}": "Nóng quá"}
    done = post(client, "survey_answer", survey.address, status=200, go="on", **sent)
    assert "Cảm ơn" in done
    post(client, "survey_answer", survey.address, status=200, go="on", **sent)  # sent again
    kept = opened(survey.box, bytes(SurveySheet.objects.get().sealed))
    assert kept == {str(group.pk): "1", str(pleased.pk): "2", str(why.pk): "Nóng quá"}
    assert "sessionid" not in client.cookies


def test_a_page_that_asks_nothing_is_passed_over(cast, client):
    survey = made_by(cast, ("scale", PLEASED))
    (pleased,) = questions_in(survey)
    add(cast, survey, "text", Asking("Vì sao kém?", shown_if=pleased.pk, shown_for=("1",)))
    survey = step(cast, survey, "open_survey")
    sent = hidden_in(get(client, "survey_answer", survey.address)) | {"go": "on", f"q{pleased.pk}": "5"}
    assert "Cảm ơn" in post(client, "survey_answer", survey.address, status=200, **sent)


def test_a_public_page_is_light_and_needs_no_script(cast, client):
    kinds = [("single", GROUP), ("scale", PLEASED), ("text", WHY)]
    kinds += [
        ("matrix", Asking("Đánh giá", ("Tốt", "Kém"), ("Đường", "Điện"))),
        ("ranking", Asking("Xếp", ("A", "B"))),
    ]
    survey = opened_by(cast, *kinds)
    page = get(client, "survey_answer", survey.address)
    files = sum((STATIC / name).stat().st_size for name in ("css/public.css", "css/sheet.css", "js/survey.js"))
    assert len(page.encode()) + files < 60_000
    assert page.count('<link rel="stylesheet"') == 2
    assert page.count("<script") == 1
    assert '<form method="post"' in page


def test_it_is_answered_in_another_language(cast, client):
    survey = opened_by(cast, ("scale", PLEASED), languages=("en", "km"))
    page = get(client, "survey_answer", survey.address, query="?tieng=en")
    assert 'lang="en"' in page
    assert "Send the answers" in page
    page = get(client, "survey_answer", survey.address, query="?tieng=km")
    assert '<html lang="km">' in page
    assert "Gửi câu trả lời" in page
    get(client, "survey_answer", survey.address, query="?tieng=zz")


def test_nobody_finds_a_draft_and_a_closed_one_takes_nothing(cast, client):
    draft = made_by(cast, ("scale", PLEASED))
    get(client, "survey_answer", draft.address, status=404)
    survey = opened_by(cast, ("scale", PLEASED), opens_on=clock.today() + timedelta(days=1))
    page = get(client, "survey_answer", survey.address)
    assert "Khảo sát mở từ ngày" in page
    assert "<form" not in page


def test_a_list_asks_as_many_queries_for_three_as_for_thirty(cast, as_person, django_assert_max_num_queries):
    for _each in range(15):
        made_by(cast)
    client = as_person(cast.officer)
    get(client, "survey_list")
    with django_assert_max_num_queries(16):
        get(client, "survey_list")


def published(cast, people=12):
    survey = full(cast, people)
    step(cast, survey, "close_survey")
    count_survey(survey.pk)
    return step(cast, survey, "publish_survey")


def test_results_are_hidden_while_it_is_open(cast, as_person, django_capture_on_commit_callbacks):
    client, survey = as_person(cast.officer), full(cast)
    group, _pleased, why = questions_in(survey)
    assert "Answered so far, at least</dt><dd>10</dd>" in get(client, "survey_detail", survey.pk)  # of twelve
    assert "hidden while the survey is open" in get(client, "survey_results", survey.pk)
    assert "Ý kiến" not in get(client, "survey_texts", why.pk)
    assert "hidden while the survey is open" in get(client, "survey_crossed", survey.pk)
    with django_capture_on_commit_callbacks(execute=True):
        press(client, survey, "close_survey")  # the job counts at once here
    told = get(client, "survey_results", survey.pk)
    assert "50.0 %" in told or "50,0 %" in told
    assert "Ý kiến 11" in get(client, "survey_texts", why.pk)
    crossed = get(client, "survey_crossed", survey.pk, query=f"?nhom={group.pk}")
    assert "hidden" in crossed
    press(client, survey, "publish_survey")
    assert Survey.objects.get().state == "survey_published"


def test_the_office_is_told_that_the_last_day_is_over(cast, as_person):
    survey = full(cast)
    Survey.objects.update(opens_on=clock.today() - timedelta(days=9), closes_on=clock.today() - timedelta(days=1))
    assert "Its last day is over" in get(as_person(cast.officer), "survey_detail", survey.pk)
    get(as_person(cast.officer), "survey_note", survey.pk)


def test_published_results_stand_on_the_public_page(cast, client, as_person):
    survey = published(cast)
    page = get(client, "survey_answer", survey.address)
    assert "Mức hài lòng" in page
    assert "Ý kiến 11" not in page  # what was written is for the office
    assert "<form" not in page
    files = sum((STATIC / name).stat().st_size for name in ("css/public.css", "css/sheet.css"))
    assert len(page.encode()) + files < 60_000
    get(as_person(cast.secretary), "survey_results", survey.pk, status=404)


def test_of_too_few_only_that_is_said(cast, client, as_person):
    survey = published(cast, people=4)
    for page in (
        get(client, "survey_answer", survey.address),
        get(as_person(cast.officer), "survey_results", survey.pk),
    ):
        assert "<table" not in page
        assert "dưới 5" in page or "Fewer than 5" in page


def test_codes_are_printed_once_and_open_the_form(cast, as_person, client):
    office = as_person(cast.officer)
    survey = opened_by(cast, ("scale", PLEASED), way="tokens")
    (pleased,) = questions_in(survey)
    sent = {"version": survey.version, "count": 400, "kind": "labels"}
    assert "At most 300 labels" in post(office, "survey_tokens", survey.pk, status=422, **sent)
    page = post(office, "survey_tokens", survey.pk, status=200, **sent | {"count": 2})
    codes = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert len(set(codes)) == 2
    assert "<svg" in page
    answer = office.post(
        reverse("survey_tokens", args=[survey.pk]), sent | {"kind": "csv", "version": survey.version + 1}
    )
    assert b"".join(answer.streaming_content).count(b"#") == 400
    assert codes[0] not in get(office, "survey_tokens", survey.pk)
    sent = hidden_in(get(client, "survey_answer", survey.address)) | {"go": "on", f"q{pleased.pk}": "5"}
    told = post(client, "survey_answer", survey.address, status=422, code="AAAA-BBBB-CCCC", **sent)
    assert "Mã này không phải" in told
    done = post(client, "survey_answer", survey.address, status=200, code=codes[0].lower(), **sent)
    assert "Cảm ơn" in done
    again = sent | {"key": "another", "code": codes[0]}
    post(client, "survey_answer", survey.address, status=422, **again)
    assert SurveySheet.objects.count() == 1


def test_paper_goes_out_and_comes_back(cast, as_person):
    client = as_person(cast.officer)
    survey = made_by(cast, ("single", GROUP), ("scale", PLEASED))
    group, pleased = questions_in(survey)
    add(cast, survey, "text", Asking("Vì sao kém?", shown_if=pleased.pk, shown_for=("1", "2")))
    add(cast, survey, "matrix", Asking("Đánh giá", ("Tốt", "Kém"), ("Đường", "Điện"), is_required=False))
    survey = step(cast, survey, "open_survey")
    answer = client.get(reverse("survey_sheet", args=[survey.pk, "word"]))
    paper = docx.Document(BytesIO(b"".join(answer.streaming_content)))
    words = "\n".join(line.text for line in paper.paragraphs)
    assert "☐  Công nhân" in words
    assert "Chỉ trả lời nếu câu 2 chọn: Rất kém; 2." in words
    assert "Đường" in paper.tables[0].cell(1, 0).text
    sent = hidden_in(get(client, "survey_note", survey.pk)) | {f"q{group.pk}": "3"}
    assert "Please answer this question." in post(client, "survey_note", survey.pk, status=422, **sent)
    sent |= {f"q{pleased.pk}": "4"}
    for _again in range(2):
        post(client, "survey_note", survey.pk, **sent)
    assert SurveySheet.objects.count() == 1
    post(as_person(cast.inspector), "survey_note", survey.pk, status=403, **sent)
    get(as_person(cast.secretary), "survey_note", survey.pk, status=404)


def test_files_hold_counts_and_what_is_hidden_is_missing(cast, as_person, tmp_path):
    client, survey = as_person(cast.officer), full(cast, people=40)
    group, pleased, _why = questions_in(survey)
    for chosen in ("1", "1", "1", "3"):  # the last one is alone in his group
        answer(survey, {group.pk: chosen, pleased.pk: "5"})
    assert client.get(reverse("survey_export", args=[survey.pk, "csv"])).status_code == 409
    step(cast, survey, "close_survey")
    count_survey(survey.pk)
    files = {}
    for kind in ("csv", "sav", "group-csv", "group-sav"):
        found = client.get(reverse("survey_export", args=[survey.pk, kind]))
        files[kind] = b"".join(found.streaming_content)
    lines = files["csv"].decode().splitlines()
    assert lines[0].endswith("cau,cau_hoi,dong,ma,tra_loi,n,ty_le,tu,den,tb")
    assert "1,Anh/chị là,,3,Khác,,,,," in lines
    path = tmp_path / "ket-qua.sav"
    path.write_bytes(files["sav"])
    frame, meta = pyreadstat.read_sav(path)
    assert meta.column_names_to_labels["n"].startswith("Số người")
    rows = frame[frame.cau == 1]
    assert rows.n.isna().sum() == 2  # the one, and who covers him
    assert "Ý kiến" not in files["csv"].decode() + files["group-csv"].decode()
    path.write_bytes(files["group-sav"])
    frame, _meta = pyreadstat.read_sav(path)
    assert "Khác" not in set(frame.nhom)
    get(client, "survey_export", survey.pk, "xml", status=404)
