"""Rooms that grow too large ask a question; an exemption is one line with its reason."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULE, FUNCTION, TEMPLATE = 350, 40, 120
EXEMPT = {
    "src/motbuoc/domains/documents/models.py": "the tables of documents, which all hang on one",
    "src/motbuoc/interfaces/papers/acts.py": "one table: the words of every act",
    "src/motbuoc/domains/documents/services.py": "every write to a document under review, and their lock",
}


def python_files() -> list[Path]:
    return [path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts]


def test_modules_and_templates_are_of_a_size_to_be_read_at_once() -> None:
    templates = list((ROOT / "src").rglob("templates/**/*.html"))
    limits = [(path, MODULE) for path in python_files()] + [(path, TEMPLATE) for path in templates]
    too_long = [
        f"{path.relative_to(ROOT)}: {length} lines"
        for path, limit in limits
        if (length := len(path.read_text().splitlines())) > limit and str(path.relative_to(ROOT)) not in EXEMPT
    ]
    assert templates
    assert too_long == []


def test_functions_do_one_thing() -> None:
    too_long = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                name = f"{path.relative_to(ROOT)}:{node.name}"
                if length > FUNCTION and name not in EXEMPT:
                    too_long.append(f"{name}: {length} lines")
    assert too_long == []


def test_public_names_say_what_they_are() -> None:
    silent = []
    for path in python_files():
        tree = ast.parse(path.read_text())
        if tree.body and not ast.get_docstring(tree):
            silent.append(str(path.relative_to(ROOT)))
        for node in tree.body:
            is_named = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if is_named and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert silent == []


def test_no_name_that_says_nothing() -> None:
    vague = {"utils", "helpers", "common", "manager", "data", "process", "misc"}
    assert [str(path) for path in python_files() if path.stem in vague] == []


def test_nothing_is_kept_that_belongs_to_one_machine() -> None:
    """A link named like a folder that git ignores takes the place of that folder in the next working copy."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a working copy of git")
    tracked = subprocess.run(
        ["git", "ls-files", ".venv", "var", "node_modules"], cwd=ROOT, capture_output=True, check=True
    )
    assert tracked.stdout.decode() == ""
