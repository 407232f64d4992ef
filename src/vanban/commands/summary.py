"""A document for people: what was read, on one screen, in the order of the paper."""

from __future__ import annotations

from vanban.document import Citation, Document, Duty, Provision

_OPTIONAL = ("secrecy", "urgency", "circulation", "draft", "superior")


def summary(document: Document) -> str:
    """Return letterhead, addressees, citations, provisions, duties, recipients and notes as lines of text."""
    blocks = [
        _rows(_header(document)),
        _list("Kính gửi", [name.value for name in document.addressees]),
        _list("Citations", [citation_line(citation) for citation in document.citations]),
        _list("Provisions", [line for provision in document.provisions for line in _tree(provision)]),
        _list("Duties", [duty_line(duty) for duty in document.duties]),
        _list("Appendices", [" ".join(f.value for f in (a.number, a.title) if f) for a in document.appendices]),
        _list("Nơi nhận", [f"{r.name}  ({r.kind.value})" for r in document.distribution]),
        _list("Notes", [f"{note.field}: {note.message}" for note in document.notes]),
    ]
    return "\n\n".join(block for block in blocks if block)


def signer(document: Document) -> str | None:
    """Return authority, title and name of the signer in one line."""
    signature = document.signature
    parts = (signature.authority, signature.title, signature.name)
    return " · ".join(" ".join(part.value.split()) for part in parts if part) or None


def _header(document: Document) -> list[tuple[str, str | None]]:
    head = document.header
    names = (*_OPTIONAL, "issuer", "code", "type", "place")
    rows: list[tuple[str, str | None]] = [("regime", document.regime.value if document.regime else None)]
    for name in names:
        value = getattr(head, name)
        rows.append((name, value.value if value else None))
    rows.append(("date", f"{head.date:%d/%m/%Y}" if head.date else None))
    rows.append(("subject", head.subject.value if head.subject else None))
    return [*rows, ("signer", signer(document))]


def _rows(rows: list[tuple[str, str | None]]) -> str:
    shown = ((name, value) for name, value in rows if value or name not in _OPTIONAL)
    return "\n".join(f"{name:<12} {value if value else '-'}" for name, value in shown)


def _list(title: str, lines: list[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)]) if lines else ""


def citation_line(citation: Citation) -> str:
    """Return number, day and issuer of a cited document in columns."""
    day = f"{citation.date:%d/%m/%Y}" if citation.date else "-"
    relation = f"  ({citation.relation.value})" if citation.relation else ""
    return f"{citation.code or '-':<22} {day:<11} {citation.issuer or '-'}{relation}"


def _tree(provision: Provision, depth: int = 0) -> list[str]:
    heading = provision.heading.value if provision.heading else ""
    line = f"{'  ' * depth}{provision.number}  {heading[:90]}".rstrip()
    inner = (child for child in provision.children if child.kind != "dash")
    return [line, *(below for child in inner for below in _tree(child, depth + 1))]


def duty_line(duty: Duty) -> str:
    """Return item, body, words, time and confidence of a duty in one line."""
    who = ", ".join(actor.value for actor in duty.actors) or "the addressees"
    missing = f", {', '.join(duty.deadline.missing)} missing" if duty.deadline.missing else ""
    time = f"{when(duty)}{missing}; {duty.confidence:.0%}"
    return f"{duty.item or '-':<8} {who[:60]}: {duty.text[:110]}  [{time}]"


def when(duty: Duty) -> str:
    """Return the time of a duty in few words: "dated 01/03/2025", "periodic quarter, year", "continuous"."""
    time = duty.deadline
    cycles = ", ".join(cycle.value for cycle in (time.cycle, *time.also) if cycle)
    due = f"{time.due:%d/%m/%Y}" if time.due else ""
    return " ".join(part for part in (time.kind.value, cycles, due) if part)
