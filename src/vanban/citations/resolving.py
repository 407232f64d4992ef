"""From mentions to the records of a caller's own: each distinct document is looked up once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from vanban.citations.identity import gather
from vanban.document import Citation, Document, MentionKind

T = TypeVar("T")


def resolve(
    mentions: Document | Iterable[Citation],
    look_up: Callable[[Citation], T | None],
    own: T | None = None,
) -> tuple[T | None, ...]:
    """Return for each mention what `look_up` knows of the document it points at, None where that is not verified.

    `look_up` is asked once for each distinct document, with the facts of all its mentions together. A short
    mention takes the target of the full one that it repeats, "Kế hoạch này" takes `own`. What `look_up` raises
    comes out.

        held = {vanban.key_of(citation): record for citation, record in my_records}
        document = vanban.read("554-CV-DUK.docx")
        targets = vanban.resolve(document, lambda cited: held.get(vanban.key_of(cited)))
        for mention, target in zip(document.mentions, targets):
            print(mention.raw, "→", target or "chưa xác minh")
    """
    listed = mentions.mentions if isinstance(mentions, Document) else tuple(mentions)
    documents, of = gather(listed)
    targets = [look_up(each) for each in documents]
    return tuple(
        own if mention.kind is MentionKind.SELF else targets[place] if place is not None else None
        for mention, place in zip(listed, of, strict=True)
    )
