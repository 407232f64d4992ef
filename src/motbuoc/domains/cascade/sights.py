"""Lines of the history about study sessions are for those who may see the figures themselves."""

from __future__ import annotations

from motbuoc.domains.cascade.dissemination import disseminations_for
from motbuoc.foundation.history.sights import declare

declare("dissemination", lambda viewer: disseminations_for(viewer).order_by().values("pk"))
