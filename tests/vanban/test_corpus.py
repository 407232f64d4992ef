"""How much of the real documents is read right. The floors lie just under what is reached: a fall is a mistake."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vanban import read
from vanban.as_json import to_dict

READABLE = (".md", ".txt", ".docx", ".pdf")
FLOORS = {
    "regime": 0.95,
    "superior": 0.99,
    "issuer": 0.98,
    "number": 0.98,
    "symbol": 0.98,
    "code": 0.98,
    "type": 0.95,
    "type_name": 0.95,
    "place": 0.98,
    "date": 0.98,
    "subject": 0.97,
    "addressees": 0.98,
    "provisions": 0.95,
    "headings": 0.90,
    "distribution": 0.95,
    "authority": 0.95,
    "title": 0.95,
    "name": 0.95,
    "duty_who": 0.97,
    "duty_due": 0.96,
    "duty_with": 0.96,
}
CITATIONS_F1 = 0.97
DUTIES_FOUND = 0.94

Miss = tuple[str, str, Any, Any]


def plain(value: str | None) -> str | None:
    return " ".join(value.split()).rstrip(".;,: ") if value is not None else None


def lower(value: str | None) -> str:
    return (plain(value) or "").lower()


class Scores:
    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.misses: list[Miss] = []
        self.cited: Counter[str] = Counter()

    def put(self, name: str, file: str, got: Any, want: Any) -> None:
        self.all[name] += 1
        self.right[name] += got == want
        if got != want:
            self.misses.append((name, file, got, want))

    def share(self, name: str) -> float:
        return self.right[name] / self.all[name]

    @property
    def citations_f1(self) -> float:
        return 2 * self.cited["both"] / (self.cited["got"] + self.cited["want"])


def labels(shared: Path) -> Iterator[dict[str, Any]]:
    for line in (shared / "corpus" / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        if label["file"].endswith(READABLE) and not label["file"].startswith("scan/"):
            yield label


@pytest.fixture(scope="module")
def scores(shared: Path) -> Scores:
    counted = Scores()
    for label in labels(shared):
        got = to_dict(read(shared / "corpus" / label["file"]))
        _letterhead(counted, label, got)
        _body(counted, label, got)
        _citations(counted, label, got)
        _duties(counted, label, got)
    for miss in counted.misses:
        print("{1}: {0}\n    got  {2!r}\n    want {3!r}".format(*miss))
    return counted


def _letterhead(scores: Scores, label: dict[str, Any], got: dict[str, Any]) -> None:
    file = label["file"]
    scores.put("regime", file, got["regime"], label["regime"])
    for name, want in label["header"].items():
        scores.put(name, file, plain(got["header"][name]), plain(want))
    for name, want in (label["signer"] or {}).items():
        scores.put(name, file, plain(got["signer"][name]), plain(want))


def _body(scores: Scores, label: dict[str, Any], got: dict[str, Any]) -> None:
    file = label["file"]
    scores.put("addressees", file, list(map(plain, got["addressees"])), list(map(plain, label["addressees"])))
    if label["clauses"] is not None:
        for name, key in (("provisions", "number"), ("headings", "heading")):
            found, want = (
                [plain(each[key]) for each in each_list] for each_list in (got["provisions"], label["clauses"])
            )
            scores.put(name, file, found, want)
    if label["distribution"] is not None:
        names = [plain(each["name"]) for each in got["distribution"]]
        scores.put("distribution", file, names, list(map(plain, label["distribution"])))


def _citations(scores: Scores, label: dict[str, Any], got: dict[str, Any]) -> None:
    want = {(each["code"], each["date"]) for each in label["citations"]}
    found = {(each["code"], each["date"]) for each in got["citations"]}
    if label["citations_scope"] == "legal basis":  # the rest of these long texts is not labelled
        codes = {code for code, _ in want}
        found = {each for each in found if each[0] in codes}
    scores.cited.update(both=len(want & found), got=len(found), want=len(want))
    scores.misses.extend(("citation", label["file"], None, each) for each in want - found)
    scores.misses.extend(("citation", label["file"], each, None) for each in found - want)


def _duties(scores: Scores, label: dict[str, Any], got: dict[str, Any]) -> None:
    everybody = lower("; ".join(label["addressees"]))
    used: set[int] = set()
    for want in label["duties"] or []:
        places = [i for i, duty in enumerate(got["duties"]) if lower(want["what"]) in lower(duty["text"])]
        scores.put("duty", label["file"], bool(places), True)
        if not places:
            continue
        place = next((i for i in places if i not in used), places[0])
        used.add(place)
        duty = got["duties"][place]
        who = lower(want["who"])
        told = who if duty["who"] == "addressees" and who in everybody else lower(duty["who"])
        scores.put("duty_who", label["file"], told, who)
        scores.put("duty_due", label["file"], lower(duty["due"]), lower(want["due"]))
        partners = lower(", ".join(each["value"] for each in duty["with"]))
        scores.put("duty_with", label["file"], partners, lower(want.get("with")))


@pytest.mark.parametrize("name", FLOORS)
def test_share_read_right(name: str, scores: Scores) -> None:
    assert scores.share(name) >= FLOORS[name], [miss for miss in scores.misses if miss[0] == name]


def test_citations(scores: Scores) -> None:
    assert scores.citations_f1 >= CITATIONS_F1, [miss for miss in scores.misses if miss[0] == "citation"]


def test_duties_found(scores: Scores) -> None:
    assert scores.share("duty") >= DUTIES_FOUND


def test_the_same_letter_as_word_file_and_pdf(shared: Path) -> None:
    word, pdf = (to_dict(read(shared / "corpus" / "state" / f"ttr-2114-snv.{end}")) for end in ("docx", "pdf"))
    assert word["header"] == pdf["header"]
    assert word["signer"] == pdf["signer"]
    assert [each["name"] for each in word["distribution"]] == [each["name"] for each in pdf["distribution"]]
    assert [each["code"] for each in word["citations"]] == [each["code"] for each in pdf["citations"]]
