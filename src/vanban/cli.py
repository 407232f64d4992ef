"""The command line. `vanban --help` tells the commands, `vanban COMMAND --help` each one's examples.

Exit codes: 0 done, 1 something to mend was found, 2 wrong usage or a file that cannot be opened, 3 a file was
refused.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from vanban.commands.files import SUFFIXES

_READ_EXAMPLES = """examples:
  vanban {name} dispatch.docx
  vanban {name} dispatch.docx --json
  vanban {name} incoming/ --csv --out incoming.csv
  vanban {name} incoming/ --jsonl | jq .file
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vanban",
        description="Reads and writes official Vietnamese documents.",
        epilog="exit codes: 0 done, 1 something to mend was found, 2 wrong usage, no such file, 3 a refused file",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_views(commands)
    _add_write(commands)
    _add_check(commands)
    _add_number(commands)
    _add_packages(commands)
    return parser


def _add_views(commands: Any) -> None:
    for name, words in (
        ("read", "read documents into their parts"),
        ("cite", "list the documents that documents cite"),
        ("duties", "list who has to do what by when"),
    ):
        command = _command(commands, name, words, _READ_EXAMPLES.format(name=name))
        command.add_argument(
            "files", nargs="+", type=Path, metavar="FILE", help=f"files or folders of {' '.join(sorted(SUFFIXES))}"
        )
        forms = command.add_mutually_exclusive_group()
        for form, told in (
            ("text", "text for people (one file: the default)"),
            ("table", "a table (several files: the default)"),
            ("json", "JSON: one value, or a list for several files"),
            ("jsonl", "JSON Lines: one line a file, as soon as it is read"),
            ("csv", "CSV for a spreadsheet"),
        ):
            forms.add_argument(f"--{form}", action="store_const", const=form, dest="form", help=told)
        command.add_argument("--out", metavar="FILE", help="write there instead of the standard output")
        command.add_argument(
            "--jobs", type=_positive, metavar="N", help="processes to read in (default: one a core)"
        )
        command.set_defaults(run=_show, view=name)


_WRITE_EXAMPLES = """examples:
  vanban write draft.md --out dispatch.docx         a draft: a header between two lines ---, then the text
  vanban write old.doc --out new.docx               the same words in the layout of the document's day
  vanban write dispatch.docx --out draft.md         what was read, as a draft to be edited
"""
_CHECK_EXAMPLES = """examples:
  vanban check dispatch.docx
  vanban check dispatch.docx --fix mended.docx
  vanban check outgoing/ --json
"""


def _add_write(commands: Any) -> None:
    command = _command(commands, "write", "write a Word file in the official layout", _WRITE_EXAMPLES)
    command.add_argument(
        "file", type=Path, metavar="FILE", help="a draft (.md), JSON of `vanban read`, a document"
    )
    command.add_argument("--out", required=True, metavar="FILE", help=".docx, or .md for a draft")
    command.add_argument("--regime", choices=_REGIMES, help="whose layout, where the file does not say")
    command.add_argument(
        "--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day of an undated document"
    )
    command.add_argument("--two-sided", action="store_true", help="mirror the margins where the layout says so")
    command.set_defaults(run=_later("writing", "write_file"))


def _add_check(commands: Any) -> None:
    words = "list what departs from the official layout of the document's day"
    command = _command(commands, "check", words, _CHECK_EXAMPLES)
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files or folders; .docx shows most")
    command.add_argument(
        "--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day of an undated document"
    )
    command.add_argument(
        "--json", action="store_true", help="print JSON: a list of findings, for each of several files"
    )
    command.add_argument("--fix", metavar="FILE", help="write a copy in which what can be mended surely is mended")
    command.set_defaults(run=_later("checking", "check_files"))


def _add_number(commands: Any) -> None:
    words = "put number and day into the letterhead of a Word file"
    command = _command(commands, "number", words, _NUMBER_EXAMPLE)
    command.add_argument("file", type=Path, metavar="FILE", help="the .docx")
    command.add_argument("--code", required=True, help="number and symbol as printed")
    command.add_argument(
        "--day", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD", help="day of issue"
    )
    command.add_argument("--out", required=True, metavar="FILE", help="the numbered copy")
    command.set_defaults(run=_later("numbering", "number_file"))


_NUMBER_EXAMPLE = """example:
  vanban number draft.docx --code 12-CV/ĐUK --day 2026-11-28 --out 12-CV-ĐUK.docx
"""
_REGIMES = ("party", "state", "youth", "union", "front")
_PACK_EXAMPLE = """example:
  vanban pack dispatch.docx --from "H99.01=Sở Nội vụ" --to "H99.02=Sở Xây dựng" --out dispatch.edxml
"""
_UNPACK_EXAMPLE = """example:
  vanban unpack dispatch.edxml --out received/
"""


def _add_packages(commands: Any) -> None:
    command = _command(commands, "pack", "put a document into an edXML package", _PACK_EXAMPLE)
    command.add_argument("file", type=Path, metavar="FILE", help="the document")
    command.add_argument(
        "--from", required=True, dest="sender", type=_organ, metavar="CODE=NAME", help="who sends"
    )
    command.add_argument("--to", required=True, action="append", type=_organ, metavar="CODE=NAME", help="receives")
    command.add_argument("--attach", action="append", default=[], type=Path, metavar="FILE", help="goes with it")
    command.add_argument("--out", required=True, metavar="FILE", help="the package")
    command.set_defaults(run=_later("packages", "pack_file"))
    command = _command(commands, "unpack", "show an edXML package and take its files out", _UNPACK_EXAMPLE)
    command.add_argument("file", type=Path, metavar="FILE", help="the package")
    command.add_argument("--out", metavar="FOLDER", help="write the files of the package there")
    command.set_defaults(run=_later("packages", "unpack_file"))


def _organ(words: str) -> Any:
    from vanban.commands.packages import organ

    try:
        return organ(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _later(module: str, name: str) -> Any:
    """Return what runs a command; its libraries are imported only then."""

    def run(options: argparse.Namespace) -> int:
        code: int = getattr(import_module(f"vanban.commands.{module}"), name)(options)
        return code

    return run


def _command(commands: Any, name: str, words: str, examples: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=words,
        description=words.capitalize() + ".",
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return command


def _positive(words: str) -> int:
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _show(options: argparse.Namespace) -> int:
    from vanban.commands import printing, views
    from vanban.commands.files import found, results_of

    files = found(options.files)
    if not files:
        print("vanban: no documents there", file=sys.stderr)
        return 2
    single = len(options.files) == 1 and not options.files[0].is_dir()
    form = options.form or ("text" if single else "table")
    view = {"read": views.READ, "cite": views.CITE, "duties": views.DUTIES}[options.view]
    try:
        out = printing.opened(options.out)
    except OSError as error:
        print(f"vanban: {options.out}: {error.strerror}", file=sys.stderr)
        return 2
    with out if options.out else _kept_open(out):
        return printing.show(results_of(files, options.jobs), view, form, single=single, out=out)


def _kept_open(out: Any) -> Any:
    from contextlib import nullcontext

    return nullcontext(out)
