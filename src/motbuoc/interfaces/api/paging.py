"""Lists come in pages: `page` from 1, at most 100 rows each."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from ninja import Field, Schema

Row = TypeVar("Row")


class Page(Schema, Generic[Row]):
    """A page of a list."""

    total: int
    page: int
    rows: list[Row]


class Paging(Schema):
    """Which page of the list is asked for."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    size: Annotated[int, Field(ge=1, le=100)] = 50

    @property
    def span(self) -> slice:
        """The rows of the page."""
        start = (self.page - 1) * self.size
        return slice(start, start + self.size)


def page_of(found: Any, asked: Paging, made: Callable[[Any], Any], total: int | None = None) -> dict[str, Any]:
    """The page asked for of a query or sequence, each row `made` into what is answered."""
    rows: Sequence[Any] = found[asked.span]
    count = total if total is not None else found.count()
    return {"total": count, "page": asked.page, "rows": [made(row) for row in rows]}
