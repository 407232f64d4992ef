"""Lines of the history about consultations are for those who may see these."""

from __future__ import annotations

from motbuoc.domains.consultation.selectors import consultations_for
from motbuoc.foundation.history.sights import declare

declare("consultation", lambda viewer: consultations_for(viewer).order_by().values("pk"))
