"""What a person sees of each component."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.utils import translation

from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.interfaces.web.templatetags.signs import LATENESS, STATES

HOSTILE = '<script>alert("x")</script>'
SAFE = "&lt;script&gt;"


def shown(source: str, request=None, **values) -> str:
    context = RequestContext(request, values) if request else Context(values)
    with translation.override("vi"):
        return Template(source).render(context)


@pytest.mark.parametrize("state", [*DocumentState, *AssignmentState, *Report.State])
def test_every_state_is_shown_by_a_drawing_and_its_own_word(state):
    html = shown("{% status state %}", state=state.value)
    with translation.override("vi"):
        assert str(state.label) in html
    assert 'class="sign"' in html


def test_states_of_one_kind_have_different_drawings_so_that_colour_is_never_needed():
    drawings = [STATES[state.value].drawing for state in AssignmentState]
    drawings += [sign.drawing for sign in LATENESS.values()]
    assert len(set(drawings)) == len(drawings)


def test_lateness_is_shown_by_drawing_and_word_and_on_time_not_at_all():
    assert "Quá hạn 3 ngày" in shown("{% lateness value more %}", value=Lateness.OVERDUE.value, more="3 ngày")
    assert "#sign-clock" in shown("{% lateness value %}", value=Lateness.SOON)
    assert shown("{% lateness value %}", value=Lateness.NONE.value) == ""


def test_a_figure_is_grouped_as_offices_write_it():
    html = shown("{% figure 1043 'việc' note='cho 97 đơn vị' url='/viec/' %}")
    assert "1.043" in html
    assert 'href="/viec/"' in html


@pytest.mark.parametrize(("done", "words"), [(0, "0 %"), (2, "66 %"), (3, "100 %")])
def test_progress_is_said_in_words_beside_the_bar(done, words):
    html = shown("{% progress done 3 %}", done=done)
    assert words in html
    assert "<progress" in html


def test_progress_of_nothing_is_none():
    assert "0 %" in shown("{% progress 0 0 %}")


def test_the_pager_keeps_the_filters_of_the_address(rf):
    page = Paginator(range(100), 10).get_page(4)
    html = shown("{% pager page %}", page=page, request=rf.get("/viec/", {"late": "3", "page": "4"}))
    assert "31–40 trong số 100" in html
    assert "?late=3&amp;page=5" in html
    assert '<span aria-current="page">4</span>' in html


def test_one_page_needs_no_pager(rf):
    page = Paginator(range(5), 10).get_page(1)
    assert "<nav" not in shown("{% pager page %}", page=page, request=rf.get("/"))


def test_crumbs_lead_back_and_end_on_the_page_itself():
    html = shown("{% crumbs 'Hôm nay' 'today' 'Văn bản' '/van-ban/' 'Số 12' %}")
    assert '<a href="/">Hôm nay</a>' in html
    assert '<a href="/van-ban/">Văn bản</a>' in html
    assert '<li aria-current="page">Số 12</li>' in html


def test_a_post_button_carries_the_token_and_its_values():
    html = shown("{% post_button 'Giao việc' '/giao/' version=3 %}", csrf_token="abc")
    assert 'method="post"' in html
    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert 'name="version" value="3"' in html


def test_a_data_table_names_itself_for_screen_readers():
    html = shown("{% data_table 'Việc của đơn vị' %}<tbody></tbody>{% enddata_table %}")
    assert '<caption class="visually-hidden">Việc của đơn vị</caption>' in html


def test_a_bad_notice_is_an_alert_and_says_so_in_words():
    html = shown("{% notice 'bad' %}<p>Tệp trống.</p>{% endnotice %}")
    assert 'role="alert"' in html
    assert "Có lỗi:" in html
    assert "<p>Tệp trống.</p>" in html


def test_a_dialog_unfolds_without_javascript():
    html = shown("{% dialog 'Trả lại' %}<form></form>{% enddialog %}")
    assert "<details" in html
    assert "<summary" in html
    assert "<form></form>" in html


@pytest.mark.parametrize(
    "source",
    [
        "{% page_head bad bad %}{{ bad }}{% endpage_head %}",
        "{% panel bad note=bad id=bad %}{{ bad }}{% endpanel %}",
        "{% data_table bad %}{{ bad }}{% enddata_table %}",
        "{% filters bad %}{{ bad }}{% endfilters %}",
        "{% tabs bad %}{% tab bad bad %}{% endtabs %}",
        "{% figures bad %}{% figure bad bad note=bad unit=bad kind=bad %}{% endfigures %}",
        "{% timeline bad %}{% timeline_entry bad who=bad %}{{ bad }}{% endtimeline_entry %}{% endtimeline %}",
        "{% notice 'info' bad %}{{ bad }}{% endnotice %}",
        "{% empty_note bad %}{{ bad }}{% endempty_note %}",
        "{% dialog bad bad %}{{ bad }}{% enddialog %}",
        "{% crumbs bad '/' bad %}",
        "{% button bad bad name=bad value=bad %}",
        "{% post_button bad bad name=bad %}",
        "{% progress 1 2 bad text=bad %}",
        "{% status 'accepted' bad %}{% lateness 3 bad %}",
    ],
)
def test_what_a_person_typed_is_never_markup(source):
    html = shown(source, bad=HOSTILE)
    assert "<script" not in html
    assert SAFE in html
