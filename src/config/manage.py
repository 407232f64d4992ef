"""The `motbuoc` command: Django's own commands and ours (`motbuoc help`)."""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # after the settings are named

    from motbuoc.foundation.core import request_id

    # Our commands are written with dashes; Django knows them by their modules.
    named = [
        word.replace("-", "_") if place == 1 and word[:1] != "-" else word for place, word in enumerate(sys.argv)
    ]
    with request_id.serving():
        execute_from_command_line(named)


if __name__ == "__main__":
    main()
