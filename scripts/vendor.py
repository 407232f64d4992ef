"""Copy the few front-end files the pages load out of node_modules into the static folder (git-ignored).

`--strip-lock` also takes addresses that npm adds for donations out of package-lock.json.
"""

import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src/motbuoc/interfaces/web/static/vendor"
FONTS = "@fontsource/be-vietnam-pro/files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
FILES = [
    "bootstrap/dist/css/bootstrap.min.css",
    *(
        FONTS.format(subset=subset, weight=weight)
        for subset in ("latin", "latin-ext", "vietnamese")
        for weight in (400, 500, 600, 700)
    ),
]


def copy_files() -> None:
    """Fill the vendor folder anew."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for name in FILES:
        target = TARGET / Path(name).name
        shutil.copyfile(ROOT / "node_modules" / name, target)
        if target.suffix == ".css":  # the map it names is not shipped
            lines = target.read_text().splitlines()
            target.write_text("\n".join(line for line in lines if "sourceMappingURL" not in line) + "\n")


def strip_lock() -> None:
    """Remove every address from package-lock.json; npm ci does not need them."""
    path = ROOT / "package-lock.json"
    lock = json.loads(path.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2) + "\n")


if __name__ == "__main__":
    if "--strip-lock" in sys.argv:
        strip_lock()
    copy_files()
