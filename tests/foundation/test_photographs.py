"""Photographs are kept without what they say of place, time and device."""

from io import BytesIO

import pytest
import qrcode
from PIL import Image, ImageChops, ImageCms
from PIL.PngImagePlugin import PngInfo

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.photographs import cleaned, without_traces

MAKER, ORIENTATION, GPS, LATITUDE = 0x010F, 0x0112, 0x8825, 2
TRACES = (b"MayAnh", b"nha rieng", b"toa do")
COLOURS = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def view(size: tuple[int, int] = (320, 200)) -> Image.Image:
    return Image.radial_gradient("L").resize(size).convert("RGB")


def photograph(*, turned: int = 6, second: bool = False) -> bytes:
    """A JPEG as a telephone writes it: device, place, comment, and lying on its side."""
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "MayAnh Bi Mat", turned
    exif.get_ifd(GPS)[LATITUDE] = (10.0, 14.0, 33.0)
    out = BytesIO()
    more = {"format": "MPO", "save_all": True, "append_images": [view()]} if second else {"format": "JPEG"}
    said = {"comment": b"nha rieng 12 duong so 3", "xmp": b"<x:xmpmeta>toa do 10.24</x:xmpmeta>"}
    view().save(out, exif=exif, icc_profile=COLOURS, quality=80, **said, **more)
    return out.getvalue()


@pytest.mark.parametrize("second", [False, True], ids=["one picture", "with a second inside"])
def test_place_device_and_comment_are_gone_and_the_picture_stays(second: bool) -> None:
    content = photograph(second=second)
    for trace in TRACES:
        assert trace in content
    assert Image.open(BytesIO(content)).getexif().get_ifd(GPS)

    [kept] = cleaned([("anh.jpg", content)])

    for trace in TRACES:
        assert trace not in kept.content
    after = Image.open(BytesIO(kept.content))
    assert dict(after.getexif()) == {ORIENTATION: 6}
    assert after.info["icc_profile"] == COLOURS
    difference = ImageChops.difference(Image.open(BytesIO(content)), after)
    assert max(high for _low, high in difference.getextrema()) <= 12


def test_words_inside_a_png_are_gone() -> None:
    said, out = PngInfo(), BytesIO()
    said.add_text("Author", "Nguoi Chup")
    said.add_itxt("XML:com.adobe.xmp", "<x>10.24,106.37</x>")
    view().save(out, "PNG", pnginfo=said)
    [kept] = cleaned([("anh.png", out.getvalue())])
    assert b"Nguoi Chup" not in kept.content
    assert b"106.37" not in kept.content
    assert ImageChops.difference(Image.open(BytesIO(kept.content)), view()).getbbox() is None


def test_a_png_of_pixels_alone_stays_as_it_is_and_one_that_says_more_does_not() -> None:
    bare, said, out = BytesIO(), PngInfo(), BytesIO()
    view().save(bare, "PNG")
    said.add_text("Author", "Nguoi Chup")
    view().save(out, "PNG", pnginfo=said)
    behind = bare.getvalue() + b"Nguoi Chup"
    kept = without_traces([("a.png", bare.getvalue()), ("b.png", out.getvalue()), ("c.png", behind)])
    assert kept[0] == bare.getvalue()
    assert all(b"Nguoi Chup" not in content for content in kept)
    assert all(ImageChops.difference(Image.open(BytesIO(content)), view()).getbbox() is None for content in kept)


def test_square_codes_are_read_also_when_small_and_askew() -> None:
    code = qrcode.make("https://motbuoc.example/viec/12/").convert("RGB").resize((150, 150))
    sheet = Image.new("RGB", (900, 1200), "white")
    sheet.paste(code, (600, 80))
    out = BytesIO()
    sheet.rotate(13, fillcolor="grey").save(out, "JPEG", quality=60)
    [kept] = cleaned([("phieu.jpg", out.getvalue())])
    assert kept.codes == ("https://motbuoc.example/viec/12/",)


def test_one_bad_picture_among_good_ones_is_named() -> None:
    good = photograph()
    for bad in (good[:400], b"\xff\xd8\xff<html>", b"\x89PNG\r\n\x1a\n", b""):
        with pytest.raises(Refusal, match=r"hong\.jpg"):
            cleaned([("tot.jpg", good), ("hong.jpg", bad), ("tot-2.jpg", good)])


def test_a_picture_that_would_unfold_to_gigabytes_is_refused() -> None:
    out = BytesIO()
    Image.new("1", (60_000, 60_000)).save(out, "PNG")
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(Refusal, match=r"bom\.png"):
        cleaned([("bom.png", out.getvalue())])
