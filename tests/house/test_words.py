"""Every sentence of the screen has its Vietnamese."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from django.template.base import Lexer, TokenType

SRC = Path(__file__).parents[2] / "src" / "motbuoc"
CATALOGUE = SRC / "locale" / "vi" / "LC_MESSAGES" / "django.po"
CALLS = {"_", "_lazy", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def ids_in_python() -> Iterator[str]:
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                assert texts, f"{path}:{node.lineno}: a translated sentence must stand in the code as it is"
                yield next(text for text in texts[1 if node.func.id.startswith("pgettext") else 0 :])


def ids_in_templates() -> Iterator[str]:
    for path in (*SRC.rglob("*.html"), *SRC.rglob("*.txt")):
        inside: list[str] | None = None
        for token in Lexer(path.read_text()).tokenize():
            if token.token_type == TokenType.BLOCK:
                words = token.split_contents()
                if words[0] in ("translate", "trans") and words[1][0] in "\"'":
                    yield words[1][1:-1]
                elif words[0] in ("blocktranslate", "blocktrans"):
                    inside = []
                elif words[0] == "plural" and inside is not None:
                    yield joined(inside)
                    inside = []
                elif words[0] in ("endblocktranslate", "endblocktrans") and inside is not None:
                    yield joined(inside)
                    inside = None
            elif inside is not None and token.token_type == TokenType.VAR:
                inside.append(f"%({token.contents})s")
            elif inside is not None:
                inside.append(token.contents)
            yield from re.findall(r'_\("([^"]+)"\)', token.contents)


def joined(parts: list[str]) -> str:
    return " ".join(line.strip() for line in "".join(parts).strip().splitlines())


def test_the_vietnamese_catalogue_is_complete() -> None:
    with CATALOGUE.open("rb") as handle:
        known = {
            word
            for message in read_po(handle, locale="vi")
            if message.id
            and all(message.string if isinstance(message.string, tuple) else [message.string])
            and "fuzzy" not in message.flags
            for word in (message.id if isinstance(message.id, tuple) else [message.id])
        }
    ids = set(ids_in_python()) | set(ids_in_templates())
    assert len(ids) > 100
    assert sorted(ids - known) == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    holder = re.compile(r"%\((\w+)\)[sd]")
    with CATALOGUE.open("rb") as handle:
        for message in read_po(handle, locale="vi"):
            if isinstance(message.id, str) and message.id and message.string:
                assert set(holder.findall(message.id)) == set(holder.findall(str(message.string))), message.id
