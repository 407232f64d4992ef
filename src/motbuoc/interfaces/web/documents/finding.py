"""Forms that choose among a document's candidate units, as far as they can be listed, and by name beyond that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import Candidates, candidates_found
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.forms import Form
from motbuoc.interfaces.web.unit_search import FIND, typed
from motbuoc.interfaces.web.viewer import ViewerRequest

WORDS = "unit-words"
AnyForm = TypeVar("AnyForm", bound=Form)


def found_for(
    request: ViewerRequest, document: Document, fields: Iterable[str], stored: Iterable[Any]
) -> Candidates:
    """The units to offer: those with the words looked for, those ticked in `fields`, and those `stored`."""
    ticked = [value for field in fields for value in request.POST.getlist(field)]
    chosen = {int(value) for value in (*ticked, *stored) if str(value).isdecimal() and len(str(value)) < 18}
    return candidates_found(document, clock.today(), request.POST.get(WORDS, "")[:100], chosen)


def while_finding(request: ViewerRequest, form: AnyForm, **options: Any) -> AnyForm:
    """The form with everything typed and no fault found, where a unit was looked for; else the form itself."""
    if FIND not in request.POST:
        return form
    return type(form)(initial=typed(form), **options)


def finding(request: ViewerRequest, units: Candidates) -> dict[str, Any]:
    """What the template of such a form shows: a line to look for units, where not all can be listed."""
    words = request.POST.get(WORDS, "")
    return {"find_units": units.is_more or bool(words), "words": words, "is_finding": FIND in request.POST}
