"""What a device keeps of what was typed goes once the server has it, and only then (`static/js/drafts.js`).

The device gives what it keeps a random name and sends that with the form. The page that has done what the form
asks notes the name in the session; the next page with a place for drafts tells it, also where the answer was lost.
"""

from __future__ import annotations

import re

from django.http import HttpRequest

MOST = 20  # names kept: more forms than one person sends between two pages
NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)


def note_arrival(request: HttpRequest) -> None:
    """Note that what the form brought is done. A form without a draft notes nothing."""
    name = request.POST.get("draft", "")
    if NAME.fullmatch(name):
        request.session["arrived"] = [name, *request.session.get("arrived", [])][:MOST]
