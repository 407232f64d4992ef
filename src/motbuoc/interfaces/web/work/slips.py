"""Slips of tasks: printed for those who work on paper, and sent back as photographs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.work.services import MAX_FILES
from motbuoc.domains.work.slips import assignment_on_slip, send_slip, slips_for
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.photographs import cleaned
from motbuoc.foundation.files.services import check_size
from motbuoc.interfaces.web.drafts import note_arrival
from motbuoc.interfaces.web.forms import FilesField, Form
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.square_codes import square_code
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.forms import InboxFilter

Photograph = UploadedFile[Any]
TASK = re.compile(r"/viec/([0-9]{1,18})/$")  # how the address on a slip ends, on whatever host it was printed


class SlipForm(Form):
    """Photographs of slips, and what all of them say in a sentence."""

    photographs = FilesField(
        label=gettext_lazy("Photographs of slips"),
        accept=".jpg,.jpeg,.png",
        allow_empty_file=True,  # refused by the page, with its name
        help_text=gettext_lazy("One slip a picture, the square code whole and sharp. Several at once."),
    )
    text = forms.CharField(
        label=gettext_lazy("What was done"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Empty: “As on the slip in the picture”."),
    )


@require_safe
@asks(Action.VIEW_ASSIGNMENT, do=Action.WORK_ON_ASSIGNMENT)
def slip_print(request: ViewerRequest) -> HttpResponse:
    """A slip for each task that the viewer's units owe, narrowed as the inbox is."""
    found = slips_for(request.viewer, InboxFilter(request.GET).narrowing())
    slips = [(row, square_code(request.build_absolute_uri(_address(row)))) for row in found]
    return render(request, "work/slip_print.html", {"slips": slips, "day": clock.today()})


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_ASSIGNMENT, do=Action.WORK_ON_ASSIGNMENT)
def slip_send(request: ViewerRequest) -> HttpResponse:
    """Photographs of slips: each finds its task by the square code on it and becomes news of it."""
    form = SlipForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, 422 if request.method == "POST" else 200)
    with form.refusals():
        tasks, refused = _sorted(request, form.cleaned_data["photographs"])
        text = form.cleaned_data["text"].strip() or _("As on the slip in the picture.")
        for assignment, files in tasks.items():
            try:
                send_slip(actor=request.viewer, assignment=assignment, text=text, files=files)
                messages.success(request, _("Added to: %(task)s") % {"task": assignment.duty.text[:120]})
            except Refusal as refusal:
                form.add_error(None, f"{assignment.duty.text[:120]}: {refusal.message}")
        for sentence in refused:
            form.add_error("photographs", sentence)
    if form.errors:
        return _page(request, form, 422)
    note_arrival(request)
    return redirect("slip_send")


def _page(request: ViewerRequest, form: SlipForm, status: int) -> HttpResponse:
    return render(request, "work/slip_send.html", {"form": form}, status=status)


def _address(assignment: Any) -> str:
    return reverse("assignment_detail", args=[assignment.pk])


def _sorted(
    request: ViewerRequest, uploads: Sequence[Photograph]
) -> tuple[dict[Any, list[Photograph]], list[str]]:
    """The photographs by the task on their slip; and of those without one, each name with the reason."""
    if len(uploads) > MAX_FILES:
        raise Refusal(_("At most %(limit)s pictures at once. Send the others afterwards.") % {"limit": MAX_FILES})
    tasks: dict[Any, list[Photograph]] = {}
    refused: list[str] = []
    for upload in uploads:
        try:
            tasks.setdefault(_task_on(request, upload), []).append(upload)
        except Refusal as refusal:
            refused.append(f"{upload.name}: {refusal.message}")
    return tasks, refused


def _task_on(request: ViewerRequest, upload: Photograph) -> Any:
    """The task whose code the photograph shows. Raises Refusal where it shows none of the viewer's."""
    check_size(upload)
    [picture] = cleaned([(upload.name or "", upload.read())])
    upload.seek(0)
    pks = {int(found[1]) for code in picture.codes if (found := TASK.search(code))}
    if len(pks) > 1:
        raise Refusal(_("There are several slips on the picture. Photograph each by itself."))
    if not pks:
        raise Refusal(_("No square code of a slip is seen. Photograph it again, straight and in good light."))
    assignment = assignment_on_slip(request.viewer, pks.pop())
    if assignment is None:
        raise Refusal(_("The slip is of no task of your units. Look whose slip it is."))
    return assignment
