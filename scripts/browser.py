"""Find a Chromium for the journeys, or install Debian's where that is possible."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """0 when a browser is there at the end."""
    if any(shutil.which(name) for name in NAMES):
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "check": True}
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=env, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], env=env, **quiet)
    if any(shutil.which(name) for name in NAMES):
        return 0
    print("The journeys need Chromium. Install it: apt-get install chromium (as root).", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
