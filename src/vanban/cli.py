"""The command line. `vanban --help` tells the commands, `vanban COMMAND --help` each one's examples.

Exit codes: 0 done, 1 something to mend was found, 2 wrong usage or a file that cannot be opened, 3 a file was
refused.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
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
    return parser


def _add_views(commands: Any) -> None:
    for name, words in (
        ("read", "read documents into their parts"),
        ("cite", "list the documents that documents cite"),
        ("duties", "list who has to do what by when"),
    ):
        command = commands.add_parser(
            name,
            help=words,
            description=words.capitalize() + ".",
            epilog=_READ_EXAMPLES.format(name=name),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
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
