"""Find the programs that the tests drive, or install Debian's where that is possible.

Without a browser there are no journeys, so that is an error. Without LibreOffice (old .doc files) or Tesseract
with Vietnamese (scans) those tests are skipped, and say so, and so it is without Java for Apache Spark; backups of
PostgreSQL need pg_dump and pg_restore.
"""

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = {
    "chromium": ["chromium"],
    "soffice": ["libreoffice-writer-nogui", "fonts-liberation2"],
    "pg_dump": ["postgresql-client"],
    "java": ["openjdk-17-jre-headless"],
    "tesseract": ["tesseract-ocr", "tesseract-ocr-vie"],
}


def missing() -> list[str]:
    """The programs that are not on this machine."""
    found = {name: bool(shutil.which(name)) for name in PACKAGES}
    found["chromium"] = any(shutil.which(name) for name in BROWSERS)
    return [name for name, there in found.items() if not there]


def install(names: list[str]) -> None:
    """Install Debian's packages of the programs, as root only."""
    quiet = {"stdout": subprocess.DEVNULL, "check": True}
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    packages = [package for name in names for package in PACKAGES[name]]
    subprocess.run(["apt-get", "update", "-qq"], env=env, **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", *packages], env=env, **quiet)


def main() -> int:
    """0 when a browser is there at the end."""
    wanted = missing()
    if wanted and shutil.which("apt-get") and os.geteuid() == 0:
        install(wanted)
        wanted = missing()
    for name in wanted:
        packages = " ".join(PACKAGES[name])
        print(f"{name} is missing; install it (as root): apt-get install {packages}", file=sys.stderr)
    return int("chromium" in wanted)


if __name__ == "__main__":
    sys.exit(main())
