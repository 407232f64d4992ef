"""What somebody has to do: sentences with a body and a verb of duty, in the words of the document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from vanban import patterns
from vanban.deadlines import deadline_of_block, find_deadline
from vanban.document import Duty, Field, Span, TimeKind
from vanban.lines import Line, field
from vanban.sentences import Clause, bodies_of, clauses_of, duty_in, partners_of, told_body
from vanban.structure import Node
from vanban.text import fold, is_upper
from vanban.vocabulary import duty_strengths, table

_LONGEST_LEAD_IN = 900  # characters


@dataclass(frozen=True, slots=True)
class _Context:
    """What the provisions above say: printed number, who is told, and whether they hold duties at all."""

    item: str | None = None
    actors: tuple[Field, ...] = ()
    supports: tuple[Field, ...] = ()
    binding: bool = True
    charged: bool = False  # under a heading by which rules say who carries them out


# Kinds of document that lay down rules: who carries them out is said under "Tổ chức thực hiện" or "Trách nhiệm".
_RULES = ("HD", "QĐ", "QĐi", "QyĐ", "QC", "QyC", "NĐ", "TT", "TTLT", "L", "Luật", "PL", "ĐL")
# Kinds that propose or tell: they order nobody.
_UPWARD = ("TTr", "BC", "BB")
# Kinds that ask for acts: a plan without any named body still says what its issuer will do.
_ACTING = ("KH", "CT", "CTr", "NQ", "KL", "TB", "CĐ", "CV", "ĐA", "PA")


def find_duties(
    text: str,
    root: Node,
    addressees: tuple[Field, ...] = (),
    *,
    kind: str | None = None,
    year: int | None = None,
) -> tuple[Duty, ...]:
    """Return the duties in the tree of provisions under `root`; a proposal or a report (`kind`) gives none.

    A duty has a bearer: a body named in its sentence, lead-in, heading or labelled block, else the addressees.
    Where no duty of a whole plan or directive has one, they are kept all the same, with little confidence.
    `kind` is the abbreviation of the document's type, `year` the year of its date, for days printed without one.
    """
    if kind in _UPWARD:
        return ()
    reader = _Reader(text, addressees, rules=kind in _RULES, year=year)
    reader.read(root, _Context(binding=_is_unnumbered(root)))
    if addressees:
        return tuple(reader.duties)
    owned = tuple(duty for duty in reader.duties if duty.actors)
    return owned or (tuple(reader.duties) if kind in _ACTING else ())


def _is_unnumbered(root: Node) -> bool:
    """Tell whether the body has no numbers: then its paragraphs and dashes hold the duties, not a preamble."""
    return all(child.kind == "dash" for child in root.children)


def _is_heading(node: Node, line: Line) -> bool:
    """Tell whether the line is the heading printed under a number alone on its line."""
    span = node.heading.span if node.heading else None
    return span is not None and span.start <= line.start and line.end <= span.end


@cache
def _headings(name: str) -> tuple[str, ...]:
    """Return how the headings named by the table `name` begin, folded."""
    return tuple(table("duties")[name]["words"])


class _Reader:
    """Walks the tree in the order of the text; labelled blocks complete the duties that wait for them."""

    def __init__(self, text: str, addressees: tuple[Field, ...], *, rules: bool, year: int | None) -> None:
        self.text = text
        self.rules = rules
        self.year = year
        self.addressed = bool(addressees)
        self.told = fold(" ".join(name.value for name in addressees))
        self.duties: list[Duty] = []
        self.waiting = 0  # index of the first duty that a labelled block may still complete
        self.block_open: str | None = None

    def read(self, node: Node, context: _Context) -> None:
        context = self._inside(node, context)
        for number, line in enumerate(node.lines):
            start = node.text_start if number == 0 and node.number else line.start
            if self._block(node, line, start) or (number and _is_heading(node, line)):
                continue
            if number == 0 and self._is_title(node, start, line.end, context):
                continue
            context = self._paragraph(node, line, start, context, first=number == 0)
        for child in node.children:
            self.read(child, context)

    def _inside(self, node: Node, above: _Context) -> _Context:
        """Return the context inside `node`: its number, the body its heading names, whether it binds."""
        if not node.number:
            return above
        item = above.item if node.kind == "dash" else _item(above.item, node.number)
        binding = above.binding if above.item or node.kind == "dash" else True
        heading = fold(node.heading.value).removeprefix("ve ") if node.heading else ""
        named = self._heading_actors(node)
        charged = above.charged or heading.startswith(_headings("duty_headings"))
        charged |= node.kind == "article" and bool(named)
        if heading.startswith(_headings("no_duty_headings")):
            binding = charged = False
        elif self.rules and heading and node.kind != "dash":
            binding = charged
        elif heading and node.kind in ("section", "part"):
            binding = True
        return _Context(item, named or above.actors, above.supports, binding, charged)

    def _heading_actors(self, node: Node) -> tuple[Field, ...]:
        if node.heading is None or node.heading.span is None or node.kind == "dash":
            return ()
        span = node.heading.span
        assigned = patterns.ASSIGNMENT.match(self.text, span.start)
        start = assigned.end() if assigned else span.start
        if is_upper(node.heading.value) or not patterns.BODY_FIRST.match(self.text, start):
            return ()
        bracket = self.text.find("(", start, span.end)
        end = bracket if bracket > start else span.end
        if patterns.VERB.search(self.text, start, end):
            return ()
        name = field(self.text, start, end)
        return bodies_of(self.text, name) if name and len(name.value) < 250 else ()

    def _is_title(self, node: Node, start: int, end: int, context: _Context) -> bool:
        """Tell whether the first line is the title of what stands below it: it names no body with a verb.

        A verb makes it a duty only where nothing stands below; a whole sentence also where its bearer is known.
        """
        if not node.number:
            return False
        asks, body = duty_in(self.text, Clause(start, end))
        if body is not None:
            return False
        if node.heading is None:
            return bool(node.children) and not (self.addressed or context.actors)
        alone = len(node.lines) == 1 and not node.children and not is_upper(self.text[start:end])
        return not (asks and alone)

    def _paragraph(self, node: Node, line: Line, start: int, context: _Context, *, first: bool) -> _Context:
        if not first and patterns.CLOSING.match(line.text):
            return self._closing(line, context)
        for clause in clauses_of(self.text, start, line.end):
            if not node.number and self._is_occasion(clause):
                continue
            if self.text[clause.start : clause.end].rstrip().endswith(":"):
                context = self._lead_in(clause, context)
            elif context.binding and not self._carries_on(clause, start, context):
                self._add(clause, context)
                context = self._going_on(node, start, context)
        return context

    def _is_occasion(self, clause: Clause) -> bool:
        """Tell whether a sentence before the numbers says why the paper is written, and gives nobody an order."""
        occasion = patterns.OCCASION.match(self.text, clause.start, clause.end)
        return occasion is not None and told_body(self.text, clause.start, clause.end) is None

    def _carries_on(self, clause: Clause, start: int, context: _Context) -> bool:
        """Add a sentence to the duty before it in the paragraph, if that has a bearer and this no body or time.

        "Sở A lập hồ sơ. Hồ sơ gửi về Sở B trước ngày 5/6." is one duty, and the day is its day.
        """
        last = self.duties[-1] if self.duties else None
        if last is None or last.span.start < start or clause.goes_on or (self.addressed and not last.actors):
            return False
        asks, body = duty_in(self.text, clause)
        if body is not None:
            return False
        time = find_deadline(self.text, clause.start, clause.end, year=self.year)
        timed = time.kind in (TimeKind.DATED, TimeKind.PERIODIC, TimeKind.EVENT)
        if asks and timed:
            return False
        span = Span(last.span.start, _bare_end(self.text, clause))
        words = " ".join(self.text[span.start : span.end].split())
        waits = timed and last.deadline.kind in (TimeKind.UNDATED, TimeKind.CONTINUOUS)
        self.duties[-1] = replace(last, span=span, text=words, deadline=time if waits else last.deadline)
        return True

    def _going_on(self, node: Node, start: int, context: _Context) -> _Context:
        """A sentence that names no body goes on with the one before it in the same provision."""
        last = self.duties[-1] if self.duties else None
        own = last is not None and last.span.start >= start and last.actors
        return replace(context, actors=last.actors, supports=()) if own and last and node.number else context

    def _lead_in(self, clause: Clause, context: _Context) -> _Context:
        """A sentence that ends in a colon names who bears what stands below it."""
        body = duty_in(self.text, clause)[1] if context.item else told_body(self.text, clause.start, clause.end)
        if clause.end - clause.start > _LONGEST_LEAD_IN:
            return context
        if body is None or body.span is None:
            supports = self._partners(clause, clause.start) if context.actors else ()
            return replace(context, supports=supports) if supports else context
        actors = () if self._are_addressees(body) else bodies_of(self.text, body)
        return replace(context, actors=actors, supports=self._partners(clause, body.span.end))

    def _partners(self, clause: Clause, after: int) -> tuple[Field, ...]:
        _, start = _verb(self.text, clause, after)
        partners, _ = partners_of(self.text, start, clause.end - 1)
        return bodies_of(self.text, partners) if partners else ()

    def _are_addressees(self, body: Field) -> bool:
        """Tell whether the named bodies are those of "Kính gửi" again."""
        parts = (fold(part) for part in patterns.LIST_MARKS.split(body.value))
        return self.addressed and all(part.removeprefix("cac ") in self.told for part in parts if part)

    def _closing(self, line: Line, context: _Context) -> _Context:
        if not self.addressed and line.text.startswith("Yêu cầu "):
            self._add(Clause(line.start, line.end), replace(context, item=None, actors=()))
        return context

    def _add(self, clause: Clause, context: _Context) -> None:
        asks, body = duty_in(self.text, clause, borne=bool(context.actors))
        if not asks:
            return
        if body is None and not context.actors and not self.addressed and clause.goes_on:
            return
        self.duties.append(_duty(self.text, clause, context, body, self.addressed, self.year))
        self.block_open = None

    def _block(self, node: Node, line: Line, start: int) -> bool:
        """Read a labelled line ("Đơn vị chủ trì: …") into the duties that wait for it."""
        match = patterns.BLOCK.match(self.text, line.start, line.end) or patterns.BLOCK.match(
            self.text, start, line.end
        )
        if match is None:
            return False
        rest = field(self.text, match.end(), line.end)
        if match["task"]:
            if rest and rest.span:
                self._task(Clause(rest.span.start, line.end), node)
            return True
        if self.block_open == "time" and not match["time"]:
            self.waiting = len(self.duties)
        first = next((i for i in range(len(self.duties)) if i >= self.waiting), len(self.duties))
        for number in range(first, len(self.duties)):
            self.duties[number] = _completed(self.text, self.duties[number], match.lastgroup, rest, self.year)
        self.block_open = match.lastgroup
        if match["time"]:
            self.waiting = len(self.duties)
        return True

    def _task(self, clause: Clause, node: Node) -> None:
        for part in clauses_of(self.text, clause.start, clause.end)[:1]:
            self._add(part, _Context(item=node.number or None))


def _item(above: str | None, number: str) -> str:
    """Return the printed numbers from the outermost in: "II.2.a"; "1.2" under "1" holds its parent already."""
    parent = number.rpartition(".")[0]
    if above and parent and (above == parent or above.endswith("." + parent)):
        return above + number[len(parent) :]
    return f"{above}.{number}" if above else number


def _completed(text: str, duty: Duty, label: str | None, rest: Field | None, year: int | None) -> Duty:
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


def _duty(
    text: str, clause: Clause, context: _Context, body: Field | None, addressed: bool, year: int | None
) -> Duty:
    actors = bodies_of(text, body) if body else context.actors
    after = body.span.end if body and body.span else clause.start
    verb, start = _verb(text, clause, after)
    partners, start = partners_of(text, start, clause.end)
    if partners and (other := patterns.VERB.search(text, start, clause.end)):
        verb = field(text, other.start(), other.end())
    what = field(text, verb.span.end if verb and verb.span else start, _bare_end(text, clause))
    deadline = find_deadline(text, clause.start, clause.end, verb.span.start if verb and verb.span else None, year)
    sure = 0.9 if body or context.actors else (0.75 if addressed else 0.4)
    strength = duty_strengths().get(verb.value.lower(), 3) if verb else 2
    return Duty(
        item=context.item,
        span=Span(clause.start, _bare_end(text, clause)),
        text=" ".join(text[clause.start : _bare_end(text, clause)].split()),
        actors=actors,
        supports=bodies_of(text, partners) if partners else (() if body else context.supports),
        verb=verb,
        object=what,
        product=_product(text, what),
        deadline=deadline,
        confidence=round(sure - 0.03 * (5 - strength), 2),
    )


def _bare_end(text: str, clause: Clause) -> int:
    return clause.start + len(text[clause.start : clause.end].rstrip(" ./;,”"))


def _verb(text: str, clause: Clause, after: int) -> tuple[Field | None, int]:
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
    word = next((w for w in table("duties")["products"]["words"] if opening.startswith(w)), None)
    return field(text, what.span.start, what.span.start + len(word)) if word else None
