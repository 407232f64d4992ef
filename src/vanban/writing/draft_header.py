"""The header of a draft: YAML above the text, with the keys of the JSON header, as a `Document` and back."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import yaml

from vanban.document import Document, Field, Header, Recipient, Regime, Signature
from vanban.ending.recipients import kind_of
from vanban.vocabulary import type_codes, type_names

_FENCE: Final = "---"
_FIELDS: Final = (
    *("superior", "issuer", "number", "symbol", "code", "type", "place", "subject"),
    *("secrecy", "urgency", "draft", "circulation"),
)
_SIGNER: Final = ("authority", "title", "organ", "name")
_KEYS: Final = (*("regime", "date", *_FIELDS, "addressees", "bases", "distribution", "signer", "cosigners"),)
_DISPATCH: Final = "CV"
_HYPHENED: Final = (Regime.PARTY, Regime.YOUTH)  # whose number and symbol are joined by a hyphen, not by a slash


class DraftError(ValueError):
    """A draft that cannot be understood. `line` counts from 1; `advice` says what to do."""

    def __init__(self, line: int, message: str, advice: str) -> None:
        super().__init__(f"Line {line}: {message} {advice}")
        self.line, self.message, self.advice = line, message, advice


def header_in(text: str) -> tuple[Document, str, int]:
    """Read the header of a draft; give the document, the text under the header, and the lines above that text.

    Raises:
        DraftError: there is no header, or it cannot be understood.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != _FENCE:
        raise DraftError(1, "The draft has no header.", f"Begin it with a line {_FENCE}, then regime: state, …")
    end = next((place for place, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise DraftError(1, "The header has no end.", f"Put a line {_FENCE} under it.")
    values = _Values.read("\n".join(lines[1:end]))
    return values.document(), "\n".join(lines[end + 1 :]), end + 1


class _Values:
    """The values of a header, each with the line it stands on."""

    def __init__(self, values: dict[str, Any], lines: dict[str, int]) -> None:
        self.values, self.lines = values, lines

    @classmethod
    def read(cls, text: str) -> _Values:
        """Parse the YAML. Every scalar stays the text it is: 05 is no number, 2025-03-07 no date yet."""
        try:
            node = yaml.compose(text, yaml.BaseLoader)
            values = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes strings, lists and maps, nothing else
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 2 if error.problem_mark else 1
            advice = 'Write "key: value"; put a value that holds ": " or begins with a sign in quotes.'
            raise DraftError(line, f"The header is not YAML ({error.problem}).", advice) from error
        except (yaml.YAMLError, RecursionError) as error:
            raise DraftError(1, "The header holds what YAML does not allow.", "Write plain words.") from error
        if not isinstance(node, yaml.MappingNode) or not isinstance(values, dict):
            raise DraftError(2, "The header is empty.", "It needs at least regime and issuer.")
        lines = {key.value: key.start_mark.line + 2 for key, _ in node.value}
        for key, line in lines.items():
            if key not in _KEYS:
                raise DraftError(line, f"The header does not know {key!r}.", f"It knows {', '.join(_KEYS)}.")
        return cls(values, lines)

    def document(self) -> Document:
        regime = self._regime()
        kind, type_name = self._type()
        number, symbol, code = self._code(regime)
        others = (name for name in _FIELDS if name not in ("number", "symbol", "code", "type"))
        own: dict[str, Any] = {name: self._field(name) for name in others}
        header = Header(
            number=number, symbol=symbol, code=code, type=kind, type_name=type_name, date=self._date(), **own
        )
        return Document(
            text="",
            regime=regime,
            header=header,
            addressees=tuple(map(Field, self._list("addressees"))),
            bases=tuple(map(Field, self._list("bases"))),
            distribution=tuple(Recipient(name, kind_of(name)) for name in self._list("distribution")),
            signature=self._signer("signer", self.values.get("signer")),
            cosigners=self._cosigners(),
        )

    def _line(self, key: str) -> int:
        return self.lines.get(key, 2)

    def _words(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None or isinstance(value, str):
            return value.strip() if value and value.strip() else None
        raise DraftError(
            self._line(key), f"{key!r} holds more than one value.", "Give it one, in quotes if need be."
        )

    def _field(self, key: str) -> Field | None:
        words = self._words(key)
        return Field(words) if words else None

    def _list(self, key: str) -> list[str]:
        value = self.values.get(key) or []
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise DraftError(self._line(key), f"{key!r} is no list of names.", 'Write each on a line, after "- ".')
        return [name.strip() for name in names if name.strip()]

    def _regime(self) -> Regime:
        said = self._words("regime")
        known = ", ".join(regime.value for regime in Regime)
        if said not in tuple(Regime):
            raise DraftError(self._line("regime"), f"The regime {said!r} is not known.", f"Choose one of {known}.")
        return Regime(said)

    def _type(self) -> tuple[Field | None, Field | None]:
        """Give abbreviation and printed name of the kind, from either; a dispatch prints no name."""
        said = self._words("type")
        if said is None:
            return None, None
        code = type_names().get(said.lower(), said)
        name = said if code != said else type_codes().get(said)
        if name is None:
            advice = "Write its name (Kế hoạch) or its abbreviation (KH)."
            raise DraftError(self._line("type"), f"The type {said!r} is not known.", advice)
        return Field(code), None if code == _DISPATCH else Field(name.upper())

    def _code(self, regime: Regime) -> tuple[Field | None, Field | None, Field | None]:
        number, symbol, code = self._field("number"), self._field("symbol"), self._field("code")
        if code and not number and not symbol:
            mark = "-" if regime in _HYPHENED else "/"
            before, found, after = code.value.partition(mark)
            if not found:
                raise DraftError(self._line("code"), f"The code holds no {mark!r}.", f"Write it as 12{mark}KH-…")
            return (Field(before.strip()) if before.strip() else None), Field(after.strip()), code
        return number, symbol, code

    def _date(self) -> date | None:
        said = self._words("date")
        if said is None:
            return None
        try:
            if "/" in said:
                day, month, year = map(int, said.split("/"))
                return date(year, month, day)
            return date.fromisoformat(said)
        except ValueError as error:
            advice = "Write it as 07/03/2025 or 2025-03-07."
            raise DraftError(self._line("date"), f"{said!r} is no date.", advice) from error

    def _cosigners(self) -> tuple[Signature, ...]:
        several = self.values.get("cosigners") or []
        if not isinstance(several, list):
            raise DraftError(self._line("cosigners"), "'cosigners' is no list.", 'Begin each signer with "- ".')
        return tuple(self._signer("cosigners", each) for each in several)

    def _signer(self, key: str, values: Any) -> Signature:
        values = values or {}
        if not isinstance(values, dict) or not set(values) <= set(_SIGNER):
            advice = f"Write {{authority: …, title: …, name: …}}; it knows {', '.join(_SIGNER)}."
            raise DraftError(self._line(key), f"{key!r} is not a signer.", advice)
        if not all(isinstance(value, str) for value in values.values()):
            raise DraftError(self._line(key), f"A part of {key!r} is not one value.", "Put it in quotes.")
        return Signature(**{name: Field(value.strip()) for name, value in values.items() if value.strip()})


class _Dumper(yaml.SafeDumper):
    """Writes words of several lines line by line."""


def _represented(dumper: yaml.SafeDumper, words: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style="|" if "\n" in words else None)


_Dumper.add_representer(str, _represented)


def header_of(document: Document) -> str:
    """Give the header of a document as YAML between two lines of hyphens."""
    header = document.header
    kind = header.type_name.value.capitalize() if header.type_name else header.type.value if header.type else None
    words = {name: _value(getattr(header, name)) for name in _FIELDS}
    if header.code and header.number and header.symbol:
        words |= {"number": None, "symbol": None}
    values: dict[str, Any] = {
        "regime": document.regime.value if document.regime else None,
        **words,
        "type": " ".join(kind.split()) if kind else None,
        "date": f"{header.date:%d/%m/%Y}" if header.date else None,
        "addressees": [name.value for name in document.addressees],
        "bases": [base.value for base in document.bases if base.span is None],
        "distribution": [recipient.name for recipient in document.distribution],
        "signer": _signer_of(document.signature),
        "cosigners": [_signer_of(each) for each in document.cosigners],
    }
    said = {key: value for key, value in values.items() if value}
    block = yaml.dump(said, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000) if said else ""
    return f"{_FENCE}\n{block}{_FENCE}"


def _value(field: Field | None) -> str | None:
    return field.value if field else None


def _signer_of(signature: Signature) -> dict[str, str]:
    parts = {name: _value(getattr(signature, name)) for name in _SIGNER}
    return {name: value for name, value in parts.items() if value}
