"""A report over 500 units with 40 tables and 20 charts, ÷ python-docx writing the same text and tables bare.

The whole is the report assembled anew from the ledger and written as Word with the sources of every figure and
sentence as comments, its charts drawn. Figures are processor time, all threads counted, one after the other in
each turn; pages are counted by LibreOffice, where it is installed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2

from benchmarks.line import SMALL, at_most
from benchmarks.peer.server import ROOT, installation

UNITS, TABLES, CHARTS = (20, 4, 2) if SMALL else (500, 40, 20)
TURNS = 3 if SMALL else 7


def main() -> None:
    """Every figure, of a process of its own."""
    with installation() as env, tempfile.TemporaryDirectory() as folder:
        sizes = map(str, (UNITS, TABLES, CHARTS, TURNS))
        command = [sys.executable, "-m", "benchmarks.peer.reported", *sizes, folder]
        done = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        found = json.loads(done.stdout)
        sys.stderr.write(f"{json.dumps(found, indent=1)}\n")
        small, large = found["small"], found["large"]
        name = f"report: {UNITS} units, {TABLES} tables, {CHARTS} charts"
        at_most(f"{name} / python-docx bare", small["whole_ratio"], 3)
        at_most("report: of this, assembling from the ledger", small["assemble_ratio"], 3)
        at_most("report: of this, the Word file with sources", small["sources_ratio"], 3)
        at_most("report: the same by the clock", small["whole_ratio_clock"], 3)
        at_most("report: of twice the size / python-docx bare", large["whole_ratio"], 3)
        whole = [each["assemble"] + each["sources"] for each in (small, large)]
        if pages := _pages(Path(folder)):
            growth = whole[1] / whole[0] / (pages[1] / pages[0])
            at_most(f"report: time, {pages[1]} pages / {pages[0]}, per page", growth, 1.2)


def _pages(folder: Path) -> tuple[int, int] | None:
    """How many pages the small and the large report have."""
    if not (soffice := shutil.which("soffice")):
        return None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(folder / f"{name}.docx") for name in ("small", "large")]
    subprocess.run([*command, *files], check=True, capture_output=True)
    small, large = (len(pypdfium2.PdfDocument(folder / f"{name}.pdf")) for name in ("small", "large"))
    return small, large
