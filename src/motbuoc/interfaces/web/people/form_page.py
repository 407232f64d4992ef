"""Pages that are one form: a title, what it is about, and one thing done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motbuoc.foundation.core.errors import Collision
from motbuoc.interfaces.web.forms import Form, VersionedForm
from motbuoc.interfaces.web.viewer import ViewerRequest


@dataclass(frozen=True, slots=True)
class FormPage:
    """What such a page says: `crumbs` lead back (label, address), `notes` stand above the fields, `done` is said
    afterwards. `is_grave`: it cannot be undone. `onward`: where one goes afterwards, made of what was done;
    None: back. `fresh` reads the version that the form rests on after a collision, to be sent again."""

    title: Any
    button: Any
    back: str
    crumbs: tuple[tuple[Any, str], ...]
    done: Any
    subtitle: Any = ""
    notes: Iterable[Any] = ()
    is_grave: bool = False
    onward: Callable[[Any], str] | None = None
    fresh: Callable[[], int] | None = None

    def answer(self, request: ViewerRequest, form: Form, do: Callable[[], object]) -> HttpResponse:
        """The page, or after `do` the way on or back; a refusal is shown above what was typed."""
        if request.method == "POST" and form.is_valid():
            with form.refusals():
                made = self._done(form, do)
                messages.success(request, str(self.done))
                return redirect(self.onward(made) if self.onward else self.back)
        context = {"form": form, "page": self}
        return render(request, "people/form_page.html", context, status=422 if form.errors else 200)

    def _done(self, form: Form, do: Callable[[], object]) -> object:
        try:
            return do()
        except Collision:
            if self.fresh and isinstance(form, VersionedForm):
                form.rest_on(self.fresh())
            raise
