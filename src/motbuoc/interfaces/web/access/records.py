"""The record of processing of personal data, for who looks after rights."""

from __future__ import annotations

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from motbuoc.domains.listening.processing import record_of
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation.selectors import known_units_for
from motbuoc.interfaces.papers.processing_record import processing_record_file
from motbuoc.interfaces.web.downloads import made_download
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


@require_safe
@asks(Action.VIEW_UNIT, do=Action.MANAGE_RIGHTS)
def unit_processing_record(request: ViewerRequest, pk: int) -> FileResponse:
    """The Word file for a unit and those below it, to be completed and signed."""
    today = clock.today()
    unit = get_object_or_404(known_units_for(request.viewer, today), pk=pk)
    policy.require(request.viewer, Action.MANAGE_RIGHTS, pk)
    looks_at(request, "unit", pk, pk)
    content = record_of(unit.name, list(policy.below([pk], today).values_list("pk", flat=True)))
    return made_download(processing_record_file(content), f"Ho so xu ly du lieu ca nhan {today:%d-%m-%Y}.docx")
