"""One duty from its sentence: verb, object, product, partners, time, and how sure all that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from vanban import patterns
from vanban.document import Duty, Field, Span
from vanban.duties.deadlines import deadline_of_block, find_deadline
from vanban.duties.sentences import Clause, bodies_of, partners_of
from vanban.lines import field
from vanban.vocabulary import duty_strengths, table

# How often such a duty is one that a reader marks too, by who bears it (calibration of the accuracy benchmark).
_SURE_BODY = 0.9
_SURE_ADDRESSEES = 0.7
_SURE_NOBODY = 0.2
_ORDER_REACH = 300  # characters from the start of a sentence to the verb


@dataclass(frozen=True, slots=True)
class Context:
    """What the provisions above say: printed number, who is told, and whether they hold duties at all."""

    item: str | None = None
    actors: tuple[Field, ...] = ()
    supports: tuple[Field, ...] = ()
    binding: bool = True
    charged: bool = False  # under a heading by which rules say who carries them out


def completed(text: str, duty: Duty, label: str | None, rest: Field | None, year: int | None) -> Duty:
    """Return the duty with what a labelled line under it says; `label` is "lead", "support" or "time"."""
    if rest is None or rest.span is None:
        return duty
    bare = field(text, rest.span.start, rest.span.end - (len(rest.value) - len(rest.value.rstrip(" .;"))))
    if bare is None or bare.span is None:
        return duty
    if label == "lead":
        return replace(duty, actors=bodies_of(text, bare), confidence=0.9)
    if label == "support":
        return replace(duty, supports=bodies_of(text, bare))
    return replace(duty, deadline=deadline_of_block(text, bare.span.start, bare.span.end, year))


def duty_of(
    text: str, clause: Clause, context: Context, body: Field | None, addressed: bool, year: int | None
) -> Duty:
    """Return the duty that the sentence `clause` states. `body` is who it tells, None if it names nobody."""
    actors = bodies_of(text, body) if body else context.actors
    after = body.span.end if body and body.span else clause.start
    verb, start = verb_of(text, clause, after)
    partners, start = partners_of(text, start, clause.end)
    if partners and (other := patterns.VERB.search(text, start, clause.end)):
        verb = field(text, other.start(), other.end())
    what = field(text, verb.span.end if verb and verb.span else start, bare_end(text, clause))
    deadline = find_deadline(text, clause.start, clause.end, verb.span.start if verb and verb.span else None, year)
    sure = _SURE_BODY if body or context.actors else (_SURE_ADDRESSEES if addressed else _SURE_NOBODY)
    strength = _strength(text, clause, verb)
    return Duty(
        item=context.item,
        span=Span(clause.start, bare_end(text, clause)),
        text=" ".join(text[clause.start : bare_end(text, clause)].split()),
        actors=actors,
        supports=bodies_of(text, partners) if partners else (() if body else context.supports),
        verb=verb,
        object=what,
        product=_product(text, what),
        deadline=deadline,
        confidence=sure,
        strength=strength,
    )


def _strength(text: str, clause: Clause, verb: Field | None) -> int:
    """Return 1 to 5: who is ordered or made answerable has 5, else the verb decides."""
    until = verb.span.start if verb and verb.span else clause.end
    if patterns.ORDER.search(text, clause.start, min(until, clause.start + _ORDER_REACH)):
        return 5
    return duty_strengths().get(" ".join(verb.value.lower().split()), 3) if verb else 2


def bare_end(text: str, clause: Clause) -> int:
    """Return where the sentence ends without the marks that close it."""
    return clause.start + len(text[clause.start : clause.end].rstrip(" ./;,”"))


def verb_of(text: str, clause: Clause, after: int) -> tuple[Field | None, int]:
    """Return the verb of duty (its modifiers skipped) and where it starts."""
    at = after
    basis = patterns.BASIS_PHRASE.match(text, at, clause.end)
    at = basis.end() if basis else at
    while text[at : at + 1] in (" ", ",", ":", "\n"):
        at += 1
    first = patterns.VERB_FIRST.match(text, at, clause.end)
    if first:
        return field(text, first.start("verb"), first.end("verb")), first.start()
    found = patterns.VERB.search(text, at, clause.end)
    return (field(text, found.start(), found.end()), found.start()) if found else (None, after)


def _product(text: str, what: Field | None) -> Field | None:
    if what is None or what.span is None:
        return None
    opening = what.value[:40].lower()
    if not opening.startswith(_products()):
        return None
    word = next(word for word in _products() if opening.startswith(word))
    return field(text, what.span.start, what.span.start + len(word))


@cache
def _products() -> tuple[str, ...]:
    return tuple(table("duties")["products"]["words"])
