"""The root to be printed and kept."""

from __future__ import annotations

from motbuoc.foundation.history.proving import newest_seal, seal_kept_as
from motbuoc.foundation.history.sealing import seal_lines
from tests.factories import Cast, make_directive
from tests.interfaces.web.history.test_history_list import signed_in


def test_what_is_printed_can_be_checked(cast: Cast) -> None:
    client = signed_in(cast.inspector)
    assert "Nothing is sealed yet." in client.get("/lich-su/goc/").content.decode()
    make_directive(cast)
    seal_lines()
    html = client.get("/lich-su/goc/").content.decode()
    printed = html.split('class="root-digest">')[1].split("</p>")[0].replace("<code>", "").replace("</code>", "")
    seal = newest_seal()
    assert seal
    assert seal_kept_as(printed) == seal
    assert f"from 1 to {seal.last_line}" in html
