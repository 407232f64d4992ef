"""Lines of the history about visits are for those who may see the visit, those about plans for who inspects."""

from __future__ import annotations

from motbuoc.domains.inspections.selectors import plans_for, visits_for
from motbuoc.foundation.history.sights import declare

declare("visit", lambda viewer: visits_for(viewer).order_by().values("pk"))
declare("check_plan", lambda viewer: plans_for(viewer).order_by().values("pk"))
