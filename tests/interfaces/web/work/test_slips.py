"""Slips of tasks: printed, filled in by hand, and sent back as photographs that find their task."""

import re
from io import BytesIO

import pytest
import qrcode
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from motbuoc.domains.work.models import Assignment, Evidence
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.selectors import content_of

pytestmark = pytest.mark.django_db


def slip(*addresses: str, name: str = "phieu.jpg") -> SimpleUploadedFile:
    """A photograph of a sheet with a square code for each address, a little askew, with the place it was taken."""
    sheet = Image.new("RGB", (1000, 700), "white")
    for place, address in enumerate(addresses):
        sheet.paste(qrcode.make(address).convert("RGB").resize((220, 220)), (80 + 450 * place, 100))
    exif, out = Image.Exif(), BytesIO()
    exif[0x010F] = "MayAnhRieng"
    sheet.rotate(7, fillcolor="grey").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def address_of(assignment: Assignment) -> str:
    return f"https://motbuoc.example/viec/{assignment.pk}/"


@pytest.fixture
def mine(directive, cast) -> Assignment:
    return Assignment.objects.filter(unit=cast.unit_a).order_by("pk")[0]


class TestPrinting:
    def test_a_slip_for_each_task_owed_with_its_own_address(self, as_person, cast, mine) -> None:
        page = as_person(cast.secretary).get("/viec/phieu/")
        owed = Assignment.objects.filter(unit=cast.unit_a).count()
        html = page.content.decode()
        assert html.count('class="task-slip"') == owed
        assert mine.duty.text[:40] in html
        assert html.count("<svg") >= owed

    def test_it_is_narrowed_as_the_inbox_is(self, as_person, cast, mine) -> None:
        page = as_person(cast.secretary).get("/viec/phieu/", {"words": "khongcotunaonhuthe"})
        assert "No slips to print" in page.content.decode()

    def test_who_only_decides_or_reads_prints_none(self, as_person, cast, mine) -> None:
        assert as_person(cast.member).get("/viec/phieu/").status_code == 403


class TestSending:
    def test_the_photograph_becomes_news_of_its_task_without_the_traces_of_the_device(
        self, as_person, cast, mine
    ) -> None:
        sent = {"photographs": slip(address_of(mine)), "text": "Đã họp 12 chi bộ"}
        page = as_person(cast.secretary).post("/viec/phieu/gui/", sent, follow=True)
        assert page.status_code == 200
        assert "Added to:" in page.content.decode()
        mine.refresh_from_db()
        assert mine.state == "in_progress"
        assert [entry.step for entry in mine.entries.all()] == ["acknowledge", "progress"]
        assert mine.entries.last().text == "Đã họp 12 chi bộ"
        kept = Evidence.objects.get(entry__assignment=mine)
        assert b"MayAnhRieng" not in content_of(kept.file)

    def test_two_slips_of_one_task_are_one_entry_and_words_may_be_left_out(self, as_person, cast, mine) -> None:
        both = [slip(address_of(mine), name="mot.jpg"), slip(address_of(mine), name="hai.jpg")]
        as_person(cast.secretary).post("/viec/phieu/gui/", {"photographs": both})
        entry = mine.entries.get(step="progress")
        assert entry.text == "As on the slip in the picture."
        assert entry.evidence.count() == 2

    def test_what_is_no_slip_is_named_and_the_others_are_kept(self, as_person, cast, mine) -> None:
        stranger = Assignment.objects.exclude(unit=cast.unit_a).order_by("pk")[0]
        sent = [
            slip(address_of(mine), name="dung.jpg"),
            slip(name="khong-ma.jpg"),
            slip(address_of(mine), address_of(stranger), name="hai-phieu.jpg"),
            slip(address_of(stranger), name="don-vi-khac.jpg"),
            slip("https://motbuoc.example/viec/999999999999999999/", name="khong-co.jpg"),
            SimpleUploadedFile("hong.jpg", b"\xff\xd8\xff\xe0 hong", "image/jpeg"),
            SimpleUploadedFile("rong.jpg", b"", "image/jpeg"),
        ]
        before = StoredFile.objects.count()
        page = as_person(cast.secretary).post("/viec/phieu/gui/", {"photographs": sent})
        html = re.sub(r"\s+", " ", page.content.decode())
        assert page.status_code == 422
        assert "khong-ma.jpg: No square code" in html
        assert "hai-phieu.jpg: There are several slips" in html
        for name in ("don-vi-khac.jpg", "khong-co.jpg"):
            assert f"{name}: The slip is of no task of your units" in html
        assert "hong.jpg" in html
        assert "rong.jpg: The file is empty" in html
        assert "Added to:" in html
        assert StoredFile.objects.count() == before + 1
        assert not stranger.entries.exists()

    def test_a_task_that_is_closed_says_so_and_the_words_stay(self, as_person, cast, mine) -> None:
        Assignment.objects.filter(pk=mine.pk).update(state="accepted")
        sent = {"photographs": slip(address_of(mine)), "text": "Chữ đã gõ"}
        page = as_person(cast.secretary).post("/viec/phieu/gui/", sent)
        assert page.status_code == 422
        assert "Chữ đã gõ" in page.content.decode()
        assert "This step is not possible now" in page.content.decode()

    def test_nobody_else_sends_them(self, as_person, cast, mine) -> None:
        page = as_person(cast.member).post("/viec/phieu/gui/", {"photographs": slip(address_of(mine))})
        assert page.status_code == 403
        assert not mine.entries.exists()
