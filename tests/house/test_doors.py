"""Pages reach data through selectors and services only, and every action of the policy is used by one."""

import ast
import re
from pathlib import Path

from motbuoc.foundation.access.roles import Action

SRC = Path(__file__).parents[2] / "src" / "motbuoc"


def test_interfaces_neither_query_tables_nor_save_rows() -> None:
    doors = re.compile(r"\.objects\b|(?<!\bpaper)\.save\(")  # a sheet of paper is no row
    found = [
        f"{path.relative_to(SRC)}:{number}"
        for path in (SRC / "interfaces").rglob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if doors.search(line)
    ]
    assert found == []


def test_every_action_is_asked_for_somewhere() -> None:
    used = set()
    for path in SRC.rglob("*.py"):
        if path.name == "roles.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Action":
                used.add(node.attr)
    assert {action.name for action in Action} - used == set()


def test_imports_inside_functions_say_why() -> None:
    silent = []
    for path in SRC.rglob("*.py"):
        lines = path.read_text().splitlines()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Import | ast.ImportFrom) and "#" not in lines[inner.lineno - 1]:
                        silent.append(f"{path.relative_to(SRC)}:{inner.lineno}")
    assert silent == []
