"""The real dispatch as an office would send it: a Word file with the letterhead in two columns."""

from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH


def as_word_file(text: str, target: Path) -> Path:
    """Save the plain text of the dispatch as .docx: its first lines in a table of two columns."""
    head, body = text.split("Kính gửi:", 1)
    lines = [line.strip() for line in head.splitlines() if line.strip()]
    right = [line for line in lines if line.startswith("ĐẢNG CỘNG SẢN") or ", ngày " in line]
    left = [line for line in lines if line not in right]
    document = docx.Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, words in zip(cells, (left, right), strict=True):
        cell.text = words[0]
        for line in words[1:]:
            cell.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in ("Kính gửi:" + body).replace("**", "").splitlines():
        if line.strip():
            document.add_paragraph(line.strip())
    document.save(str(target))
    return target
