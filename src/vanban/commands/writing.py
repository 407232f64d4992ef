"""`vanban write`: a draft, or a document that was read, becomes a Word file in its official layout."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vanban.as_json import from_dict
from vanban.blocks import Annex, Paragraph, Table
from vanban.commands.files import MISSING, REFUSED
from vanban.document import Document, Regime
from vanban.formats import NoLayout
from vanban.markdown import DraftError, draft_of, markdown_of
from vanban.reading import read
from vanban.refusal import Refused
from vanban.write import write

Body = Sequence[Paragraph | Table]


def write_file(options: Namespace) -> int:
    """Write a draft, JSON of `vanban read`, or any document to `options.out` (.docx, or .md for a draft)."""
    try:
        document, body, annexes = _draft(options.file)
        if options.regime:
            document = replace(document, regime=Regime(options.regime))
        if Path(options.out).suffix == ".md":
            content = markdown_of(document, body, annexes).encode()
        else:
            content = write(document, body, annexes, on=options.on, two_sided=options.two_sided)
        Path(options.out).write_bytes(content)
    except Refused as refused:
        return _say(options.file, f"{refused.message} {refused.advice} [{refused.code}]", REFUSED)
    except NoLayout as error:
        return _say(options.file, f"{error}. Say --regime and --on, or put them into the header.", MISSING)
    except (DraftError, KeyError, ValueError) as error:
        return _say(options.file, f"not understood: {error}", MISSING)
    except OSError as error:
        return _say(options.file, error.strerror or str(error), MISSING)
    print(options.out)
    return 0


def _draft(path: Path) -> tuple[Document, Body | None, Sequence[Annex] | None]:
    if path.suffix.lower() == ".json":
        return from_dict(json.loads(path.read_text(encoding="utf-8"))), None, None
    if path.suffix.lower() == ".md" and path.read_text(encoding="utf-8-sig").lstrip().startswith("---"):
        return draft_of(path.read_text(encoding="utf-8-sig"))
    return read(path), None, None


def _say(path: Path, words: str, code: int) -> int:
    print(f"vanban: {path}: {words}", file=sys.stderr)
    return code
