"""Lines of the history about assignments are for those who may see the assignment itself."""

from __future__ import annotations

from motbuoc.domains.work.selectors import assignments_for
from motbuoc.foundation.history.sights import declare

declare("assignment", lambda viewer: assignments_for(viewer).order_by().values("pk"))
