"""Where the commands of backups get a passphrase from."""

from __future__ import annotations

from pathlib import Path

from motbuoc.foundation.core.errors import Refusal


def passphrase_in(path: Path) -> str:
    """The first line of a file.

    Raises:
        Refusal: the file cannot be read, or the line is empty.
    """
    try:
        lines = path.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"The passphrase cannot be read from {path}.") from error
    if not lines or not lines[0]:
        raise Refusal(f"The first line of {path} is empty; a passphrase is needed.")
    return lines[0]
