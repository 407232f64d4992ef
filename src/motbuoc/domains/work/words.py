"""Where the words of a search are: the duties and units that have each, asked for once.

Tasks are many, duties and units are few. So the words are looked for among these, and each task that a list passes
is only compared with their ids.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, Value

from motbuoc.domains.documents.models import Duty
from motbuoc.domains.work.inbox import has, with_words
from motbuoc.foundation.core.named import NamedIds, as_value, one_of
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.units.models import UnitVersion, known_on

MOST_NAMED = 5_000  # duties or units with a word, above which each task is asked instead
HAVING, LACKING, EACH = "having", "lacking", "each"


class Word(NamedTuple):
    """Where one word is: in these duties, and in these units or (`way` LACKING) in all but these; as values of
    `one_of`. EACH: in more than can be named.
    """

    word: str
    way: str
    duties: str = ""
    units: str = ""
    number: int = 0  # of duties and units that have it

    def condition(self, *, seeks: bool = False) -> Q:
        """The condition that an assignment has it."""
        units = one_of("unit", self.units, seeks=seeks)
        return one_of("duty", self.duties, seeks=seeks) | (units if self.way == HAVING else ~units)


def looked_for(words: tuple[str, ...], day: date, units: str | None = None) -> list[Word]:
    """Where the words are, the rarest first; those that every unit has are left out. `units`: only of these."""
    if not words:
        return []
    ((_one, *duties),) = _prepared_duties(words=words) or [(1, *[0, ""] * len(words))]
    among = {} if units is None else {"units": units}
    ((_one, known, *by_unit),) = _prepared_units(units is not None, words=words, day=day, **among) or [
        (1, 0, *[0, "", ""] * len(words))
    ]
    found = []
    for place, word in enumerate(words):
        in_duties, named = duties[2 * place : 2 * place + 2]
        having, those, others = by_unit[3 * place : 3 * place + 3]
        if having == known and known:
            continue
        way, ids = (HAVING, those) if having <= known - having else (LACKING, others)
        if in_duties > MOST_NAMED or min(having, known - having) > MOST_NAMED:
            found.append(Word(word, EACH, number=in_duties + having))
        else:
            found.append(Word(word, way, as_value(named), as_value(ids), in_duties + having))
    return sorted(found, key=lambda word: word.number)


def having(ways: tuple[str, ...], words: tuple[str, ...], ids: tuple[str, ...], day: date, *, seeks: bool) -> Q:
    """The condition over assignments that each word is there: `words` by asking each row, the rest by two of `ids`
    for each. `seeks`: rows are found by the first.
    """
    condition, taken = with_words(words, day), iter(ids)
    for place, way in enumerate(ways):
        if way != EACH:
            condition &= Word("", way, next(taken), next(taken)).condition(seeks=seeks and not place)
    return condition


def _duties_with(*, words: tuple[str, ...]) -> Any:
    rows = Duty.objects.order_by().annotate(one=Value(1)).values_list("one")
    columns: dict[str, Any] = {}
    for place, word in enumerate(words):
        there = has("folded", word) | has("document__folded", word)
        columns |= {f"count_{place}": Count("pk", filter=there), f"ids_{place}": NamedIds("pk", filter=there)}
    return rows.annotate(**columns)


def _units_with(is_among: bool, *, words: tuple[str, ...], day: date, units: str = "") -> Any:
    rows = UnitVersion.objects.filter(known_on(day))
    if is_among:
        rows = rows.filter(one_of("unit", units, seeks=True))
    columns: dict[str, Any] = {"known": Count("pk")}
    for place, word in enumerate(words):
        there = has("folded", word)
        columns[f"count_{place}"] = Count("pk", filter=there)
        columns[f"having_{place}"] = NamedIds("unit", filter=there)
        columns[f"lacking_{place}"] = NamedIds("unit", filter=~there)
    return rows.order_by().annotate(one=Value(1)).values_list("one").annotate(**columns)


_prepared_duties, _prepared_units = Prepared(_duties_with), Prepared(_units_with)
