"""The first unit and the first administrator of an empty installation, who cannot be let in by anybody."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.administration.invitations import Invited, invitation_of
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.units.services import create_unit


@transaction.atomic
def found_installation(*, name: str, short_name: str, code: str, kind: UnitKind, administrator: str) -> Invited:
    """Make the topmost unit, its administrator, and the invitation by which they come in.

    Raises:
        Refusal: there are units already; a name is missing; the unit cannot be (as `create_unit`).
    """
    if Unit.objects.exists():
        raise Refusal(_("There are units already. Whoever administers them lets people in."))
    if not (name.strip() and code.strip() and administrator.strip()):
        raise Refusal(_("Give the unit's name and code, and the administrator's name."))
    today = clock.today()
    unit = create_unit(
        name=name.strip(),
        short_name=short_name.strip() or name.strip(),
        code=code.strip(),
        kind=kind,
        parent=None,
        valid_from=today,
    )
    person = Person.objects.create(full_name=" ".join(administrator.split()))
    Position.objects.create(person=person, unit=unit, title=PositionTitle.OFFICER, valid_from=today)
    grant = Grant.objects.create(person=person, role=Role.ADMINISTRATOR, unit=unit, valid_from=today)
    record(person, Act("found_installation", "unit", unit.pk, unit.pk, {"grant": grant.pk}))
    return invitation_of(person, person, unit.pk)
