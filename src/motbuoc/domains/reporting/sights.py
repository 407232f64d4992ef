"""Lines of the history about reports are for those who may read the report itself."""

from __future__ import annotations

from motbuoc.domains.reporting.drafts import drafts_for, outlines_for
from motbuoc.domains.reporting.selectors import reports_for
from motbuoc.foundation.history.sights import declare

declare("report", lambda viewer: reports_for(viewer).order_by().values("pk"))
declare("report_draft", lambda viewer: drafts_for(viewer).order_by().values("pk"))
declare("outline", lambda viewer: outlines_for(viewer).order_by().values("pk"))
