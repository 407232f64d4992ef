"""One step ahead: are the forecasts of what will be late nearer to what came than the plain base rate?

Brier score of the forecasts ÷ that of the base rate, walked forward: each forecast knows only what was known on
its morning. On the demo as it is (eight months, one dispatch), and on a simulated year of an office that sends a
dispatch every other week, lived by the demo's own chances (`demo.plans`). And the time of a million occasions ÷
that of a tenth.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.line import SMALL, at_most
from benchmarks.peer.server import ROOT

if TYPE_CHECKING:
    from motbuoc.domains.work.outlook import Occasion

SCALE, UNITS, MANY = (0.1, 30, 20_000) if SMALL else (1.0, 95, 1_000_000)
YEAR, EVERY, DUTIES = 365, 14, 3
FIRST = date(2025, 1, 6)
VERBS = ("bao cao", "to chuc", "xay dung", "ra soat", "dang ky")
DEMO = """
import json, os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
import django
django.setup()
from datetime import date
from django.core.management import call_command
call_command("migrate", verbosity=0)
from demo.load import load
load(seed=7, scale={scale}, until=date(2026, 11, 23), say=lambda line: None)
from motbuoc.domains.work.helping import newest_run
run = newest_run()
print(json.dumps([run.judged, run.brier, run.base_brier]))
"""


def main() -> None:
    """Every figure."""
    judged, brier, base = _of_the_demo()
    at_most(f"outlook: Brier {brier:.4f} / base rate's, the demo, n={judged}", brier / base if base else 1.0, 1)
    judged, ratio = _of_the_year(7)
    at_most(f"outlook: Brier / base rate's {ratio:.4f}, a year, n={judged}", ratio, 1)
    at_most(f"outlook: {MANY} occasions / ten times those of {MANY // 10}", _growth(), 1.5)


def _of_the_demo() -> tuple[int, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"MOTBUOC_DATA_DIR": folder, "MOTBUOC_DATABASE_URL": "", "MOTBUOC_DEMO": "true"}
        command = [sys.executable, "-c", DEMO.format(scale=SCALE)]
        done = subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    judged, brier, base = json.loads(done.stdout.splitlines()[-1])
    return judged, brier or 0.0, base or 0.0


def _of_the_year(seed: int) -> tuple[int, float]:
    from motbuoc.domains.work.outlook import Rule, walk

    told = walk(_lived(seed), FIRST + timedelta(days=YEAR), Rule(45, 10, 100)).calibration
    return told.judged, (told.brier or 0.0) / (told.base_brier or 1.0)


def _lived(seed: int) -> Iterator[Occasion]:
    """A year of dispatches, each duty lived through by each unit as the demo's units live."""
    from demo.plans import Job, drawn_outcome, planned_steps
    from motbuoc.domains.documents.models import TimeKind
    from motbuoc.domains.work.outlook import occasions_of

    until = FIRST + timedelta(days=YEAR)
    for unit in range(UNITS):
        rng = random.Random(f"{seed} {unit}")
        diligence = rng.betavariate(2.4, 2.0)  # as in demo.living
        for sent in range(0, YEAR, EVERY):
            given = FIRST + timedelta(days=sent)
            for number in range(DUTIES):
                due = given + timedelta(days=30 + 25 * number)
                if due >= until:
                    continue  # its day has not come: nothing to judge
                job = Job(TimeKind.DATED, due, "", given, until, diligence)
                steps = [(step.name, step.day) for step in planned_steps(rng, job, drawn_outcome(rng, job))]
                kind = VERBS[(sent // EVERY + number) % len(VERBS)]
                yield from occasions_of(
                    unit_id=unit, kind=kind, given_on=given, first_due_on=due, cycle="", steps=steps
                )


def _growth() -> float:
    return _seconds(MANY) / (10 * _seconds(MANY // 10))


def _seconds(count: int) -> float:
    """The time to walk through so many occasions of 20,000 units, made on the way."""
    from motbuoc.domains.work.outlook import Occasion, Rule, walk

    rng = random.Random(count)

    def occasions() -> Iterator[Occasion]:
        for number in range(count):
            due = FIRST + timedelta(days=rng.randrange(YEAR))
            handed_in = due + timedelta(days=rng.randrange(-20, 12))
            yield Occasion(number % 20_000, VERBS[number % 5], due - timedelta(days=60), due, handed_in)

    start = perf_counter()
    walk(occasions(), FIRST + timedelta(days=YEAR + 30), Rule(45, 10, 100))
    return perf_counter() - start


if not os.environ.get("DJANGO_SETTINGS_MODULE"):
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    sys.path.insert(0, str(Path(ROOT, "src")))
    import django

    django.setup()
