"""Lines of the history about entries of the registers are for those who may see the entry.

What is done to a unit's books themselves is told of the unit, and is for those who may see its registers.
"""

from __future__ import annotations

from motbuoc.domains.registers.selectors import incoming_for, outgoing_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.history.sights import declare, declare_acts

declare("outgoing", lambda viewer: outgoing_for(viewer).order_by().values("pk"))
declare("incoming", lambda viewer: incoming_for(viewer).order_by().values("pk"))
declare_acts(
    "unit",
    ("open_term", "reserve_number", "cancel_number", "continue_series"),
    lambda viewer: policy.within_reach(viewer, Action.VIEW_REGISTER, "unit"),
)
