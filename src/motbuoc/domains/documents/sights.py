"""Lines of the history about documents are for those who may read the document itself."""

from __future__ import annotations

from motbuoc.domains.documents.recipients import copies_for
from motbuoc.domains.documents.selectors import addressees_for, documents_for, duties_for
from motbuoc.foundation.history.sights import declare

declare("document", lambda viewer: documents_for(viewer).order_by().values("pk"))
declare("duty", lambda viewer: duties_for(viewer).order_by().values("pk"))
declare("addressee", lambda viewer: addressees_for(viewer).order_by().values("pk"))
declare("copy", lambda viewer: copies_for(viewer).order_by().values("pk"))
