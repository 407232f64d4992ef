"""The description of the interface: valid, shown on its page, and told in the guide one operation a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import schemathesis

from motbuoc.interfaces.api.calling import operations

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "api.md"


@pytest.mark.django_db
def test_the_description_is_valid_and_its_page_stands_by_itself(client) -> None:
    schemathesis.openapi.from_dict(json.loads(client.get("/api/v1/openapi.json").content)).validate()
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert 'src="http' not in page.content.decode()  # nothing of it comes from elsewhere
    assert 'href="http' not in page.content.decode()


def test_the_guide_tells_every_operation() -> None:
    lines = [
        f"| `{o.name}` | `{o.method} {o.path.removeprefix('/api/v1')}` | {o.summary} |"
        for o in operations().values()
    ]
    told = [line for line in GUIDE.read_text().splitlines() if line.startswith("| `") and "` | `" in line]
    assert sorted(told) == sorted(lines), "write these into docs/guides/api.md:\n" + "\n".join(
        sorted(set(lines) - set(told))
    )
