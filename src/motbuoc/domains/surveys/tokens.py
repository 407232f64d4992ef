"""Tokens: codes that are each good for one sheet.

What unties them from the sheets, also for whoever holds the database: a token's row has its digest and whether it
was used; a sheet's row a random number and what is sealed. Neither has a time or a place in a row. While the
survey is open a used token and a sheet can come at one moment, but the sheet cannot be read; when it is closed,
all sheets are opened, added up and destroyed together with the tokens, and only what was written in own words is
left, shuffled.
"""

from __future__ import annotations

import secrets
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.listening.receipts import LENGTH, SIGNS
from motbuoc.domains.surveys.models import Survey, SurveyToken
from motbuoc.domains.surveys.services import held_by
from motbuoc.domains.surveys.states import COUNTED
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

MOST_AT_ONCE, MOST = 5_000, 100_000


@transaction.atomic
def make_tokens(*, actor: Person, survey: Survey, version: int, count: int) -> list[str]:
    """Make so many tokens more; their codes are known only now, to be printed and handed out by lot.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the survey is answered by whoever has the link, or is closed; too few or too many.
    """
    fresh = held_by(actor, survey, version)
    if fresh.way != Survey.Way.TOKENS or fresh.state in COUNTED:
        raise Refusal(_("This survey needs no codes, or needs none any more."))
    there = fresh.tokens.count()
    if not 1 <= count <= MOST_AT_ONCE or there + count > MOST:
        raise Refusal(
            _("At most %(once)s codes at once, and %(most)s in all.") % {"once": MOST_AT_ONCE, "most": MOST}
        )
    codes = ["".join(secrets.choice(SIGNS) for _place in range(LENGTH)) for _each in range(count)]
    digests = sorted(sha256(code.encode()).hexdigest() for code in codes)  # so not in the order they are printed
    SurveyToken.objects.bulk_create(SurveyToken(survey=fresh, digest=digest) for digest in digests)
    fresh.population = there + count
    fresh.save()
    record(actor, Act("make_survey_tokens", "survey", fresh.pk, fresh.unit_id, {"count": count}))
    return codes
