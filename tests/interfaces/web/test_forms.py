"""What every form does with a refusal."""

from __future__ import annotations

import pytest

from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.interfaces.web.forms import Form


def bound() -> Form:
    form = Form({})
    assert form.is_valid()
    return form


def test_a_refusal_is_shown_above_the_fields() -> None:
    form = bound()
    with form.refusals():
        raise Refusal("The day is past.")
    assert form.non_field_errors() == ["The day is past."]


def test_what_is_not_allowed_and_what_is_broken_go_on() -> None:
    for fault in (NotAllowed("Not yours."), ValueError("broken")):
        form = bound()
        with pytest.raises(type(fault)), form.refusals():
            raise fault
        assert not form.errors
