"""`python -m tests.journeys.figures_corrected CODE AMOUNT`: on a demo, one accepted figure is corrected.

In the last period, of a form with this figure, that the unit of the demo's secretary was accepted for: opened
again, corrected, accepted again.
"""

from __future__ import annotations

import os
import sys


def main(code: str, amount: int) -> None:
    """Correct a figure, as its unit and the office would on their pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # after the settings are named

    django.setup()
    from motbuoc.domains.ledger.services import accept, hand_in, reopen
    from motbuoc.domains.ledger.submitted import Submission
    from motbuoc.foundation.access.models import Grant
    from motbuoc.foundation.access.roles import Role
    from motbuoc.foundation.people.models import Account
    from tests.factories.ledger import enter, submission_of

    officer = Account.objects.get(username="chuyenvien").person
    secretary = Account.objects.get(username="bithu").person
    unit = Grant.objects.get(person=secretary, role=Role.UNIT_SECRETARY).unit
    # Other journeys ask the unit for figures of their own, and they run in any order.
    asked = Submission.objects.filter(unit=unit, period__form__fields__indicator__code=code)
    period = asked.filter(assignment__state="accepted").order_by("-period__start")[0].period

    def mine() -> Submission:
        return submission_of(period, unit.pk)

    reopen(actor=officer, submission=mine(), version=mine().version, reason="Đếm thiếu")
    enter(secretary, mine(), **{code: amount})
    hand_in(actor=secretary, submission=mine(), version=mine().version)
    accept(actor=officer, submission=mine(), version=mine().version)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
