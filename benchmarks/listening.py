"""Short texts grouped into themes: agreement with a person's labels, beside a plain TF-IDF k-means in the same
run; the time for very many, ÷ that k-means (of a processor) and ÷ two minutes (by the clock); where a new text
belongs, ÷ 20 ms; and the memory it takes. Before that the public form: its requests a second ÷ those of a bare
page with one insert, and a burst of which nothing may be lost or doubled, on SQLite and PostgreSQL.

The labelled texts stand in `tests/domains/listening`. The k-means is told how many themes there are; ours is not.
The many are those texts again, each with words left out, an invented place, and typed as people do.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from statistics import median
from time import thread_time

from tests.domains.listening.labelled import Labelled, labelled

from benchmarks.line import SMALL, at_least, at_most
from benchmarks.peer.server import ROOT
from benchmarks.tracker import POSTGRES, database

MANY = 5_000 if SMALL else 100_000
MINUTES, GIB, MILLISECOND = 120.0, 2**30, 0.001
SEEDS = range(5)
PLACED = 50 if SMALL else 400
ASKED, BURST = (50, 200) if SMALL else (1_000, 10_000)
SYLLABLES = "An Bình Cẩm Đông Gia Hòa Khánh Long Minh Nam Phú Sơn Tân Thịnh Thuận Trung Vĩnh Yên"
SHORTHAND = {"không": "ko", "được": "dc", "người": "ng", "nước": "nc", "công ty": "cty"}


def main() -> None:
    """Every figure; those of the many texts in a process of its own each, so that memory is its own."""
    for name, url in (("SQLite", ""), ("PostgreSQL", POSTGRES)):
        with database(url) as (empty_url, _other):
            if empty_url is not None:
                asking(name, empty_url)
    agreement()
    ours, theirs = _of_its_own("ours"), _of_its_own("theirs")
    sys.stderr.write(f"{json.dumps({'ours': ours, 'k-means': theirs}, indent=1)}\n")
    at_most(f"listening: {MANY} texts grouped / TF-IDF k-means", ours["processor"] / theirs["processor"], 2)
    at_most(f"listening: {MANY} texts grouped / two minutes", ours["seconds"] / MINUTES, 1)
    at_most(f"listening: peak memory for {MANY} texts / 1 GiB", ours["peak"] / GIB, 1)
    at_least(f"listening: agreement over {MANY} texts - k-means's", ours["agreement"] - theirs["agreement"], 0)
    at_most("listening: a new text placed, slowest of a hundred / 20 ms", ours["placed"] / (20 * MILLISECOND), 1)


def asking(name: str, url: str) -> None:
    """The public form of a dialogue: requests a second beside a bare page with one insert, and a burst."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"MOTBUOC_DATA_DIR": folder, "MOTBUOC_DATABASE_URL": url}
        command = [sys.executable, "-m", "benchmarks.peer.asked", str(ASKED), str(BURST)]
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    sys.stderr.write(f"{json.dumps(found)}\n")
    at_least(f"listening: public form a second / bare page, {name}", found["bare"] / found["ours"], 0.7)
    at_least(f"listening: kept of {BURST} sent in a burst, {name}", found["kept"] / BURST, 1)
    at_most(f"listening: rows / kept, a tenth sent twice, {name}", found["rows"] / found["kept"], 1)
    at_least(f"listening: numbers / rows, {name}", found["numbers"] / found["rows"], 1)


def agreement() -> None:
    """The adjusted Rand index on the labelled texts, of the halves apart."""
    for half, texts in (
        ("held back", labelled("held_back")),
        ("tuned on", labelled("tuning")),
        ("themes of no text tuned on", [one for one in labelled("held_back") if one.is_new]),
    ):
        ours = agreed(texts, grouped([one.text for one in texts]))
        theirs = median(agreed(texts, k_means(texts, seed)) for seed in SEEDS)
        at_least(f"listening: ARI {half}, n={len(texts)} (k-means's {theirs:.2f})", ours, max(theirs, 0.01))
    right, wrong = placed_right()
    at_least("listening: held-back texts placed in their theme / in another", right / max(wrong, 1), 1)


def grouped(texts: Sequence[str]) -> list[int]:
    """Our group of each text; one that stays alone has a number of its own."""
    from motbuoc.domains.listening.grouping import group

    return [-1 - at if label is None else label for at, label in enumerate(group(texts).labels)]


def k_means(texts: Sequence[Labelled], seed: int) -> list[int]:
    """The plain way: words weighed by TF-IDF, as many means as there are themes."""
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    themes = len({one.theme for one in texts if not one.is_alone})
    rows = TfidfVectorizer().fit_transform([one.text for one in texts])
    return [int(label) for label in KMeans(themes, random_state=seed).fit_predict(rows)]


def agreed(texts: Sequence[Labelled], labels: Sequence[int]) -> float:
    """How far labels agree with a person's: the adjusted Rand index, 1 for wholly, 0 for by chance."""
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score([one.theme for one in texts], labels))


def placed_right() -> tuple[int, int]:
    """How many held-back texts go to their theme, and to another, where the other half stands in its themes."""
    from motbuoc.domains.listening.placing import place
    from motbuoc.domains.listening.weighing import by_label
    from motbuoc.domains.listening.wording import wording

    known = [one for one in labelled("tuning") if not one.is_alone]
    names = sorted({one.theme for one in known})
    themes = by_label([wording(one.text) for one in known], [names.index(one.theme) for one in known])
    found = [(one.theme, place(one.text, themes).theme) for one in labelled("held_back")]
    told = [(theme, names[label]) for theme, label in found if label is not None]
    right = sum(theme == label for theme, label in told)
    sys.stderr.write(f"of {len(found)} held-back texts {right} placed right, {len(told) - right} wrong\n")
    return right, len(told) - right


def many(count: int) -> Iterator[Labelled]:
    """Texts as many people would write: the labelled ones over and over, no two quite the same."""
    rng = random.Random(count)
    texts, syllables = labelled("tuning") + labelled("held_back"), SYLLABLES.split()
    for _ in range(count):
        one = rng.choice(texts)
        words = one.text.split()
        for _ in range(min(rng.randrange(4), len(words) // 4)):
            del words[rng.randrange(len(words))]
        place = " ".join(rng.choice(syllables) for _ in range(2))
        words.insert(rng.randrange(len(words) + 1), f"{rng.choice(('ở', 'thôn', 'ấp', 'xã'))} {place}")
        yield one._replace(text=_typed(rng, " ".join(words)))


def _typed(rng: random.Random, text: str) -> str:
    from vanban.text import fold

    if rng.random() < 0.2:
        for full, short in SHORTHAND.items():
            text = text.replace(full, short)
    if rng.random() < 0.15:
        at = rng.randrange(len(text))
        text = text[:at] + text[at + 1 :]
    return fold(text) if rng.random() < 0.2 else text


def _of_its_own(which: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.peer.themes", which, str(MANY), str(PLACED)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def timed_placing(texts: Sequence[str], themes_of: Sequence[str]) -> float:
    """Seconds of a processor to place a text among the themes of others, the slowest of a hundred."""
    from motbuoc.domains.listening.grouping import group
    from motbuoc.domains.listening.placing import Themes, place

    themes = Themes.of_data(json.loads(json.dumps(group(themes_of).themes.as_data())))
    place(texts[0], themes)
    times = []
    for text in texts:
        start = thread_time()
        place(text, themes)
        times.append(thread_time() - start)
    return sorted(times)[len(times) * 99 // 100]
