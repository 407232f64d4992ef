"""A `Document` as plain dicts and lists, and back. Keys are those of the corpus labels, with more beside them.

The records that the labels do not know (mentions, legal bases, further signers, tables …) are written by cattrs
under their own names, a span as [start, end].

Times of a duty: `due` is the deadline as printed (None if only "định kỳ" is said), `due_on` its ISO date,
`recurrence` says "continuous", "periodic", "periodic, period missing" or the cycle; `time_kind`, `cycle`,
`missing` and `deadline_raw` are the parts of `Deadline`.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, get_type_hints

from cattrs import Converter

from vanban.document import (
    Citation,
    Cycle,
    Deadline,
    Document,
    Duty,
    Field,
    Header,
    MentionKind,
    Note,
    Provision,
    Recipient,
    RecipientKind,
    Regime,
    Relation,
    Signature,
    Span,
    TimeKind,
)

_HEADER = (
    "superior",
    "issuer",
    "number",
    "symbol",
    "code",
    "type",
    "type_name",
    "place",
    "subject",
    "secrecy",
    "urgency",
    "draft",
    "circulation",
)
_SIGNER = ("authority", "title", "name")
_RECORDS = (
    "bases",
    "mentions",
    "body",
    "cosigners",
    "electronic",
    "copy",
    "appendices",
    "tables",
    "pages",
    "wraps",
)
Json = dict[str, Any]


@cache
def _converter() -> Converter:
    """Return what turns the records into values and back: a span is a pair, a day its ISO date."""
    converter = Converter()
    converter.register_unstructure_hook(Span, _range)
    converter.register_structure_hook(Span, lambda pair, _: Span(*pair))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda day, _: date.fromisoformat(day))
    return converter


def to_dict(document: Document) -> Json:
    """Return `document` as values that `json.dumps` takes; `from_dict` gives the same document back."""
    header, signature = document.header, document.signature
    return {
        "text": document.text,
        "regime": document.regime.value if document.regime else None,
        "header": _values(header, _HEADER) | {"date": _day(header.date)},
        "header_spans": _marks(header, _HEADER)
        | {"date": {"span": _range(header.date_span), "confidence": header.date_confidence}},
        "addressees": [name.value for name in document.addressees],
        "addressee_spans": [_mark(name) for name in document.addressees],
        "citations": [_citation(citation) for citation in document.citations],
        "provisions": [_provision(provision) for provision in document.provisions],
        "duties": [_duty(duty, addressed=bool(document.addressees)) for duty in document.duties],
        "distribution": [
            {
                "name": r.name,
                "kind": r.kind.value,
                "role": r.role,
                "span": _range(r.span),
                "confidence": r.confidence,
            }
            for r in document.distribution
        ],
        "signer": _values(signature, _SIGNER),
        "signer_spans": _marks(signature, _SIGNER),
        "signer_organ": _field(signature.organ) if signature.organ else None,
        "notes": [
            {"code": n.code, "field": n.field, "message": n.message, "span": _range(n.span)}
            for n in document.notes
        ],
        **{name: _converter().unstructure(getattr(document, name)) for name in _RECORDS},
    }


def _range(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _values(record: Header | Signature, names: tuple[str, ...]) -> Json:
    fields = {name: getattr(record, name) for name in names}
    return {name: value.value if value else None for name, value in fields.items()}


def _marks(record: Header | Signature, names: tuple[str, ...]) -> Json:
    return {name: _mark(getattr(record, name)) for name in names if getattr(record, name)}


def _mark(value: Field) -> Json:
    return {"span": _range(value.span), "confidence": value.confidence}


def _field(value: Field) -> Json:
    return {"value": value.value} | _mark(value)


def _citation(citation: Citation) -> Json:
    return {
        "code": citation.code,
        "date": _day(citation.date),
        "issuer": citation.issuer,
        "type": citation.type,
        "title": citation.title,
        "raw": citation.raw,
        "span": _range(citation.span),
        "confidence": citation.confidence,
        "kind": citation.kind.value,
        "number": citation.number,
        "term": citation.term,
        "pinpoint": citation.pinpoint,
        "relation": citation.relation.value if citation.relation else None,
        "antecedent": citation.antecedent,
    }


def _provision(provision: Provision) -> Json:
    return {
        "number": provision.number,
        "heading": provision.heading.value if provision.heading else None,
        "heading_span": _mark(provision.heading) if provision.heading else None,
        "kind": provision.kind,
        "span": _range(provision.span),
        "children": [_provision(child) for child in provision.children],
    }


def _duty(duty: Duty, *, addressed: bool) -> Json:
    time = duty.deadline
    return {
        "item": duty.item,
        "who": ", ".join(actor.value for actor in duty.actors) or ("addressees" if addressed else None),
        "actors": [_field(actor) for actor in duty.actors],
        "with": [_field(name) for name in duty.supports],
        "verb": _field(duty.verb) if duty.verb else None,
        "object": _field(duty.object) if duty.object else None,
        "what": " ".join(part.value for part in (duty.verb, duty.object) if part) or duty.text,
        "product": _field(duty.product) if duty.product else None,
        "due": None if "period" in time.missing else time.raw,
        "due_on": _day(time.due),
        "recurrence": _recurrence(time),
        "time_kind": time.kind.value,
        "cycle": time.cycle.value if time.cycle else None,
        "missing": list(time.missing),
        "deadline_raw": time.raw,
        "deadline_span": _range(time.span),
        "also": [cycle.value for cycle in time.also],
        "day": time.day,
        "count": time.count,
        "unit": time.unit,
        "event": _field(time.event) if time.event else None,
        "before": time.before,
        "text": duty.text,
        "span": _range(duty.span),
        "confidence": duty.confidence,
        "strength": duty.strength,
    }


def _recurrence(time: Deadline) -> str | None:
    if time.kind is TimeKind.CONTINUOUS:
        return "continuous"
    if time.kind is not TimeKind.PERIODIC:
        return None
    if "period" in time.missing:
        return "periodic, period missing"
    return f"every {time.cycle.value}" if time.cycle else "periodic"


def from_dict(values: Json) -> Document:
    """Return the document that `to_dict` turned into `values`. Raises KeyError or ValueError if it is not one."""
    return Document(
        text=values["text"],
        regime=Regime(values["regime"]) if values["regime"] else None,
        header=_header_of(values),
        addressees=tuple(map(_field_of, values["addressees"], values["addressee_spans"])),
        citations=tuple(_citation_of(each) for each in values["citations"]),
        provisions=tuple(_provision_of(each) for each in values["provisions"]),
        duties=tuple(_duty_of(each) for each in values["duties"]),
        distribution=tuple(
            Recipient(
                each["name"],
                RecipientKind(each["kind"]),
                _span_of(each["span"]),
                each["role"],
                each["confidence"],
            )
            for each in values["distribution"]
        ),
        signature=Signature(
            **_fields_of(values["signer"], values["signer_spans"], _SIGNER),
            organ=_whole_field(values["signer_organ"]),
        ),
        notes=tuple(
            Note(each["code"], each["field"], each["message"], _span_of(each["span"])) for each in values["notes"]
        ),
        **{name: _converter().structure(values[name], kind) for name, kind in _record_types().items()},
    )


@cache
def _record_types() -> dict[str, Any]:
    hints = get_type_hints(Document)
    return {name: hints[name] for name in _RECORDS}


def _span_of(values: list[int] | None) -> Span | None:
    return Span(values[0], values[1]) if values else None


def _day_of(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _field_of(value: str, mark: Json) -> Field:
    return Field(value, _span_of(mark["span"]), mark["confidence"])


def _whole_field(values: Json | None) -> Field | None:
    return _field_of(values["value"], values) if values else None


def _fields_of(values: Json, marks: Json, names: tuple[str, ...]) -> Json:
    return {name: _field_of(values[name], marks[name]) for name in names if name in marks}


def _header_of(values: Json) -> Header:
    fields = _fields_of(values["header"], values["header_spans"], _HEADER)
    mark = values["header_spans"]["date"]
    return Header(
        **fields,
        date=_day_of(values["header"]["date"]),
        date_span=_span_of(mark["span"]),
        date_confidence=mark["confidence"],
    )


def _citation_of(values: Json) -> Citation:
    return Citation(
        **{name: values[name] for name in _CITED},
        span=Span(*values["span"]),
        date=_day_of(values["date"]),
        kind=MentionKind(values["kind"]),
        relation=Relation(values["relation"]) if values["relation"] else None,
    )


_CITED = ("raw", "code", "type", "issuer", "title", "confidence", "number", "term", "pinpoint", "antecedent")


def _provision_of(values: Json) -> Provision:
    mark = values["heading_span"]
    return Provision(
        number=values["number"],
        span=Span(*values["span"]),
        heading=_field_of(values["heading"], mark) if mark else None,
        kind=values["kind"],
        children=tuple(_provision_of(child) for child in values["children"]),
    )


def _duty_of(values: Json) -> Duty:
    deadline = Deadline(
        kind=TimeKind(values["time_kind"]),
        due=_day_of(values["due_on"]),
        cycle=Cycle(values["cycle"]) if values["cycle"] else None,
        raw=values["deadline_raw"],
        span=_span_of(values["deadline_span"]),
        missing=tuple(values["missing"]),
        also=tuple(map(Cycle, values["also"])),
        day=values["day"],
        count=values["count"],
        unit=values["unit"],
        event=_whole_field(values["event"]),
        before=values["before"],
    )
    return Duty(
        item=values["item"],
        span=Span(*values["span"]),
        text=values["text"],
        actors=tuple(_field_of(each["value"], each) for each in values["actors"]),
        supports=tuple(_field_of(each["value"], each) for each in values["with"]),
        verb=_whole_field(values["verb"]),
        object=_whole_field(values["object"]),
        product=_whole_field(values["product"]),
        deadline=deadline,
        confidence=values["confidence"],
        strength=values["strength"],
    )
