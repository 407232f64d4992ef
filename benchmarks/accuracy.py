"""How much of the labelled real documents is read right: F1 by field, every miss, and whether confidences hold.

`python -m benchmarks accuracy` (`make accuracy`) prints one line a measure, for documents that hold text and for
scans apart, then every miss, then the calibration table. The documents and their labels are not part of the
project: they are read from the folder `shared/corpus` beside it, and without it this says so and measures nothing.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.line import at_least
from vanban import read
from vanban.as_json import to_dict
from vanban.document import Document
from vanban.refusal import Refused

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
# Files of which only a part of the duties is labelled: what is found beyond the labels is not held against us.
DUTIES_IN_PART = {"state/tb-636-vpcp.md", "state/nq-380-cp.md", "state/ct-09-2009-binhduong.doc"}
GOALS = {
    "regime": 0.99,
    "superior": 0.99,
    "issuer": 0.99,
    "number": 0.99,
    "symbol": 0.99,
    "code": 0.99,
    "type": 0.99,
    "type_name": 0.99,
    "place": 0.99,
    "date": 0.99,
    "subject": 0.99,
    "addressee": 0.98,
    "citation": 0.98,
    "provisions": 0.98,
    "heading": 0.98,
    "duty": 0.90,
    "duty_who": 0.90,
    "duty_with": 0.90,
    "duty_due": 0.90,
    "recipient": 0.98,
    "authority": 0.98,
    "title": 0.98,
    "name": 0.98,
}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is labelled, or read and not labelled. `name` says which, without a word of the document."""

    measure: str
    file: str
    name: str
    got: Any
    want: Any
    confidence: float | None = None

    @property
    def right(self) -> bool:
        """Whether what was read is what is labelled."""
        return bool(self.got == self.want)

    def __str__(self) -> str:
        return f"{self.file}: {self.measure} {self.name}".rstrip()


def main() -> None:
    """Print the F1 of every measure, every miss, and the calibration table."""
    if not CORPUS.is_dir():
        sys.stdout.write("accuracy: the labelled documents (shared/corpus) are not here; nothing was measured\n")
        return
    cases = [case for label in labels() for case in cases_of(label, CORPUS)]
    for scanned in (False, True):
        for measure, goal in GOALS.items():
            measured = [case for case in cases if case.measure == measure and is_scan(case.file) is scanned]
            if measured:
                at_least(f"accuracy: {'scans, ' if scanned else ''}{measure}", f1(measured), goal)
    for case in cases:
        if not case.right:
            sys.stdout.write(f"{case}\n    got  {case.got!r}\n    want {case.want!r}\n")
    for row in calibration(cases):
        sys.stdout.write(row + "\n")


def is_scan(file: str) -> bool:
    """Whether what is read there was recognised from a picture, by this reader or before it."""
    return file.startswith("scan/") or ".ocr." in file


