"""Drafts in plain Markdown with a header in YAML: written by hand, turned into documents, and back.

    ---
    regime: state                # party, state, youth, union, front
    superior: UBND TỈNH BẾN NGÀN
    issuer: SỞ NỘI VỤ
    code: 12/KH-SNV              # or number and symbol; without a number a gap is left
    type: Kế hoạch               # its name or its abbreviation; Công văn prints none
    place: Bến Ngàn
    date: 07/03/2025             # or 2025-03-07; without a day a gap is left
    subject: Về việc trồng cây
    addressees: [UBND các xã, UBND các phường]
    bases: [Luật Lưu trú năm 2024]      # or as lines "Căn cứ …" in the text
    distribution: [Như trên, "Lưu: VT"]
    signer: {authority: KT. GIÁM ĐỐC, title: PHÓ GIÁM ĐỐC, name: Trần Thị Mẫu}
    ---

    Sở Nội vụ ban hành kế hoạch như sau:

    # I. MỤC ĐÍCH

    1. Một khoản,
       1. điểm a của khoản ấy.

    # Phụ lục: Danh sách

    | TT | Đơn vị |
    | -- | ------ |
    | 1  | Xã Mẫu |

Also known in the header: `cosigners` (a list of signers, with `organ` where several bodies sign), `urgency`,
`draft`, `circulation`. In the text: headings (printed as written), **bold** and *italic*, tables, `<br>` for a new
line, lists: numbers on the outside, in them letters of the Vietnamese alphabet (a, b, c, d, đ, e, g …), in these
(i), (ii); a dash outside, a plus inside. A heading that opens with "Phụ lục" begins an appendix; a line `---`
begins a paper enclosed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vanban.blocks import Annex, Paragraph, Table
from vanban.document import Document
from vanban.writing.draft_body import annexes_in, blocks_in
from vanban.writing.draft_header import DraftError, header_in, header_of
from vanban.writing.draft_text import markdown_of_annex, markdown_of_blocks
from vanban.writing.from_text import after_of, as_printed, body_of

__all__ = ["DraftError", "draft_of", "markdown_of"]

Draft = tuple[Document, list[Paragraph | Table], list[Annex]]


def draft_of(text: str) -> Draft:
    """Turn a draft in Markdown into what `vanban.write` takes: document, body and appendices.

    Raises:
        DraftError: the header or the text cannot be understood; with the line (from 1) and what to do.
    """
    document, rest, line = header_in(text)
    body, annexes = annexes_in(blocks_in(rest, line))
    return document, body, annexes


def markdown_of(
    document: Document,
    body: Sequence[Paragraph | Table] | None = None,
    annexes: Sequence[Annex] | None = None,
) -> str:
    """Turn a document into a draft to be edited, from `body` and `annexes` or else from the text it was read from.

    `draft_of` of the result gives the same document to write; what stands behind the signatures and is no appendix
    (the contact line, a certified copy's block) is left out.
    """
    blocks = body_of(document) if body is None else body
    papers = after_of(document)[1] if annexes is None and body is None else annexes or ()
    printed = as_printed(document)  # who signs by whose authority is told by the lines
    signed = replace(document, signature=printed.signature, cosigners=printed.cosigners)
    parts = [header_of(signed), *markdown_of_blocks(blocks), *map(markdown_of_annex, papers)]
    return "\n\n".join(part for part in parts if part) + "\n"
