"""The package: cheap to import, one name for each verb, whole when it is built alone."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHEAP = 0.150  # seconds


def test_importing_costs_little() -> None:
    code = "import time; t = time.perf_counter(); import vanban; print(time.perf_counter() - t)"
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(3)
    ]
    assert min(float(run.stdout) for run in runs) < CHEAP


@pytest.mark.parametrize("first", ["import vanban.write", "from vanban.write import write", "import vanban"])
def test_write_is_the_verb_whatever_was_imported_first(first: str) -> None:
    code = f"{first}; import vanban; print(vanban.write.__name__, callable(vanban.write), vanban.write.__module__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["write", "True", "vanban.write"]


def test_every_public_name_is_there() -> None:
    import vanban

    assert [name for name in vanban.__all__ if not hasattr(vanban, name)] == []
    assert not hasattr(vanban, "nothing")


def test_importing_and_parsing_load_no_further_library() -> None:
    code = (
        "import sys, vanban; vanban.parse('Số: 12/KH-ABC'); "
        "heavy = {'lxml', 'docx', 'rich', 'cattrs', 'PIL', 'pypdfium2', 'yaml'}; print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=SOURCE, check=True, capture_output=True)
    return next(folder.glob("vanban-*.whl"))


SOURCE = Path(__file__).parents[2] / "src" / "vanban"


def test_the_wheel_holds_every_module_and_table(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("vanban/")}
    ours = {
        f"vanban/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.suffix in (".py", ".toml", ".typed") and path != SOURCE / "pyproject.toml"
    }
    assert inside == ours


def test_the_wheel_reads_without_the_platform(wheel: Path) -> None:
    code = (
        f"import sys; sys.path = [{str(wheel)!r}, *(p for p in sys.path if not p.endswith('src'))]; "
        "import vanban; code = vanban.parse('Số: 12/KH-ABC').header.code.value; "
        "print(vanban.__file__.startswith(sys.path[0]), code)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "12/KH-ABC"]
