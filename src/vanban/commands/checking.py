"""`vanban check`: what in files departs from the rules of layout, and a mended copy."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from vanban.checking import Severity, as_dict, check, fix, report
from vanban.commands.files import MISSING, REFUSED, found
from vanban.refusal import Refused

TO_MEND = 1


def check_files(options: Namespace) -> int:
    """Print the findings of each file; with `options.fix` write a mended copy of the one file there."""
    files = found(options.files)
    if options.fix and len(files) != 1:
        print("vanban: --fix takes one file", file=sys.stderr)
        return MISSING
    told, code = [], 0 if files else MISSING
    for path in files:
        values, own = _checked(path, options)
        told.append(values)
        code = max(code, own)
    if options.json:
        print(json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False, indent=2))
    return code


def _checked(path: Path, options: Namespace) -> tuple[Any, int]:
    """Return the findings of one file as values, and the exit code it alone would give."""
    try:
        findings = check(path, options.on)
        if options.fix:
            Path(options.fix).write_bytes(fix(path, options.on))
    except Refused as refused:
        print(f"vanban: {path}: {refused.message} {refused.advice} [{refused.code}]", file=sys.stderr)
        return {"refused": {"code": refused.code, "message": refused.message, "advice": refused.advice}}, REFUSED
    except OSError as error:
        print(f"vanban: {path}: {error.strerror or error}", file=sys.stderr)
        return {"error": error.strerror or str(error)}, MISSING
    if not options.json:
        print(f"== {path}\n{report(findings)}" if len(options.files) > 1 else report(findings))
    must = any(finding.severity is Severity.MUST for finding in findings)
    return [as_dict(finding) for finding in findings], TO_MEND if must else 0
