"""Forms whose words are screened: what was found is shown to the writer, who decides; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from motbuoc.domains.listening.intake import AtAnotherDoor, TellsWho
from motbuoc.domains.listening.legal_doors import Door
from motbuoc.domains.listening.screening import Kind
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.web.listening.forms import WordsForm

Taken = TypeVar("Taken")


class AsksToKeep(Protocol):
    """A form with a tick by which who writes says that the words tell of nobody who they are."""

    asks_to_keep: bool

    def refuse(self, refusal: Refusal) -> None:
        """Say why nothing was done."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Say it at a field."""


def screened(form: WordsForm, do: Callable[[], Taken]) -> Taken | None:
    """What `do` took in; None: it was refused, and the form says why and offers what can be done."""
    try:
        return do()
    except TellsWho as found:
        tell_spots(form, "text", found)
    except AtAnotherDoor as elsewhere:
        form.asks_to_stay = True
        form.refuse(elsewhere)
        form.add_error("text", _doors()[elsewhere.door])
    except Refusal as refusal:
        form.refuse(refusal)
    return None


def tell_spots(form: AsksToKeep, field: str, found: TellsWho) -> None:
    """Say at a field what in it tells who somebody is, and offer to send it all the same."""
    form.asks_to_keep = True
    form.refuse(found)
    kinds = _kinds()
    listed = format_html_join(", ", "“{}” ({})", ((spot.words, kinds[spot.kind]) for spot in found.spots))
    form.add_error(field, _("Take this out, or write it in other words:") + " " + listed)


def _kinds() -> dict[Kind, str]:
    return {
        Kind.NAME: _("a name"),
        Kind.PHONE: _("a telephone number"),
        Kind.NUMBER: _("the number of a paper, an account or a vehicle"),
        Kind.MAIL: _("an e-mail address"),
        Kind.ADDRESS: _("an address"),
    }


def _doors() -> dict[Door, str]:
    return {
        Door.COMPLAINT: _(
            "This reads like a complaint. By the Law on Complaints (02/2011/QH13) it goes, signed, to the office"
            " that took the decision or to its reception of citizens: only there it is dealt with in its time."
        ),
        Door.DENUNCIATION: _(
            "This reads like a denunciation. By the Law on Denunciations (25/2018/QH14) it goes to the office in"
            " charge or to its reception of citizens, which keeps secret who wrote it. Here nobody can protect"
            " you."
        ),
    }
