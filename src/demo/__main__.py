"""`python -m demo`: load the invented province, on an installation in demo mode."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import date


def main() -> int:
    """Load the demo; the exit code is 0 when it is there afterwards."""
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # after the settings are named

    django.setup()
    from django.conf import settings  # Django has to be set up before its tables can be imported

    from motbuoc.foundation.units.models import Unit

    if not (settings.DEMO or options.force):
        print("Not in demo mode: set MOTBUOC_DEMO=true, or give --force.", file=sys.stderr)
        return 2
    if Unit.objects.exists():
        if not options.if_empty:
            print("The database already holds units; the demo wants an empty one.", file=sys.stderr)
        return 0 if options.if_empty else 1
    from demo.load import load  # only now: with --if-empty nothing more has to be imported

    started = time.monotonic()
    load(seed=options.seed, scale=options.scale, until=options.until or _today(), say=_say)
    _say(f"the demo is there after {time.monotonic() - started:.0f} s")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo", description=main.__doc__)
    parser.add_argument("--if-empty", action="store_true", help="do nothing when the database holds units")
    parser.add_argument("--force", action="store_true", help="load although the installation is not in demo mode")
    parser.add_argument("--seed", type=int, default=7, help="another seed, another eight months")
    parser.add_argument("--scale", type=float, default=1.0, help="1.0 makes 95 base units")
    parser.add_argument(
        "--until", type=date.fromisoformat, help="the day the simulated months end (default today)"
    )
    return parser.parse_args()


def _today() -> date:
    from motbuoc.foundation.core import clock  # needs Django's settings

    return clock.today()


def _say(line: str) -> None:
    print(f"  {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
