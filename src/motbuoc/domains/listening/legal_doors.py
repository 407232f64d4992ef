"""Where a complaint or a denunciation in the sense of the law belongs: not here, and the writer is told where.

A complaint asks to look again at a decision or an act that concerns the writer (Law 02/2011/QH13, article 2.1); a
denunciation reports somebody's breach of the law (Law 25/2018/QH14, article 2.1), must name its writer (article
23) and protects them (article 47). Taken in here it would be neither dealt with in its time nor protected. To
speak of complaints ("giải quyết khiếu nại còn chậm") is an opinion and stays one.
"""

from __future__ import annotations

import re
from enum import StrEnum

from vanban.text import fold


class Door(StrEnum):
    """What a text is in the sense of the law, and so whose door it belongs to."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"


SPEAKS = r"(?:toi|chung toi|em|minh|gia dinh(?: toi)?|ho toi|nguoi dan|tap the)"
WILL = r"(?:xin|muon|lam don|viet don|gui don|nop don|co don|can|se|da|dinh|quyet)"
SIGNS = {
    Door.DENUNCIATION: re.compile(
        rf"\bdon to cao\b|\bto giac toi pham\b|\b{SPEAKS}(?: {WILL}){{0,3}} to cao\b|^to cao\b"
        r"|\bto cao (?:hanh vi|ong|ba|anh|chi|can bo|giam doc|chu tich|bi thu|truong|viec)\b"
    ),
    Door.COMPLAINT: re.compile(
        rf"\bdon khieu nai\b|\b{SPEAKS}(?: {WILL}){{0,3}} khieu nai\b|^khieu nai\b"
        r"|\bkhieu nai (?:quyet dinh|ket luan|lan (?:dau|hai|1|2)|hanh vi hanh chinh)\b"
    ),
}
"""Words, without marks, by which a text is what the law calls so; first what endangers its writer."""
ABOUT = re.compile(r"\b(?:giai quyet|tiep nhan|xu ly|cong tac|luat|quyen|tinh hinh|thu tuc|huong dan) (?:don )?$")
"""What stands before such words where they are only spoken of."""


def legal_door(text: str) -> Door | None:
    """The door of the law that a text belongs to; None where it is an opinion or a question."""
    folded = fold(text)
    for door, signs in SIGNS.items():
        if any(
            not ABOUT.search(folded[max(0, found.start() - 30) : found.start()])
            for found in signs.finditer(folded)
        ):
            return door
    return None
