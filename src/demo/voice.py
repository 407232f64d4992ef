"""What a unit and the department write: sentences with figures, never the same one twice for the same unit."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from demo.naming import words
from motbuoc.domains.work.counted import Counted

PROPER = ("Đoàn Thanh niên", "Hội Cựu chiến binh", "“")  # openings that keep their capital
SAYS_WHEN = re.compile(r"tháng|quý|năm|đợt|kỳ |Theo |Sau |Đến ")  # no second time in front of these


class Voice:
    """The words written for one unit of a sector whose host employs `size` people."""

    def __init__(self, rng: random.Random, sector: str, size: int) -> None:
        self.rng, self.size = rng, size
        self.table = words("entries")
        self.set_words: dict[str, str] = self.table["sectors"][sector]
        self.said: set[str] = set()
        self.decks: dict[tuple[str, str], list[str]] = {}

    def progress(self, key: str, day: date) -> str:
        """What was done so far on the duty `key`."""
        return self._new(lambda: self._woven(key, "progress", day))

    def result(self, key: str, day: date, *, again: bool) -> str:
        """What came of the duty `key`; `again`: after it was returned."""
        mended = self._filled(self._drawn("any", "mended"), day) if again else ""
        return self._new(lambda: mended + self._woven(key, "result", day))

    def figures(self, key: str, percent: int | None) -> list[Counted]:
        """What the unit has counted when `percent` of the duty `key` is done: ever the same for one unit."""
        counted = []
        for name, measure, least, most in self.table["figures"].get(key, ()):
            whole = random.Random(f"{key} {name} {self.size}").randint(least, most)
            counted.append(Counted(name, Decimal(whole * (percent or 0) // 100), measure))
        return counted

    def reason(self, product: str, day: date) -> str:
        """Why the department returns a result."""
        product = product[:1].lower() + product[1:]
        return self._new(lambda: self._filled(self._drawn("any", "reasons"), day, product=product))

    def acceptance(self, day: date) -> str:
        """What the department says when it accepts: mostly nothing."""
        text = self._filled(self._drawn("any", "accepted"), day)
        if self.rng.random() > 0.3 or text in self.said:
            return ""
        self.said.add(text)
        return text

    def file_title(self, key: str, day: date) -> str:
        """The name of a file of evidence, without its ending."""
        return f"{self.rng.choice(self.table['evidence'][key])} {day:%d-%m-%Y}"

    def _new(self, made: Callable[[], str]) -> str:
        """The first of what `made` gives that was not said before."""
        while (text := made()) in self.said:
            pass
        self.said.add(text)
        return text

    def _drawn(self, key: str, kind: str) -> str:
        """The next template of a shuffled deck, which is shuffled anew when it is used up."""
        deck = self.decks.setdefault((key, kind), [])
        if not deck:
            deck.extend(self.rng.sample(self.table[key][kind], k=len(self.table[key][kind])))
        return deck.pop()

    def _woven(self, key: str, kind: str, day: date) -> str:
        template = self._drawn(key, kind)
        start = "" if SAYS_WHEN.search(template) else self.rng.choice(self.table["any"]["starts"])
        end = self.rng.choice(self.table["any"][f"{kind}_ends"])
        if start and not template.startswith(PROPER):
            template = template[0].lower() + template[1:]
        return self._filled(f"{start}, {template}.{end}" if start else f"{template}.{end}", day)

    def _filled(self, template: str, day: date, **more: str) -> str:
        rng = self.rng
        few = rng.sample(range(2, 8), k=2)
        money = f"{rng.randint(6, 90)},{rng.randint(1, 9)}"
        text = template.format(
            n=max(few),
            n2=min(few),
            m=rng.randint(9, 34),
            m2=rng.randint(36, 160),
            people=_grouped(max(12, round(self.size * rng.uniform(0.35, 0.95)))),
            share=rng.randint(82, 99),
            share2=rng.randint(55, 81),
            share3=rng.randint(28, 46),
            money=money,
            month=day.month,
            day=f"{day.day:02d}/{day.month}",
            **self.set_words,
            **more,
        )
        return text[0].upper() + text[1:]


def _grouped(value: int) -> str:
    return f"{value:,}".replace(",", ".")
