"""What is run again on the second database is all that touches one, also where a class of Django's says so."""

from __future__ import annotations

import subprocess
import sys

ASKED = ("--collect-only", "-q", "--with-database", "-p", "no:cacheprovider")


def test_cases_of_django_are_run_on_both():
    command = [sys.executable, "-m", "pytest", *ASKED, "tests/foundation/test_workbook.py"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "ThereAndBack::test_an_export_imported_again_changes_nothing" in told
