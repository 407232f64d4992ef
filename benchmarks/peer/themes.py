"""`python -m benchmarks.peer.themes ours|theirs COUNT PLACED`: group so many texts and print, as JSON, what it
took.

In a process of its own, so that its peak of memory is that of the grouping and of the texts.
"""

from __future__ import annotations

import json
import resource
import sys
from time import perf_counter, process_time

from benchmarks.listening import agreed, grouped, k_means, many, timed_placing


def main() -> None:
    """Make the texts, group them one of the two ways, and say how long it took, the memory and the agreement."""
    which, count, placed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    texts = list(many(count))
    start, worked = perf_counter(), process_time()
    labels = grouped([one.text for one in texts]) if which == "ours" else k_means(texts, 0)
    found = {"seconds": perf_counter() - start, "processor": process_time() - worked}
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    found |= {"agreement": agreed(texts, labels), "groups": len({label for label in labels if label >= 0})}
    if which == "ours":
        plain = [one.text for one in texts]
        found |= {"placed": timed_placing(plain[:placed], plain), "alone": sum(label < 0 for label in labels)}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
