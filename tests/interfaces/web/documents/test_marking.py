"""The words of a document never change, whatever is marked in them."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from motbuoc.interfaces.web.documents.marking import Block, Mark, marked_text


class Reader(HTMLParser):
    """What a browser makes of the HTML: its words, its elements, and whether they are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None], int]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.append((tag, dict(attrs), len(self.words)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


texts = st.text(st.sampled_from("ab <>&\"'\n;đệ"), max_size=40) | st.text(max_size=40)
places = st.integers(0, 45)
names = st.text(st.sampled_from("ab<\"'&"), max_size=4)
marks = st.lists(st.builds(Mark, places, places, names, names, names, names, st.booleans()), max_size=8)
blocks = st.lists(st.builds(Block, places, places, names), max_size=4)


@given(texts.filter(lambda text: "\r" not in text and "\x00" not in text), marks, blocks)
def test_without_its_elements_the_html_is_the_text(text, marks, blocks):
    read = Reader(marked_text(text, marks, blocks))
    assert read.words == text
    assert not read.open
    assert {tag for tag, _, _ in read.seen} <= {"mark", "a", "div", "span"}


@given(st.text("ab \n", min_size=1, max_size=30), marks)
def test_every_marked_character_carries_the_class_of_each_mark_over_it(text, marks):
    wanted = {i: {f"w-{m.kind}" for m in marks if 0 <= m.start <= i < m.end} for i in range(len(text))}
    read = Reader(marked_text(text, marks))
    found: dict[int, set[str]] = {i: set() for i in range(len(text))}
    elements = [(attrs, at) for tag, attrs, at in read.seen if tag == "mark"]
    for attrs, at in elements:
        # A stretch ends where the set of marks over it changes, so the sets at its first character hold for all.
        for i in range(at, len(text)):
            if wanted[i] != wanted[at]:
                break
            found[i] |= {name for name in attrs["class"].split(" ") if name != "unsure"}
    assert {i: names for i, names in found.items() if names} == {i: names for i, names in wanted.items() if names}


def test_a_citation_inside_a_duty_belongs_to_both():
    html = marked_text(
        "Thực hiện Chỉ thị số 5.",
        [Mark(0, 22, "duty", "Nhiệm vụ", "duty-1", "1"), Mark(10, 22, "citation", "Viện dẫn")],
    )
    assert html == (
        '<a class="pin" id="words-duty-1" href="#duty-1" data-pin="1" aria-label="Nhiệm vụ"></a>'
        '<mark class="w-duty" data-key="duty-1" title="Nhiệm vụ">Thực hiện </mark>'
        '<mark class="w-duty w-citation" data-key="duty-1" title="Viện dẫn · Nhiệm vụ">Chỉ thị số 5</mark>.'
    )


def test_marks_that_overlap_without_nesting_are_both_whole():
    read = Reader(marked_text("abcdef", [Mark(0, 4, "one"), Mark(2, 6, "two")]))
    assert [(attrs["class"], at) for _, attrs, at in read.seen] == [("w-one", 0), ("w-one w-two", 2), ("w-two", 4)]


def test_text_that_looks_like_html_stays_text():
    html = marked_text("<script>alert(1)</script>", [Mark(0, 8, "duty", '"><b>')])
    assert "<script>" not in html
    assert "<b>" not in html


def test_an_item_is_a_block_and_an_overlapping_one_is_left_out():
    html = marked_text("1. a\n2. b\n", [], [Block(0, 5, "item-1"), Block(3, 8, "item-x"), Block(5, 10, "item-2")])
    assert html == '<div class="item" id="item-1">1. a\n</div><div class="item" id="item-2">2. b\n</div>'


def test_an_item_that_ends_with_the_text_is_closed():
    assert marked_text("ab", [], [Block(0, 2, "k")]) == '<div class="item" id="k">ab</div>'
