"""`motbuoc history …`: seal, verify, print a root or a proof, export, and erase what has had its time."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from motbuoc.foundation.history.proving import Finding, newest_seal, proof_of, seal_kept_as, verify
from motbuoc.foundation.history.sealing import LineMissing, seal_lines
from motbuoc.foundation.history.selectors import all_lines, unit_coded
from motbuoc.foundation.history.services import retain
from motbuoc.foundation.people.selectors import accounts_called
from motbuoc.interfaces.papers.history_csv import csv_of

SAID = {
    "altered": "line {line} was altered",
    "removed": "line {line} was removed",
    "slipped_in": "line {line} was slipped in",
    "cut_off": "lines were cut off the end, from line {line} on",
    "personal_altered": "the personal values of line {line} were altered",
    "personal_removed": "personal values were removed without a line that says so",
    "seal_altered": "seal {seal}, which begins at line {line}, was altered",
    "seal_removed": "seal {seal}, which begins at line {line}, was removed",
}

ROOT_LENGTH = 64  # of a SHA-256 digest in hexadecimal
ROOT = """Một Bước: root of the history
  root   {seal.digest}
  seal   {seal.number}
  lines  {seal.last_line}
  day    {day:%d/%m/%Y %H:%M}
Keep it where nobody who runs this machine can change it. Later:
  motbuoc history verify --root {seal.digest}"""


class Command(BaseCommand):
    """Look after the history."""

    help = "Seal and prove the history, export it, and erase personal values that have had their time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The deeds, each with what it needs."""
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("seal", help="seal every line that is not sealed yet")
        verifying = deeds.add_parser("verify", help="prove that nothing was altered; exit code 1 if something was")
        verifying.add_argument(
            "--root", default="", help="a root that was kept outside: is it still in the chain?"
        )
        deeds.add_parser("root", help="print the newest root, to be kept outside")
        proving = deeds.add_parser("proof", help="print the proof that one line is in the history, and check it")
        proving.add_argument("line", type=int)
        exporting = deeds.add_parser("export", help="write lines into a CSV file")
        exporting.add_argument("--csv", type=Path, required=True, metavar="FILE")
        exporting.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD")
        exporting.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD")
        exporting.add_argument("--unit", metavar="CODE", help="only of this unit and all below it")
        retaining = deeds.add_parser(
            "retain", help="erase personal values older than MOTBUOC_HISTORY_PERSONAL_DAYS"
        )
        retaining.add_argument("--as", dest="username", required=True, metavar="SIGN-IN NAME", help="who does it")

    def handle(self, **options: Any) -> None:
        """Do one deed."""
        getattr(self, options["deed"])(options)

    def seal(self, _options: dict[str, Any]) -> None:
        """`seal`."""
        try:
            self.stdout.write(f"{seal_lines()} lines sealed.")
        except LineMissing as missing:
            raise CommandError(f"Not sealed: {missing}. Run: motbuoc history verify") from missing

    def verify(self, options: dict[str, Any]) -> None:
        """`verify`."""
        lines, finding = verify()
        if finding:
            self._fail(f"The history is not whole: {_said(finding)}. {lines} lines before it are whole.")
        if root := options["root"]:
            if len(root) != ROOT_LENGTH:
                self._fail(
                    f"A root has {ROOT_LENGTH} letters and digits; this one has {len(root)}. Type all of it."
                )
            kept = seal_kept_as(root)
            if kept is None:
                self._fail("The history is whole in itself, but the kept root is not in it: it was made anew.")
            else:
                self.stdout.write(f"The kept root is that of seal {kept.number}, up to line {kept.last_line}.")
        self.stdout.write(f"The history is whole: {lines} lines.")

    def root(self, _options: dict[str, Any]) -> None:
        """`root`."""
        seal = newest_seal()
        if seal is None:
            raise CommandError("Nothing is sealed yet. Run: motbuoc history seal")
        self.stdout.write(ROOT.format(seal=seal, day=timezone.localtime(seal.sealed_at)))

    def proof(self, options: dict[str, Any]) -> None:
        """`proof`."""
        proof = proof_of(options["line"])
        if proof is None:
            raise CommandError("There is no such line, or it is not sealed yet. Run: motbuoc history seal")
        self.stdout.write(f"line   {proof.line}, number {proof.index + 1} of {proof.seal.count} under its seal")
        self.stdout.write(f"leaf   {proof.leaf.hex()}")
        for digest in proof.path:
            self.stdout.write(f"path   {digest.hex()}")
        self.stdout.write(f"tree   {proof.seal.root}")
        self.stdout.write(f"root   {proof.seal.digest} (seal {proof.seal.number})")
        if not proof.holds():
            self._fail("The proof does not hold: the line or its seal was altered.")
        self.stdout.write("The proof holds.")

    def export(self, options: dict[str, Any]) -> None:
        """`export`."""
        unit = None
        if code := options["unit"]:
            unit = unit_coded(code)
            if unit is None:
                raise CommandError(f"There is no unit with the code {code} today.")
        lines = all_lines(options["since"], options["until"], unit)
        with options["csv"].open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_of(lines.iterator(chunk_size=500)))
        self.stdout.write(f"Written: {options['csv']}")

    def retain(self, options: dict[str, Any]) -> None:
        """`retain`."""
        account = accounts_called([options["username"]]).first()
        if account is None:
            raise CommandError(f"Nobody signs in as {options['username']}.")
        erased = retain(actor=account.person, days=settings.HISTORY_PERSONAL_DAYS)
        self.stdout.write(f"Personal values of {erased} lines erased.")

    def _fail(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(1)


def _said(finding: Finding) -> str:
    return SAID[finding.kind].format(line=finding.line, seal=finding.seal)
