"""Programs draft the report of a period, with the sources of each run."""

from __future__ import annotations

import pytest

from tests.factories.ledger import submission_of
from tests.factories.reporting import make_draft
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


def test_from_begun_to_approved(cast) -> None:
    reported = make_draft(cast)
    officer, second = Program(cast.officer), Program(cast.second_officer)
    said = {"unit": cast.bloc.pk, "outline": "urgent", "subject": "báo cáo nhanh"}
    made = officer.send(f"periods/{reported.november.pk}/report-drafts", 201, **said)
    assert made["id"] in {row["id"] for row in officer.ask("report-drafts")["rows"]}
    path = f"report-drafts/{made['id']}"
    cells = [(row, run) for row in made["paragraphs"] for run in row["runs"] if run["cell"] == "i2_05"]
    (paragraph, run) = cells[0]
    assert run["text"] == "06"
    mine = submission_of(reported.november, cast.unit_a.pk)
    assert mine.pk in {source["id"] for source in run["sources"]}
    own = f"paragraphs/{paragraph['id']}"
    edited = officer.send(own, version=paragraph["version"], text="Có {{i2_05}} cuộc.")
    row = next(row for row in edited["paragraphs"] if row["id"] == paragraph["id"])
    assert "".join(run["text"] for run in row["runs"]) == "Có 06 cuộc."
    officer.send(own, 409, version=paragraph["version"], text="Hai.")
    left = officer.send(own, version=row["version"], is_left_out=True)
    assert paragraph["id"] not in {row["id"] for row in left["paragraphs"]}
    fresh = officer.send(f"{path}/refresh", version=left["version"])
    assert fresh["changed"] == []
    handed = officer.send(f"{path}/steps", step="hand_in", version=fresh["version"])
    officer.send(f"{path}/steps", 422, step="approve", version=handed["version"])
    approved = second.send(f"{path}/steps", step="approve", version=handed["version"])
    assert approved["state"] == "agreed"
    for kind in ("word", "word-sources", "excel"):
        assert officer.file(f"{path}/file?kind={kind}").startswith(b"PK")