def labels(corpus: Path = CORPUS) -> Iterator[dict[str, Any]]:
    """The labels, one a file."""
    for line in (corpus / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def f1(cases: Iterable[Case]) -> float:
    """2 x right / (read + labelled); what is neither read nor labelled does not count."""
    right = found = labelled = 0
    for case in cases:
        right += case.right and case.want is not None
        found += case.got is not None
        labelled += case.want is not None
    return 2 * right / (found + labelled) if found + labelled else 1.0


def cases_of(label: dict[str, Any], corpus: Path) -> Iterator[Case]:
    """Read the labelled file and compare, thing by thing. In a refused file everything is missed."""
    try:
        document = read(corpus / label["file"])
    except Refused as refused:
        document = Document(text="")
        yield Case("refused", label["file"], refused.code, refused.code, None)
    got = to_dict(document)
    yield from _single(label, got)
    yield from _lists(label, got)
    yield from _duties(label, got)


def plain(value: str | None) -> str | None:
    """Words with single spaces and without the mark that closes them."""
    return " ".join(value.split()).rstrip(".;,: ") if value is not None else None


def _single(label: dict[str, Any], got: dict[str, Any]) -> Iterator[Case]:
    file = label["file"]
    yield Case("regime", file, "", got["regime"], label["regime"])
    for part, names in (("header", label["header"]), ("signer", label["signer"] or {})):
        for name, want in names.items():
            mark = got[f"{part}_spans"].get(name) or {}
            yield Case(name, file, "", plain(got[part][name]), plain(want), mark.get("confidence"))
    if label["clauses"] is not None:
        for measure, key in (("provisions", "number"), ("heading", "heading")):
            found, want = ([plain(each[key]) for each in row] for row in (got["provisions"], label["clauses"]))
            if key == "number":
                yield Case(measure, file, "", found or None, want or None)
            elif len(found) == len(want):  # else there is no telling which heading is whose
                yield from (
                    Case(measure, file, str(place), one, other)
                    for place, (one, other) in enumerate(zip(found, want, strict=True))
                )


def _lists(label: dict[str, Any], got: dict[str, Any]) -> Iterator[Case]:
    file = label["file"]
    sure = [mark["confidence"] for mark in got["addressee_spans"]]
    yield from _matched(
        "addressee", file, list(map(plain, got["addressees"])), list(map(plain, label["addressees"])), sure
    )
    if label["distribution"] is not None:
        names = [plain(each["name"]) for each in got["distribution"]]
        sure = [each["confidence"] for each in got["distribution"]]
        yield from _matched("recipient", file, names, list(map(plain, label["distribution"])), sure)
    want = [(each["code"], each["date"]) for each in label["citations"]]
    found = [(each["code"], each["date"]) for each in got["citations"]]
    sure = [each["confidence"] for each in got["citations"]]
    if label["citations_scope"] != "all":  # the rest of these texts is not labelled
        codes = {code for code, _ in want}
        kept = [number for number, each in enumerate(found) if each[0] in codes]
        found, sure = [found[number] for number in kept], [sure[number] for number in kept]
    yield from _matched("citation", file, found, want, sure)


def _matched(measure: str, file: str, got: list[Any], want: list[Any], sure: list[float]) -> Iterator[Case]:
    left = list(want)
    for each, confidence in zip(got, sure, strict=True):
        if each in left:
            left.remove(each)
            yield Case(measure, file, str(want.index(each)), each, each, confidence)
        else:
            yield Case(measure, file, "beyond the labels", each, None, confidence)
    for each in left:
        yield Case(measure, file, str(want.index(each)), None, each)


def _duties(label: dict[str, Any], got: dict[str, Any]) -> Iterator[Case]:
    file, used = label["file"], set()
    for number, want in enumerate(label["duties"] or []):
        places = [i for i, duty in enumerate(got["duties"]) if _lower(want["what"]) in _lower(duty["text"])]
        place = next((i for i in places if i not in used), None)
        opening = want["what"][:60]
        if place is None:
            yield Case("duty", file, str(number), None, opening)
            continue
        used.add(place)
        duty = got["duties"][place]
        yield Case("duty", file, str(number), opening, opening, duty["confidence"])
        who = _lower(want["who"])
        told = (
            who
            if duty["who"] == "addressees" and who in _lower("; ".join(label["addressees"]))
            else _lower(duty["who"])
        )
        yield Case("duty_who", file, str(number), told or None, who or None)
        yield Case(
            "duty_with",
            file,
            str(number),
            _lower(", ".join(p["value"] for p in duty["with"])) or None,
            _lower(want.get("with")) or None,
        )
        yield Case("duty_due", file, str(number), _lower(duty["due"]) or None, _lower(want["due"]) or None)
    if label["duties"] is not None and file not in DUTIES_IN_PART:
        for place, duty in enumerate(got["duties"]):
            if place not in used:
                yield Case("duty", file, "beyond the labels", duty["text"][:60], None, duty["confidence"])


def _lower(value: str | None) -> str:
    return (plain(value) or "").lower()


def calibration(cases: list[Case]) -> Iterator[str]:
    """Rows of a table: what the reader was so sure of was right so often."""
    bands: dict[int, list[bool]] = defaultdict(list)
    for case in cases:
        if case.got is not None and case.confidence is not None:
            bands[min(9, int(case.confidence * 10))].append(case.right)
    yield "confidence      values   right"
    for band, results in sorted(bands.items()):
        yield f"{band / 10:.1f} to {(band + 1) / 10:.1f}   {len(results):>8}   {sum(results) / len(results):.2f}"
