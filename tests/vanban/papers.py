"""Makes files for the tests: a Word file with the two-column letterhead, and a PDF with a text layer."""

from __future__ import annotations

import zlib
from io import BytesIO

from docx import Document as WordFile
from docx.document import Document as Word

WIDTH = 88  # characters to a line of the PDF


def blocks_of(text: str) -> list[list[str]]:
    """Return the blocks of a plain text, parted by empty lines, without the marks of bold type."""
    return [block.split("\n") for block in text.replace("**", "").strip().split("\n\n")]


def dispatch_as_word(text: str) -> bytes:
    """Save a party dispatch as .docx: letterhead and end in tables of two columns, as offices do."""
    blocks = blocks_of(text)
    word = WordFile()
    organs, party, star, number = blocks[:4]
    _columns(word, [*organs, *star, *number], party)
    end = next(i for i, block in enumerate(blocks) if block[0].startswith("Nơi nhận"))
    for block in blocks[4:end]:
        for line in block:
            word.add_paragraph(line)
    _columns(
        word, [line for block in blocks[end : end + 2] for line in block], [*blocks[end + 2], "", *blocks[end + 3]]
    )
    return saved(word)


def _columns(word: Word, left: list[str], right: list[str]) -> None:
    cells = word.add_table(rows=1, cols=2).rows[0].cells
    for cell, lines in zip(cells, (left, right), strict=True):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)


def saved(word: Word) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def wrapped(line: str, width: int = WIDTH) -> list[str]:
    """Return `line` cut at spaces into lines of at most `width` characters."""
    lines = [""]
    for word in line.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def as_pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF whose pages show these lines, with a text layer and no font inside.

    Characters are written as two-byte codes of a composite font, and a ToUnicode map says that code is character.
    """
    return drawn_pdf([_content(lines) for lines in pages])


def placed(words: list[tuple[float, float, str]], size: int = 12, turned: bool = False) -> bytes:
    """Return what draws each text at its place in points from the top left; `turned`: written upwards."""
    way = "0 1 -1 0" if turned else "1 0 0 1"
    return "\n".join(
        f"BT /F1 {size} Tf {way} {x} {842 - y} Tm <{_codes(text)}> Tj ET" for x, y, text in words
    ).encode()


def drawn_pdf(contents: list[bytes]) -> bytes:
    """Return a PDF of A4 pages with these contents, in one font of letters half as wide as high."""
    first = 6
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/Helvetica/Encoding/Identity-H"
        b"/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Helvetica/DW 500"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        _stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            b"1 begincodespacerange <0000><FFFF> endcodespacerange\n"
            b"1 beginbfrange <0000><FFFF><0000> endbfrange\nendcmap end end"
        ),
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {first + 2 * number + 1} 0 R>>".encode()
        )
        objects.append(_stream(content))
    return _file(objects)


def _content(lines: list[str]) -> bytes:
    drawn = ["BT /F1 10 Tf 15 TL 60 790 Td"]
    for line in lines:
        drawn.append(f"<{_codes(line)}> Tj T*" if line else "T*")
    return "\n".join([*drawn, "ET"]).encode()


def _codes(text: str) -> str:
    return "".join(f"{ord(character):04X}" for character in text)


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode() + packed + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    out = BytesIO(b"%PDF-1.7\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    table = out.tell()
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode())
    out.write(f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF".encode())
    return out.getvalue()


def dispatch_as_pdf(text: str) -> bytes:
    """Save a party dispatch as PDF: columns interleaved line by line, body wrapped, the end on a second page."""
    blocks = blocks_of(text)
    organs, party, star, number = blocks[:4]
    end = next(i for i, block in enumerate(blocks) if block[0].startswith("Nơi nhận"))
    head = [organs[0], party[0], *organs[1:], *star, party[1], *number]
    body = [part for block in blocks[4:end] for line in block for part in wrapped(line)]
    tail = [*blocks[end], *blocks[end + 2], *blocks[end + 1], *blocks[end + 3]]
    first = [*head, *body]
    cut = 48
    return as_pdf([first[:cut], ["2", *first[cut:], *tail]])
