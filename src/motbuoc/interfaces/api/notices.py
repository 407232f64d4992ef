"""What the person was told, and how they want to be told."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Query, Router, Schema

from motbuoc.foundation.notices import choices
from motbuoc.foundation.notices.selectors import notices_of, preference_of, unread_count
from motbuoc.foundation.notices.services import mark_read, mark_unread
from motbuoc.foundation.notices.telling import lines_for
from motbuoc.interfaces.api.asking import Caller, about_oneself, row_id
from motbuoc.interfaces.api.paging import Page, Paging
from motbuoc.interfaces.api.rows import told

router = Router(tags=["notices"])
Hour = Annotated[int, Field(ge=0, le=23)]


class NoticeRow(Schema):
    """That the person was told of something. `about` and `object_id`: while they may still see it."""

    id: int
    occasion: str
    sentence: str
    about: str | None
    unit: str | None
    object_type: str
    object_id: int | None
    made_at: datetime
    read_at: datetime | None


class Notices(Page[NoticeRow]):
    """The person's notices, and how many are unread."""

    unread: int


class NoticesAsked(Paging):
    """Only what is unread, or all."""

    unread_only: bool = True


class ReadAsked(Schema):
    """One notice, or (without one) all."""

    notice: int | None = None


class UnreadAsked(Schema):
    """One notice, or what was marked as read at a moment, as `notice_read` answered it."""

    notice: int | None = None
    moment: datetime | None = None


class Marked(Schema):
    """How many are unread now; `moment`: by which `notice_unread` takes it back."""

    unread: int
    moment: str | None = None


class PreferenceTold(Schema):
    """By which channel the person is told outside the app, and between which full hours nothing is sent."""

    by_mail: bool
    by_push: bool
    quiet_from: Hour
    quiet_until: Hour
    language: Literal["vi", "en"]


@router.get("/notices", response=Notices, summary="What one was told", operation_id="notice_list")
@about_oneself
def notice_list(request: Caller, asked: Query[NoticesAsked]) -> Any:
    """The newest first."""
    found = notices_of(request.viewer, unread_only=asked.unread_only)
    rows = [_line(line) for line in lines_for(request.viewer, found[asked.span])]
    counts = {"total": found.count(), "unread": unread_count(request.viewer.pk)}
    return {"page": asked.page, "rows": rows, **counts}


@router.post("/notices/read", response=Marked, summary="Mark notices as read", operation_id="notice_read")
@about_oneself
def notice_read(request: Caller, asked: ReadAsked) -> Any:
    """Mark one as read, or all."""
    moment = mark_read(actor=request.viewer, pk=row_id(asked.notice))
    return {"unread": unread_count(request.viewer.pk), "moment": moment.isoformat()}


@router.post("/notices/unread", response=Marked, summary="Take that back", operation_id="notice_unread")
@about_oneself
def notice_unread(request: Caller, asked: UnreadAsked) -> Any:
    """Mark as unread again: one, or all that were marked at a moment."""
    moment = asked.moment if asked.moment and asked.moment.tzinfo else None
    if asked.notice is not None or moment:
        mark_unread(actor=request.viewer, moment=moment, pk=row_id(asked.notice))
    return {"unread": unread_count(request.viewer.pk)}


@router.get("/preferences", response=PreferenceTold, summary="How one is told", operation_id="preference_detail")
@about_oneself
def preference_detail(request: Caller) -> Any:
    """By which channel, at which hours, in which language."""
    return told(PreferenceTold, preference_of(request.viewer))


@router.post(
    "/preferences", response=PreferenceTold, summary="Say how one wants to be told", operation_id="preference_set"
)
@about_oneself
def preference_set(request: Caller, asked: PreferenceTold) -> Any:
    """It holds for the next message."""
    choices.set_preference(actor=request.viewer, **asked.dict())
    return told(PreferenceTold, preference_of(request.viewer))


def _line(line: Any) -> dict[str, Any]:
    seen = line.told
    more = {"sentence": str(line.sentence), "about": seen and seen.words, "unit": seen and seen.unit}
    return told(NoticeRow, line.notice, **more, object_id=line.notice.object_id if seen else None)
