"""Lines of the history about reports are for those who may read the report itself."""

from __future__ import annotations

from motbuoc.domains.reporting.selectors import reports_for
from motbuoc.foundation.history.sights import declare

declare("report", lambda viewer: reports_for(viewer).order_by().values("pk"))
