"""`motbuoc call`: what programs can ask, from the command line."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.models import Assignment
from motbuoc.interfaces.api.calling import operations
from tests.factories import make_directive, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(cast) -> Assignment:
    make_directive(cast)
    return Assignment.objects.filter(unit=cast.unit_a).order_by("pk")[0]


def call(capsys, *words: str):
    capsys.readouterr()
    call_command("call", *words)
    return json.loads(capsys.readouterr().out)


def test_it_lists_every_operation_with_what_it_takes(capsys) -> None:
    call_command("call")
    said = capsys.readouterr().out
    assert all(name in said for name in operations())
    call_command("call", "assignment_step")
    said = capsys.readouterr().out
    assert "  version=number\n" in said
    assert "  percent=number  (may be left out)" in said
    assert "  classification=normal|internal|restricted  (may be left out)" in said
    assert "  files=@file, any number  (may be left out)" in said


def test_what_is_named_several_times_is_a_list(cast, mine, capsys, tmp_path) -> None:
    files = []
    for name in ("mot.png", "hai.png"):
        (tmp_path / name).write_bytes(picture().read())
        files.append(f"files=@{tmp_path / name}")
    step = ("--by=bithu", "assignment_step", f"pk={mine.pk}")
    version = call(capsys, *step, "step=acknowledge", f"version={mine.version}")["version"]
    taken = call(capsys, *step, "step=progress", f"version={version}", "text=Đã họp", *files)
    assert {each["name"] for each in taken["entries"][-1]["evidence"]} == {"mot.png", "hai.png"}


def test_a_step_with_words_and_a_file(cast, mine, capsys, tmp_path) -> None:
    file = tmp_path / "anh.png"
    file.write_bytes(picture().read())
    step = ("--by=bithu", "assignment_step", f"pk={mine.pk}")
    taken = call(capsys, *step, "step=acknowledge", f"version={mine.version}")
    taken = call(
        capsys,
        *step,
        "step=progress",
        f"version={taken['version']}",
        "text=Đã họp",
        "percent=30",
        f"files=@{file}",
    )
    assert taken["state"] == "in_progress"
    assert taken["entries"][-1]["evidence"][0]["name"] == "anh.png"
    back = tmp_path / "lai.png"
    evidence = taken["entries"][-1]["evidence"][0]["id"]
    call_command("call", "--by=chuyenvien", f"--out={back}", "evidence_file", f"pk={evidence}")
    assert back.read_bytes() == file.read_bytes()


def test_a_list_narrowed_and_a_body(cast, mine, capsys) -> None:
    found = call(capsys, "--by=bithu", "assignment_list", "tab=owed", "size=2")
    assert len(found["rows"]) == 2
    report = call(
        capsys,
        "--by=chuyenvien",
        "report_request",
        f"pk={mine.document_id}",
        f"start={mine.assigned_on}",
        f"end={mine.assigned_on}",
    )
    assert report["state"] == "queued"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by=bithu", "no_such"), "no operation no_such"),
        (("assignment_list", "tab=owed"), "Say in whose name"),
        (("--by=nobody", "assignment_list"), "no usable account"),
        (("--by=bithu", "assignment_detail"), "needs pk="),
        (("--by=bithu", "assignment_list", "colour=red"), "takes page, size, tab"),
        (("--by=bithu", "assignment_list", "tab=red"), "tab:"),
        (("--by=bithu", "assignment_detail", "pk=1/../../units"), "pk:"),
        (("--by=bithu", "evidence_file", "pk=1"), "404"),
        (("--by=chuyenvien", "document_import", "unit=1", "file=@khong-co.docx"), "There is no file"),
    ],
)
def test_what_is_asked_wrongly_says_what_to_do(mine, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("call", *words)


def test_the_policy_is_asked_as_for_anybody(cast, mine) -> None:
    Document.objects.update(classification="restricted")
    with pytest.raises(CommandError, match="404"):
        call_command("call", "--by=dangvien", "assignment_detail", f"pk={mine.pk}")
