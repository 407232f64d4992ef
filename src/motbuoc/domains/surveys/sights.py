"""Lines of the history about surveys are for those who may see these."""

from __future__ import annotations

from motbuoc.domains.surveys.selectors import surveys_for
from motbuoc.foundation.history.sights import declare

declare("survey", lambda viewer: surveys_for(viewer).order_by().values("pk"))
