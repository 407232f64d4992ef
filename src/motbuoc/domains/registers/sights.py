"""Lines of the history about entries of the registers are for those who may see the entry."""

from __future__ import annotations

from motbuoc.domains.registers.selectors import incoming_for, outgoing_for
from motbuoc.foundation.history.sights import declare

declare("outgoing", lambda viewer: outgoing_for(viewer).order_by().values("pk"))
declare("incoming", lambda viewer: incoming_for(viewer).order_by().values("pk"))
