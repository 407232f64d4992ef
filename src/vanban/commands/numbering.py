"""`vanban number`: number and day put into a Word file that was drafted elsewhere."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from vanban.commands.files import MISSING, REFUSED
from vanban.refusal import Limits, Refused
from vanban.sources.packed import opened
from vanban.writing.stamping import stamped


def number_file(options: Namespace) -> int:
    """Write the file with its number and day to `options.out`; print whether both lines were found."""
    try:
        content = options.file.read_bytes()
        with opened(content, Limits()):  # refuses what is no package, or unpacks to too much
            numbered, is_found = stamped(content, options.code, options.day)
        Path(options.out).write_bytes(numbered)
    except Refused as refused:
        print(
            json.dumps({"refused": {"code": refused.code, "message": refused.message, "advice": refused.advice}})
        )
        return REFUSED
    except (OSError, ValueError, KeyError) as error:
        print(f"vanban: {options.file}: {error}", file=sys.stderr)
        return MISSING
    print(json.dumps({"found": is_found}))
    return 0
