"""`vanban read FILE… [--json]` and `vanban cite FILE… [--json]`: the reader on the command line.

Exit codes: 0 all files were read, 2 wrong usage or no such file, 3 a file was refused.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from vanban.as_json import to_dict
from vanban.document import Citation, Document, Duty, Provision
from vanban.reading import read
from vanban.refusal import Refused

REFUSED = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    options = _parser().parse_args(arguments)
    results: list[Any] = []
    code = 0
    for path in options.files:
        try:
            document = read(path)
        except Refused as refused:
            code = REFUSED
            print(f"vanban: {path}: {refused.message} {refused.advice} [{refused.code}]", file=sys.stderr)
            results.append(
                {"refused": {"code": refused.code, "message": refused.message, "advice": refused.advice}}
            )
        except OSError as error:
            print(f"vanban: {path}: {error.strerror}", file=sys.stderr)
            return 2
        else:
            results.append(options.as_json(document) if options.json else options.as_text(document))
    _show(results, as_json=options.json)
    return code


def _show(results: list[Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(results[0] if len(results) == 1 else results, ensure_ascii=False, indent=2))
        return
    print("\n\n".join(result for result in results if isinstance(result, str)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vanban", description="Reads official Vietnamese documents.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _command(commands, "read", "read a document into its parts", _summary, to_dict)
    _command(
        commands, "cite", "list the documents that a document cites", _cited, lambda d: to_dict(d)["citations"]
    )
    return parser


def _command(
    commands: Any, name: str, words: str, as_text: Callable[[Document], str], as_json: Callable[[Document], Any]
) -> None:
    command = commands.add_parser(name, help=words, description=words.capitalize() + ".")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".txt, .md, .docx or a PDF with text")
    command.add_argument("--json", action="store_true", help="print JSON: one object, or a list for several files")
    command.set_defaults(as_text=as_text, as_json=as_json)


def _summary(document: Document) -> str:
    blocks = [
        _rows(_header(document)),
        _list("Kính gửi", [name.value for name in document.addressees]),
        _list("Citations", [_citation(citation) for citation in document.citations]),
        _list("Provisions", [line for provision in document.provisions for line in _tree(provision)]),
        _list("Duties", [_duty(duty) for duty in document.duties]),
        _list("Nơi nhận", [f"{r.name}  ({r.kind.value})" for r in document.distribution]),
        _list("Notes", [f"{note.field}: {note.message}" for note in document.notes]),
    ]
    return "\n\n".join(block for block in blocks if block)


def _header(document: Document) -> list[tuple[str, str | None]]:
    head, signature = document.header, document.signature
    fields = {
        name: getattr(head, name) for name in ("secrecy", "urgency", "superior", "issuer", "code", "type", "place")
    }
    rows: list[tuple[str, str | None]] = [("regime", document.regime.value if document.regime else None)]
    rows += [(name, value.value if value else None) for name, value in fields.items()]
    rows.append(("date", f"{head.date:%d/%m/%Y}" if head.date else None))
    rows.append(("subject", head.subject.value if head.subject else None))
    signed = [part.value for part in (signature.authority, signature.title, signature.name) if part]
    return [*rows, ("signer", " · ".join(signed) or None)]


def _rows(rows: list[tuple[str, str | None]]) -> str:
    return "\n".join(
        f"{name:<10} {value if value else '-'}" for name, value in rows if value or name not in _OPTIONAL
    )


_OPTIONAL = ("secrecy", "urgency", "superior")


def _list(title: str, lines: list[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)]) if lines else ""


def _citation(citation: Citation) -> str:
    day = f"{citation.date:%d/%m/%Y}" if citation.date else "-"
    return f"{citation.code or '-':<22} {day:<11} {citation.issuer or '-'}"


def _cited(document: Document) -> str:
    return "\n".join(_citation(citation) for citation in document.citations)


def _tree(provision: Provision, depth: int = 0) -> list[str]:
    heading = provision.heading.value if provision.heading else ""
    line = f"{'  ' * depth}{provision.number}  {heading[:90]}".rstrip()
    inner = (child for child in provision.children if child.kind != "dash")
    return [line, *(below for child in inner for below in _tree(child, depth + 1))]


def _duty(duty: Duty) -> str:
    who = ", ".join(actor.value for actor in duty.actors) or "the addressees"
    time = duty.deadline
    when = (
        time.kind.value
        + (f" {time.cycle.value}" if time.cycle else "")
        + (f" {time.due:%d/%m/%Y}" if time.due else "")
    )
    missing = f", {', '.join(time.missing)} missing" if time.missing else ""
    return f"{duty.item or '-':<8} {who[:60]}: {duty.text[:110]}  [{when}{missing}; {duty.confidence:.0%}]"
