"""What somebody has to do: sentences with a body and a verb of duty, in the words of the document."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from vanban import patterns
from vanban.document import Duty, Field, Span, TimeKind
from vanban.duties.deadlines import find_deadline
from vanban.duties.duty import Context, bare_end, completed, duty_of, verb_of
from vanban.duties.sentences import Clause, bodies_of, clauses_of, duty_in, partners_of, told_body
from vanban.lines import Line, field
from vanban.structure import Node
from vanban.text import fold, is_upper
from vanban.vocabulary import table

_LONGEST_LEAD_IN = 900  # characters


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
    reader.read(root, Context(binding=_is_unnumbered(root)))
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
        self.grown: set[int] = set()  # indices of the duties whose span grew in this paragraph

    def read(self, node: Node, context: Context) -> None:
        context = self._inside(node, context)
        for number, line in enumerate(node.lines):
            start = node.text_start if number == 0 and node.number else line.start
            if self._block(node, line, start) or (number and _is_heading(node, line)):
                continue
            if number == 0 and self._is_title(node, start, line.end, context):
                continue
            context = self._paragraph(node, line, start, context, first=number == 0)
            self._put_words()
        for child in node.children:
            self.read(child, context)

    def _inside(self, node: Node, above: Context) -> Context:
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
        return Context(item, named or above.actors, above.supports, binding, charged)

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

    def _is_title(self, node: Node, start: int, end: int, context: Context) -> bool:
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

    def _paragraph(self, node: Node, line: Line, start: int, context: Context, *, first: bool) -> Context:
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

    def _carries_on(self, clause: Clause, start: int, context: Context) -> bool:
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
        waits = timed and last.deadline.kind in (TimeKind.UNDATED, TimeKind.CONTINUOUS)
        span = Span(last.span.start, bare_end(self.text, clause))
        self.grown.add(len(self.duties) - 1)
        self.duties[-1] = replace(last, span=span, deadline=time if waits else last.deadline)
        return True

    def _put_words(self) -> None:
        """Give the duties that grew by sentences all their words, once, when their paragraph is read."""
        for number in self.grown:
            span = self.duties[number].span
            self.duties[number] = replace(
                self.duties[number], text=" ".join(self.text[span.start : span.end].split())
            )
        self.grown.clear()

    def _going_on(self, node: Node, start: int, context: Context) -> Context:
        """A sentence that names no body goes on with the one before it in the same provision."""
        last = self.duties[-1] if self.duties else None
        own = last is not None and last.span.start >= start and last.actors
        return replace(context, actors=last.actors, supports=()) if own and last and node.number else context

    def _lead_in(self, clause: Clause, context: Context) -> Context:
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
        _, start = verb_of(self.text, clause, after)
        partners, _ = partners_of(self.text, start, clause.end - 1)
        return bodies_of(self.text, partners) if partners else ()

    def _are_addressees(self, body: Field) -> bool:
        """Tell whether the named bodies are those of "Kính gửi" again."""
        parts = (fold(part) for part in patterns.LIST_MARKS.split(body.value))
        return self.addressed and all(part.removeprefix("cac ") in self.told for part in parts if part)

    def _closing(self, line: Line, context: Context) -> Context:
        if not self.addressed and line.text.startswith("Yêu cầu "):
            self._add(Clause(line.start, line.end), replace(context, item=None, actors=()))
        return context

    def _add(self, clause: Clause, context: Context) -> None:
        asks, body = duty_in(self.text, clause, borne=bool(context.actors))
        if not asks:
            return
        if body is None and not context.actors and not self.addressed and clause.goes_on:
            return
        if self.block_open:  # the block before it was of the duties before it
            self.waiting = len(self.duties)
        self.duties.append(duty_of(self.text, clause, context, body, self.addressed, self.year))
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
        for number in range(self.waiting, len(self.duties)):
            self.duties[number] = completed(self.text, self.duties[number], match.lastgroup, rest, self.year)
        self.block_open = match.lastgroup
        if match["time"]:
            self.waiting = len(self.duties)
        return True

    def _task(self, clause: Clause, node: Node) -> None:
        for part in clauses_of(self.text, clause.start, clause.end)[:1]:
            self._add(part, Context(item=node.number or None))


def _item(above: str | None, number: str) -> str:
    """Return the printed numbers from the outermost in: "II.2.a"; "1.2" under "1" holds its parent already."""
    parent = number.rpartition(".")[0]
    if above and parent and (above == parent or above.endswith("." + parent)):
        return above + number[len(parent) :]
    return f"{above}.{number}" if above else number
