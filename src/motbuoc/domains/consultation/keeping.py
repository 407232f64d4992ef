"""How long consultations keep what people wrote of drafts.

What units replied are papers and stay. A comment of somebody unnamed loses its words and its receipt together,
when what became of it has long been published; that there was one, and what became of it, stays, as the table
rests on it. Titles of groups can be words of a comment and go with them.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.consultation.models import Comment, CommentGroup
from motbuoc.domains.listening.retention import Kept, declare

LAPSED, GONE = "lapsed-", "(đã xóa khi hết thời hạn lưu)"


def delete_words(day: date) -> int:
    """Delete the words of people's comments on drafts of which the outcome was published before a day."""
    over = {"consultation__published_on__lt": day}
    CommentGroup.objects.filter(comments__receipt__isnull=False, **over).exclude(title=GONE).update(title=GONE)
    rows = Comment.objects.filter(receipt__isnull=False, **over).exclude(receipt__startswith=LAPSED)
    lapsed = Concat(Value(LAPSED), Cast(F("pk"), CharField()))
    return rows.update(text=GONE, quoted="", start=None, receipt=lapsed)


PUBLISHED = _("the day on which it was published what became of the comments")

declare(Kept("comment", _("Unnamed comments on drafts"), PUBLISHED, 1825, delete_words))
